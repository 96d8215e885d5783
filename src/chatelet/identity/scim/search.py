"""Which resources a directory asks for, in which order, from which one on: read from an address or from a body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from chatelet.identity.scim.attributes import LIST
from chatelet.identity.scim.conditions import GROUP_COLUMNS, USER_COLUMNS, group_condition, order, user_condition
from chatelet.identity.scim.discovery import MOST_RESULTS
from chatelet.identity.scim.failures import InvalidValue
from chatelet.identity.scim.filters import bare, is_storable, parse_filter
from chatelet.identity.scim.projection import Projection, read_projection
from chatelet.identity.scim.queries import Wanted

_MOST_GROUPS: Final = 100
_FARTHEST: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, checked."""

    wanted: Wanted
    projection: Projection
    start: int


def read_search(asked: Mapping[str, Any], *, of_groups: bool) -> Search:
    """Read the parameters; raise `InvalidFilter`, `InvalidValue`."""
    said = {name.lower(): value for name, value in asked.items()}
    start = max(1, min(_whole(said.get("startindex"), 1), _FARTHEST))
    most = _MOST_GROUPS if of_groups else MOST_RESULTS
    condition, columns = (group_condition, GROUP_COLUMNS) if of_groups else (user_condition, USER_COLUMNS)
    told, by = _text(said.get("filter")), _text(said.get("sortby"))
    descending = _text(said.get("sortorder")).lower() == "descending"
    wanted = Wanted(
        condition=condition(parse_filter(told)) if told.strip() else None,
        order=order(columns, bare(by), descending=descending) if by else None,
        skip=start - 1,
        limit=max(0, min(_whole(said.get("count"), most), most)),
    )
    projection = read_projection(_joined(said.get("attributes")), _joined(said.get("excludedattributes")))
    return Search(wanted, projection, start)


def listed(total: int, resources: list[dict[str, Any]], start: int) -> dict[str, Any]:
    """Return a ListResponse."""
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(resources),
        "Resources": resources,
    }


def _whole(value: Any, default: int) -> int:
    if value is None or value == "":
        return default
    try:
        return int(str(value)[:20])
    except ValueError:
        raise InvalidValue("startIndex and count are whole numbers") from None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or not is_storable(value):
        raise InvalidValue("a text is expected")
    return value


def _joined(value: Any) -> str:
    return ",".join(str(one) for one in value) if isinstance(value, list) else _text(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
