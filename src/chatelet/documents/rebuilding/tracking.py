"""New words recorded as changes: old and new are compared word by word inside each slot of a paragraph.

slot -> words of both -> what stays, what goes, what comes -> runs kept, deleted, inserted

Marks and fixed things are never part of a change; a paragraph where they moved is left as it was, and said so.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, Protocol

from chatelet.documents.rebuilding.contract import Piece
from chatelet.documents.rebuilding.inline import Layout, Leaf, Token
from chatelet.documents.rebuilding.rewriting import Dialect, slots_of, structure
from chatelet.documents.rebuilding.xml_splice import Scan

_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")
_MOST: Final = 2_000_000  # words of one times words of the other: beyond, the slot is one change
_INSERTIONS: Final = {"ins", "moveTo"}

Kind = Literal["kept", "deleted", "inserted"]
Change = tuple[Kind, Leaf, str]


class TrackingDialect(Dialect, Protocol):
    """A format that records changes."""

    def deleted(self, scan: Scan, like: Leaf, text: str) -> bytes:
        """Return words that a reviewer may restore."""
        ...

    def inserted(self, scan: Scan, like: Leaf, text: str, *, is_inside_insertion: bool) -> bytes:
        """Return words that a reviewer may refuse."""
        ...


def track(
    scan: Scan, dialect: TrackingDialect, layout: Layout, replacement: Sequence[Piece], span: tuple[int, int]
) -> bool:
    """Write a replacement as changes; tell whether it could be."""
    slots = slots_of(layout, replacement)
    if slots is None:
        return False
    texts = {id(token): text for token, text in slots}
    if all(token.text == text for token, text in slots):
        return True
    out: list[bytes] = []
    depth = 0
    for token in (*layout.before, *layout.core, *layout.after):
        if token.wrap is not None and token.wrap.node is not None and token.wrap.node.name in _INSERTIONS:
            depth += 1 if token.kind == "open" else -1
        if token.kind == "text" and id(token) in texts:
            out += _written(scan, dialect, changes_of(token, texts[id(token)]), is_inside=depth > 0)
        else:
            out.append(structure(scan, dialect, token))
    out += [dialect.lone(scan, leaf) for leaf in layout.noise]
    scan.replace(*span, b"".join(out))
    return True


def _written(scan: Scan, dialect: TrackingDialect, changes: Iterator[Change], *, is_inside: bool) -> Iterator[bytes]:
    for kind, leaf, text in changes:
        if kind == "kept":
            yield dialect.run(scan, leaf, text, is_new=False)
        elif kind == "deleted":
            yield dialect.deleted(scan, leaf, text)
        else:
            yield dialect.inserted(scan, leaf, text, is_inside_insertion=is_inside)


def changes_of(token: Token, text: str) -> Iterator[Change]:
    """Yield what becomes of a slot's words, in order."""
    old, new = _WORDS.findall(token.text), _WORDS.findall(text)
    place = 0
    for first, last, inserted in _differences(old, new):
        kept = "".join(old[place:first])
        at = len("".join(old[:place]))
        yield from _spread("kept", token.leaves, at, at + len(kept))
        at += len(kept)
        gone = "".join(old[first:last])
        yield from _spread("deleted", token.leaves, at, at + len(gone))
        if inserted:
            yield "inserted", _at(token.leaves, at), inserted
        place = last
    at = len("".join(old[:place]))
    yield from _spread("kept", token.leaves, at, len(token.text))


def _differences(old: list[str], new: list[str]) -> list[tuple[int, int, str]]:
    """Return (first, last, new words) of what differs. Words are compared, spaces follow them."""
    found: list[tuple[int, int, str]] = []
    place = from_ = 0
    for at, to in _anchors(old, new):
        first, last, begin, end = place, at, from_, to
        while first < last and begin < end and old[first] == new[begin]:
            first, begin = first + 1, begin + 1
        while first < last and begin < end and old[last - 1] == new[end - 1]:
            last, end = last - 1, end - 1
        if first < last or begin < end:
            found.append((first, last, "".join(new[begin:end])))
        place, from_ = at + 1, to + 1
    return found


def _anchors(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of the words that stay, in both; the ends last."""
    told = [place for place, word in enumerate(old) if not word.isspace()]
    given = [place for place, word in enumerate(new) if not word.isspace()]
    if len(told) * len(given) <= _MOST:
        matcher = SequenceMatcher(None, [old[at] for at in told], [new[at] for at in given], autojunk=False)
        for first, second, size in matcher.get_matching_blocks():
            yield from ((told[first + step], given[second + step]) for step in range(size))
    yield len(old), len(new)


def _spread(kind: Kind, leaves: Sequence[Leaf], first: int, last: int) -> Iterator[Change]:
    """Yield the leaves that hold the characters of a slot from one place to another."""
    place = 0
    for leaf in leaves:
        end = place + len(leaf.text)
        if place < last and end > first:
            yield kind, leaf, leaf.text[max(first - place, 0) : last - place]
        place = end


def _at(leaves: Sequence[Leaf], place: int) -> Leaf:
    """Return the leaf whose format words inserted at a place take: that of the words they replace."""
    end = 0
    for leaf in leaves:
        end += len(leaf.text)
        if place < end:
            return leaf
    return leaves[-1]
