"""Text of HTML as a browser would show it: blocks in order, tables cell by cell, what is not displayed flagged."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.paragraph import BODY, Channel, Paragraph
from chatelet.documents.parsing.xml import whole

SILENT = frozenset(
    "head script style template svg canvas iframe object embed noscript select textarea button input datalist audio"
    " video map area meta link base title".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i kbd label mark nobr q ruby rb s samp small span strike"
    " strong sub sup time tt u var wbr img ins del math output meter progress".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {"figcaption": BlockKind.CAPTION, "caption": BlockKind.CAPTION, "dt": BlockKind.PARAGRAPH}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$|!)|"
    r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|mso-hide\s*:\s*all|text-indent\s*:\s*-\d{4,}|(?:left|top)\s*:\s*-\d{4,}px|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b)", re.IGNORECASE)
_BACKGROUND = re.compile(r"background", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"^(?:[a-z][a-z0-9]*)?([.#][\w-]+)$", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?:\s*=|\s|/|$)", re.IGNORECASE)
_STYLE = re.compile(r"""(?:^|\s)style\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_QUOTED = re.compile(r"""\"[^"]*"|'[^']*'""")
_WIDEST = 1_000
_LARGEST_SPAN = 10_000  # places that one cell covers


def hidden_selectors(styles: str) -> frozenset[str]:
    """Return the classes (`.name`) and identifiers (`#name`) that a style sheet of the page hides on a screen."""
    screen = re.sub(r"@media[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", styles[:500_000])
    found: set[str] = set()
    for selectors, body in _RULE.findall(screen):
        if _UNSEEN.search(body):
            for selector in selectors.split(","):
                simple = _SIMPLE.match(selector.strip())
                if simple:
                    found.add(simple[1].lower())
    return frozenset(found)


def hides(attributes: str) -> bool:
    """Tell the attributes of an element, as they are written, that keep it from being seen."""
    style = _STYLE.search(attributes)
    if style is not None and _UNSEEN.search(style[1] or style[2] or ""):
        return True
    return _HIDDEN.search(_QUOTED.sub("", attributes)) is not None


def is_data(table: LexborNode) -> bool:
    """Tell a table that holds data from one that only places things on the page."""
    return not _is_layout(table, list(_rows(table)))


def is_unseen(node: LexborNode, hidden: frozenset[str]) -> bool:
    """Tell an element that a browser does not display, or displays so that nobody can read it."""
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = attributes.get("style") or ""
    if style and (_UNSEEN.search(style) or (_WHITE.search(style) and not _BACKGROUND.search(style))):
        return True
    if not hidden:
        return False
    names = {f".{name.lower()}" for name in (attributes.get("class") or "").split()}
    return bool(names & hidden) or f"#{(attributes.get('id') or '').lower()}" in hidden


