"""JSON Schemas that callers send (tools, form of an answer): bounded before any model server compiles them.

Servers have crashed on malformed `type` and `pattern`, and hung on nested ones (TA-150, TA-151). A pattern is let
through only when matching it takes linear time: no reference back, no look-around, nothing repeated inside a
repetition.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

import msgspec

from chatelet.chat.v1.errors import InvalidParameter, UnsupportedParameter

LARGEST: Final = 128 * 1024
_DEEPEST: Final = 24
_MOST_NODES: Final = 10_000
_LONGEST_PATTERN: Final = 256
_MOST_REPEATS: Final = 256
_TYPES: Final = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
_NAMED: Final = frozenset({"properties", "$defs", "definitions", "dependentSchemas"})  # of schemas, by any name
_DATA: Final = frozenset({"enum", "const", "default", "examples", "example", "required", "description", "title"})
_LOOKING: Final = re.compile(r"\(\?(?!:)|\\[1-9kgGAbBzZpPuX]")
_REPEAT: Final = re.compile(r"\{(\d{1,9})(,(\d{0,9}))?\}")


def check_schema(schema: Mapping[str, Any], field: str) -> int:
    """Return the size of a schema in characters of JSON. Raises `InvalidParameter`, `UnsupportedParameter`."""
    size = len(msgspec.json.encode(schema))
    if size > LARGEST:
        raise InvalidParameter(field=field, reason=f"a schema of at most {LARGEST} bytes is expected")
    nodes = 0
    waiting: list[tuple[Any, int]] = [(schema, 1)]
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if depth > _DEEPEST or nodes > _MOST_NODES:
            raise InvalidParameter(field=field, reason=f"at most {_DEEPEST} levels and {_MOST_NODES} parts")
        if isinstance(node, dict):
            part = cast("dict[str, Any]", node)
            _check_keywords(part, field)
            waiting += _inside(part, depth)
        elif isinstance(node, list):
            waiting += [(item, depth + 1) for item in cast("list[Any]", node)]
    return size


def _inside(part: dict[str, Any], depth: int) -> list[tuple[Any, int]]:
    """Return the schemas in a schema; what stands under a keyword of data is no schema."""
    found: list[tuple[Any, int]] = []
    for keyword, value in part.items():
        if keyword in _DATA:
            continue
        if keyword in _NAMED and isinstance(value, dict):
            found += [(schema, depth + 1) for schema in cast("dict[str, Any]", value).values()]
        elif isinstance(value, (dict, list)):
            found.append((cast("Any", value), depth + 1))
    return found


def _check_keywords(part: dict[str, Any], field: str) -> None:
    if "patternProperties" in part:
        raise UnsupportedParameter(field=field, reason="patternProperties is not accepted")
    reference = part.get("$ref", "#")
    if not isinstance(reference, str) or not reference.startswith("#"):
        raise UnsupportedParameter(field=field, reason="only references inside the schema are accepted")
    kinds = part.get("type", [])
    listed: list[Any] = cast("list[Any]", kinds) if isinstance(kinds, list) else [kinds]
    if any(not isinstance(kind, str) or kind not in _TYPES for kind in listed):
        raise InvalidParameter(field=field, reason="type is one of the names of JSON Schema")
    if "pattern" in part and not is_linear(part["pattern"]):
        raise UnsupportedParameter(field=field, reason="this pattern is not accepted: too long, or slow to match")


def is_linear(pattern: object) -> bool:
    """Tell whether a pattern is valid, short, and cannot take more than linear time."""
    if not isinstance(pattern, str) or len(pattern) > _LONGEST_PATTERN or _LOOKING.search(pattern):
        return False
    for repeat in _REPEAT.finditer(pattern):
        if max(int(repeat[1]), int(repeat[3] or 0)) > _MOST_REPEATS:
            return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return not _repeats_inside_a_repetition(pattern)


def _repeats_inside_a_repetition(pattern: str) -> bool:
    """Walk the pattern: a group that holds a repetition or a choice may not be repeated itself."""
    bare = re.sub(r"\[\^?\]?(?:\\.|[^\]\\])*\]", "c", re.sub(r"\\.", "e", pattern))
    holds = [False]
    for index, char in enumerate(bare):
        following = bare[index + 1 : index + 2]
        if char == "(":
            holds.append(False)
        elif char == ")" and len(holds) > 1:
            held = holds.pop()
            if held and following and following in "*+{":
                return True
            holds[-1] |= held or following in {"*", "+", "{"}
        elif char in "*+{|":
            holds[-1] = True
    return False
