"""The verbs on related work: outline a draft; look for what its person confirmed, and rank what exists.

    searches, confirmed ─ each cleared apart ─▶ sources ─ merged ─▶ ranked beside the sentences, which never leave

A work is only ever what a source gave: no model writes here, and nothing is proposed that no source knows.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from chatelet.connectors.scholarly import desk as scholarly
from chatelet.connectors.scholarly import merging
from chatelet.connectors.scholarly.contract import Answer, Question
from chatelet.connectors.scholarly.desk import Desk
from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.documents.services import DocumentServices
from chatelet.policy.errors import Refusal
from chatelet.writing.manuscripts import reading
from chatelet.writing.manuscripts.reading import Manuscript
from chatelet.writing.related.errors import DraftSaysNothing
from chatelet.writing.related.outline import Outline, outline_of
from chatelet.writing.related.ranking import Proposal, rank

_AT_ONCE: Final = 2  # searches: each one asks every source
_LIMIT: Final = 20
SearchState = Literal["asked", "refused"]


@dataclass(frozen=True, slots=True)
class Searched:
    """What became of one search: `refused` when its words may not leave."""

    words: str
    state: SearchState
    answers: Sequence[Answer] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Works that exist, best first, and what became of each search."""

    proposals: Sequence[Proposal]
    searches: Sequence[Searched]


async def outline(services: DocumentServices, desk: Desk, data: bytes, name: str) -> tuple[Manuscript, Outline]:
    """Read a draft, with its list of references or without. Nothing leaves.

    Raises `ScholarlyClosed`, `DraftSaysNothing`, and what reading a file raises.
    """
    desk.require_open()
    manuscript = await reading.part(services, data, name)
    found = await asyncio.to_thread(outline_of, manuscript.body or manuscript.whole)
    if not found.statements:
        raise DraftSaysNothing
    return manuscript, found


async def related(
    desk: Desk, person_id: UUID, searches: Sequence[str], statements: Sequence[str], cited: Sequence[Reference]
) -> Related:
    """Look for works by the searches alone. Raises `ScholarlyClosed`, `DetectionFailed`."""
    desk.require_open()
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(words: str) -> tuple[Searched, Sequence[Record]]:
        try:
            clearance = await scholarly.cleared(desk, person_id, words)
        except Refusal:
            return Searched(words, "refused"), ()
        async with gate:
            found = await scholarly.search(desk, Question(words, limit=_LIMIT), clearance)
        return Searched(words, "asked", found.answers), found.records

    told = await asyncio.gather(*(one(words) for words in dict.fromkeys(searches)))
    works = [work for work in merging.merge([records for _search, records in told]) if work.title and _exists(work)]
    proposals = await asyncio.to_thread(rank, works, statements, cited)
    return Related(proposals, [search for search, _records in told])


def _exists(work: Record) -> bool:
    """Tell whether a reader can find it: by an identifier, or at an address that its source gave."""
    return bool(work.link) or any(True for _pair in work.identifiers.pairs())
