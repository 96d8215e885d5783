"""A file, its segments, what was written of them, and the file given back in its own format."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

import msgspec

from chatelet.documents.rebuilding.contract import Options, Piece, PiecesMisplaced, Rebuilt, Segment
from chatelet.documents.services import Reader
from chatelet.writing.outcomes import Outcomes
from chatelet.writing.task import Outcome, Reason

_LEFT_OUT_AT_MOST: Final = 200
TEXT_NAME: Final = "texte.txt"


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The new file, and the outcomes as they are in it: a segment that would not fit is as it was."""

    rebuilt: Rebuilt
    outcomes: Mapping[int, Outcome]


async def give_back(
    reader: Reader,
    data: bytes,
    name: str,
    outcomes: Mapping[int, Outcome],
    options: Options,
    *,
    settled: Mapping[int, Sequence[Piece]] | None = None,
) -> GivenBack:
    """Write the file. Raises `FileUnreadable`, `PiecesMisplaced` when too many segments do not fit.

    `settled`: words that stand whatever is decided later of what is tracked: first written as if they had been there.
    """
    kept = Outcomes.of(outcomes)
    if settled:
        data = await _settled(reader, data, name, settled)
    for _ in range(_LEFT_OUT_AT_MOST):
        words, doubtful = _Words(kept), frozenset(number for number, one in kept.items() if one.reasons)
        try:
            rebuilt = await reader.rebuild(data, name, words, replace(options, unsure=doubtful))
        except PiecesMisplaced as misplaced:
            kept.add([_as_it_was(kept, misplaced)])
            continue
        kept.add(_not_in_place(kept, rebuilt))
        return GivenBack(rebuilt, kept)
    raise PiecesMisplaced(next(iter(kept), 0))


async def _settled(reader: Reader, data: bytes, name: str, words: Mapping[int, Sequence[Piece]]) -> bytes:
    """Return the file with these words, but of segments left with none; as it was when they do not fit."""
    told = {number: pieces for number, pieces in words.items() if as_read(pieces).strip()}
    if not told:
        return data
    try:
        return (await reader.rebuild(data, name, told, Options(mark_ai=False))).data
    except PiecesMisplaced:
        return data


class _Words(Mapping[int, Sequence[Piece]]):
    """The words of the segments that were written, opened one at a time."""

    def __init__(self, outcomes: Mapping[int, Outcome]) -> None:
        self._outcomes = outcomes
        self._numbers = [number for number, one in outcomes.items() if one.state in {"written", "reused"}]

    def __getitem__(self, number: int) -> Sequence[Piece]:
        return self._outcomes[number].pieces

    def __iter__(self) -> Iterator[int]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _not_in_place(outcomes: Mapping[int, Outcome], rebuilt: Rebuilt) -> list[Outcome]:
    """Return the segments that their place did not take: their words stay at hand, for a person to use."""
    return [
        msgspec.structs.replace(one, state="kept", reasons=(*one.reasons, Reason(why)))
        for number, why in rebuilt.kept.items()
        if (one := outcomes.get(number)) is not None
    ]


def _as_it_was(outcomes: Mapping[int, Outcome], misplaced: PiecesMisplaced) -> Outcome:
    one = outcomes.get(misplaced.number)
    if one is None or one.state == "kept":
        raise misplaced
    return msgspec.structs.replace(one, state="kept", pieces=(), reasons=(*one.reasons, Reason.TOKEN_MISSING))


def name_of_result(name: str, mark: str, kind: str) -> str:
    """Return the name of the new file: `rapport.docx` in English is `rapport.en.docx`; a PDF may be a DOCX then."""
    path = PurePath(name)
    suffix = f".{kind}" if path.suffix.lower() == ".pdf" and kind != "pdf" else path.suffix
    return f"{path.stem or 'document'}.{mark}{suffix}"


def sample(segments: Sequence[Segment], characters: int) -> str:
    """Return the first words of a document, by which its language is told."""
    found: list[str] = []
    size = 0
    for segment in segments:
        text = segment.text.strip()
        if not segment.locked and len(text) > 1:
            found.append(text)
            size += len(text)
        if size >= characters:
            break
    return "\n".join(found)[:characters]


def as_read(pieces: Sequence[Piece]) -> str:
    """Return what a reader sees of pieces, fixed ones included."""
    return "".join(piece.text for piece in pieces if piece.kind in {"text", "fixed"})
