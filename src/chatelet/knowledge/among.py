"""The passages of a few texts that fit a question best, in memory: for files given in a conversation."""

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.engines.contract import Scope
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.languages import language_of
from chatelet.knowledge.passages import IndexedPassage
from chatelet.knowledge.search import Asked, Mode, search

_DEPTH: Final = 60
_HERE: Final = UUID(int=0)


def best(question: str, texts: Sequence[str], characters: int) -> list[int]:
    """Return the places of the texts that fit best, within `characters`; the first ones when none fits.

    Each that fits brings the one after it while there is room: an answer often runs over. For a thread of its own.
    """
    ranked = asyncio.run(_rank(question, texts)) or list(range(len(texts)))
    kept: set[int] = set()
    for place in [*ranked, *(place + 1 for place in ranked if place + 1 < len(texts))]:
        if place not in kept and len(texts[place]) <= characters:
            kept.add(place)
            characters -= len(texts[place])
    return sorted(kept)


async def _rank(question: str, texts: Sequence[str]) -> list[int]:
    engine = MemoryEngine()
    passages = [
        IndexedPassage(uuid7(), _HERE, _HERE, _HERE, place, text, 0, len(text), language=language_of(text))
        for place, text in enumerate(texts)
    ]
    await engine.index(passages)
    found = await search(engine, Asked(question, mode=Mode.LEXICAL), Scope(frozenset({_HERE})), _DEPTH)
    return [hit.passage.ordinal for hit in found.hits]
