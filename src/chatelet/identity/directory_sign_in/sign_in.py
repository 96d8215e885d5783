"""Signing in with the name and the password of a directory.

    address slowed down? -> entry found, or not -> account slowed down? -> its bind, or one that cannot succeed
    -> transaction (person, rules, session), or a refusal, journalled

Whether there is an account is told by nothing: the same exchanges, the same counters, the same answer, and a refusal
leaves at a fixed beat, whatever the directory's own speed. The counters of a person are those of their entry, however
its name was typed; those of a name that nobody has, the name's.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final

from chatelet.identity import throttle
from chatelet.identity.directory_sign_in.asking import Proof, Visit, visit
from chatelet.identity.directory_sign_in.directory import Directory, offered
from chatelet.identity.directory_sign_in.entries import claims_of, fold, subject_of
from chatelet.identity.errors import InvalidCredentials
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.single_sign_on import entering, queries
from chatelet.identity.single_sign_on.errors import (
    AccountDisabled,
    PasswordExpired,
    ProviderMisconfigured,
    ProviderUnreachable,
)
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.throttle import Counter
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.ldap.messages import Entry
from chatelet.kernel.requests import current_request

_BEAT_SECONDS: Final = 0.5
# Its own: a directory that is slow does not keep people waiting at the local form.
_one_at_a_time: Final = throttle.Turnstile().one_at_a_time


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the directory said: of whom, and whether the password is theirs. `claims` only when it is."""

    counters: tuple[Counter, ...]
    proof: Proof
    claims: dict[str, Any]
    is_known: bool


async def sign_in(
    database: Database, sso: SingleSignOn, code: str, name: str, password: str, *, replaces: str | None = None
) -> OpenedSession:
    """Open a session; `replaces` is the cookie of this browser, whose session ends.

    Raises `InvalidCredentials` (unknown, locked or wrong: the same), `AccountDisabled`, `PasswordExpired` and
    `NotKnownHere` (only where the password was right), `TooManyAttempts`, `SignInBusy`, `ProviderNotFound`,
    `ProviderUnreachable`, `ProviderMisconfigured`.
    """
    started, folded = time.monotonic(), fold(name)
    async with _one_at_a_time(f"{code}\0{folded}"):
        async with database.transaction() as session:
            directory = await offered(session, sso.keyring, code)
            rules = await queries.rules_of(session, directory.provider.id)
            await throttle.check(session, _of_name(directory, folded))
        asked = await _asked(database, sso, directory, folded, password, frozenset(rule.claim for rule in rules))
        if asked.proof not in ("wrong", "locked"):
            return await _enter(database, sso, directory, asked, replaces)
        await _refuse(database, sso, directory, asked)
        await _until_beat(started)
    raise InvalidCredentials


async def _enter(
    database: Database, sso: SingleSignOn, directory: Directory, asked: _Asked, replaces: str | None
) -> OpenedSession:
    """Open the session of somebody whose password was right."""
    try:
        if asked.proof == "disabled":
            raise AccountDisabled
        if asked.proof == "expired":
            raise PasswordExpired
        async with database.transaction() as session:
            await throttle.trust(session, asked.counters)
            return await entering.enter(session, sso, directory.provider, asked.claims, tokens=None, replaces=replaces)
    except AppError as error:
        await entering.refuse(database, sso, directory.provider, error, asked.claims)
        raise


async def _asked(
    database: Database, sso: SingleSignOn, directory: Directory, name: str, password: str, wanted: frozenset[str]
) -> _Asked:
    """Ask; a directory that is down, or not as declared, is told to the inspector."""
    try:
        return await _ask(database, directory, name, password, wanted)
    except (ProviderUnreachable, ProviderMisconfigured) as error:
        await entering.refuse(database, sso, directory.provider, error, {})
        raise


async def _ask(database: Database, directory: Directory, name: str, password: str, wanted: frozenset[str]) -> _Asked:
    async with visit(directory) as visited:
        entry = await visited.find_named(name, wanted) if name else None
        subject = subject_of(entry, directory.subject_attribute) if entry is not None else None
        async with database.transaction() as session:
            counters = await throttle.check(session, _counters(directory, subject, name))
        proof = await visited.prove(entry, name, password)
        if proof != "right" or entry is None:
            return _Asked(counters, proof, {}, entry is not None)
        if subject is None:
            raise ProviderMisconfigured(reason="subject")
        return await _told(visited, entry, subject, counters, wanted)


async def _told(
    visited: Visit, entry: Entry, subject: str, counters: tuple[Counter, ...], wanted: frozenset[str]
) -> _Asked:
    """Read what the service may read of a person who has just proved who they are."""
    await visited.back_to_service()
    proof: Proof = "disabled" if await visited.is_disabled(entry) else "right"
    claims = claims_of(entry, subject, await visited.groups_of(entry), wanted)
    return _Asked(counters, proof, claims, is_known=True)


def _counters(directory: Directory, subject: str | None, name: str) -> tuple[Counter, ...]:
    if subject is None:
        return _of_name(directory, name)
    return throttle.sign_in_counters(throttle.account_at(directory.provider.issuer, subject), current_request().origin)


def _of_name(directory: Directory, name: str) -> tuple[Counter, ...]:
    return throttle.sign_in_counters(f"{directory.provider.id}\0{name}", current_request().origin)


async def _refuse(database: Database, sso: SingleSignOn, directory: Directory, asked: _Asked) -> None:
    reason = asked.proof if asked.is_known else "unknown"
    async with database.transaction() as session:
        await throttle.count(session, asked.counters)
        await entering.refuse_in(session, sso, directory.provider, InvalidCredentials(), {}, reason=reason)


async def _until_beat(started: float) -> None:
    """Wait for the next half second since the beginning: how long the directory took is not told."""
    spent = time.monotonic() - started
    await asyncio.sleep(_BEAT_SECONDS - spent % _BEAT_SECONDS)
