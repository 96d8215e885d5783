"""A plan: sub-questions, and for each the exact words that would be searched, and where. Frozen once confirmed.

A model writes it; what it writes is only a proposal, scrubbed as a query of a turn is. When it writes none that can be
read, the question itself makes a simple plan.
"""

import re
from collections.abc import Collection, Sequence
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from chatelet.chat.web import query

Where = Literal["web", "scholarly", "bases"]
By = Literal["model", "code", "person"]
WHERE: Final[tuple[Where, ...]] = ("web", "scholarly", "bases")
MOST_ITEMS: Final = 8
MOST_QUERIES: Final = 5  # of one sub-question
_LONGEST: Final = 400
_LEAST: Final = 2
_SENTENCE: Final = re.compile(r"[^.!?\n…]+[.!?…]*")
_ADDRESS: Final = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_OPERATOR: Final = re.compile(r"(?:^|\s)[-+]?(?:site|inurl|intitle|filetype|cache|link)\s*:\s*\S+", re.IGNORECASE)


class Query(msgspec.Struct, frozen=True):
    """Words to search, exactly these."""

    where: Where
    words: str


class Item(msgspec.Struct, frozen=True):
    """A sub-question. `later`: it was added after sources were read, and is of the label of the whole."""

    question: str
    queries: tuple[Query, ...]
    later: bool = False


class Plan(msgspec.Struct, frozen=True):
    """`by` is who wrote it; the person, once they changed it."""

    items: tuple[Item, ...]
    by: By = "model"

    def queries(self) -> list[tuple[str, Item, Query]]:
        """Return each query with its place in the plan (`0.1`) and its item."""
        return [
            (f"{place}.{rank}", item, one)
            for place, item in enumerate(self.items)
            for rank, one in enumerate(item.queries)
        ]


class Unreadable(ValueError):
    """What a model wrote is no plan; the message says why, for its next attempt."""


class _Query(msgspec.Struct):
    where: str
    words: Annotated[str, Meta(max_length=2_000)]


class _Item(msgspec.Struct):
    question: Annotated[str, Meta(max_length=2_000)]
    queries: list[_Query]


class _Written(msgspec.Struct):
    items: list[_Item]


def json_of(text: str, kind: type[Any]) -> Any:
    """Return what the JSON of an answer holds, whatever the model writes around it. Raises `Unreadable`."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end <= start:
        raise Unreadable("no JSON object")
    try:
        return msgspec.json.decode(text[start : end + 1], type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise Unreadable(str(error)[:200]) from None


def read(text: str, allowed: Collection[Where]) -> Plan:
    """Return the plan that a model wrote, its queries scrubbed. Raises `Unreadable`."""
    written: _Written = json_of(text, _Written)
    items: list[Item] = []
    for one in written.items[:MOST_ITEMS]:
        question = " ".join(one.question.split())[:_LONGEST]
        queries = kept([(query.where, query.words) for query in one.queries], allowed)
        if question and queries:
            items.append(Item(question, queries))
    if not items:
        raise Unreadable(f"no query for {', '.join(sorted(allowed))}")
    return Plan(tuple(items), "model")


def kept(written: Sequence[tuple[str, str]], allowed: Collection[Where]) -> tuple[Query, ...]:
    """Return queries that may be proposed: for sources that are offered, without what tells of anybody, each once."""
    found: dict[Query, None] = {}
    for where, words in written:
        known: Where | None = next((one for one in WHERE if one == where and one in allowed), None)
        proposed = scrubbed(words)
        if known is not None and len(proposed) >= _LEAST:
            found[Query(known, proposed)] = None
    return tuple(found)[:MOST_QUERIES]


def scrubbed(words: str) -> str:
    """Return words as a query of a turn would be proposed from them: no name, identifier, address nor operator."""
    return query.propose(_OPERATOR.sub(" ", _ADDRESS.sub(" ", words))).query


def simple(question: str, allowed: Collection[Where]) -> Plan:
    """Return a plan made without a model: each sentence that asks, or the whole, searched everywhere."""
    sentences = [" ".join(found.split()) for found in _SENTENCE.findall(question)]
    asking = [one for one in sentences if one.endswith("?") and len(one.split()) > _LEAST][:MOST_ITEMS]
    whole = " ".join(question.split())[:_LONGEST]
    items: list[Item] = []
    for one in asking if len(asking) > 1 else [whole]:
        words = scrubbed(one)
        if len(words) >= _LEAST:
            items.append(Item(one[:_LONGEST], tuple(Query(where, words) for where in WHERE if where in allowed)))
    return Plan(tuple(items) or (Item(whole, ()),), "code")
