"""Activation: a member of a wave opens their account, by the code they were handed or a link to their address.

    throttled? -> whose secret, still good? -> password hashed, nothing held -> the wave locked: open, a place left?
    -> account, the unit that a manager confirmed, session

Accounts are counted under the lock of the wave's row: however many activate at once, no place is given twice. What is
wrong with a code or a link is told to the journal, never to whoever presents it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts import queries
from chatelet.adoption.cohorts.codes import hash_code
from chatelet.adoption.cohorts.errors import ActivationInvalid, CohortClosed, CohortFull
from chatelet.adoption.cohorts.inviting import ask_for_message
from chatelet.adoption.cohorts.openings import OPENINGS_CHANNEL
from chatelet.adoption.cohorts.placing import placed
from chatelet.adoption.cohorts.registration import count_request
from chatelet.adoption.cohorts.schemas import CodeActivation, LinkActivation, LinkRequest, OwnActivation
from chatelet.adoption.cohorts.service import is_open
from chatelet.adoption.cohorts.tables import Cohort, Volunteer
from chatelet.audit import events, journal
from chatelet.identity import accounts, sessions, throttle
from chatelet.identity.errors import LocalSignInOff
from chatelet.identity.names import clean_email, fold_email
from chatelet.identity.principal import Language, Principal
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.throttle import Counter
from chatelet.identity.tokens import hash_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.mail import can_leave
from chatelet.kernel.notifications import notify
from chatelet.kernel.requests import current_request
from chatelet.settings import Settings

_By = Literal["code", "link"]
_Refused = Literal["unknown", "expired", "closed", "full", "taken"]
_Find = Callable[[AsyncSession], Awaitable[Volunteer | None]]


@dataclass(frozen=True, slots=True)
class _Secret:
    """How a volunteer is found, what counts when they are not."""

    by: _By
    find: _Find
    counters: tuple[Counter, ...]


async def activate_by_code(database: Database, given: CodeActivation, settings: Settings) -> OpenedSession:
    """Open the account of whoever a code was made for.

    Raises `LocalSignInOff`, `ActivationInvalid`, `CohortClosed`, `CohortFull`, `TooManyAttempts`, and what `accounts`
    raises.
    """
    counters = throttle.sign_in_counters(fold_email(given.email), current_request().origin)
    secret = _Secret("code", _by_code(given.code, given.email), counters)
    return await _activate(database, secret, given.password, given.language, settings)


async def activate_by_link(database: Database, given: LinkActivation, settings: Settings) -> OpenedSession:
    """Open the account of whoever a link was sent to. Raises as `activate_by_code`."""
    secret = _Secret("link", _by_link(given.token), throttle.token_counters(current_request().origin))
    return await _activate(database, secret, given.password, given.language, settings)


async def activate_own(database: Database, principal: Principal, given: OwnActivation) -> None:
    """Let in somebody who already has an account (single sign-on).

    By the code made for their address, or by the link that was sent to the one they registered with: whoever holds it
    reads that mail, whatever address their provider tells.

    Raises `ActivationInvalid`, `CohortClosed`, `CohortFull`, `TooManyAttempts`.
    """
    origin = current_request().origin
    if given.token is not None:
        secret = _Secret("link", _by_link(given.token), throttle.token_counters(origin))
    else:
        counters = throttle.sign_in_counters(principal.email or str(principal.person_id), origin)
        secret = _Secret("code", _by_code(given.code or "", principal.email or ""), counters)
    volunteer = await _find(database, secret)
    async with database.transaction() as session:
        volunteer, cohort = await _lock(session, volunteer, secret)
        await _bind(session, volunteer, cohort, principal.person_id, secret.by)


async def ask_link(database: Database, asked: LinkRequest, settings: Settings) -> None:
    """Send an activation link to a member of an open wave; the answer is the same for everybody (TA-013).

    Raises `EmailInvalid`, `TooManyAttempts`.
    """
    email = clean_email(asked.email)
    await count_request(database, email)
    async with database.transaction() as session:
        volunteer = await queries.by_email(session, email)
        if volunteer is None or volunteer.cohort_id is None or not can_leave(settings.mail):
            return
        cohort = await queries.locked_cohort(session, volunteer.cohort_id)
        if volunteer.state in {"chosen", "invited"} and is_open(cohort):
            await ask_for_message(session, [volunteer.id], "activation")


async def _activate(
    database: Database, secret: _Secret, password: str, language: Language, settings: Settings
) -> OpenedSession:
    if not settings.security.local_sign_in:
        raise LocalSignInOff
    volunteer = await _find(database, secret)
    new = await accounts.draft(volunteer.email, volunteer.name, password, language=language)
    async with database.transaction() as session:
        volunteer, cohort = await _lock(session, volunteer, secret)
        person = await accounts.insert_person(session, new)
        created = events.PersonCreated(person_id=person.id, by="invitation")
        await journal.record_all(session, [created, *placed(session, volunteer, person.id)], actor=person.id)
        await _bind(session, volunteer, cohort, person.id, secret.by)
        await throttle.trust(session, throttle.sign_in_counters(new.email, current_request().origin))
        return await sessions.open_session(session, person, settings.security, "invitation")


async def _find(database: Database, secret: _Secret) -> Volunteer:
    """Return whose secret it is, if it may still serve; else count, tell the journal, and raise."""
    async with database.transaction() as session:
        counters = await throttle.check(session, secret.counters)
        volunteer = await secret.find(session)
        if volunteer is not None and volunteer.cohort_id is not None:
            cohort = await queries.locked_cohort(session, volunteer.cohort_id)
            reason = await _refusal(session, volunteer, cohort)
        else:
            reason = "unknown"
        if volunteer is not None and reason is None:
            return volunteer
        if reason not in {"closed", "full"}:
            await throttle.count(session, counters)
        refused = events.ActivationRefused(volunteer_id=volunteer.id if volunteer else None, reason=reason or "unknown")
        await journal.record(session, refused, actor=None)
    raise _error(reason)


async def _lock(session: AsyncSession, found: Volunteer, secret: _Secret) -> tuple[Volunteer, Cohort]:
    """Return the volunteer and the wave, locked in the order in which choices lock them, and still good."""
    if found.cohort_id is None:
        raise ActivationInvalid
    cohort = await queries.locked_cohort(session, found.cohort_id)
    volunteer = await queries.locked_volunteer(session, found.id)
    again = await secret.find(session)
    if volunteer is None or again is None or again.id != volunteer.id or volunteer.cohort_id != cohort.id:
        raise ActivationInvalid
    reason = await _refusal(session, volunteer, cohort)
    if reason is not None:
        raise _error(reason)
    return volunteer, cohort


async def _refusal(session: AsyncSession, volunteer: Volunteer, cohort: Cohort) -> _Refused | None:
    if volunteer.state not in {"chosen", "invited"}:
        return "taken"
    if not is_open(cohort):
        return "closed"
    activated = await queries.count(session, cohort.id, ["activated"])
    return "full" if activated >= cohort.capacity else None


async def _bind(session: AsyncSession, volunteer: Volunteer, cohort: Cohort, person_id: UUID, by: _By) -> None:
    volunteer.state, volunteer.activated_at, volunteer.person_id = "activated", now(), person_id
    volunteer.invited_at = volunteer.invited_at or volunteer.activated_at
    volunteer.code_hash = volunteer.token_hash = volunteer.token_expires_at = None
    await session.flush()
    told = events.VolunteerActivated(volunteer_id=volunteer.id, person_id=person_id, cohort_id=cohort.id, by=by)
    await journal.record(session, told, actor=person_id)
    await notify(session, OPENINGS_CHANNEL, str(person_id))


def _by_code(code: str, email: str) -> _Find:
    async def find(session: AsyncSession) -> Volunteer | None:
        volunteer = await queries.by_code(session, hash_code(code))
        return volunteer if volunteer is not None and volunteer.email == fold_email(email) else None

    return find


def _by_link(token: str) -> _Find:
    async def find(session: AsyncSession) -> Volunteer | None:
        volunteer = await queries.by_token(session, hash_token(token))
        expires = volunteer.token_expires_at if volunteer is not None else None
        return volunteer if expires is not None and expires > now() else None

    return find


def _error(reason: _Refused | None) -> ActivationInvalid | CohortClosed | CohortFull:
    """Tell that a wave is closed or full: its member holds a good code, and must know it is not their mistake."""
    if reason == "closed":
        return CohortClosed()
    return CohortFull(left=0) if reason == "full" else ActivationInvalid()
