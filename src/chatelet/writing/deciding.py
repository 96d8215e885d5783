"""What a person decided of the changes of a rewriting, and the words that it makes. Pure.

What was proposed is kept as it was: a change that is rejected may be taken back, and a reload shows each decision.
"""

from collections.abc import Iterator, Sequence

import msgspec

from chatelet.documents.rebuilding.contract import Piece
from chatelet.writing.differences import Change
from chatelet.writing.giving_back import as_read
from chatelet.writing.sentences import Pair, spans_of


class Decided(msgspec.Struct, frozen=True):
    """What was decided of a sentence, by its place in the segment: its changes, by theirs in the sentence."""

    place: int
    accepted: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()


def open_changes(pair: Pair) -> frozenset[int]:
    """Return the places of what changed in a sentence: what may be decided."""
    return frozenset(place for place, one in enumerate(pair.changes) if one.why is not None)


def joined(decided: Sequence[Decided], one: Decided) -> tuple[Decided, ...]:
    """Return decisions with those of a sentence in the place of what was decided of it; none are left out."""
    others = [other for other in decided if other.place != one.place]
    kept = [*others, one] if one.accepted or one.rejected else others
    return tuple(sorted(kept, key=lambda other: other.place))


def words(changes: Sequence[Change], decided: Decided | None) -> str:
    """Return a sentence as it was decided: what is proposed stands until it is rejected."""
    rejected = frozenset(decided.rejected) if decided else frozenset[int]()
    return "".join(one.before if place in rejected else one.after for place, one in enumerate(changes))


def pieces(proposed: Sequence[Piece], pairs: Sequence[Pair], decided: Sequence[Decided]) -> tuple[Piece, ...] | None:
    """Return the pieces of a segment as it was decided; none when a change runs over what does not move."""
    found: tuple[Piece, ...] | None = tuple(proposed)
    shown = {piece.text for piece in proposed if piece.kind == "fixed" and piece.text}
    for start, end, before in sorted(_edits(as_read(proposed), pairs, decided), reverse=True):
        found = None if any(one in before for one in shown) else _put(found, start, end, before)
        if found is None:
            return None
    return found


def settled(proposed: Sequence[Piece], pairs: Sequence[Pair], decided: Sequence[Decided]) -> tuple[Piece, ...] | None:
    """Return the pieces with what was accepted alone, all else as it was; None when nothing was, or it cannot be."""
    accepted = {one.place: frozenset(one.accepted) for one in decided if one.accepted}
    if not accepted:
        return None
    others = (sorted(open_changes(pair) - accepted.get(place, frozenset())) for place, pair in enumerate(pairs))
    return pieces(proposed, pairs, [Decided(place, rejected=tuple(left)) for place, left in enumerate(others)])


def _edits(text: str, pairs: Sequence[Pair], decided: Sequence[Decided]) -> Iterator[tuple[int, int, str]]:
    """Yield what goes back to what it was: from where to where in the text proposed, and the words before."""
    rejected = {one.place: frozenset(one.rejected) for one in decided}
    spans = spans_of(text, (pair.written for pair in pairs))
    for number, (pair, span) in enumerate(zip(pairs, spans, strict=True)):
        if span is None:
            continue
        at, end = span
        if text[at:end] != pair.written:
            if rejected.get(number):
                yield at, end, words(pair.changes, Decided(number, (), tuple(rejected[number])))
            continue
        for index, (before, after, _why) in enumerate(pair.changes):
            if index in rejected.get(number, frozenset()):
                yield at, at + len(after), before
            at += len(after)


def _put(found: Sequence[Piece], start: int, end: int, before: str) -> tuple[Piece, ...] | None:
    """Return pieces with other words from `start` to `end` of what is read; marks stay where they are."""
    done: list[Piece] = []
    place, is_put = 0, False
    for piece in found:
        if piece.kind not in {"text", "fixed"}:
            done.append(piece)
            continue
        first, last = place, place + len(piece.text)
        place = last
        is_over = first < end and last > start
        is_at = start == end and first <= start <= last and not is_put and piece.kind == "text"
        if is_over and piece.kind == "fixed":
            return None
        if not is_over and not is_at:
            done.append(piece)
            continue
        kept = piece.text[: max(0, start - first)], piece.text[max(0, end - first) :]
        done.append(Piece("text", kept[0] + ("" if is_put else before) + kept[1]))
        is_put = True
    return tuple(done) if is_put else None
