"""Coded errors of single sign-on. What exactly was wrong with a token goes to the login inspector, not to the page."""

from chatelet.kernel.errors import AppError


class SignInError(AppError):
    """Base of what can stop a sign-in at a provider."""


class ProviderNotFound(SignInError):
    """No such way to sign in, or it is switched off."""

    code = "sign_in_provider_not_found"
    status = 404


class ProviderTaken(SignInError):
    """Another provider has this code, or this issuer with this client identifier."""

    code = "sign_in_provider_taken"
    status = 409


class ProviderUnreachable(SignInError):
    """The provider does not answer; the other ways to sign in are not concerned."""

    code = "sign_in_provider_unreachable"
    status = 503


class ProviderMisconfigured(SignInError):
    """The provider answers, but not as declared here; `reason` says what an administrator should look at."""

    code = "sign_in_provider_misconfigured"
    status = 502


class FlowInvalid(SignInError):
    """The sign-in is unknown, too old, already used, or was begun in another browser: not told apart."""

    code = "sign_in_flow_invalid"
    status = 410


class RefusedByProvider(SignInError):
    """The provider refused the person, or the person refused at the provider."""

    code = "sign_in_refused_by_provider"
    status = 403


class TokenRefused(SignInError):
    """What the provider said of the person does not hold; `reason` names the check that failed."""

    code = "sign_in_token_refused"
    status = 403


class NotKnownHere(SignInError):
    """The provider knows the person, this installation does not, and may not make the account."""

    code = "sign_in_not_known"
    status = 403


class AccountDisabled(SignInError):
    """The person's account was disabled here."""

    code = "sign_in_account_disabled"
    status = 403


class PasswordExpired(SignInError):
    """The password is right and too old: the directory wants another one first, which is chosen there, not here."""

    code = "sign_in_password_expired"
    status = 403


class ClaimRuleInvalid(AppError):
    """A rule cannot be kept; `position` (from 1) and `reason` say which and why."""

    code = "claim_rule_invalid"
    status = 422


class CertificateInvalid(AppError):
    """The text is not a certificate authority in PEM form."""

    code = "certificate_invalid"
    status = 422


class SignOutTokenRefused(AppError):
    """The provider's request to end sessions does not hold."""

    code = "sign_out_token_refused"
    status = 400


class EmergencyInvalid(AppError):
    """The secret that opens the local sign-in is wrong, replaced or used."""

    code = "emergency_invalid"
    status = 403
