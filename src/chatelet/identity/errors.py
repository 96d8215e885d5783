"""Coded errors of sign-in and of the administration of persons."""

from chatelet.kernel.errors import AppError


class NotSignedIn(AppError):
    """No living session: no cookie, an unknown or ended one, or a disabled person."""

    code = "not_signed_in"
    status = 401


class AmbiguousCredentials(AppError):
    """The request carries two credentials: a key beside a session, or two keys. Send one."""

    code = "ambiguous_credentials"
    status = 400


class InvalidCredentials(AppError):
    """The e-mail and the password do not go together; which of the two is wrong is never told (TA-013)."""

    code = "invalid_credentials"
    status = 401


class LocalSignInOff(AppError):
    """Signing in with an e-mail and a password is switched off here: providers are the way in."""

    code = "local_sign_in_off"
    status = 403


class WrongPassword(AppError):
    """The current password, asked again before a change, is not the right one."""

    code = "wrong_password"
    status = 403


class TooManyAttempts(AppError):
    """Too many passwords were tried; `retry_after` seconds remain before the next attempt is looked at."""

    code = "too_many_attempts"
    status = 429


class SignInBusy(AppError):
    """More passwords are waiting to be checked than this process accepts; nothing was changed."""

    code = "sign_in_busy"
    status = 503


class PasswordTooWeak(AppError):
    """The password is refused; `reason` is too_short, too_long, too_common, like_identity or unreadable."""

    code = "password_too_weak"
    status = 422


class InvitationInvalid(AppError):
    """The invitation is unknown, expired or already used: the three are not told apart."""

    code = "invitation_invalid"
    status = 410


class InstallationClosed(AppError):
    """The one-time secret is wrong, replaced or used, or there is already an administrator."""

    code = "installation_closed"
    status = 403


class PersonExists(AppError):
    """A person already has this e-mail address."""

    code = "person_exists"
    status = 409


class PersonNotFound(AppError):
    """No such person."""

    code = "person_not_found"
    status = 404


class InvitationNotFound(AppError):
    """No such pending invitation."""

    code = "invitation_not_found"
    status = 404


class LastAdministrator(AppError):
    """The installation would be left without an active administrator."""

    code = "last_administrator"
    status = 409


class EmailInvalid(AppError):
    """The text is not an e-mail address."""

    code = "email_invalid"
    status = 422


class NameInvalid(AppError):
    """A name has 1 to 120 characters and no control character."""

    code = "name_invalid"
    status = 422


class SignInAgain(AppError):
    """What cannot be undone takes a sign-in of less than ten minutes: sign out, come back, and ask again."""

    code = "sign_in_again"
    status = 403
