"""A summary of hundreds of pages: notes of every part, notes of notes while they are too long, then the form asked for.

    passages -> groups -> notes of each group, checked ─> too long? notes of notes ─> the form, checked

Every note is held by a passage of the documents, or left out; of the summary itself, what none holds is said to be so.
Nothing comes from outside. Each question asked is a `Step` with a key: a run that finds it `done` does not ask again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final, TypeVar

import msgspec

from chatelet.evidence.passage import Citation, Passage
from chatelet.writing import typography
from chatelet.writing.errors import NothingToWrite, SummaryFailed
from chatelet.writing.summary import shape
from chatelet.writing.summary.checking import Cited, Note, cited, numbered
from chatelet.writing.summary.coverage import Coverage, covered
from chatelet.writing.summary.forms import Form, Trouble, Wish, form_request, notes_request
from chatelet.writing.summary.reducing import halved, parts_of, told_notes, told_passages, under_numbers
from chatelet.writing.summary.sources import Source, compared, groups
from chatelet.writing.summary.trying import Asker, Given
from chatelet.writing.trying import Ask

T = TypeVar("T")
_VERSIONS: Final = 2
_MOST_ROUNDS: Final = 20  # each halves the notes


class Step(msgspec.Struct, frozen=True):
    """What came of a question: notes, or the summary's own words. `stage` 0 reads passages, -1 writes the form."""

    key: bytes
    stage: int
    place: int
    notes: tuple[Note, ...] = ()
    answer: str = ""
    trouble: Trouble | None = None
    dropped: int = 0

    @property
    def is_good(self) -> bool:
        """Tell whether something came of it: otherwise it is asked again when the work is gone on with."""
        return bool(self.notes or self.answer)


class Summary(msgspec.Struct, frozen=True):
    """The text in Markdown, what was found of each sentence, and what it rests on.

    `parts` gives, for a number whose passage has no page, which passage of its document it is. `notices` are codes.
    """

    text: str
    citations: tuple[Citation, ...]
    parts: dict[int, int]
    statements: int
    held: int
    coverage: tuple[Coverage, ...]
    notices: tuple[str, ...] = ()


