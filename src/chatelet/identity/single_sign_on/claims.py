"""What a provider tells of a person, and which rules it matches: pure functions, the same for a sign-in and a dry run.

A claim is named by a path: `department`, `realm_access.roles`; a name that itself holds dots is found as well. A list
is each of its elements; numbers and truth values are read as JSON writes them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, assert_never, cast
from uuid import UUID

Operator = Literal["equals", "contains", "prefix", "one_of", "present"]
_DEEPEST: Final = 6
_MOST_VALUES: Final = 2_000
_LIKE_A_TOKEN: Final = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*(?:\.[\w-]*){0,2}")
_TECHNICAL: Final = frozenset({"nonce", "at_hash", "c_hash", "s_hash", "jti"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a provider's table; `position` counts from 1, as administrators see it."""

    position: int
    claim: str
    operator: Operator
    values: tuple[str, ...]
    unit_code: str | None
    takes_unit_from_claim: bool
    role_code: str | None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that a value of the claim fulfils: it names a unit, a role on that unit, or a role everywhere."""

    rule: Rule
    value: str
    unit_code: str | None

    @property
    def role_code(self) -> str | None:
        """The role given with it."""
        return self.rule.role_code


def matches(rules: tuple[Rule, ...], claims: Mapping[str, Any]) -> list[Match]:
    """Return what the rules find, in their order; a rule with a fixed unit or none matches once."""
    found: list[Match] = []
    for rule in rules:
        hits = [value for value in values_at(claims, rule.claim) if _fulfils(rule, value)]
        if rule.takes_unit_from_claim:
            codes = {_code_in(rule, value): value for value in hits}
            found += [Match(rule, value, code) for code, value in codes.items() if code]
        elif hits:
            found.append(Match(rule, hits[0], rule.unit_code))
    return found


def has_value(claims: Mapping[str, Any], path: str) -> bool:
    """Tell whether there is anything at `path`."""
    return next(iter(values_at(claims, path)), None) is not None


def values_at(claims: Mapping[str, Any], path: str) -> list[str]:
    """Return the values at `path`, as text."""
    found: list[str] = []
    for value in _walk(claims, path, _DEEPEST):
        found.append(value)
        if len(found) >= _MOST_VALUES:
            break
    return found


def shown(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims as the inspector shows them: no protocol values, nothing that looks like a token."""
    return {name: _without_tokens(value) for name, value in claims.items() if name not in _TECHNICAL}


def _walk(node: object, path: str, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    if isinstance(node, list):
        for element in cast("list[object]", node):
            yield from _walk(element, path, depth)
    elif path == "":
        text = _text(node)
        if text is not None:
            yield text
    elif isinstance(node, Mapping):
        inside = cast("Mapping[str, object]", node)
        for head, rest in _cuts(path):
            if head in inside:
                yield from _walk(inside[head], rest, depth - 1)
                return


def _cuts(path: str) -> Iterator[tuple[str, str]]:
    """Give every way to cut a path in a name and the rest, the longest name first."""
    yield path, ""
    parts = path.split(".")
    for length in range(len(parts) - 1, 0, -1):
        yield ".".join(parts[:length]), ".".join(parts[length:])


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value if value.isprintable() else None
    return json.dumps(value) if isinstance(value, bool | int | float) else None


def _fulfils(rule: Rule, value: str) -> bool:
    match rule.operator:
        case "equals" | "one_of":
            return value in rule.values
        case "contains":
            return any(wanted in value for wanted in rule.values)
        case "prefix":
            return any(value.startswith(wanted) for wanted in rule.values)
        case "present":
            return value != ""
    assert_never(rule.operator)


def _code_in(rule: Rule, value: str) -> str:
    """Return the code of a unit that a value holds: what follows the prefix, or all of it."""
    if rule.operator == "prefix":
        longest = max((wanted for wanted in rule.values if value.startswith(wanted)), key=len, default="")
        return value[len(longest) :].strip()
    return value.strip()


def _without_tokens(value: object) -> object:
    if isinstance(value, str):
        return _LIKE_A_TOKEN.sub("…", value)
    if isinstance(value, list):
        return [_without_tokens(one) for one in cast("list[object]", value)]
    if isinstance(value, dict):
        return {name: _without_tokens(one) for name, one in cast("dict[str, object]", value).items()}
    return value
