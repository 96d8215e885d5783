"""Reads of persons and what is theirs. Reads of persons start from `readable_by`: oneself, or where a right reaches."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import cast as as_type
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from chatelet.identity.finding import folded, says
from chatelet.identity.names import search_words
from chatelet.identity.principal import LOCAL_ISSUER, PersonState, Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles.queries import HELD, administers, unexpired
from chatelet.identity.roles.tables import Grant
from chatelet.identity.schemas import InvitationOrder
from chatelet.identity.tables import Installation, Invitation, Person, PersonSession
from chatelet.identity.units.queries import UNITS_ABOVE, belongs_under, belongs_within
from chatelet.identity.units.queries import readable_by as units_readable_by
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.database import Executor, execute, fetch
from chatelet.kernel.paging import Cursor, Order


class PersonOrder(StrEnum):
    """By what persons are listed; the other way round with a minus sign."""

    NAME = "name"
    NAME_REVERSED = "-name"
    EMAIL = "email"
    EMAIL_REVERSED = "-email"
    UNIT = "unit"
    UNIT_REVERSED = "-unit"
    LAST_SEEN = "last_seen"
    LAST_SEEN_REVERSED = "-last_seen"
    CREATED = "created"
    CREATED_REVERSED = "-created"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which persons: each of `words` begins a word of name or e-mail; under a unit; given a role; in a state; these."""

    words: str = ""
    unit_id: UUID | None = None
    role_id: UUID | None = None
    state: PersonState | None = None
    order: PersonOrder = PersonOrder.NAME
    ids: frozenset[UUID] | None = None


class PersonRow(NamedTuple):
    """A person of a list: whether they manage the installation, and their main unit."""

    person: Person
    is_administrator: bool
    unit_id: UUID | None
    unit_name: str | None
    unit_code: str | None
    place: str = ""
    """What the list is ordered by, to go on after this person."""


class LivingSession(NamedTuple):
    """What the one authentication query returns."""

    session_id: UUID
    person_id: UUID
    held: str
    units: list[UUID]
    language: str
    name: str
    email: str | None
    expires_at: datetime
    last_seen_at: datetime


# On the path of every request and of every turn: said as it is, to a session or to the driver.
# The two parts put in are constants of this package.
_LIVING_SESSION: Final = f"""
SELECT sessions.id, persons.id, {HELD}, {UNITS_ABOVE}, persons.language, persons.name, persons.email,
       sessions.expires_at, sessions.last_seen_at
FROM sessions JOIN persons ON persons.id = sessions.person_id
WHERE sessions.token_hash = $1 AND sessions.ended_at IS NULL AND sessions.expires_at > $2
  AND sessions.last_seen_at + make_interval(mins => sessions.idle_minutes) > $2 AND persons.state = 'active'
"""  # noqa: S608 (constants, as said)
_NOTE_VISIT: Final = """
WITH seen AS (
    UPDATE persons SET last_seen_at = greatest(last_seen_at, $3)
    WHERE id = (SELECT id FROM persons WHERE id = $2 FOR UPDATE SKIP LOCKED)
)
UPDATE sessions SET last_seen_at = greatest(last_seen_at, $3)
WHERE id = (SELECT id FROM sessions WHERE id = $1 FOR UPDATE SKIP LOCKED)
"""


def readable_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `Person` that every read by a caller carries."""
    own = Person.id == principal.person_id
    if not principal.rights.holds_somewhere(Right.PERSONS_READ):
        return own
    return own | belongs_within(principal, Right.PERSONS_READ, Person.id)


def is_local() -> ColumnElement[bool]:
    """Return the condition on `Person`: an account of this installation, the only kind that owns its e-mail."""
    return Person.issuer == bindparam(None, LOCAL_ISSUER, literal_execute=True)  # as the partial index says it


async def living_session(executor: Executor, token_hash: bytes, moment: datetime) -> LivingSession | None:
    """Find the session of a token, if it still lives at `moment` and its person is active."""
    rows = await fetch(executor, _LIVING_SESSION, token_hash, moment)
    return LivingSession(*rows[0]) if rows else None


async def note_visit(executor: Executor, session_id: UUID, person_id: UUID, moment: datetime) -> None:
    """Note a visit on the session and the person, in one statement that never waits for another request's."""
    await execute(executor, _NOTE_VISIT, session_id, person_id, moment)


