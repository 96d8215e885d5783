"""The orphan report of a directory: who may sign in here, and is no longer there, or disabled there. Read at once."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Final, Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.directory_sign_in.directory import Directory
from chatelet.identity.directory_sign_in.schemas import GoneOrder, GonePerson, GonePersons
from chatelet.identity.finding import said
from chatelet.identity.names import sort_key
from chatelet.identity.principal import PersonState
from chatelet.identity.tables import Person
from chatelet.kernel.csv_cells import neutral
from chatelet.kernel.paging import cut, page_of, read_cursor

_PLACES: Final[dict[str, Callable[[GonePerson], str]]] = {
    "name": lambda one: sort_key(one.name),
    "email": lambda one: one.email or "",
    "reason": lambda one: one.reason,
}
_HEADER: Final = ("id", "name", "email", "subject", "reason")


async def gone(session: AsyncSession, directory: Directory, there: Mapping[str, bool]) -> list[GonePerson]:
    """Return them by name; `there` is what `tree.read_subjects` read."""
    rows = await session.execute(
        select(Person.id, Person.name, Person.email, Person.subject)
        .where(Person.issuer == directory.provider.issuer, Person.state == PersonState.ACTIVE)
        .order_by(Person.sort_name, Person.id)
    )
    return [
        GonePerson(id=row.id, name=row.name, email=row.email, subject=row.subject, reason=_reason(there, row.subject))
        for row in rows
        if not there.get(row.subject, False)
    ]


def page(found: list[GonePerson], words: str, order: GoneOrder, *, cursor: str | None, limit: int) -> GonePersons:
    """Return a page of those that words tell. In memory: only the directory, read whole, says who is gone from it."""
    wanted = [one for one in found if said(words, one.name, one.email or "", one.subject)]
    place = _PLACES[order.removeprefix("-")]
    after = read_cursor(cursor) if cursor else None
    ordered = cut(wanted, lambda one: (place(one), one.id), reverse=order.startswith("-"), after=after)
    shown, following = page_of(ordered, limit, lambda one: (place(one), one.id))
    return GonePersons(items=list(shown), total=len(wanted), next_cursor=following)


def table_of(found: list[GonePerson]) -> str:
    """Return all of them as a table that a spreadsheet opens."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(_HEADER)
    for one in found:
        told = (str(one.id), one.name, one.email or "", one.subject, one.reason)
        table.writerow(neutral(text) for text in told)
    return "\ufeff" + written.getvalue()


def _reason(there: Mapping[str, bool], subject: str) -> Literal["no_longer_named", "said_inactive"]:
    return "said_inactive" if subject in there else "no_longer_named"