OnSize = Callable[[int], Awaitable[None]]
OnStep = Callable[[Step], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Summariser:
    """What is asked of a model: `characters` of passages at once, `parallel` groups at a time."""

    ask: Ask
    wish: Wish
    on_size: OnSize
    on_step: OnStep
    done: Mapping[bytes, Step] = field(default_factory=dict[bytes, Step])
    characters: int = 6_000
    parallel: int = 4
    attempts: int = 3

    @property
    def asker(self) -> Asker:
        """Return what asks, judges and asks again."""
        return Asker(self.ask, self.attempts)


async def summarise(one: Summariser, given: Sequence[Source]) -> Summary:
    """Return the summary of documents. Raises `NothingToWrite`, `SummaryFailed`, and what `ask` raises."""
    is_compared = one.wish.form is Form.COMPARISON and len(given) == _VERSIONS
    sources = await asyncio.to_thread(compared, given[0], given[1]) if is_compared else list(given)
    if not any(source.passages for source in sources):
        raise NothingToWrite
    todo = groups(sources, one.characters)
    if not todo:
        return _identical(sources)
    await one.on_size(len(todo) + 1)
    steps = await _read_all(one, sources, todo)
    notes = [note for step in steps for note in step.notes]
    if not notes:
        raise SummaryFailed
    by_number = {passage.number: passage for source in sources for passage in source.passages}
    notes = await _reduced(one, sources, by_number, notes, len(todo))
    last, found = await _formed(one, sources, by_number, notes)
    failed = {
        passage.number: step.trouble
        for step, group in zip(steps, todo, strict=True)
        for passage in group
        if step.trouble and not step.notes
    }
    return Summary(
        found.text, found.citations, _parts(sources, found), found.statements, found.held,
        covered(sources, frozenset(found.numbers.values()), failed), _notices(last, sources, failed),
    )  # fmt: skip


async def _read_all(one: Summariser, sources: Sequence[Source], todo: Sequence[Sequence[Passage]]) -> list[Step]:
    """Return the notes of every group, in order, each checked against its own passages."""

    async def read(place: int) -> Step:
        return await _read_group(one, sources, place, todo[place])

    return await _side_by_side(one.parallel, len(todo), read)


async def _read_group(one: Summariser, sources: Sequence[Source], place: int, group: Sequence[Passage]) -> Step:
    """Return the notes of a group; one that is more than the model reads at once is cut in two."""
    local = [replace(passage, number=number) for number, passage in enumerate(group, start=1)]
    numbers = {number: passage.number for number, passage in enumerate(group, start=1)}
    step = await _noted(one, (0, place), told_passages(sources, local), local, numbers)
    half = len(group) // 2
    if step.trouble is not Trouble.TOO_LARGE or not half:
        return step
    halves = [await _read_group(one, sources, place, part) for part in (group[:half], group[half:])]
    trouble = next((found.trouble for found in halves if found.trouble), None)
    return msgspec.structs.replace(step, notes=halves[0].notes + halves[1].notes, trouble=trouble)


async def _reduced(
    one: Summariser, sources: Sequence[Source], passages: Mapping[int, Passage], notes: list[Note], size: int
) -> list[Note]:
    """Return notes short enough to be read at once."""
    for stage in range(1, _MOST_ROUNDS):
        parts = parts_of(notes, one.characters)
        if len(parts) == 1:
            break
        size += len(parts)
        await one.on_size(size + 1)

        async def shorten(place: int, parts: list[list[Note]] = parts, stage: int = stage) -> list[Note]:
            part = parts[place]
            if len(part) == 1:
                return part
            local, numbers = under_numbers(part, passages)
            told = told_notes(sources, part, numbers)
            back = {shown: number for number, shown in numbers.items()}
            step = await _noted(one, (stage, place), told, local, back)
            return halved(list(step.notes) or part, len(part))

        shorter = await _side_by_side(one.parallel, len(parts), shorten)
        notes = [note for part in shorter for note in part]
    return parts_of(notes, one.characters)[0]


async def _formed(
    one: Summariser, sources: Sequence[Source], passages: Mapping[int, Passage], notes: list[Note]
) -> tuple[Step, Cited]:
    """Return the summary in its form; the notes themselves, which hold, when nothing of it does."""
    local, numbers = under_numbers(notes, passages)
    told = told_notes(sources, notes, numbers)
    key = _key(one.wish, -1, told)
    step = one.done.get(key)
    if step is None:
        given = Given(
            told, local, lambda refused: form_request(one.wish, told, refused), one.wish.target,
            lambda text: shape.has_shape(one.wish, shape.mended(one.wish, text), len(notes)),
        )  # fmt: skip
        tried = await one.asker.form(given)
        step = _shaped(one.wish, Step(key, -1, 0, answer=tried.text or told, trouble=tried.trouble), told)
        await one.on_step(step)
    answer = typography.polish(step.answer, one.wish.target)
    found = await asyncio.to_thread(cited, answer, local)
    if not found.held and step.answer != told and not _is_foreign(found):
        found = await asyncio.to_thread(cited, told, local)
        step = msgspec.structs.replace(step, trouble=Trouble.NOTHING_HELD)
    back = {shown: number for number, shown in numbers.items()}
    numbers_shown = {shown: back.get(number, 0) for shown, number in found.numbers.items()}
    return step, msgspec.structs.replace(found, numbers=numbers_shown)


def _shaped(wish: Wish, step: Step, told: str) -> Step:
    """Return the form as code can make it: the same words as a list, or three lines completed with notes."""
    if step.answer == told or step.trouble not in {None, Trouble.OTHER_FORM}:
        return step
    notes = [line.removeprefix("- ") for line in told.splitlines() if line.startswith("- ")]
    answer = shape.completed(wish, shape.mended(wish, step.answer), notes)
    if step.trouble is None:
        return msgspec.structs.replace(step, answer=answer)
    is_made = shape.has_shape(wish, answer, len(notes))
    return msgspec.structs.replace(step, answer=answer, trouble=Trouble.COMPLETED if is_made else Trouble.OTHER_FORM)


async def _noted(
    one: Summariser, at: tuple[int, int], told: str, local: list[Passage], numbers: Mapping[int, int]
) -> Step:
    """Return the notes of what is told, asked for once however often the work is gone on with."""
    stage, place = at
    key = _key(one.wish, stage, told)
    known = one.done.get(key)
    if known is not None:
        return known
    given = Given(told, local, lambda refused: notes_request(one.wish, told, refused), one.wish.noted)
    tried = await one.asker.notes(given)
    notes = tuple(Note(note.text, numbered(note.citations, numbers)) for note in tried.notes)
    step = Step(key, stage, place, notes, trouble=tried.trouble, dropped=tried.dropped)
    await one.on_step(step)
    return step


async def _side_by_side(parallel: int, count: int, work: Callable[[int], Awaitable[T]]) -> list[T]:
    """Do so many pieces of work, some at a time; return what came of each, in order."""
    found: dict[int, T] = {}
    places = iter(range(count))

    async def walk() -> None:
        for place in places:
            found[place] = await work(place)

    walkers = [asyncio.ensure_future(walk()) for _ in range(min(parallel, count))]
    try:
        await asyncio.gather(*walkers)
    finally:
        for walker in walkers:
            walker.cancel()
        await asyncio.gather(*walkers, return_exceptions=True)
    return [found[place] for place in range(count)]


def _key(wish: Wish, stage: int, told: str) -> bytes:
    return blake2b(msgspec.msgpack.encode((wish, stage, told)), digest_size=16).digest()


def _is_foreign(found: Cited) -> bool:
    """Tell whether a text could not be compared with passages of another language, as far as its words go."""
    return any(one.reason == "other_language" for one in found.citations)


def _identical(sources: Sequence[Source]) -> Summary:
    return Summary("", (), {}, 0, 0, covered(sources, frozenset(), {}), ("identical",))


def _parts(sources: Sequence[Source], found: Cited) -> dict[int, int]:
    ranks = {
        passage.number: rank
        for source in sources
        for rank, passage in enumerate((*source.passages, *source.left), start=1)
        if passage.page is None
    }
    return {shown: ranks[number] for shown, number in found.numbers.items() if number in ranks}


def _notices(last: Step, sources: Sequence[Source], failed: Mapping[int, Trouble | None]) -> tuple[str, ...]:
    told = [f"form_{last.trouble}"] if last.trouble else []
    told += ["bounded"] if any(source.left for source in sources) else []
    told += ["parts_unread"] if failed else []
    return tuple(told)
