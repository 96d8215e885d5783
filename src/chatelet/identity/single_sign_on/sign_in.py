"""Signing in through a provider: begun on our page, ended on the provider's return.

    begin   transaction (store the flow) -> the provider's address
    finish  transaction (take the flow, once) -> code for tokens, ID token verified, no transaction
            -> transaction (person, rules, session, one line for the inspector), or a refusal, journalled

The verbs take the database: what a refusal writes must stay, and nothing is held while a provider thinks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from chatelet.audit import events, journal
from chatelet.identity import throttle
from chatelet.identity.principal import Language
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.single_sign_on import entering, exchange, flows, persons, queries
from chatelet.identity.single_sign_on.errors import (
    FlowInvalid,
    ProviderNotFound,
    RefusedByProvider,
    TokenRefused,
)
from chatelet.identity.single_sign_on.exchange import Tokens
from chatelet.identity.single_sign_on.flows import Flow
from chatelet.identity.single_sign_on.provider import Provider
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.requests import current_request

# What a provider answers when it would have to ask the person something: not a refusal of the person.
_NEEDS_THE_PERSON: Final = frozenset(
    {"login_required", "interaction_required", "consent_required", "account_selection_required"}
)


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and the secret that it keeps until it is back."""

    address: str
    browser_secret: str


@dataclass(frozen=True, slots=True)
class Return:
    """What the provider put in the address it sent the browser to."""

    state: str | None = None
    code: str | None = None
    error: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """A return that was ours: a session, or the error to show; then where the page goes on."""

    return_to: str
    opened: OpenedSession | None = None
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class _Taken:
    """A flow of ours that came back. `wanted` are the claims worth asking the userinfo endpoint for."""

    provider: Provider
    flow: Flow
    wanted: frozenset[str]
    return_to: str
    silent: bool


@dataclass(frozen=True, slots=True)
class _Received:
    tokens: Tokens
    claims: Mapping[str, Any]


async def begin(
    database: Database,
    sso: SingleSignOn,
    code: str,
    *,
    browser_secret: str | None,
    return_to: str,
    silent: bool,
    language: Language,
) -> Begun:
    """Begin a flow. `silent`: the provider must not ask the person anything (`prompt=none`).

    Raises `ProviderNotFound`, `ProviderUnreachable`, `ProviderMisconfigured`.
    """
    async with database.transaction() as session:
        provider = await sso.offered(session, code)
    metadata = await sso.discovery.metadata(provider)
    async with database.transaction() as session:
        flow = await flows.begin(session, provider, browser_secret, return_to, silent=silent)
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": sso.return_address(provider),
        "scope": " ".join(provider.scopes),
        "state": flow.state,
        "nonce": flow.nonce,
        "code_challenge": flow.challenge,
        "code_challenge_method": "S256",
        "ui_locales": language,
        **({"prompt": "none"} if silent else {}),
    }
    return Begun(f"{metadata.authorization_endpoint}?{urlencode(query)}", flow.secret)


async def finish(
    database: Database,
    sso: SingleSignOn,
    code: str,
    back: Return,
    *,
    browser_secret: str | None,
    replaces: str | None,
) -> Finished:
    """End a flow; `replaces` is this browser's session cookie. Raises `SignInError` when it was no flow of ours."""
    try:
        taken = await _take(database, sso, code, back, browser_secret)
    except (FlowInvalid, ProviderNotFound) as error:
        await _refuse_unknown(database)
        raise error from None
    if taken.silent and back.error in _NEEDS_THE_PERSON:
        return Finished(taken.return_to)
    received: _Received | None = None
    try:
        received = await _receive(sso, taken, back)
        async with database.transaction() as session:
            opened = await entering.enter(
                session, sso, taken.provider, received.claims, tokens=received.tokens, replaces=replaces
            )
            return Finished(taken.return_to, opened)
    except AppError as error:
        await entering.refuse(database, sso, taken.provider, error, received.claims if received else {})
        return Finished(taken.return_to, error=error)


async def _take(database: Database, sso: SingleSignOn, code: str, back: Return, browser_secret: str | None) -> _Taken:
    async with database.transaction() as session:
        row, flow = await flows.take(session, back.state, browser_secret)
        provider = await sso.offered(session, code)
        if row.provider_id != provider.id:
            raise FlowInvalid
        rules = await queries.rules_of(session, provider.id)
        wanted = frozenset({*persons.WANTED, *(rule.claim for rule in rules)})
        return _Taken(provider, flow, wanted, row.return_to, row.silent)


async def _receive(sso: SingleSignOn, taken: _Taken, back: Return) -> _Received:
    """Exchange the code, verify the ID token, complete the claims."""
    provider, flow = taken.provider, taken.flow
    metadata = await sso.discovery.metadata(provider)
    if (back.issuer is not None or metadata.tells_issuer) and back.issuer != provider.issuer:  # RFC 9207
        raise TokenRefused(reason="issuer")
    if back.error is not None or back.code is None:
        raise RefusedByProvider(reason=_told_error(back.error))
    tokens = await exchange.redeem(
        sso.way, provider, metadata, flow, code=back.code, redirect_uri=sso.return_address(provider)
    )
    told = await exchange.id_claims(sso.discovery, provider, tokens, flow.nonce)
    claims = await exchange.completed_claims(sso.way, sso.discovery, provider, tokens, told, taken.wanted)
    return _Received(tokens, claims)


async def _refuse_unknown(database: Database) -> None:
    watched = throttle.token_counters(current_request().origin)
    async with database.transaction() as session:
        await throttle.count(session, await throttle.check(session, watched))
        await journal.record(session, events.SignInRefused(reason="flow_invalid"), actor=None)


def _told_error(error: str | None) -> str:
    """Return the provider's own code, when it is one of those that specifications name."""
    known = {"access_denied", "invalid_scope", "server_error", "temporarily_unavailable", "unauthorized_client"}
    return error if error in known | _NEEDS_THE_PERSON else "other"
