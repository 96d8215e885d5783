"""What stands inside a paragraph, whatever the format: leaves (words, fixed things) in wraps (links, insertions).

items of a paragraph -> tokens in order (text slots, marks, fixed) -> pieces for who writes the words

A run's format is a `key`: runs of the paragraph's usual key carry no mark, others are between a mark's pair. Fixed
things that stand at either end, and a wrap around everything, are not shown: they stay where they are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chatelet.documents.rebuilding.contract import Piece
from chatelet.documents.rebuilding.xml_splice import Node

Key = bytes | str | tuple[object, ...]


@dataclass(slots=True, eq=False)
class Leaf:
    """Words (`start`..`end` is what an edit replaces) or a fixed thing (`start`..`end` is its raw XML).

    `holder` is the element that gives it its format (a run), `node` the element of the words themselves. `parts`: a
    fixed thing made of several, a field. `is_edge`: not worth showing at either end of a paragraph. `is_noise`: never
    shown (the place of the cursor); it stays where it is, or goes to the end.
    """

    text: str
    start: int
    end: int
    key: Key = ""
    is_fixed: bool = False
    is_edge: bool = False
    is_noise: bool = False
    holder: Node | None = None
    node: Node | None = None
    parts: "list[Leaf]" = field(default_factory=list["Leaf"])
    path: tuple[Node, ...] = ()


@dataclass(slots=True, eq=False)
class Wrap:
    """What holds items: its raw beginning and end, or the leaves that stand for them (a field)."""

    items: "list[Leaf | Wrap]"
    start: int
    inner: int
    inner_end: int
    end: int
    opening: list[Leaf] = field(default_factory=list[Leaf])
    closing: list[Leaf] = field(default_factory=list[Leaf])
    node: Node | None = None


Item = Leaf | Wrap


@dataclass(slots=True, eq=False)
class Token:
    """`text`: a slot and the leaves it is written in; `open`, `close`: a wrap or a format; `fixed`: some leaves."""

    kind: str
    leaves: list[Leaf] = field(default_factory=list[Leaf])
    wrap: Wrap | None = None
    number: int = 0
    partner: "Token | None" = None

    @property
    def text(self) -> str:
        """The words of a slot, or what is seen of a fixed thing."""
        return "".join(leaf.text for leaf in self.leaves)


@dataclass(slots=True)
class Layout:
    """A paragraph's tokens: those shown as pieces, and those that stay before and after them."""

    before: list[Token]
    core: list[Token]
    after: list[Token]
    pieces: tuple[Piece, ...]
    noise: list[Leaf] = field(default_factory=list[Leaf])

    @property
    def has_words(self) -> bool:
        """Tell whether there is anything to write in another way."""
        return any(piece.kind == "text" and not piece.text.isspace() for piece in self.pieces)

    def leaves(self) -> Iterator[Leaf]:
        """Yield the leaves of the words shown, in order."""
        for token in self.core:
            if token.kind == "text":
                yield from token.leaves


def layout_of(items: Sequence[Item]) -> Layout:
    """Lay a paragraph's items out."""
    if len(items) == 1 and isinstance(items[0], Leaf) and not items[0].is_fixed:
        leaf = items[0]
        return Layout([], [Token("text", [leaf])], [], (Piece("text", leaf.text),) if leaf.text else ())
    tokens: list[Token] = []
    noise: list[Leaf] = []
    _lay(items, tokens, noise)
    before, core, after = _trimmed(tokens)
    core = _merged(core)
    return Layout(before, core, after, _pieces(core), noise)


def text_leaves(items: Sequence[Item]) -> Iterator[Leaf]:
    """Yield the leaves that are words, in order."""
    for item in items:
        if isinstance(item, Wrap):
            yield from text_leaves(item.items)
        elif not item.is_fixed:
            yield item