@dataclass(slots=True)
class HtmlText:
    """A page being written into a draft; `skipped` are the elements left out, by their identity."""

    draft: Draft
    hidden: frozenset[str] = frozenset()
    skipped: frozenset[int] = frozenset()
    _current: Paragraph = field(default_factory=Paragraph)
    _kind: BlockKind = BlockKind.PARAGRAPH
    _level: int = 0
    _prefix: str = ""
    _depth: int = 0

    def write(self, node: LexborNode) -> None:
        """Add what an element holds."""
        self._children(node, BODY, is_kept=False)
        self._flush()

    def _children(self, node: LexborNode, channel: Channel, *, is_kept: bool) -> None:
        for inner in node.iter(include_text=True):
            if inner.is_text_node:
                text = inner.text_content or ""
                self._current.pieces.append((channel, text if is_kept else _SPACES.sub(" ", text)))
            elif inner.is_element_node and inner.mem_id not in self.skipped:
                self._element(inner, channel, is_kept=is_kept)

    def _element(self, node: LexborNode, channel: Channel, *, is_kept: bool) -> None:
        name = node.tag or ""
        if name in SILENT:
            return
        if is_unseen(node, self.hidden):
            channel = replace(channel, hidden=True)
        if name in {"ins", "del"}:
            channel = replace(channel, kind=BlockKind.INSERTION if name == "ins" else BlockKind.DELETION)
        if name == "br":
            self._current.pieces.append((channel, "\n"))
        elif name == "math":
            self._current.pieces.append((channel, node.attributes.get("alttext") or _SPACES.sub(" ", _plain(node))))
        elif name in INLINE or ":" in name:
            self._children(node, channel, is_kept=is_kept)
        else:
            self._block(node, name, channel, is_kept=is_kept)

    def _block(self, node: LexborNode, name: str, channel: Channel, *, is_kept: bool) -> None:
        self._flush()
        special = _BLOCKS.get(name)
        if special:
            special(self, node, channel)
        else:
            before = self._kind
            self._kind = _KINDS.get(name, before)
            self._children(node, channel, is_kept=is_kept)
            self._flush()
            self._kind = before

    def heading(self, node: LexborNode, channel: Channel) -> None:
        """Add a heading."""
        self._as(BlockKind.HEADING, _HEADINGS.get(node.tag or "", 1), node, channel)

    def code(self, node: LexborNode, channel: Channel) -> None:
        """Add text whose spaces are kept."""
        self._as(BlockKind.CODE, 0, node, channel, is_kept=True)

    def _as(self, kind: BlockKind, level: int, node: LexborNode, channel: Channel, *, is_kept: bool = False) -> None:
        before = self._kind, self._level
        self._kind, self._level = kind, level
        self._children(node, channel, is_kept=is_kept)
        self._flush()
        self._kind, self._level = before

    def items(self, node: LexborNode, channel: Channel) -> None:
        """Add a list, item by item, with their numbers."""
        self._depth += 1
        start = node.attributes.get("start") or "1"
        number = whole(start, 1)
        for item in node.iter():
            if item.tag == "li" and item.mem_id not in self.skipped:
                self._prefix = f"{number}. " if node.tag == "ol" else "• "
                inside = replace(channel, hidden=True) if is_unseen(item, self.hidden) else channel
                self._as(BlockKind.LIST_ITEM, self._depth, item, inside)
                self._prefix = ""
                number += 1
            elif item.mem_id not in self.skipped:
                self._element(item, channel, is_kept=False)
        self._flush()
        self._depth -= 1

    def table(self, node: LexborNode, channel: Channel) -> None:
        """Add a table, or what a table only places on the page."""
        rows = list(_rows(node))
        if _is_layout(node, rows):
            self._children(node, channel, is_kept=False)
            self._flush()
            return
        caption = next((inner for inner in node.iter() if inner.tag == "caption"), None)
        if caption is not None:
            self.draft.block(BlockKind.CAPTION, _SPACES.sub(" ", _plain(caption)), hidden=channel.hidden)
        self.draft.table(self._cells(rows), hidden=channel.hidden)

    def _cells(self, rows: list[LexborNode]) -> list[GridCell]:
        cells: list[GridCell] = []
        covered: set[tuple[int, int]] = set()
        for row, line in enumerate(rows):
            column = 0
            for cell in line.iter():
                if cell.tag not in {"td", "th"}:
                    continue
                while (row, column) in covered:
                    column += 1
                wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - row)
                wide = min(wide, max(1, _LARGEST_SPAN // high))
                covered |= {(row + down, column + right) for down in range(high) for right in range(wide)}
                is_left_out = cell.mem_id in self.skipped or is_unseen(cell, self.hidden)
                text = "" if is_left_out else self._cell_text(cell)  # its place stays: columns keep their headings
                cells.append(GridCell(row, column, text, high, wide, cell.tag == "th"))
                column += wide
        return cells

    def _cell_text(self, cell: LexborNode) -> str:
        found: list[str] = []
        for inner in cell.iter(include_text=True):
            if inner.is_text_node:
                found.append(inner.text_content or "")
            elif inner.is_element_node and inner.tag not in SILENT and not is_unseen(inner, self.hidden):
                between = "" if inner.tag in INLINE else " "
                found.append(between + (" " if inner.tag == "br" else self._cell_text(inner)) + between)
        return "".join(found)

    def _flush(self) -> None:
        if not self._current.pieces:  # most blocks hold blocks: nothing was said since the last one
            return
        paragraph, self._current = self._current, Paragraph()
        text = paragraph.text
        text = text.strip("\n") if self._kind is BlockKind.CODE else re.sub(r" *\n *| {2,}", _one, text).strip()
        if text.strip():
            self.draft.block(self._kind, f"{self._prefix}{text}", level=self._level)
            self._prefix = ""
        paragraph.add_asides(self.draft)


_BLOCKS: dict[str, Callable[[HtmlText, LexborNode, Channel], None]] = {
    **dict.fromkeys(_HEADINGS, HtmlText.heading),
    "pre": HtmlText.code,
    "ul": HtmlText.items,
    "ol": HtmlText.items,
    "menu": HtmlText.items,
    "table": HtmlText.table,
}


def _one(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] else " "


def _plain(node: LexborNode) -> str:
    return node.text(deep=True) or ""


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for element in table.iter():
        if element.tag == "tr":
            yield element
        elif element.tag in {"thead", "tbody", "tfoot"}:
            yield from _rows(element)


def _is_layout(table: LexborNode, rows: list[LexborNode]) -> bool:
    """Tell a table that only places things on the page."""
    if (table.attributes.get("role") or "") in {"presentation", "none"}:
        return True
    if any(cell.tag == "th" for row in rows for cell in row.iter()):
        return False
    widest = max((sum(cell.tag == "td" for cell in row.iter()) for row in rows), default=0)
    return widest <= 1 or len(rows) <= 1 or bool(table.css("table table, td h1, td h2, td ul, td form"))


def _span(cell: LexborNode, name: str) -> int:
    return max(1, min(whole(cell.attributes.get(name), 1), _WIDEST))
