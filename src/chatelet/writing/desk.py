"""Segments in, verified segments out: the one core of translation and rewriting.

    mask -> what changes nothing is copied, twins are written once, the memory is asked -> batches -> model
         -> parse -> judge each ─> good: kept
                                 └> wrong: asked again alone, with the reason ─> still wrong: as it was, or marked

Batches run side by side up to the limit; what is done is given to `on_done` as it comes, so that a work killed half
way goes on. A model that does not answer stops the work (it is resumed), it never leaves segments behind in silence.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple, Protocol

from chatelet.documents.rebuilding.contract import Piece, Segment
from chatelet.knowledge.languages import language_of
from chatelet.writing import glossary
from chatelet.writing.masking import Masked, hidden, mask, restored
from chatelet.writing.task import Outcome, Term
from chatelet.writing.trial import Trial
from chatelet.writing.trying import Writer

OnDone = Callable[[Sequence[Outcome]], Awaitable[None]]
_SURE_LETTERS: Final = 40  # of a segment that is already of the wanted language


class Memory(Protocol):
    """What was translated before."""

    def exact(self, text: str) -> str | None:
        """Return the translation of the very same text."""
        ...

    def near(self, text: str) -> tuple[str, str] | None:
        """Return a text much like it, with its translation."""
        ...


class _Listed(NamedTuple):
    """A text to write: the places of the segments that say it, and how long it is."""

    places: list[int]
    length: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A text to write, for one segment or for several that say the same; each has its own tokens."""

    segments: tuple[tuple[Segment, Masked], ...]
    terms: tuple[Term, ...]
    hint: tuple[str, str] | None

    @property
    def masked(self) -> Masked:
        """Return the text as the model reads it."""
        return self.segments[0][1]


async def write(
    writer: Writer,
    segments: Sequence[Segment],
    on_done: OnDone,
    *,
    done: Collection[int] = (),
    memory: Memory | None = None,
) -> None:
    """Write every segment but those locked or already `done`; each goes to `on_done` once.

    Raises what `writer.ask` raises, once the batches under way were given up.
    """
    copied, listed = _sort(writer, segments, done, memory)
    if copied:
        await on_done(copied)
    batches = deque(_batches(writer, listed))
    del copied, listed

    async def work() -> None:
        while batches:
            batch = [_wanted(writer, segments, one, memory) for one in batches.popleft()]
            await _write_batch(writer, batch, on_done)

    workers = [asyncio.ensure_future(work()) for _ in range(writer.limits.parallel)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


def _sort(
    writer: Writer, segments: Sequence[Segment], done: Collection[int], memory: Memory | None
) -> tuple[list[Outcome], list[_Listed]]:
    """Return what needs no model, and the places of what does, twins together."""
    kept_terms = _kept_terms(writer)
    copied: list[Outcome] = []
    twins: dict[bytes, _Listed] = {}
    for place, segment in enumerate(segments):
        if segment.locked or segment.number in done:
            continue
        masked = mask(segment.pieces, kept_terms)
        known = memory.exact(segment.text) if memory and masked.is_plain else None
        if known is not None:
            pieces = (*masked.before, Piece("text", known.strip()), *masked.after)
            copied.append(_outcome(segment, "reused", pieces))
        elif not masked.has_words or _is_there(writer, masked):
            copied.append(_outcome(segment, "copied", segment.pieces))
        else:
            said = blake2b(masked.text.encode(), digest_size=16).digest()  # a book of texts is not held for their twins
            twins.setdefault(said, _Listed([], len(masked.text))).places.append(place)
    return copied, list(twins.values())


def _kept_terms(writer: Writer) -> tuple[str, ...]:
    return tuple(term.source for term in writer.task.terms if term.is_kept)


def _wanted(writer: Writer, segments: Sequence[Segment], listed: _Listed, memory: Memory | None) -> _Wanted:
    """Return a text to write, its words masked, when its turn has come."""
    kept_terms = _kept_terms(writer)
    said_terms = [term for term in writer.task.terms if not term.is_kept]
    opened = [segments[place] for place in listed.places]
    found = tuple((segment, mask(segment.pieces, kept_terms)) for segment in opened)
    first = found[0][1]
    terms = tuple(glossary.present(said_terms, first.words)) if said_terms else ()
    return _Wanted(found, terms, _hint(memory, first) if memory else None)


def _hint(memory: Memory, masked: Masked) -> tuple[str, str] | None:
    found = memory.near(restored(masked, masked.text))
    return None if found is None else (hidden(masked, found[0]), hidden(masked, found[1]))


def _is_there(writer: Writer, masked: Masked) -> bool:
    """Tell whether a segment is already of the wanted language, when its document is of another."""
    task = writer.task
    if not task.changes_language or task.source == task.target or len(masked.words) < _SURE_LETTERS:
        return False
    return language_of(masked.words) == task.target


def _outcome(segment: Segment, state: str, pieces: Sequence[Piece]) -> Outcome:
    return Outcome(
        segment.number,
        "reused" if state == "reused" else "copied",
        tuple(pieces),
        page=segment.page,
        part=segment.part,
    )


def _batches(writer: Writer, listed: Sequence[_Listed]) -> Iterator[list[_Listed]]:
    batch: list[_Listed] = []
    size = 0
    for one in listed:
        length = one.length
        if batch and (size + length > writer.limits.characters or len(batch) >= writer.limits.segments):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch


async def _write_batch(writer: Writer, batch: Sequence[_Wanted], on_done: OnDone) -> None:
    """Write a batch; what came wrong is asked again alone. What came is kept, even when nothing more may be asked."""
    trials: list[Trial | None] = [None]
    if len(batch) > 1:
        terms = list(dict.fromkeys(term for one in batch for term in one.terms))
        hints = [one.hint for one in batch if one.hint]
        trials = await writer.once([one.masked for one in batch], terms, hints=hints)
    asked = list(zip(batch, trials, strict=True))
    found = [outcome for one, trial in asked if trial and not trial.reasons for outcome in _outcomes(one, trial)]
    try:
        for one, trial in asked:
            if trial is None or trial.reasons:
                found += _outcomes(
                    one, await writer.insist(one.masked, one.terms, trial, [one.hint] if one.hint else [])
                )
    finally:
        if found:
            await on_done(found)


def _outcomes(one: _Wanted, best: Trial) -> list[Outcome]:
    return [best.outcome(segment, masked, is_twin=rank > 0) for rank, (segment, masked) in enumerate(one.segments)]