async def current(session: AsyncSession, principal: Principal) -> tuple[Person, datetime]:
    """Return the caller's own row and the end of the session."""
    found = await session.execute(
        select(Person, PersonSession.expires_at)
        .join(PersonSession, PersonSession.person_id == Person.id)
        .where(PersonSession.id == principal.session_id, readable_by(principal))
    )
    person, expires_at = found.one()
    return person, expires_at


async def person(session: AsyncSession, principal: Principal, person_id: UUID) -> Person | None:
    """Return a person that the caller may see, locked until the end of the transaction."""
    found = await session.execute(
        select(Person).where(Person.id == person_id, readable_by(principal)).with_for_update()
    )
    return found.scalar_one_or_none()


async def persons_page(
    session: AsyncSession, principal: Principal, wanted: Wanted, *, after: tuple[str, UUID] | None, limit: int
) -> list[PersonRow]:
    """Return the persons wanted, in the order wanted; `after` is the place and identifier of the last one."""
    order = Order(_KEYS[wanted.order.removeprefix("-")], Person.id.expression, wanted.order.startswith("-"))
    query = _rows(principal).where(*found(principal, wanted))
    rows = await session.execute(order.page(query, after=after, limit=limit))
    return [PersonRow(*row) for row in rows]


_KEYS: Final[dict[str, ColumnElement[Any]]] = {
    "name": Person.sort_name.expression,
    "email": func.coalesce(Person.email, ""),
    "unit": func.coalesce(Unit.sort_name, ""),
    "last_seen": func.coalesce(Person.last_seen_at, datetime(1970, 1, 1, tzinfo=UTC)),
    "created": Person.created_at.expression,
}


async def count_persons(session: AsyncSession, principal: Principal, wanted: Wanted) -> int:
    """Count the persons wanted."""
    return await session.scalar(select(func.count()).select_from(Person).where(*found(principal, wanted))) or 0


