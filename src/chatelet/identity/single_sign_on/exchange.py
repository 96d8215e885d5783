"""What is asked of a provider behind the browser's back: tokens for a code, tokens again, and more about the person."""

import base64
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, urlencode

from chatelet.identity.single_sign_on import id_tokens
from chatelet.identity.single_sign_on.claims import has_value
from chatelet.identity.single_sign_on.discovery import Discovery, Metadata
from chatelet.identity.single_sign_on.errors import (
    FlowInvalid,
    ProviderMisconfigured,
    ProviderUnreachable,
    TokenRefused,
)
from chatelet.identity.single_sign_on.flows import Flow
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.signatures import Header, read_header, verified_claims
from chatelet.identity.single_sign_on.way import Received, Way

_LONGEST_CODE: Final = 4096
_SERVER_ERROR: Final = 500


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the token endpoint gave. Never logged, never shown."""

    id_token: str | None = field(repr=False)
    access_token: str | None = field(repr=False)
    refresh_token: str | None = field(repr=False)


async def redeem(
    way: Way, provider: Provider, metadata: Metadata, flow: Flow, *, code: str, redirect_uri: str
) -> Tokens:
    """Exchange the code of a return for tokens."""
    if not 1 <= len(code) <= _LONGEST_CODE:
        raise FlowInvalid
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": flow.verifier,
    }
    return await _ask(way, provider, metadata, form)


async def refresh(way: Way, provider: Provider, metadata: Metadata, refresh_token: str) -> Tokens:
    """Ask for tokens again; raise `FlowInvalid` when the provider no longer knows this person's session."""
    return await _ask(way, provider, metadata, {"grant_type": "refresh_token", "refresh_token": refresh_token})


async def id_claims(discovery: Discovery, provider: Provider, tokens: Tokens, nonce: str) -> dict[str, Any]:
    """Return the claims of the ID token, verified whole. Raises `TokenRefused`."""
    if tokens.id_token is None:
        raise TokenRefused(reason="no_id_token")
    header, claims = await signed(discovery, provider, tokens.id_token)
    id_tokens.check_id_token(
        claims, provider, nonce, at=time.time(), algorithm=header.algorithm, access_token=tokens.access_token
    )
    return claims


async def renewed_claims(
    way: Way,
    discovery: Discovery,
    provider: Provider,
    tokens: Tokens,
    before: Mapping[str, Any],
    wanted: Collection[str],
) -> dict[str, Any] | None:
    """Return what the provider tells now of the person of `before` (the claims of the sign-in's ID token).

    None when too little is told to judge by: a renewal need not bring an ID token, and userinfo may know less.
    Raises `TokenRefused`, and what is raised when the provider cannot be asked.
    """
    if tokens.id_token is not None:
        header, told = await signed(discovery, provider, tokens.id_token)
        id_tokens.check_renewed_id_token(
            told, before, provider, at=time.time(), algorithm=header.algorithm, access_token=tokens.access_token
        )
        return await completed_claims(way, discovery, provider, tokens, told, wanted)
    subject = {"sub": before.get("sub")}
    claims = await completed_claims(way, discovery, provider, tokens, subject, wanted)
    unknown = any(has_value(before, path) and not has_value(claims, path) for path in wanted)
    return None if claims is subject or unknown else claims


async def signed(discovery: Discovery, provider: Provider, token: str) -> tuple[Header, dict[str, Any]]:
    """Return the header and claims of a token that the provider signed; nothing else is checked here."""
    header = read_header(token)
    keys = await discovery.keys(provider, header.key_id)
    return header, verified_claims(token, header, keys)


async def completed_claims(
    way: Way,
    discovery: Discovery,
    provider: Provider,
    tokens: Tokens,
    told: dict[str, Any],
    wanted: Collection[str],
) -> dict[str, Any]:
    """Add what the userinfo endpoint says when the ID token lacks a wanted claim; the ID token's words win."""
    metadata = await discovery.metadata(provider)
    lacking = any(not has_value(told, path) for path in wanted)
    if not lacking or metadata.userinfo_endpoint is None or tokens.access_token is None:
        return told
    answer = await way.get(provider, metadata.userinfo_endpoint, bearer=tokens.access_token)
    if answer.status >= _SERVER_ERROR:
        raise ProviderUnreachable(provider=provider.code)
    if answer.status != 200:
        raise ProviderMisconfigured(reason="userinfo", status=answer.status)
    more = await _userinfo(discovery, provider, answer)
    if more.get("sub") != told["sub"]:
        raise TokenRefused(reason="userinfo_subject")
    return {**more, **told}


async def _userinfo(discovery: Discovery, provider: Provider, answer: Received) -> dict[str, Any]:
    """Read JSON, or the signed form that ProConnect answers (application/jwt)."""
    if answer.content_type != "application/jwt":
        return answer.json()
    try:
        token = answer.body.decode("ascii").strip()
    except UnicodeDecodeError:
        raise TokenRefused(reason="not_a_signed_token") from None
    _, claims = await signed(discovery, provider, token)
    id_tokens.check_issuer(claims, provider)
    id_tokens.check_audience(claims, provider)
    if "exp" in claims:
        id_tokens.check_times({"iat": time.time(), **claims}, at=time.time(), oldest=3600, needs_expiry=True)
    return claims


async def _ask(way: Way, provider: Provider, metadata: Metadata, form: dict[str, str]) -> Tokens:
    headers: dict[str, str] = {}
    if metadata.auth_method == "client_secret_basic":
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret or '', safe='')}"
        headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form = {**form, "client_id": provider.client_id}
        if metadata.auth_method == "client_secret_post":
            form["client_secret"] = provider.client_secret or ""
    answer = await way.post(provider, metadata.token_endpoint, urlencode(form).encode(), headers)
    if answer.status != 200:
        raise _refused(provider, answer)
    given = answer.json()
    return Tokens(
        id_token=_text(given, "id_token"),
        access_token=_text(given, "access_token"),
        refresh_token=_text(given, "refresh_token"),
    )


def _refused(provider: Provider, answer: Received) -> Exception:
    if answer.status >= _SERVER_ERROR:
        return ProviderUnreachable(provider=provider.code)
    try:
        error = answer.json().get("error")
    except ProviderMisconfigured:
        error = None
    if error == "invalid_grant":
        return FlowInvalid()
    known = {"invalid_client", "unauthorized_client", "invalid_request", "invalid_scope", "unsupported_grant_type"}
    return ProviderMisconfigured(reason=error if error in known else "token_endpoint", status=answer.status)


def _text(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name)
    return value if isinstance(value, str) and value else None
