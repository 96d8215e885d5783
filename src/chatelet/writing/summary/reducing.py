"""Notes under the numbers that a model reads, and cut so that it can read them at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from chatelet.evidence.passage import Passage
from chatelet.writing.summary.checking import Note
from chatelet.writing.summary.sources import Source

_MOST_CITED: Final = 400  # passages of a part: with the gaps, numbers stay below a thousand


def parts_of(notes: Sequence[Note], characters: int) -> list[list[Note]]:
    """Return notes in order, together up to so many characters."""
    parts: list[list[Note]] = [[]]
    size = cited = 0
    for note in notes:
        length = len(note.text) + 6 * len(note.citations)
        full = size + length > characters or cited + len(note.citations) > _MOST_CITED
        if parts[-1] and full:
            parts.append([])
            size = cited = 0
        parts[-1].append(note)
        size, cited = size + length, cited + len(note.citations)
    return parts


def halved(notes: list[Note], before: int) -> list[Note]:
    """Return at most half as many notes as there were, spread over them all: rounds come to an end."""
    most = max(1, before // 2)
    return notes if len(notes) <= most else [notes[place * len(notes) // most] for place in range(most)]


def under_numbers(notes: Sequence[Note], passages: Mapping[int, Passage]) -> tuple[list[Passage], dict[int, int]]:
    """Return the passages that notes rest on under short numbers, and which number each has.

    Passages that do not follow each other have no numbers that do: a sentence is not held by two places far apart.
    """
    numbers: dict[int, int] = {}
    shown, before = -1, -1
    for number in sorted({one.number for note in notes for one in note.citations if one.number in passages}):
        shown += 1 if number == before + 1 and shown > 0 else 2
        numbers[number] = shown
        before = number
    return [replace(passages[number], number=short) for number, short in numbers.items()], numbers


def told_passages(sources: Sequence[Source], passages: Sequence[Passage]) -> str:
    """Return passages as a model reads them, under the names of their documents when there are several."""
    lines: list[str] = []
    names = _names(sources)
    before: UUID | None = None
    for one in passages:
        if one.file_id != before:
            before = one.file_id
            lines += _heading(names, before)
        lines.append(f"[{one.number}] {' '.join(one.text.split())}")
    return "\n".join(lines)


def told_notes(sources: Sequence[Source], notes: Sequence[Note], numbers: Mapping[int, int]) -> str:
    """Return notes as a model reads them, with the numbers of their passages."""
    lines: list[str] = []
    names = _names(sources)
    before: UUID | None = None
    for note in notes:
        file_id = next((one.file_id for one in note.citations), None)
        if file_id != before:
            before = file_id
            lines += _heading(names, before)
        cited = "".join(f" [{numbers[one.number]}]" for one in note.citations if one.number in numbers)
        lines.append(f"- {note.text}{cited}")
    return "\n".join(lines)


def _names(sources: Sequence[Source]) -> dict[UUID, str]:
    if len(sources) < 2:
        return {}
    return {source.id: f"{rank}. {' '.join(source.name.split())}" for rank, source in enumerate(sources, start=1)}


def _heading(names: Mapping[UUID, str], file_id: UUID | None) -> list[str]:
    name = names.get(file_id) if file_id else None
    return ["", f"# {name}"] if name else []
