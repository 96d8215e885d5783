"""What an ID token and a logout token must say before anything of them is believed (OpenID Connect Core 3.1.3.7).

`checks` are pure: claims already verified by their signature, what is expected, the time.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final, cast

from chatelet.identity.single_sign_on.errors import TokenRefused
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.signatures import ALGORITHMS

LEEWAY_SECONDS: Final = 60
_OLDEST_SECONDS: Final = 3600
_LOGOUT_OLDEST_SECONDS: Final = 300
_LONGEST_SUBJECT: Final = 255
_LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"
Claims = Mapping[str, Any]


def check_id_token(
    claims: Claims, provider: Provider, nonce: str, *, at: float, algorithm: str, access_token: str | None
) -> None:
    """Raise `TokenRefused` unless the ID token is for us, for this flow, and of now."""
    _check_ours(claims, provider, at=at, algorithm=algorithm, access_token=access_token)
    told = claims.get("nonce")
    if not isinstance(told, str) or not hmac.compare_digest(told.encode("utf-8", "surrogatepass"), nonce.encode()):
        raise TokenRefused(reason="nonce")


def check_renewed_id_token(
    claims: Claims, before: Claims, provider: Provider, *, at: float, algorithm: str, access_token: str | None
) -> None:
    """Raise `TokenRefused` unless a token of a renewal is about the same person (OpenID Connect Core 1.0, 12.2).

    `before` are the claims of the ID token of the sign-in: issuer and subject are the same; a nonce, if any, too.
    """
    _check_ours(claims, provider, at=at, algorithm=algorithm, access_token=access_token)
    if claims["sub"] != before.get("sub"):
        raise TokenRefused(reason="subject")
    if claims.get("nonce", before.get("nonce")) != before.get("nonce"):
        raise TokenRefused(reason="nonce")


def check_logout_token(claims: Claims, provider: Provider, *, at: float, kind: str | None) -> None:
    """Raise `TokenRefused` unless this is a logout token (Back-Channel Logout 1.0, 2.6), and a recent one."""
    if kind not in (None, "jwt", "logout+jwt"):
        raise TokenRefused(reason="type")
    check_issuer(claims, provider)
    check_audience(claims, provider)
    check_times(claims, at=at, oldest=_LOGOUT_OLDEST_SECONDS, needs_expiry=False)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(cast("dict[str, object]", events).get(_LOGOUT_EVENT), dict):
        raise TokenRefused(reason="not_a_logout_token")
    if "nonce" in claims:  # an ID token must not do for one
        raise TokenRefused(reason="nonce")
    if not isinstance(claims.get("jti"), str) or not claims["jti"]:
        raise TokenRefused(reason="jti")
    if claims.get("sid") is None:
        check_subject(claims)
    elif not isinstance(claims["sid"], str) or not claims["sid"].isprintable():
        raise TokenRefused(reason="sid")


def check_issuer(claims: Claims, provider: Provider) -> None:
    """Check it character by character."""
    if claims.get("iss") != provider.issuer:
        raise TokenRefused(reason="issuer")


def check_audience(claims: Claims, provider: Provider) -> None:
    """Check a string or a list that holds us; with others in it, or when it is there, `azp` must be us."""
    told = claims.get("aud")
    audience = cast("list[object]", told) if isinstance(told, list) else [told]
    if provider.client_id not in audience:
        raise TokenRefused(reason="audience")
    authorised = claims.get("azp")
    if authorised is None and len(audience) > 1:
        raise TokenRefused(reason="authorised_party")
    if authorised is not None and authorised != provider.client_id:
        raise TokenRefused(reason="authorised_party")


def check_times(claims: Claims, *, at: float, oldest: float, needs_expiry: bool) -> None:
    """Check: not expired, not from the future, not from long ago; a minute is allowed to clocks."""
    expires, issued, begins = (_number(claims.get(name)) for name in ("exp", "iat", "nbf"))
    if expires is None and (needs_expiry or claims.get("exp") is not None):
        raise TokenRefused(reason="expired")
    if expires is not None and at >= expires + LEEWAY_SECONDS:
        raise TokenRefused(reason="expired")
    if issued is None or issued > at + LEEWAY_SECONDS or issued < at - oldest - LEEWAY_SECONDS:
        raise TokenRefused(reason="issued_at")
    if claims.get("nbf") is not None and (begins is None or begins > at + LEEWAY_SECONDS):
        raise TokenRefused(reason="not_yet")


def check_subject(claims: Claims) -> None:
    """Check a name of at most 255 printable characters, as the specification says."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        raise TokenRefused(reason="subject")


def _check_ours(claims: Claims, provider: Provider, *, at: float, algorithm: str, access_token: str | None) -> None:
    check_issuer(claims, provider)
    check_audience(claims, provider)
    check_times(claims, at=at, oldest=_OLDEST_SECONDS, needs_expiry=True)
    check_subject(claims)
    if "at_hash" in claims:
        _check_access_token(claims["at_hash"], algorithm, access_token)


def _check_access_token(told: object, algorithm: str, access_token: str | None) -> None:
    if access_token is None:
        raise TokenRefused(reason="at_hash")
    digest = hashlib.new(ALGORITHMS[algorithm].digest, access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")
    if not isinstance(told, str) or not hmac.compare_digest(told.encode("utf-8", "surrogatepass"), half):
        raise TokenRefused(reason="at_hash")


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
