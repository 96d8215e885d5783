"""Coded errors of waves."""

from chatelet.kernel.errors import AppError


class CohortNotFound(AppError):
    """No such wave, or not one that the caller manages."""

    code = "cohort_not_found"
    status = 404


class VolunteerNotFound(AppError):
    """No such volunteer, or not one that the caller manages."""

    code = "volunteer_not_found"
    status = 404


class CohortFull(AppError):
    """The wave has no place left for so many; nobody was added."""

    code = "cohort_full"
    status = 409


class CohortClosed(AppError):
    """The wave is not open today."""

    code = "cohort_closed"
    status = 409


class CapacityTaken(AppError):
    """More members than this have already opened their account."""

    code = "capacity_taken"
    status = 409


class CohortDatesInvalid(AppError):
    """A wave closes on the day it opens, or later."""

    code = "cohort_dates_invalid"
    status = 422


class RegistrationClosed(AppError):
    """This installation takes no registrations from its page."""

    code = "registration_closed"
    status = 403


class RegistrationElsewhere(AppError):
    """Registrations are taken from addresses of these `domains` only; nothing was written."""

    code = "registration_elsewhere"
    status = 403


class LinkInvalid(AppError):
    """The link is unknown, expired or already used: the three are not told apart."""

    code = "link_invalid"
    status = 410


class ActivationInvalid(AppError):
    """The code or the link is unknown, of somebody else, expired or already used: they are not told apart."""

    code = "activation_invalid"
    status = 410


class MailNotConfigured(AppError):
    """No mail server is configured: hand out codes instead."""

    code = "mail_not_configured"
    status = 409


class ServiceNotOpen(AppError):
    """The service is not open to the caller yet; nothing was sent."""

    code = "service_not_open"
    status = 403


class MailWordsInvalid(AppError):
    """The words of this message must hold the place of the link."""

    code = "mail_words_invalid"
    status = 422
