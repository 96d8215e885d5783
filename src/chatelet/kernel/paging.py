"""Pages of long lists: by what they are ordered, where the next one begins, and the cursor that says so.

Cursors are opaque to the caller, and checked when they come back.
"""

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar, TypeVarTuple
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import BigInteger, ColumnElement, Date, DateTime, Integer, Select, Text, cast, literal, tuple_

from chatelet.kernel.errors import InvalidRequest

LONGEST_CURSOR: Final = 2000
Cursor = tuple[str, UUID]
_CURSOR = TypeAdapter(Cursor)
_Row = TypeVar("_Row")
_Columns = TypeVarTuple("_Columns")


@dataclass(frozen=True, slots=True)
class Order:
    """By what a list is ordered, never null, then by identifier."""

    key: ColumnElement[Any]
    identifier: ColumnElement[UUID]
    reverse: bool = False

    def page(self, query: Select[*_Columns], *, after: Cursor | None, limit: int) -> Select[*_Columns, str]:
        """Return `query` from after a row on, with the place of each row as last column; raise `InvalidRequest`."""
        if after is not None:
            place, here = tuple_(self.key, self.identifier), tuple_(self._read(after[0]), after[1])
            query = query.where(place < here if self.reverse else place > here)
        ways = (self.key.desc(), self.identifier.desc()) if self.reverse else (self.key, self.identifier)
        return query.add_columns(cast(self.key, Text).label("place")).order_by(*ways).limit(limit)

    def _read(self, place: str) -> ColumnElement[Any]:
        try:
            if isinstance(self.key.type, DateTime):
                return literal(_moment(place), self.key.type)
            if isinstance(self.key.type, Date):
                return literal(date.fromisoformat(place), self.key.type)
            if isinstance(self.key.type, Integer):
                return literal(_number(place, bits=63 if isinstance(self.key.type, BigInteger) else 31), self.key.type)
        except ValueError:
            raise InvalidRequest(field="cursor") from None
        return literal(place)


def _moment(place: str) -> datetime:
    moment = datetime.fromisoformat(place)
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _number(place: str, *, bits: int) -> int:
    number = int(place)
    if not -(2**bits) <= number < 2**bits:
        raise ValueError
    return number


def cut(rows: Iterable[_Row], place: Callable[[_Row], Cursor], *, reverse: bool, after: Cursor | None) -> list[_Row]:
    """Order rows already in memory by their place, and return those after a cursor. For what is judged as a whole."""
    ordered = sorted(rows, key=place, reverse=reverse)
    if after is None:
        return ordered
    return [row for row in ordered if (place(row) < after if reverse else place(row) > after)]


def page_of(rows: Sequence[_Row], limit: int, place: Callable[[_Row], Cursor]) -> tuple[Sequence[_Row], str | None]:
    """Cut one row too many off a page; return what is shown and the cursor of the next page, None at the end."""
    shown = rows[:limit]
    return shown, write_cursor(*place(shown[-1])) if len(rows) > limit else None


def write_cursor(text: str, identifier: UUID) -> str:
    """Return the cursor of a last row shown."""
    return base64.urlsafe_b64encode(json.dumps([text, str(identifier)]).encode()).decode()


def read_cursor(cursor: str) -> Cursor:
    """Return the text and the identifier after which the page begins; raise `InvalidRequest`."""
    try:
        text, identifier = _CURSOR.validate_json(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, ValidationError):
        raise InvalidRequest(field="cursor") from None
    if "\0" in text:
        raise InvalidRequest(field="cursor")
    return text, identifier
