"""Filters and orders of SCIM as SQLAlchemy conditions: names come from these tables, values are parameters."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, false, func, not_, or_, select, true
from sqlalchemy.dialects.postgresql import JSONB

from chatelet.identity.scim.failures import InvalidFilter
from chatelet.identity.scim.filters import All, Comparison, Operator, Opposite, Present, Some, Term, Value, Within
from chatelet.identity.scim.tables import ScimGroup, ScimGroupMember, ScimUser

# folded: kept in lower case already; text: compared without case; exact: with it.
Kind = Literal["folded", "text", "exact", "identifier", "boolean", "instant"]
Columns = dict[str, tuple[Any, Kind]]
Lists = dict[str, Callable[[Term], ColumnElement[bool]]]

USER_COLUMNS: Final[Columns] = {
    "id": (ScimUser.person_id, "identifier"),
    "username": (ScimUser.user_key, "folded"),
    "externalid": (ScimUser.external_id, "exact"),
    "displayname": (ScimUser.display_name, "text"),
    "name.formatted": (ScimUser.formatted, "text"),
    "name.familyname": (ScimUser.family_name, "text"),
    "name.givenname": (ScimUser.given_name, "text"),
    "preferredlanguage": (ScimUser.language, "text"),
    "active": (ScimUser.active, "boolean"),
    "meta.created": (ScimUser.created_at, "instant"),
    "meta.lastmodified": (ScimUser.last_modified, "instant"),
}
GROUP_COLUMNS: Final[Columns] = {
    "id": (ScimGroup.id, "identifier"),
    "displayname": (ScimGroup.group_key, "folded"),
    "externalid": (ScimGroup.external_id, "exact"),
    "meta.created": (ScimGroup.created_at, "instant"),
    "meta.lastmodified": (ScimGroup.last_modified, "instant"),
}


def user_condition(term: Term) -> ColumnElement[bool]:
    """Return the condition on `ScimUser` that a filter says; raise `InvalidFilter`."""
    return _condition(term, USER_COLUMNS, {"emails": _some_email, "groups": _some_group})


def group_condition(term: Term) -> ColumnElement[bool]:
    """Return the condition on `ScimGroup` that a filter says; raise `InvalidFilter`."""
    return _condition(term, GROUP_COLUMNS, {"members": _some_member})


def order(columns: Columns, sort_by: str, *, descending: bool) -> ColumnElement[Any]:
    """Return the order by an attribute, those without it last; raise `InvalidFilter`."""
    if sort_by not in columns:
        raise InvalidFilter(f"cannot sort by {sort_by[:60]}")
    column, kind = columns[sort_by]
    key: Any = func.lower(column) if kind == "text" else column
    ordered: ColumnElement[Any] = (key.desc() if descending else key.asc()).nulls_last()
    return ordered


def _condition(term: Term, columns: Columns, lists: Lists) -> ColumnElement[bool]:
    match term:
        case All(terms):
            return and_(*(_condition(one, columns, lists) for one in terms))
        case Some(terms):
            return or_(*(_condition(one, columns, lists) for one in terms))
        case Opposite(inner):
            return not_(func.coalesce(_condition(inner, columns, lists), false()))
        case Within(path, inner):
            return _of_list(path, lists)(inner)
        case Present(path) | Comparison(path, _, _):
            if path in columns:
                return _simple(*columns[path], term)
            name, _, part = path.partition(".")
            return _of_list(name, lists)(_about_part(term, part or "value"))


def _of_list(name: str, lists: Lists) -> Callable[[Term], ColumnElement[bool]]:
    if name not in lists:
        raise InvalidFilter(f"{name[:60]} cannot be filtered on")
    return lists[name]


def _about_part(term: Present | Comparison, part: str) -> Term:
    return Present(part) if isinstance(term, Present) else Comparison(part, term.operator, term.value)


def _simple(column: Any, kind: Kind, term: Present | Comparison) -> ColumnElement[bool]:
    if isinstance(term, Present):
        return column.is_not(None)
    operator, value = term.operator, term.value
    if value is None:
        return _null(column, operator)
    match kind:
        case "boolean":
            return _boolean(column, operator, value)
        case "instant":
            return _ordered(column, operator, _instant(value))
        case "identifier":
            return _identifier(column, operator, value)
        case "folded":
            return _text(column, operator, _texted(value).lower())
        case "text":
            return _text(func.lower(column), operator, _texted(value).lower())
        case "exact":
            return _text(column, operator, _texted(value))


def _null(column: Any, operator: Operator) -> ColumnElement[bool]:
    if operator not in ("eq", "ne"):
        raise InvalidFilter("null is only compared with eq and ne")
    return column.is_(None) if operator == "eq" else column.is_not(None)


def _boolean(column: Any, operator: Operator, value: Value) -> ColumnElement[bool]:
    wanted = {"true": True, "false": False}.get(str(value).lower())
    if wanted is None or operator not in ("eq", "ne"):
        raise InvalidFilter("true or false, with eq or ne")
    return column.is_(wanted if operator == "eq" else not wanted)


def _identifier(column: Any, operator: Operator, value: Value) -> ColumnElement[bool]:
    if operator not in ("eq", "ne"):
        return _text(cast(column, Text), operator, _texted(value).lower())
    try:
        wanted = UUID(_texted(value))
    except ValueError:
        return false() if operator == "eq" else true()
    return column == wanted if operator == "eq" else column != wanted


def _text(column: Any, operator: Operator, value: str) -> ColumnElement[bool]:
    match operator:
        case "co":
            return column.contains(value, autoescape=True)
        case "sw":
            return column.startswith(value, autoescape=True)
        case "ew":
            return column.endswith(value, autoescape=True)
        case _:
            return _ordered(column, operator, value)


def _ordered(column: Any, operator: Operator, value: str | datetime) -> ColumnElement[bool]:
    match operator:
        case "eq":
            return column == value
        case "ne":
            return column.is_distinct_from(value)
        case "gt":
            return column > value
        case "ge":
            return column >= value
        case "lt":
            return column < value
        case "le":
            return column <= value
        case _:
            raise InvalidFilter(f"{operator} does not compare instants")


def _instant(value: Value) -> datetime:
    try:
        found = datetime.fromisoformat(_texted(value))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidFilter("an instant is written as 2026-01-31T12:00:00Z") from None


def _texted(value: Value) -> str:
    if not isinstance(value, str):
        raise InvalidFilter("a text is expected")
    return value


def _some_email(term: Term) -> ColumnElement[bool]:
    if term == Present("value"):
        return func.jsonb_array_length(ScimUser.emails) > 0
    if isinstance(term, Comparison) and term.path == "value" and term.operator == "eq":  # by its index
        return ScimUser.emails.contains([{"value": _texted(term.value).lower()}])
    element: Any = func.jsonb_array_elements(ScimUser.emails, type_=JSONB).column_valued("address")
    parts: Columns = {
        "value": (element["value"].astext, "text"),
        "type": (element["type"].astext, "text"),
        "primary": (func.coalesce(element["primary"].as_boolean(), false()), "boolean"),
    }
    return select(1).where(element.is_not(None), _condition(term, parts, {})).correlate(ScimUser).exists()


def _some_group(term: Term) -> ColumnElement[bool]:
    parts: Columns = {"value": (ScimGroupMember.group_id, "identifier")}
    return (
        select(1)
        .where(ScimGroupMember.person_id == ScimUser.person_id, ScimGroupMember.group_id == ScimGroup.id)
        .where(ScimGroup.client_id == ScimUser.client_id, _condition(term, parts, {}))
        .correlate(ScimUser)
        .exists()
    )


def _some_member(term: Term) -> ColumnElement[bool]:
    parts: Columns = {"value": (ScimGroupMember.person_id, "identifier")}
    return (
        select(1)
        .where(ScimGroupMember.group_id == ScimGroup.id, _condition(term, parts, {}))
        .correlate(ScimGroup)
        .exists()
    )