def usual(leaves: Sequence[Leaf]) -> Leaf | None:
    """Return a leaf of the format that most characters have."""
    if len(leaves) == 1:
        return leaves[0]
    counts: Counter[Key] = Counter()
    for leaf in leaves:
        counts[leaf.key] += len(leaf.text.strip())
    if not counts:
        return None
    key = counts.most_common(1)[0][0]
    return next(leaf for leaf in leaves if leaf.key == key)


class _Level:
    """Lays out the items of one level: what waits goes inside a format's mark if its words go on, else after it."""

    def __init__(self, items: Sequence[Item], tokens: list[Token]) -> None:
        own = [item for item in items if isinstance(item, Leaf) and not item.is_fixed]
        base = usual(own)
        self.base = base.key if base else ""
        self.tokens = tokens
        self.opened: Token | None = None
        self.key: Key = self.base
        self.waiting: list[Leaf] = []

    def add(self, leaf: Leaf) -> None:
        """Add a leaf in its place."""
        if leaf.is_fixed or not leaf.text.strip():
            self.waiting.append(leaf)
            return
        if leaf.key != self.key:
            self.end_format()
            self.flush()
            if leaf.key != self.base:
                self.opened = Token("open")
                self.tokens.append(self.opened)
            self.key = leaf.key
        else:
            self.flush()
        self.write(leaf)

    def write(self, leaf: Leaf) -> None:
        """Add a leaf to the slot that is open, or as a thing of its own."""
        if leaf.is_fixed:
            self.tokens.append(Token("fixed", [leaf]))
        elif self.tokens and self.tokens[-1].kind == "text":
            self.tokens[-1].leaves.append(leaf)
        else:
            self.tokens.append(Token("text", [leaf]))

    def flush(self) -> None:
        """Write what waits."""
        for leaf in self.waiting:
            self.write(leaf)
        self.waiting = []

    def end_format(self) -> None:
        """Close the mark that is open."""
        if self.opened is not None:
            closing = Token("close", partner=self.opened)
            self.opened.partner = closing
            self.tokens.append(closing)
        self.opened, self.key = None, self.base


def _lay(items: Sequence[Item], tokens: list[Token], noise: list[Leaf]) -> None:
    level = _Level(items, tokens)
    for item in items:
        if isinstance(item, Leaf):
            noise.append(item) if item.is_noise else level.add(item)
            continue
        level.end_format()
        level.flush()
        opening = Token("open", wrap=item)
        tokens.append(opening)
        _lay(item.items, tokens, noise)
        closing = Token("close", wrap=item, partner=opening)
        opening.partner = closing
        tokens.append(closing)
    level.end_format()
    level.flush()


def _trimmed(tokens: list[Token]) -> tuple[list[Token], list[Token], list[Token]]:
    """Take from both ends what needs not be shown."""
    first, last = 0, len(tokens)
    moved = True
    while moved and first < last:
        moved = False
        while first < last and _is_edge(tokens[first]):
            first, moved = first + 1, True
        while first < last and _is_edge(tokens[last - 1]):
            last, moved = last - 1, True
        if first < last and tokens[first].kind == "open" and tokens[first].partner is tokens[last - 1]:
            first, last, moved = first + 1, last - 1, True
    return tokens[:first], tokens[first:last], tokens[last:]


def _is_edge(token: Token) -> bool:
    return token.kind == "fixed" and all(leaf.is_edge for leaf in token.leaves)


def _merged(tokens: list[Token]) -> list[Token]:
    """Make one of fixed things that follow each other: whoever writes the words has fewer to place."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == "fixed" and found and found[-1].kind == "fixed":
            found[-1].leaves += token.leaves
        else:
            found.append(token)
    return found


def _pieces(tokens: list[Token]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    count = 0
    for token in tokens:
        if token.kind == "text":
            if token.text:
                found.append(Piece("text", token.text))
            continue
        if token.kind == "close" and token.partner is not None:
            token.number = token.partner.number
            found.append(Piece("close", "", token.number))
            continue
        count += 1
        token.number = count
        found.append(Piece("open", "", count) if token.kind == "open" else Piece("fixed", token.text, count))
    return tuple(found)
