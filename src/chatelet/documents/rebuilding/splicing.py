"""Other words in a text by offsets: every span that is not replaced is copied, nothing is ever rendered again.

A span is a segment and the place of each of its pieces in the source. Spans may stand inside the fixed pieces and the
marks of another (the words for an image inside a paragraph). What is given back unchanged is copied from the source.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from chatelet.documents.rebuilding.contract import Part, Piece, PiecesMisplaced, Segment, check_pieces
from chatelet.documents.rebuilding.pieces import Run

Write = Callable[[str], str]
Shape = Callable[["Span", Sequence[tuple[Piece, str]]], str]


@dataclass(slots=True)
class Span:
    """A segment in its source. `write` gives words as source; `shape` lays out pieces when more is due."""

    runs: list[Run]
    part: Part = Part.BODY
    locked: bool = False
    language: str | None = None
    page: int | None = None
    write: Write = str
    shape: Shape | None = None

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.runs[-1].end

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces."""
        return tuple(run.piece for run in self.runs)

    def segment(self, number: int) -> Segment:
        """Return it as the contract has it."""
        return Segment(number, self.pieces, self.part, self.page, self.locked, self.language)


def segments_of(spans: Sequence[Span]) -> list[Segment]:
    """Return the segments of spans, numbered in their order."""
    return [span.segment(number) for number, span in enumerate(spans)]


@dataclass(slots=True)
class Spliced:
    """The new text. `changed`: at least one segment has other words than before."""

    text: str
    replaced: int
    changed: bool


def spliced(
    source: str,
    spans: Sequence[Span],
    replacements: Mapping[int, Sequence[Piece]],
    decorate: Mapping[int, tuple[str, str]],
    inserted: Iterable[tuple[int, int, str]] = (),
) -> Spliced:
    """Return the source with other words; `decorate` stands around some segments, `inserted` replaces other places.

    Raises `PiecesMisplaced` when pieces do not fit their segment, and for a segment that is locked or not there.
    """
    edits = [_Edit(start, end, words=text) for start, end, text in inserted]
    changed: set[int] = set()
    for number, pieces in replacements.items():
        span = spans[number] if 0 <= number < len(spans) else None
        if span is None:
            raise PiecesMisplaced(number)
        check_pieces(number, span.pieces, pieces)
        if merged(pieces) == merged(span.pieces):
            continue
        if span.locked:
            raise PiecesMisplaced(number)
        changed.add(number)
        edits.append(_Edit(span.start, span.end, span, number, around=decorate.get(number, ("", ""))))
    edits += [
        _Edit(spans[number].start, spans[number].end, around=around)
        for number, around in decorate.items()
        if number < len(spans) and not spans[number].locked and number not in changed
    ]
    text = _Splicing(source, edits, replacements).between(0, len(source))
    return Spliced(text, len(replacements), bool(changed))


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces whose neighbouring words are one: the way they are cut says nothing."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "text" and found and found[-1].kind == "text":
            found[-1] = Piece("text", found[-1].text + piece.text)
        elif piece.kind != "text":
            found.append(Piece(piece.kind, "", piece.number))
        elif piece.text:
            found.append(piece)
    return found


@dataclass(slots=True, eq=False)
class _Edit:
    """Other words at a place: those of a segment, or `words`; with neither, what is there stays between `around`."""

    start: int
    end: int
    span: Span | None = None
    number: int = -1
    words: str | None = None
    around: tuple[str, str] = ("", "")


class _Splicing:
    """Edits being written, those inside the marks of others included."""

    def __init__(self, source: str, edits: list[_Edit], replacements: Mapping[int, Sequence[Piece]]) -> None:
        self._source = source
        self._replacements = replacements  # those of a book are opened one at a time
        self._edits = sorted(edits, key=lambda edit: (edit.start, edit.start != edit.end, -edit.end))
        self._starts = [edit.start for edit in self._edits]

    def between(self, start: int, end: int, inside: _Edit | None = None) -> str:
        """Return the new text of a stretch of the source, which an edit may be made of."""
        written: list[str] = []
        place = start
        index = bisect_left(self._starts, start)
        while index < len(self._edits) and self._edits[index].start <= end:
            edit = self._edits[index]
            index += 1
            is_at_border = inside is not None and edit.start == edit.end and edit.start in {start, end}
            if edit is inside or is_at_border or edit.start < place or edit.end > end:
                continue
            written += (self._source[place : edit.start], edit.around[0], self._words(edit), edit.around[1])
            place = edit.end
        written.append(self._source[place:end])
        return "".join(written)

    def _words(self, edit: _Edit) -> str:
        span = edit.span
        if edit.words is not None:
            return edit.words
        if span is None:
            return self.between(edit.start, edit.end, edit)
        sources = {
            (run.piece.kind, run.piece.number): run.instead or self.between(run.start, run.end, edit)
            for run in span.runs
            if run.piece.kind != "text"
        }
        laid = [
            (piece, span.write(piece.text) if piece.kind == "text" else sources[piece.kind, piece.number])
            for piece in self._replacements[edit.number]
        ]
        return span.shape(span, laid) if span.shape else "".join(source for _piece, source in laid)
