"""What an engine does: a query and a clearance give results, each an address with a title and an extract.

The clearance is looked at here, before anything is sent, by every engine: a conversation above the level set for the
search of the web does not reach it, whoever asks. An error is told by its code, never by what the engine wrote.
"""

from dataclasses import dataclass
from typing import Final, Literal, Protocol

from chatelet.policy.clearance import Clearance
from chatelet.policy.errors import Refusal
from chatelet.policy.sensitivity import Category, Label, Level

EngineName = Literal["searxng", "linkup", "mojeek"]
EngineReason = Literal["unreachable", "refused", "limited", "late", "broken", "closed"]
LONGEST_QUERY: Final = 400
MOST_RESULTS: Final = 20


class WebNotCleared(Refusal):
    """The conversation is more sensitive than what a query may leave from."""

    code = "web_not_cleared"


class EngineFailed(Exception):
    """An engine gave nothing; `reason` is told under the answer."""

    def __init__(self, reason: EngineReason) -> None:
        super().__init__(reason)
        self.reason: EngineReason = reason


@dataclass(frozen=True, slots=True)
class WebResult:
    """A page that an engine names. `published` is a date (YYYY-MM-DD) when the engine tells one."""

    address: str
    title: str
    extract: str = ""
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Who receives the query: shown before it leaves."""

    name: EngineName
    operator: str
    country: str


class SearchEngine(Protocol):
    """One engine, declared at start."""

    card: Card

    async def search(self, query: str, clearance: Clearance, *, language: str, within: float) -> list[WebResult]:
        """Return what it finds, best first. Raises `WebNotCleared`, `EngineFailed`."""
        ...


def require_cleared(clearance: Clearance, highest: Level) -> None:
    """Raise `WebNotCleared` unless the content may lead to a query. Diffusion Restreinte never does."""
    most = highest if Level.RESTRICTED.covers(highest) else Level.RESTRICTED
    if not clearance.permits(Label(most, frozenset(Category))):
        raise WebNotCleared(level=clearance.label.level.value, highest=most.value)
