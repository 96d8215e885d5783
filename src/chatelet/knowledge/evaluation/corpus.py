"""A corpus in memory, ready to be searched as the service would."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from chatelet.inference.sentence_encoder import ENCODER_MODEL, encode
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.engines.contract import Scope
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.evaluation.lines import Entry, Query
from chatelet.knowledge.languages import UNKNOWN, language_of
from chatelet.knowledge.passages import IndexedPassage, Window
from chatelet.knowledge.search import Asked, Mode, Outcome, search
from chatelet.knowledge.windows import windows_of

_AT_ONCE: Final = 256
_TOLD_SECONDS: Final = 5.0

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """`names` gives each passage its identifier in the file."""

    engine: MemoryEngine
    scope: Scope
    names: dict[UUID, str]
    language: str  # of most passages: that of a text that does not tell its own


async def load(entries: Sequence[Entry], mode: Mode, progress: Progress) -> Corpus:
    """Index `entries`, each as one passage."""
    collection = uuid7()
    passages = _passages(entries, collection)
    engine = MemoryEngine()
    await engine.index(passages)
    if mode is not Mode.LEXICAL:
        await _embed(engine, passages, progress)
    names = {passage.id: entry.id for passage, entry in zip(passages, entries, strict=True)}
    language = passages[0].language if passages else UNKNOWN
    return Corpus(engine, Scope(frozenset({collection})), names, language)


async def ask(corpus: Corpus, query: Query, vector: tuple[float, ...] | None, mode: Mode, limit: int) -> Outcome:
    """Search for one query."""
    language = query.lang or language_of(query.text, corpus.language)
    asked = Asked(query.text, language, vector, ENCODER_MODEL, mode)
    return await search(corpus.engine, asked, corpus.scope, limit)


def vectors_of(queries: Sequence[Query], mode: Mode) -> list[tuple[float, ...] | None]:
    """Return the vector of each query, None where vectors are not used."""
    if mode is Mode.LEXICAL:
        return [None] * len(queries)
    return [tuple(vector) for vector in encode([query.text for query in queries])]


def _passages(entries: Sequence[Entry], collection: UUID) -> list[IndexedPassage]:
    """Make the passages; those whose language is not clear are of the most frequent one."""
    told = [language_of(f"{entry.title} {entry.text}") for entry in entries]
    known = Counter(language for language in told if language != UNKNOWN)
    usual = known.most_common(1)[0][0] if known else UNKNOWN
    passages = [
        IndexedPassage(
            id=uuid7(),
            collection_id=collection,
            document_id=collection,
            version_id=collection,
            ordinal=ordinal,
            text=entry.text,
            end=len(entry.text),
            title=entry.title,
            language=language,
        )
        for ordinal, (entry, language) in enumerate(zip(entries, told, strict=True))
    ]
    return [passage if passage.language != UNKNOWN else replace(passage, language=usual) for passage in passages]


async def _embed(engine: MemoryEngine, passages: Sequence[IndexedPassage], progress: Progress) -> None:
    waiting = [(passage.id, text) for passage in passages for text in windows_of(passage.named, passage.text)]
    told = time.monotonic()
    for start in range(0, len(waiting), _AT_ONCE):
        batch = waiting[start : start + _AT_ONCE]
        vectors = encode([text for _, text in batch])
        windows = [Window(identifier, tuple(vector)) for (identifier, _), vector in zip(batch, vectors, strict=True)]
        await engine.add_windows(windows, ENCODER_MODEL)
        if time.monotonic() - told > _TOLD_SECONDS:
            told = time.monotonic()
            progress(f"embedding: {100 * (start + len(batch)) // len(waiting)} %")