def found(principal: Principal, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions on `Person`: those that the caller may see, of those wanted."""
    conditions = [readable_by(principal)]
    if wanted.ids is not None:
        conditions.append(Person.id == any_(literal(sorted(wanted.ids), ARRAY(Uuid))))
    if wanted.state is not None:
        conditions.append(Person.state == wanted.state)
    if wanted.unit_id is not None:
        conditions.append(belongs_under(wanted.unit_id, Person.id))
    if wanted.role_id is not None:
        conditions.append(Person.id.in_(_given(principal, wanted.role_id)))
    if (prefixes := search_words(wanted.words)) or wanted.words.strip():
        conditions.append(Person.search_vector.op("@@")(as_type(_prefix_query(prefixes), TSQUERY)))
    return conditions


def _given(principal: Principal, role_id: UUID) -> Select[UUID]:
    """Return the persons who hold a role everywhere, or on a unit that the caller may know of (TA-034)."""
    place = aliased(Unit)
    return (
        select(Grant.person_id)
        .outerjoin(place, place.id == Grant.unit_id)
        .where(Grant.role_id == role_id, unexpired())
        .where(or_(Grant.unit_id.is_(None), units_readable_by(principal, place)))
    )


async def person_row(session: AsyncSession, principal: Principal, person_id: UUID) -> PersonRow:
    """Return a person as lists show them. For verbs that already know by what right."""
    [row] = await person_rows(session, principal, [person_id])
    return row


async def person_rows(session: AsyncSession, principal: Principal, persons: Collection[UUID]) -> list[PersonRow]:
    """Return persons as lists show them, by name. For verbs that already know by what right."""
    ordered = _rows(principal).where(Person.id.in_(persons)).order_by(Person.sort_name, Person.id)
    return [PersonRow(*row) for row in await session.execute(ordered)]


def _rows(principal: Principal) -> Select[Person, bool, UUID, str, str]:
    """Persons with their main unit, where the caller may know of it (TA-034)."""
    main = and_(Membership.person_id == Person.id, Membership.is_main)
    return (
        select(Person, administers(Person.id), Unit.id, Unit.name, Unit.code)
        .outerjoin(Membership, main)
        .outerjoin(Unit, and_(Unit.id == Membership.unit_id, units_readable_by(principal)))
    )


def _prefix_query(prefixes: list[str]) -> str:
    """Write a tsquery: `search_words` leaves letters and digits only, so nothing needs escaping."""
    return " & ".join(f"'{prefix}':*" for prefix in prefixes)


async def account(session: AsyncSession, email: str) -> Person | None:
    """Find the local account of an e-mail, to check its password. Not for showing."""
    local = select(Person).where(Person.email == email, is_local(), Person.password_hash.is_not(None))
    found = await session.execute(local)
    return found.scalar_one_or_none()


async def locked(session: AsyncSession, person_id: UUID) -> Person | None:
    """Return a person's row, locked. For verbs that already know by what right."""
    found = await session.execute(
        select(Person).where(Person.id == person_id).with_for_update().execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def is_known(session: AsyncSession, email: str) -> bool:
    """Tell whether a local account has this e-mail."""
    return bool(await session.scalar(select(exists().where(Person.email == email, is_local()))))


async def read_installation(session: AsyncSession) -> Installation:
    """Return the single row."""
    found = await session.execute(select(Installation))
    return found.scalar_one()


async def lock_installation(session: AsyncSession) -> Installation:
    """Return the single row, locked: whoever makes the first administrator does it alone."""
    found = await session.execute(select(Installation).with_for_update().execution_options(populate_existing=True))
    return found.scalar_one()


async def lock_invitation(session: AsyncSession, token_hash: bytes) -> Invitation | None:
    """Find an invitation by its token, locked: it is accepted once."""
    found = await session.execute(select(Invitation).where(Invitation.token_hash == token_hash).with_for_update())
    return found.scalar_one_or_none()


async def pending_invitations(
    session: AsyncSession,
    principal: Principal,
    words: str,
    order: InvitationOrder,
    *,
    moment: datetime,
    after: Cursor | None,
    limit: int,
) -> Sequence[tuple[Invitation, str]]:
    """Return the invitations that can still be accepted, with their place; an administrator sees all, others none."""
    allowed = administers(principal.person_id)
    query = select(Invitation).where(allowed, Invitation.accepted_at.is_(None), Invitation.expires_at > moment)
    name = folded(Invitation.name)
    query = query.where(says(words, name, Invitation.name, Invitation.email))
    keys: dict[str, ColumnElement[Any]] = {
        "name": name,
        "email": Invitation.email.expression,
        "role": case((Invitation.is_administrator, 0), else_=1),
        "end": Invitation.expires_at.expression,
    }
    paged = Order(keys[order.removeprefix("-")], Invitation.id.expression, order.startswith("-"))
    return [(row[0], row[1]) for row in await session.execute(paged.page(query, after=after, limit=limit))]


async def withdrawable_invitation(session: AsyncSession, principal: Principal, identifier: UUID) -> Invitation | None:
    """Find an invitation not yet accepted, locked, that the caller may withdraw (an administrator)."""
    allowed = administers(principal.person_id)
    query = select(Invitation).where(allowed, Invitation.id == identifier, Invitation.accepted_at.is_(None))
    found = await session.execute(query.with_for_update())
    return found.scalar_one_or_none()


async def sessions_of(session: AsyncSession, person_id: UUID) -> Sequence[PersonSession]:
    """Return the sessions of a person, newest first."""
    found = await session.execute(
        select(PersonSession).where(PersonSession.person_id == person_id).order_by(PersonSession.id.desc())
    )
    return found.scalars().all()


async def invitations_to(session: AsyncSession, email: str) -> Sequence[Invitation]:
    """Return the invitations sent to an e-mail."""
    found = await session.execute(select(Invitation).where(Invitation.email == email).order_by(Invitation.id))
    return found.scalars().all()
