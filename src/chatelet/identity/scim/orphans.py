"""The orphan report: persons of a directory's issuer who may sign in here although the directory says otherwise."""

import csv
import io
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.finding import says
from chatelet.identity.principal import PersonState
from chatelet.identity.scim.errors import DirectoryNotFound
from chatelet.identity.scim.schemas import Orphan, OrphanOrder, OrphanPage
from chatelet.identity.scim.tables import ScimClient, ScimUser
from chatelet.identity.tables import Person
from chatelet.kernel.csv_cells import neutral
from chatelet.kernel.paging import Order, page_of, read_cursor

_Orphans = Select[UUID, str, str, str | None, str, datetime | None, Any]
_REASON: Final = case(
    (ScimUser.person_id.is_(None), "never_named"),
    (ScimUser.deleted_at.is_not(None), "no_longer_named"),
    else_="said_inactive",
)
_KEYS: Final[dict[str, ColumnElement[Any]]] = {
    "name": Person.sort_name.expression,
    "email": func.coalesce(Person.email, ""),
    "reason": _REASON,
    "last_seen": func.coalesce(Person.last_seen_at, datetime(1970, 1, 1, tzinfo=UTC)),
}
_HEADER: Final = ("id", "name", "email", "subject", "reason", "last_seen_at")


async def orphans_page(
    session: AsyncSession, client_id: UUID, words: str, order: OrphanOrder, *, cursor: str | None, limit: int
) -> OrphanPage:
    """Return a page of the orphans that words tell; raise `DirectoryNotFound`."""
    query = (await _orphans(session, client_id)).where(says(words, Person.sort_name, Person.email, Person.subject))
    total = await session.scalar(select(func.count()).select_from(query.subquery())) or 0
    paged = Order(_KEYS[order.removeprefix("-")], Person.id.expression, order.startswith("-"))
    after = read_cursor(cursor) if cursor else None
    found = (await session.execute(paged.page(query, after=after, limit=limit + 1))).all()
    shown, following = page_of(found, limit, lambda row: (row.place, row.id))
    return OrphanPage(items=[_orphan(row) for row in shown], total=total, next_cursor=following)


async def orphans_csv(session: AsyncSession, client_id: UUID) -> str:
    """Return all of them as a table that a spreadsheet opens; raise `DirectoryNotFound`."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(_HEADER)
    for row in await session.execute((await _orphans(session, client_id)).order_by(Person.sort_name, Person.id)):
        one = _orphan(row)
        seen = one.last_seen_at.isoformat() if one.last_seen_at else ""
        told = (str(one.id), one.name, one.email or "", one.subject, one.reason, seen)
        table.writerow(neutral(text) for text in told)
    return "\ufeff" + written.getvalue()


async def _orphans(session: AsyncSession, client_id: UUID) -> _Orphans:
    client = await session.get(ScimClient, client_id)
    if client is None:
        raise DirectoryNotFound
    said = (ScimUser.person_id == Person.id) & (ScimUser.client_id == client_id)
    return (
        select(
            Person.id, Person.name, Person.sort_name, Person.email, Person.subject, Person.last_seen_at,
            _REASON.label("reason"),
        )
        .outerjoin(ScimUser, said)
        .where(Person.issuer == client.issuer, Person.state == PersonState.ACTIVE)
        .where(or_(ScimUser.person_id.is_(None), ScimUser.deleted_at.is_not(None), ScimUser.active.is_(False)))
    )  # fmt: skip


def _orphan(row: Any) -> Orphan:
    return Orphan(
        id=row.id, name=row.name, email=row.email, subject=row.subject, reason=row.reason, last_seen_at=row.last_seen_at
    )
