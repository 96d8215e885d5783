"""The filter language of SCIM (RFC 7644, 3.4.2.2), read into a tree of frozen terms. Bounded in length and depth.

    or_term   = and_term *("or" and_term)        and_term = factor *("and" factor)
    factor    = ["not"] "(" or_term ")" / path "[" or_term "]" / path ("pr" / operator value)

The tree becomes SQL in `conditions`, and is asked of one value of a list in `patch`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, cast, get_args

from chatelet.identity.scim.failures import InvalidFilter

Operator = Literal["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]
Value = str | bool | float | None
_LONGEST: Final = 8_000
_DEEPEST: Final = 20
_MOST_TERMS: Final = 200
_OPERATORS: Final = frozenset(get_args(Operator))
_LITERALS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None}
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<mark>[()\[\]])|(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>-?\d{1,18}(?:\.\d{1,18})?(?![\w.]))"""
    r"""|(?P<word>\.?[A-Za-z$][\w$.:-]*))"""
)
_SCHEMA: Final = re.compile(r"urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An attribute compared to a value. `path` is lower case, without its schema."""

    path: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class Present:
    """The attribute has a value."""

    path: str


@dataclass(frozen=True, slots=True)
class All:
    """Every term holds."""

    terms: "tuple[Term, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """One term holds at least."""

    terms: "tuple[Term, ...]"


@dataclass(frozen=True, slots=True)
class Opposite:
    """The term does not hold."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class Within:
    """One value of the list `path` holds the term, whose paths are those of its parts."""

    path: str
    term: "Term"


Term = Comparison | Present | All | Some | Opposite | Within
_Token = tuple[str, str]


def parse_filter(text: str) -> Term:
    """Read a filter; raise `InvalidFilter`."""
    reader = _Reader(text)
    term = reader.alternatives(0)
    if reader.next is not None:
        raise InvalidFilter(f"unexpected {reader.next[1][:40]}")
    return term


def bare(path: str) -> str:
    """Return the path in lower case, without the schema that may precede it."""
    return _SCHEMA.sub("", path).lower()


class _Reader:
    """Reads one filter; `next` is the token to come, None at the end."""

    def __init__(self, text: str) -> None:
        if len(text) > _LONGEST:
            raise InvalidFilter(f"a filter has at most {_LONGEST} characters")
        self._tokens = _tokens(text)
        self._terms = 0
        self.next: _Token | None = None
        self._advance()

    def alternatives(self, depth: int) -> Term:
        terms = [self._conjunction(depth)]
        while self._take_word("or"):
            terms.append(self._conjunction(depth))
        return terms[0] if len(terms) == 1 else Some(tuple(terms))

    def _conjunction(self, depth: int) -> Term:
        terms = [self._factor(depth)]
        while self._take_word("and"):
            terms.append(self._factor(depth))
        return terms[0] if len(terms) == 1 else All(tuple(terms))

    def _factor(self, depth: int) -> Term:
        self._terms += 1
        if depth > _DEEPEST or self._terms > _MOST_TERMS:
            raise InvalidFilter("too many terms")
        if self.next == ("mark", "("):
            return self._grouped(depth, ")")
        if self._take_word("not"):
            if self.next != ("mark", "("):
                raise InvalidFilter("not is followed by a parenthesis")
            return Opposite(self._grouped(depth, ")"))
        return self._about(bare(self._expect("word")), depth)

    def _about(self, path: str, depth: int) -> Term:
        if self.next == ("mark", "["):
            within = Within(path, self._grouped(depth, "]"))
            if self.next is not None and self.next[0] == "word" and self.next[1].startswith("."):
                raise InvalidFilter("nothing follows a bracket here")
            return within
        operator = self._expect("word").lower()
        if operator == "pr":
            return Present(path)
        if operator not in _OPERATORS:
            raise InvalidFilter(f"{operator[:40]} is no operator")
        return Comparison(path, cast("Operator", operator), self._value())

    def _grouped(self, depth: int, closing: str) -> Term:
        self._advance()
        term = self.alternatives(depth + 1)
        if self.next != ("mark", closing):
            raise InvalidFilter(f"{closing} is missing")
        self._advance()
        return term

    def _value(self) -> Value:
        kind, text = self.next or ("", "")
        self._advance()
        if kind == "text":
            return _string(text)
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "word" and text.lower() in _LITERALS:
            return _LITERALS[text.lower()]
        raise InvalidFilter("a value is missing")

    def _expect(self, kind: str) -> str:
        if self.next is None or self.next[0] != kind:
            raise InvalidFilter("an attribute and an operator are expected")
        text = self.next[1]
        self._advance()
        return text

    def _take_word(self, word: str) -> bool:
        taken = self.next is not None and self.next[0] == "word" and self.next[1].lower() == word
        if taken:
            self._advance()
        return taken

    def _advance(self) -> None:
        self.next = next(self._tokens, None)


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise InvalidFilter(f"cannot be read from {text[at : at + 20]!r}")
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _string(text: str) -> str:
    try:
        value = str(json.loads(text))
    except ValueError:
        raise InvalidFilter("a text is not written as in JSON") from None
    if not is_storable(value):
        raise InvalidFilter("a text has a character that cannot be stored")
    return value


def is_storable(text: str) -> bool:
    """Tell whether PostgreSQL can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def holds(term: Term, value: dict[str, Any]) -> bool:
    """Ask a term of one value of a list, as `members[value eq "…"]` does."""
    match term:
        case All(terms):
            return all(holds(one, value) for one in terms)
        case Some(terms):
            return any(holds(one, value) for one in terms)
        case Opposite(inner):
            return not holds(inner, value)
        case Present(path):
            return _part(value, path) not in (None, "")
        case Comparison(path, operator, wanted):
            return _compares(_part(value, path), operator, wanted)
        case Within():
            raise InvalidFilter("a list inside a list")


def _part(value: dict[str, Any], path: str) -> Value:
    found = next((part for name, part in value.items() if name.lower() == path), None)
    return found if isinstance(found, str | bool | int | float) else None


def _compares(found: Value, operator: Operator, wanted: Value) -> bool:
    if operator in ("eq", "ne"):
        return (_folded(found) == _folded(wanted)) is (operator == "eq")
    if not isinstance(found, str) or not isinstance(wanted, str):
        return False
    left, right = found.lower(), wanted.lower()
    return {
        "co": right in left,
        "sw": left.startswith(right),
        "ew": left.endswith(right),
        "gt": left > right,
        "ge": left >= right,
        "lt": left < right,
        "le": left <= right,
    }[operator]


def _folded(value: Value) -> str:
    return str(value).lower()
