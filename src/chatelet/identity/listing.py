"""Persons as administrators see them: page after page, one alone, and the whole list as a file.

The file leaves in a stream that holds no transaction: each page is read in its own, after the journal said how many.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Final, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import access, queries
from chatelet.identity.errors import PersonNotFound
from chatelet.identity.principal import Language, PersonState, Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles.queries import roles_of
from chatelet.identity.roles.tables import Role
from chatelet.identity.schemas import ListedPerson, PersonDetail, PersonPage, RoleName, UnitName
from chatelet.kernel.csv_cells import csv_line
from chatelet.kernel.database import Database
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.paging import read_cursor, write_cursor

_LONGEST_PAGE: Final = 100
_EXPORTED_AT_ONCE: Final = 1000
_COLUMNS: Final = ("name", "email", "unit_code", "unit", "roles", "state", "last_seen_at")
# A French spreadsheet cuts columns at semicolons; both read UTF-8 when a mark says so.
_SEPARATORS: Final[dict[Language, str]] = {"fr": ";", "en": ","}
_MARK: Final = "\ufeff"


async def search_persons(
    session: AsyncSession, principal: Principal, wanted: queries.Wanted, *, cursor: str | None, limit: int
) -> PersonPage:
    """Return a page of the persons wanted, in their order."""
    after = read_cursor(cursor) if cursor else None
    limit = min(limit, _LONGEST_PAGE)
    found = await queries.persons_page(session, principal, wanted, after=after, limit=limit + 1)
    shown = found[:limit]
    return PersonPage(
        items=await _listed(session, shown),
        next_cursor=write_cursor(shown[-1].place, shown[-1].person.id) if len(found) > limit else None,
    )


async def read_person(session: AsyncSession, principal: Principal, person_id: UUID) -> PersonDetail:
    """Return a person that the caller may see, and whether they may change them; raise `PersonNotFound`."""
    person = await queries.person(session, principal, person_id)
    if person is None:
        raise PersonNotFound
    listed = await listed_person(session, principal, person_id)
    missing, holds_more = await _obstacle(session, principal, person_id)
    return PersonDetail(
        **listed.model_dump(),
        issuer=person.issuer,
        created_at=person.created_at,
        missing=missing,
        holds_more=holds_more,
    )


async def listed_person(session: AsyncSession, principal: Principal, person_id: UUID) -> ListedPerson:
    """Return a person as lists show them. For verbs that already know by what right."""
    [listed] = await listed_persons(session, principal, [person_id])
    return listed


async def listed_persons(session: AsyncSession, principal: Principal, persons: Collection[UUID]) -> list[ListedPerson]:
    """Return persons as lists show them, by name. For verbs that already know by what right."""
    return await _listed(session, await queries.person_rows(session, principal, persons))


async def note_export(session: AsyncSession, principal: Principal, wanted: queries.Wanted) -> None:
    """Journal that a list leaves, and how long it is, before it does."""
    count = await queries.count_persons(session, principal, wanted)
    await journal.record(session, events.PersonsExported(count=count), actor=principal.person_id)


async def export_persons(database: Database, principal: Principal, wanted: queries.Wanted) -> AsyncIterator[str]:
    """Give the list as CSV, page by page: what the caller may see of what is wanted, in its order."""
    separator = _SEPARATORS[principal.language]
    yield _MARK + csv_line(_COLUMNS, separator)
    after: tuple[str, UUID] | None = None
    while True:
        async with database.transaction() as session:
            rows = await queries.persons_page(session, principal, wanted, after=after, limit=_EXPORTED_AT_ONCE)
            held = await roles_of(session, [row.person.id for row in rows])
        yield "".join(csv_line(_cells(row, held.get(row.person.id, []), principal), separator) for row in rows)
        if len(rows) < _EXPORTED_AT_ONCE:
            return
        after = (rows[-1].place, rows[-1].person.id)


def _cells(row: queries.PersonRow, roles: Sequence[Role], principal: Principal) -> list[str]:
    person = row.person
    names = [role.name_fr if principal.language == "fr" else role.name_en for role in roles]
    seen = person.last_seen_at.isoformat(timespec="seconds") if person.last_seen_at else ""
    unit = (row.unit_code or "", row.unit_name or "")
    return [person.name, person.email or "", *unit, " | ".join(names), person.state, seen]


async def _obstacle(session: AsyncSession, principal: Principal, person_id: UUID) -> tuple[Right | None, bool]:
    try:
        await access.check_manages(session, principal, person_id)
    except Forbidden as refusal:
        right = refusal.params.get("right")
        return (Right(right), False) if right else (None, True)
    return None, False


async def _listed(session: AsyncSession, rows: Sequence[queries.PersonRow]) -> list[ListedPerson]:
    held = await roles_of(session, [row.person.id for row in rows])
    return [_shown(row, held.get(row.person.id, [])) for row in rows]


def _shown(row: queries.PersonRow, roles: Sequence[Role]) -> ListedPerson:
    person = row.person
    return ListedPerson(
        id=person.id,
        email=person.email,
        name=person.name,
        is_administrator=row.is_administrator,
        language=cast("Language", person.language),
        state=PersonState(person.state),
        last_seen_at=person.last_seen_at,
        unit=UnitName(id=row.unit_id, name=row.unit_name) if row.unit_id and row.unit_name else None,
        roles=[RoleName(code=role.code, name_fr=role.name_fr, name_en=role.name_en) for role in roles],
    )
