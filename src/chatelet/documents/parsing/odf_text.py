"""Text of OpenDocument files (ODF 1.3, part 3): paragraphs, headings, lists, tables, notes, comments, changes."""

import re
from dataclasses import dataclass, field, replace

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.mathml import linear_math
from chatelet.documents.parsing.odf_styles import OdfStyles
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.parsing.paragraph import BODY, Channel, Paragraph
from chatelet.documents.parsing.xml import Node, attribute, local, text_of, tree, whole

_SPACES = re.compile(r"[ \t\r\n]+")
_HOLDERS = {
    "text", "section", "index-body", "index-title", "table-of-content", "alphabetical-index", "illustration-index",
    "user-index", "bibliography", "text-box", "g", "a", "custom-shape", "rect", "table-index", "object-index",
}  # fmt: skip
_SILENT = {"tracked-changes", "annotation-end", "note-citation", "bookmark", "forms", "sequence-decls", "title", "desc"}
_MOST_SPACES = 100


@dataclass(slots=True)
class OdfText:
    """One document being read; `channel` is what a tracked insertion makes of all text until it ends."""

    archive: Archive
    draft: Draft
    styles: OdfStyles
    channel: Channel = BODY
    depth: int = 0
    lists: list[str] = field(default_factory=list[str])

    def read(self, container: Node) -> None:
        """Add what a container holds, in order."""
        for element in container:
            name = local(element)
            if name in {"p", "h"}:
                self.add_paragraph(element)
            elif name == "list":
                self._read_list(element)
            elif name == "table":
                self.add_table(element)
            elif name == "frame":
                self._read_frame(element)
            elif name in _HOLDERS:
                self._read_hidden(element) if attribute(element, "display") == "none" else self.read(element)
            elif name in {"change-start", "change-end", "change"}:
                self._change(element, Paragraph())

    def add_paragraph(self, element: Node, *, kind: BlockKind | None = None, prefix: str = "") -> None:
        """Add a paragraph or a heading, and what it holds beside its text."""
        paragraph, boxes = self.paragraph(element)
        level = whole(attribute(element, "outline-level"))
        is_heading = local(element) == "h" and level > 0 and not prefix
        if is_heading and paragraph.text.strip():
            prefix = self.styles.heading_number(level)
        text = f"{prefix} {paragraph.text.strip()}".strip() if paragraph.text.strip() else ""
        chosen = kind or (BlockKind.HEADING if is_heading else self._kind(element, paragraph))
        depth = level if is_heading else (self.depth if chosen is BlockKind.LIST_ITEM else 0)
        self.draft.block(chosen, text, level=depth)
        paragraph.add_asides(self.draft)
        for box in boxes:
            self._read_frame(box) if local(box) == "frame" else self.read(box)

    def paragraph(self, element: Node) -> tuple[Paragraph, list[Node]]:
        """Read a paragraph's text; return the drawings anchored in it too."""
        paragraph, boxes = Paragraph(), list[Node]()
        hidden = self.styles.is_hidden(attribute(element, "style-name"))
        self._inline(element, paragraph, boxes, is_hidden=hidden)
        return paragraph, boxes

    def lines(self, container: Node) -> str:
        """Return the text of all paragraphs inside, as a cell or a note has it; asides go after the table."""
        found: list[str] = []
        for element in container:
            name = local(element)
            if name in {"p", "h"}:
                paragraph, boxes = self.paragraph(element)
                found += [paragraph.text.strip(), *(self.lines(box) for box in boxes)]
                for channel, text in paragraph.asides():
                    self.draft.later(
                        channel.kind or BlockKind.PARAGRAPH, text, author=channel.author, hidden=channel.hidden
                    )
            elif name == "table":
                found += [
                    " / ".join(filter(None, (self.lines(cell) for cell in row)))
                    for row in element.iter()
                    if local(row) == "table-row"
                ]
            elif name == "annotation":
                self._annotation(element)
            elif name not in _SILENT:
                found.append(self.lines(element))
        return "\n".join(filter(None, found))

    def add_table(self, table: Node) -> None:
        """Add a table; a table of one cell is a frame around ordinary text."""
        cells = self.grid(table)
        if len(cells) == 1:
            holders = [element for element in table.iter() if local(element) == "table-cell"]
            self.read(holders[0])
            return
        self.draft.table(cells)

    def grid(self, table: Node) -> list[GridCell]:
        """Return the cells of a table of a text or a slide."""
        cells: list[GridCell] = []
        for index, (row, is_header) in enumerate(_rows(table)):
            column = 0
            for cell in row:
                if local(cell) == "table-cell":
                    wide, high = (_count(cell, f"number-{side}-spanned") for side in ("columns", "rows"))
                    cells.append(GridCell(index, column, self.lines(cell), high, wide, is_header))
                column += _count(cell, "number-columns-repeated")
        return cells

    def _kind(self, element: Node, paragraph: Paragraph) -> BlockKind:
        names = {name.lower() for name in self.styles.family(attribute(element, "style-name"))}
        if self.depth:
            return BlockKind.LIST_ITEM
        if "title" in names:
            return BlockKind.TITLE
        if "caption" in names:
            return BlockKind.CAPTION
        is_formula = paragraph.has_equation and not paragraph.has_words
        return BlockKind.FORMULA if is_formula else BlockKind.PARAGRAPH

    def _read_list(self, element: Node) -> None:
        name = attribute(element, "style-name") or (self.lists[-1] if self.lists else "")
        self.lists.append(name)
        self.depth += 1
        levels = self.styles.lists.get(name, [])
        if self.depth == 1 and attribute(element, "continue-numbering") != "true" and levels:
            self.styles.counters.restart(name, 0, levels[0].start)
        for item in element:
            is_first = local(item) == "list-item"
            for inner in item:
                if local(inner) in {"p", "h"}:
                    number = self.styles.counters.next(name, levels, self.depth - 1) if is_first else ""
                    self._list_paragraph(inner, number)
                    is_first = False
                elif local(inner) == "list":
                    self._read_list(inner)
        self.depth -= 1
        self.lists.pop()

    def _list_paragraph(self, element: Node, number: str) -> None:
        if local(element) == "h":  # headings are numbered through a list too
            depth, self.depth = self.depth, 0
            self.add_paragraph(element, prefix="" if number == "•" else number, kind=BlockKind.HEADING)
            self.depth = depth
            return
        self.add_paragraph(element, kind=BlockKind.LIST_ITEM, prefix=number)

    def _inline(self, element: Node, into: Paragraph, boxes: list[Node], *, is_hidden: bool) -> None:
        self._add_text(element.text, into, is_hidden=is_hidden)
        for inner in element:
            name = local(inner)
            if name in {"span", "a", "ruby", "ruby-base", "meta"}:
                hidden = is_hidden or self.styles.is_hidden(attribute(inner, "style-name"))
                self._inline(inner, into, boxes, is_hidden=hidden)
            elif name in {"frame", "custom-shape", "g", "rect"}:
                self._inline_drawing(inner, into, boxes, is_hidden=is_hidden)
            elif name in {"change-start", "change-end", "change"}:
                self._change(inner, into)
            else:
                self._mark(inner, name, into, is_hidden=is_hidden)
            self._add_text(inner.tail, into, is_hidden=is_hidden)

    def _mark(self, element: Node, name: str, into: Paragraph, *, is_hidden: bool) -> None:
        """Read what stands for characters, or stands beside them."""
        if name == "s":
            into.pieces.append((self._in(is_hidden=is_hidden), " " * min(_count(element, "c"), _MOST_SPACES)))
        elif name in {"tab", "line-break"}:
            into.pieces.append((self._in(is_hidden=is_hidden), "\t" if name == "tab" else "\n"))
        elif name == "note":
            body = next((inner for inner in element if local(inner) == "note-body"), None)
            self.draft.later(BlockKind.FOOTNOTE, "" if body is None else self.lines(body))
        elif name == "annotation":
            self._annotation(element)
        elif name in {"hidden-text", "hidden-paragraph", "conditional-text"}:
            text = attribute(element, "string-value") or text_of(element)
            into.pieces.append((replace(self.channel, hidden=name != "conditional-text"), text))
        elif name not in _SILENT:
            self._add_text(text_of(element), into, is_hidden=is_hidden)

    def _add_text(self, text: str | None, into: Paragraph, *, is_hidden: bool) -> None:
        if text:
            into.pieces.append((self._in(is_hidden=is_hidden), _SPACES.sub(" ", text)))
            into.has_words = into.has_words or not text.isspace()

    def _in(self, *, is_hidden: bool) -> Channel:
        return replace(self.channel, hidden=True) if is_hidden else self.channel

    def _inline_drawing(self, element: Node, into: Paragraph, boxes: list[Node], *, is_hidden: bool) -> None:
        formula = self._formula(element)
        if formula:
            into.has_equation = True
            into.pieces.append((self._in(is_hidden=is_hidden), formula))
        else:
            boxes.append(element)

    def _read_frame(self, frame: Node) -> None:
        formula = self._formula(frame)
        if formula:
            self.draft.block(BlockKind.FORMULA, formula)
        else:
            self.read(frame)

    def _formula(self, frame: Node) -> str:
        """Return the equation that a frame shows; it is a part of its own."""
        for element in frame:
            folder = attribute(element, "href").removeprefix("./") if local(element) == "object" else ""
            part = f"{folder}/content.xml"
            if folder and part in self.archive:
                try:
                    root = tree(self.archive.read(part), self.draft.limits)
                except NotRead as reason:
                    if reason.finding.code not in {"xml_damaged", "xml_document_type"}:
                        raise
                    self.draft.leave_out("part_left_out", part=part[:100])
                    return ""
                return linear_math(root) if local(root) == "math" else ""
        return ""

    def _annotation(self, element: Node) -> None:
        author = next((text_of(inner) for inner in element if local(inner) == "creator"), None)
        self.draft.later(
            BlockKind.COMMENT, "\n".join(text_of(inner) for inner in element if local(inner) == "p"), author=author
        )

    def _change(self, element: Node, into: Paragraph) -> None:
        channel, change = self.styles.changes.get(attribute(element, "change-id"), (BODY, element))
        if local(element) == "change-end":
            self.channel = BODY
        elif channel.kind is BlockKind.INSERTION and local(element) == "change-start":
            self.channel = channel
        elif channel.kind is BlockKind.DELETION:
            into.pieces.append((channel, " ".join(text_of(p) for p in change if local(p) in {"p", "h"})))

    def _read_hidden(self, section: Node) -> None:
        self.draft.block(BlockKind.PARAGRAPH, self.lines(section), hidden=True)


def _rows(table: Node, *, is_header: bool = False) -> list[tuple[Node, bool]]:
    found: list[tuple[Node, bool]] = []
    for element in table:
        name = local(element)
        if name == "table-row":
            found.append((element, is_header))
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            found += _rows(element, is_header=is_header or name == "table-header-rows")
    return found


def _count(element: Node, name: str) -> int:
    return max(1, whole(attribute(element, name), 1))
