"""Registration: a public form, whose answer is the same whoever asks and whatever is known (TA-013).

    throttle -> row (new, or again if it never was confirmed) -> a link by mail, half an hour, once -> waiting list

Without a mail server nobody can prove an address: the person waits at once, shown as not confirmed, and whoever chooses
them hands a code to the person themselves.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts import queries
from chatelet.adoption.cohorts.errors import LinkInvalid, RegistrationClosed, RegistrationElsewhere
from chatelet.adoption.cohorts.inviting import ask_for_message
from chatelet.adoption.cohorts.schemas import NewRegistration
from chatelet.adoption.cohorts.tables import Volunteer
from chatelet.audit import events, journal
from chatelet.identity import throttle
from chatelet.identity.names import clean_email, clean_name
from chatelet.identity.tokens import hash_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.mail import can_leave
from chatelet.kernel.requests import current_request
from chatelet.settings import Settings

LINK_LIFETIME: Final = timedelta(minutes=30)


async def register(database: Database, new: NewRegistration, settings: Settings) -> None:
    """Put someone on the waiting list, once their address is confirmed.

    Raises `RegistrationClosed`, `RegistrationElsewhere`, `EmailInvalid`, `NameInvalid`, `TooManyAttempts`.
    """
    if not settings.adoption.registration:
        raise RegistrationClosed
    email, name = clean_email(new.email), clean_name(new.name)
    if not _is_allowed(email, settings.adoption.registration_domains):
        raise RegistrationElsewhere(domains=", ".join(settings.adoption.registration_domains))
    await count_request(database, email)
    by_mail = can_leave(settings.mail)
    async with database.transaction() as session:
        units = await queries.units_told(session, {new.unit})
        row = {
            "name": name,
            "unit_id": units.get(new.unit),
            "unit_confirmed": False,  # anybody may write any unit: a manager says whether it is theirs
            "unit_told": new.unit.strip(),
            "uses": new.uses.strip(),
            "language": new.language,
            "state": "unconfirmed" if by_mail else "waiting",
            "registered_at": now(),
        }
        await _write(session, email, row, by_mail=by_mail)


async def confirm(database: Database, token: str) -> None:
    """Take the link sent to an address: its person waits from now on. Raises `LinkInvalid`, `TooManyAttempts`."""
    async with database.transaction() as session:
        found = await queries.by_token(session, hash_token(token))
        volunteer = await queries.locked_volunteer(session, found.id) if found else None
        if volunteer is not None and _confirms(volunteer, hash_token(token)):
            volunteer.state, volunteer.confirmed_at = "waiting", now()
            volunteer.token_hash = volunteer.token_expires_at = None
            told = events.VolunteerChanged(volunteer_id=volunteer.id, action="confirmed")
            await journal.record(session, told, actor=None)
            return
    watched = throttle.token_counters(current_request().origin)
    async with database.transaction() as session:
        await throttle.count(session, await throttle.check(session, watched))
    raise LinkInvalid


async def count_request(database: Database, email: str) -> None:
    """Count one more message asked for this address and from this place; raise `TooManyAttempts` when too many."""
    watched = throttle.registration_counters(email, current_request().origin)
    async with database.transaction() as session:
        await throttle.count(session, await throttle.check(session, watched))


def _is_allowed(email: str, domains: Sequence[str]) -> bool:
    """Tell whether an address is of one of these domains, or of one under it; none: any is."""
    domain = email.rpartition("@")[2]
    return not domains or any(domain == one or domain.endswith(f".{one}") for one in domains)


def _confirms(volunteer: Volunteer, token_hash: bytes) -> bool:
    return (
        volunteer.state == "unconfirmed"
        and volunteer.token_hash == token_hash
        and volunteer.token_expires_at is not None
        and volunteer.token_expires_at > now()
    )


async def _write(session: AsyncSession, email: str, row: dict[str, Any], *, by_mail: bool) -> None:
    """Insert, or write again what was never confirmed; whoever waits already, or has an account, changes nothing."""
    made = insert(Volunteer).values(id=uuid7(), email=email, **row)
    again = made.on_conflict_do_update(
        index_elements=["email"], set_=row, where=Volunteer.state.in_(("unconfirmed", "declined"))
    )
    volunteer_id = (await session.execute(again.returning(Volunteer.id))).scalar_one_or_none()
    if volunteer_id is None:
        return
    told = events.VolunteerChanged(volunteer_id=volunteer_id, action="registered")
    await journal.record(session, told, actor=None)
    if by_mail:
        await ask_for_message(session, [volunteer_id], "confirmation")
