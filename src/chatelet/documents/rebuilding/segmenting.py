"""Segments as one walk meets them: `segments` keeps them, `rebuild` looks their replacement up by the same number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from chatelet.documents.rebuilding.contract import Options, Part, Piece, Segment, check_pieces

MARK: Final = "AI-generated"  # for machines, in metadata (AI Act, article 50(2))


class Remark(StrEnum):
    """What `Rebuilt.left_out` may say of an office file."""

    MACROS = "macros_left_out"
    SIGNATURES = "signatures_left_out"
    NO_TRACKING = "tracking_unsupported"  # the format records no change: words were replaced without
    NOT_TRACKED = "untracked_words_kept"  # words that no change can record stay as they were
    MARK_NOT_SHOWN = "visible_mark_not_placed"


@dataclass(slots=True)
class Place:
    """Where the walk is."""

    part: Part = Part.BODY
    page: int | None = None
    locked: bool = False
    language: str | None = None


@dataclass(slots=True)
class Walk:
    """The walk's state. `replacements` is nothing while segments are listed."""

    replacements: Mapping[int, Sequence[Piece]] | None = None
    options: Options = field(default_factory=Options)
    place: Place = field(default_factory=Place)
    segments: list[Segment] = field(default_factory=list[Segment])
    remarks: dict[str, None] = field(default_factory=dict[str, None])
    count: int = 0
    replaced: int = 0
    _twins: dict[str, tuple[tuple[Piece, ...], int, Sequence[Piece] | None]] | None = None
    is_twin: bool = False

    def take(
        self,
        pieces: tuple[Piece, ...],
        *,
        part: Part | None = None,
        locked: bool = False,
        language: str | None = None,
        can_track: bool = True,
    ) -> tuple[Sequence[Piece] | None, bool]:
        """Give a segment its number; return the pieces to write (none: it stays) and whether to highlight it."""
        words = "".join(piece.text for piece in pieces if piece.kind == "text")
        if self.is_twin:
            return self._twin(pieces, words)
        number, self.count = self.count, self.count + 1
        place, locked = self.place, locked or self.place.locked
        if self.replacements is None:
            told = Segment(number, pieces, part or place.part, place.page, locked, language or place.language)
            self.segments.append(told)
            return None, False
        given = None if locked else self.replacements.get(number)
        if given is not None:
            check_pieces(number, pieces, given)
            if self.options.track and not can_track and tuple(given) != pieces:
                given = None
                self.remark(Remark.NOT_TRACKED)
            else:
                self.replaced += 1
        unsure = number in self.options.unsure and not locked
        if self._twins is not None:
            self._twins.setdefault(words, (pieces, number, given))
        return self._answer(pieces, given, unsure=unsure)

    def remark(self, remark: Remark) -> None:
        """Say once what was not kept or not done."""
        self.remarks[remark.value] = None

    def begin_twins(self) -> None:
        """Remember segments from here."""
        self._twins = {}

    def end_twins(self) -> None:
        """Forget them."""
        self._twins, self.is_twin = None, False

    def _twin(self, pieces: tuple[Piece, ...], words: str) -> tuple[Sequence[Piece] | None, bool]:
        """Return what was written for the same words; they have no number of their own."""
        known = (self._twins or {}).get(words)
        if known is None or self.replacements is None:
            return None, False
        first, number, given = known
        unsure = number in self.options.unsure
        if given is not None and first != pieces:
            given = _without_marks(pieces, given)
        return self._answer(pieces, given, unsure=unsure)

    def _answer(
        self, pieces: tuple[Piece, ...], given: Sequence[Piece] | None, *, unsure: bool
    ) -> tuple[Sequence[Piece] | None, bool]:
        """Say nothing of what changes nothing: the bytes stay."""
        if given is not None and tuple(given) == pieces and not unsure:
            return None, False
        if given is None and unsure:
            return pieces, True
        return given, unsure


def _without_marks(pieces: tuple[Piece, ...], given: Sequence[Piece]) -> Sequence[Piece] | None:
    """Fit words to a paragraph that has no mark; where it has some of its own, it stays."""
    if any(piece.kind != "text" for piece in pieces):
        return None
    return (Piece("text", "".join(piece.text for piece in given if piece.kind == "text")),)
