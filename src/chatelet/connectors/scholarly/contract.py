"""What a scholarly source is: how it is asked, and how its answer is read. Both are pure; `client` asks, `asking` all.

    Question ─ search ─▶ target of the origin ─ client ─▶ bytes ─ parse ─▶ Record, Record, …
    (scheme, value) ─ resolve ─▶ target …

`parse` raises nothing but `SourceBroken`. A target of None: this source cannot answer such a question.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from urllib.parse import quote, urlencode

from chatelet.connectors.scholarly.record import Kind, Record, Scheme, SourceName

LARGEST_ANSWER: Final = 16 * 1024 * 1024
Sort = Literal["relevance", "date", "citations"]
State = Literal["answered", "late", "dead", "refused", "broken"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; sources are asked for it where they know how, and what they gave is filtered again."""

    year_from: int | None = None
    year_to: int | None = None
    kinds: frozenset[Kind] = frozenset()
    open_access: bool = False
    author: str | None = None
    domain: str | None = None
    laboratory: str | None = None

    @property
    def years(self) -> tuple[int, int] | None:
        """Return the years as bounds, None when neither is set."""
        if self.year_from is None and self.year_to is None:
            return None
        return self.year_from or 1400, self.year_to or 2100


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. `page` begins at 1; `limit` is that of one source."""

    words: str
    filters: Filters = Filters()
    limit: int = 20
    page: int = 1

    @property
    def offset(self) -> int:
        """Return how many works come before this page."""
        return (self.page - 1) * self.limit


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Who asks: services give better ways to whoever can be written to."""

    contact: str | None = None
    agent: str = "chatelet"
    key: str | None = field(default=None, repr=False)

    @property
    def user_agent(self) -> str:
        """Return the header of that name."""
        return f"{self.agent} (mailto:{self.contact})" if self.contact else self.agent


Search = Callable[[Question, Courtesy], str | None]
Resolve = Callable[[Scheme, str, Courtesy], str | None]
Parse = Callable[[bytes, str], list[Record]]


@dataclass(frozen=True, slots=True)
class Marks:
    """How a source that pages by marks reaches a later page: `before` asks what stands before it, as little as can be.

    `read` finds the mark where that ends in its answer, None at the end of the results; `after` asks from a mark on.
    """

    before: Callable[[Question, Courtesy], str]
    read: Callable[[bytes], str | None]
    after: Callable[[Question, Courtesy, str], str]


@dataclass(frozen=True, slots=True)
class Service:
    """One source. `pause` is the least number of seconds between two questions, as the service asks for.

    With `marks`, `search` is asked for the first page only.
    """

    name: SourceName
    base: str
    search: Search
    resolve: Resolve
    parse: Parse
    pause: float = 0.0
    key_header: str | None = None
    needs_contact: bool = False
    accept: str = "application/json"
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source gave, and in which state it ended."""

    source: SourceName
    state: State
    records: Sequence[Record] = ()
    milliseconds: int = 0


def target(path: str, **parameters: str | int | None) -> str:
    """Return a path and its query, encoded; parameters of None are left out, `_` at the end of a name too."""
    known = {name.rstrip("_").replace("__", "."): str(value) for name, value in parameters.items() if value is not None}
    return f"{path}?{urlencode(known, quote_via=quote, safe='')}" if known else path


def segment(value: str) -> str:
    """Return a value as one part of a path."""
    return quote(value, safe="")
