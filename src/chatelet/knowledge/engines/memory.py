"""An index in memory, exact and complete: for `chatelet eval` and for tests. Nothing of the service uses it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from chatelet.knowledge.engines import ranking
from chatelet.knowledge.engines.contract import (
    DEPTH,
    LENGTH_SHARE,
    SATURATION,
    Candidate,
    Found,
    Question,
    Scope,
)
from chatelet.knowledge.passages import IndexedPassage, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]


class MemoryEngine:
    """Passages by place; a search scores all those in scope."""

    def __init__(self) -> None:
        self._passages: list[IndexedPassage] = []
        self._lengths: list[int] = []
        self._postings: dict[str, dict[int, int]] = {}
        self._windows: dict[str, tuple[list[int], list[tuple[float, ...]]]] = {}
        self._matrices: dict[str, NDArray[np.float32]] = {}
        self._places: dict[UUID, int] = {}

    async def index(self, passages: Sequence[IndexedPassage]) -> None:
        """Add passages."""
        for passage in passages:
            place = len(self._passages)
            counts, length = ranking.counted_terms(passage)
            self._passages.append(passage)
            self._lengths.append(length)
            self._places[passage.id] = place
            for term, count in counts.items():
                self._postings.setdefault(term, {})[place] = count

    async def add_windows(self, windows: Sequence[Window], model: str) -> None:
        """Add vectors."""
        places, vectors = self._windows.setdefault(model, ([], []))
        for window in windows:
            places.append(self._places[window.passage_id])
            vectors.append(window.vector)
        self._matrices.pop(model, None)

    async def delete(self, version_id: UUID) -> None:
        """Index again all that is not of this version."""
        kept = [passage for passage in self._passages if passage.version_id != version_id]
        vectors = {
            model: [
                Window(self._passages[place].id, vector)
                for place, vector in zip(*held, strict=True)
                if self._passages[place].version_id != version_id
            ]
            for model, held in self._windows.items()
        }
        self.__init__()
        await self.index(kept)
        for model, windows in vectors.items():
            await self.add_windows(windows, model)

    async def move(self, document_id: UUID, shelf_id: UUID) -> None:
        """Say of each passage where it stands now."""
        for place, passage in enumerate(self._passages):
            if passage.document_id == document_id:
                self._passages[place] = replace(passage, collection_id=shelf_id)

    async def neighbours(self, passage: IndexedPassage, scope: Scope, reach: int = 1) -> list[IndexedPassage]:
        """Return the passages before and after."""
        around = [
            one
            for one in self._passages
            if one.version_id == passage.version_id
            and one.collection_id in scope.shelves
            and 0 < abs(one.ordinal - passage.ordinal) <= reach
        ]
        return sorted(around, key=lambda one: one.ordinal)

    async def candidates(self, question: Question, scope: Scope, depth: int = DEPTH) -> Found:
        """Score all that the caller may read."""
        import numpy as np

        shelves = scope.shelves
        readable = np.array([passage.collection_id in shelves for passage in self._passages], dtype=bool)
        lexical, rarity = self._score_terms(question.terms, readable)
        cosines = self._score_windows(question)
        chosen = set(_best(lexical, depth, lexical > 0))
        if cosines is not None:
            chosen.update(_best(cosines, depth, readable & (cosines > -1)))
        found = tuple(
            Candidate(
                self._passages[place],
                float(lexical[place]),
                None if cosines is None or cosines[place] <= -1 else float(cosines[place]),
            )
            for place in sorted(chosen)
        )
        return Found(found, rarity)

    def _score_terms(self, terms: Sequence[str], readable: "NDArray[np.bool_]") -> "tuple[Scores, dict[str, float]]":
        import numpy as np

        lengths = np.array(self._lengths, dtype=np.float64)
        readable_count = int(readable.sum())
        mean = float(lengths[readable].mean()) if readable_count else 1.0
        scores = np.zeros(len(self._passages), dtype=np.float64)
        rarity: dict[str, float] = {}
        for term in terms:
            held = self._postings.get(term, {})
            places = np.fromiter(held.keys(), dtype=np.int64, count=len(held))
            counts = np.fromiter(held.values(), dtype=np.float64, count=len(held))
            inside = readable[places]
            places, counts = places[inside], counts[inside]
            rarity[term] = ranking.rarity(readable_count, len(places))
            weight = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[places] / mean)
            scores[places] += rarity[term] * counts * (SATURATION + 1) / (counts + weight)
        return scores, rarity

    def _score_windows(self, question: Question) -> "Scores | None":
        import numpy as np

        held = self._windows.get(question.model)
        if question.vector is None or held is None:
            return None
        if question.model not in self._matrices:
            self._matrices[question.model] = np.array(held[1], dtype=np.float32)
        similar = self._matrices[question.model] @ np.array(question.vector, dtype=np.float32)
        best = np.full(len(self._passages), -2.0, dtype=np.float64)
        np.maximum.at(best, np.array(held[0], dtype=np.int64), similar.astype(np.float64))
        return best


def _best(scores: "Scores", depth: int, allowed: "NDArray[np.bool_]") -> list[int]:
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    return [int(place) for place in order[allowed[order]][:depth]]
