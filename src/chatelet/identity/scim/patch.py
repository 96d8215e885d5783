"""Changes of SCIM (RFC 7644, 3.5.2) said on a resource's JSON: a pure function, before anything is read as a draft.

Entra ID and Okta speak dialects: operations capitalised, "True" for true, no path and a value whose keys are paths,
`emails[type eq "work"].value` replaced where there is no such address yet. All are understood.
"""

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from chatelet.identity.scim.attributes import CANONICAL, LEFT_ASIDE, NAME_PARTS, READ_ONLY, bare_name
from chatelet.identity.scim.failures import InvalidPath, InvalidSyntax, InvalidValue, NoTarget, Unchangeable
from chatelet.identity.scim.filters import All, Comparison, Term, holds, parse_filter

Json = dict[str, Any]
Verb = Literal["add", "remove", "replace"]
_MOST_OPERATIONS: Final = 1_000
_PATH: Final = re.compile(r"(?P<name>[^\[\]]+?)(?:\[(?P<filter>.*)\])?(?:\.(?P<part>[A-Za-z$]\w*))?\s*\Z", re.DOTALL)
_LISTS: Final = frozenset({"emails", "members"})
_OF_USER: Final = frozenset({"externalId", "userName", "name", "displayName", "emails", "active", "preferredLanguage"})
_OF_GROUP: Final = frozenset({"externalId", "displayName", "members"})
_PARTS: Final = {"value": "value", "type": "type", "primary": "primary", "display": "display", "$ref": "$ref"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change, its path read: an attribute, perhaps those of its values that a filter keeps, perhaps a part."""

    verb: Verb
    name: str
    filter: Term | None
    part: str | None
    value: Any


def read_changes(body: Json, *, of_group: bool) -> list[Change]:
    """Read a PatchOp; raise `InvalidSyntax`, `InvalidPath`, `Unchangeable`, `NoTarget`."""
    operations = next((value for name, value in body.items() if name.lower() == "operations"), None)
    if not isinstance(operations, list) or len(cast("list[Any]", operations)) > _MOST_OPERATIONS:
        raise InvalidSyntax("Operations is a list of changes")
    known = _OF_GROUP if of_group else _OF_USER
    return [change for one in cast("list[Any]", operations) for change in _read(one, known)]


def apply(resource: Json, changes: list[Change]) -> Json:
    """Return the resource once changed; the one given is left as it is."""
    changed = copy.deepcopy(resource)
    for change in changes:
        if change.name in _LISTS:
            changed[change.name] = _in_list(list(changed.get(change.name) or []), change)
        elif change.part is not None:
            changed[change.name] = {**_mapping(changed.get(change.name)), change.part: _given(change)}
        elif isinstance(change.value, dict) and change.verb != "remove":
            changed[change.name] = {**_mapping(changed.get(change.name)), **_parts_of(cast("Json", change.value))}
        else:
            changed[change.name] = _given(change)
    return {name: value for name, value in changed.items() if value is not None}


def _mapping(value: Any) -> Json:
    """Return what has parts; a text has none to keep, and what takes its place is judged with the whole resource."""
    return cast("Json", value) if isinstance(value, dict) else {}


def _read(operation: Any, known: frozenset[str]) -> Iterator[Change]:
    if not isinstance(operation, dict):
        raise InvalidSyntax("a change is an object")
    said = {name.lower(): value for name, value in cast("Json", operation).items()}
    verb = str(said.get("op")).lower()
    if verb not in ("add", "remove", "replace"):
        raise InvalidSyntax("op is add, remove or replace")
    path, value = said.get("path"), said.get("value")
    if path is not None and not isinstance(path, str):
        raise InvalidPath("a path is a text")
    if path:
        yield from _at(verb, path, value, known, told=True)
        return
    if verb == "remove":
        raise NoTarget("what is to be removed is not said")
    if not isinstance(value, dict):
        raise InvalidValue("without a path, the value is an object")
    for name, one in _flat(cast("Json", value)):
        yield from _at(verb, name, one, known, told=False)


def _flat(value: Json) -> Iterator[tuple[str, Any]]:
    """Give the attributes of an object, those of an extension said one by one."""
    for name, one in value.items():
        if name.lower().startswith("urn:") and isinstance(one, dict):
            yield from cast("Json", one).items()
        else:
            yield name, one


def _at(verb: Verb, path: str, value: Any, known: frozenset[str], *, told: bool) -> Iterator[Change]:
    found = _PATH.match(path.strip())
    if found is None:
        raise InvalidPath(f"{path[:60]} is no path")
    name, _, dotted = bare_name(found["name"]).partition(".")
    attribute = CANONICAL.get(name)
    if attribute in READ_ONLY:
        if told:
            raise Unchangeable(f"{attribute} is read-only")
        return
    if attribute is None or attribute not in known:
        if name in LEFT_ASIDE or name.startswith("urn:"):
            return
        raise InvalidPath(f"{path[:60]} names no attribute of this resource")
    term = parse_filter(found["filter"]) if found["filter"] is not None else None
    yield Change(verb, attribute, term, _part_of(attribute, dotted or found["part"] or "", path), value)


def _part_of(attribute: str, part: str, path: str) -> str | None:
    if not part:
        return None
    parts = NAME_PARTS if attribute == "name" else _PARTS if attribute in _LISTS else {}
    if part.lower() in parts:
        return parts[part.lower()]
    if attribute == "name":  # of the same schema, not kept
        return part
    raise InvalidPath(f"{path[:60]} names no part of this attribute")


def _given(change: Change) -> Any:
    return None if change.verb == "remove" else change.value


def _parts_of(value: Json) -> Json:
    return {NAME_PARTS.get(name.lower(), name): part for name, part in value.items()}


def _in_list(values: list[Json], change: Change) -> list[Json]:
    if change.filter is None and change.part is None:
        return _whole_list(values, change)
    term = change.filter
    chosen: Callable[[Json], bool] = lambda value: term is None or holds(term, value)  # noqa: E731
    if change.verb == "remove" and change.part is None:
        return [value for value in values if not chosen(value)]
    said = _said(change)
    changed = [_completed(value, said) if chosen(value) else value for value in values]
    if any(chosen(value) for value in values) or change.verb == "remove":
        return changed
    return [*values, _completed(_promised(term), said)]


def _whole_list(values: list[Json], change: Change) -> list[Json]:
    given = [_object(value) for value in _listed(change.value)]
    match change.verb:
        case "replace":
            return given
        case "add":
            known = [_key(value) for value in values]
            return [*values, *(value for value in given if _key(value) not in known)]
        case "remove":
            gone = [_key(value) for value in given]
            return [value for value in values if _key(value) not in gone] if gone else []


def _said(change: Change) -> Json:
    if change.part is not None:
        return {change.part: _given(change)}
    return _object(change.value)


def _completed(value: Json, said: Json) -> Json:
    return {name: part for name, part in {**value, **said}.items() if part is not None}


def _promised(term: Term | None) -> Json:
    """Return the value that a filter describes, to be added where there is none: `emails[type eq "work"]`."""
    terms = term.terms if isinstance(term, All) else (term,)
    return {one.path: one.value for one in terms if isinstance(one, Comparison) and one.operator == "eq"}


def _object(value: Any) -> Json:
    if isinstance(value, str):
        return {"value": value}
    if not isinstance(value, dict):
        raise InvalidValue("a value of a list is an object")
    return cast("Json", value)


def _key(value: Json) -> str:
    return str(next((part for name, part in value.items() if name.lower() == "value"), "")).lower()


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]
