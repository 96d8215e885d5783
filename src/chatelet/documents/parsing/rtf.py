"""RTF: paragraphs, headings, lists, tables; notes, comments, changes, hidden text apart; no object is opened."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import refused
from chatelet.documents.parsing.paragraph import BODY, Channel, Paragraph
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.rtf_tokens import Token, code_page, inflated_rtf, tokens

__all__ = ["inflated_rtf", "read_rtf", "rtf_text"]

_SKIPPED = frozenset(
    "colortbl pict object fldinst themedata colorschememapping datastore xmlnstbl listtable listoverridetable"
    " rsidtbl generator latentstyles filetbl revtbl nonshppict objdata pnseclvl ftnsep ftnsepc aftnsep aftnsepc"
    " bkmkstart bkmkend xe tc tcn mmathPr template operator private passwordhash nesttableprops atnid atndate"
    " atnref atnicn atntime atnparent sp wgrffmtfilter".split()
)
_KEPT = frozenset("shpinst shptxt shprslt result fldrslt pntext listtext footnote annotation".split())
_ASIDES = {
    "footnote": BlockKind.FOOTNOTE,
    "annotation": BlockKind.COMMENT,
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), BlockKind.PAGE_HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), BlockKind.PAGE_FOOTER),
}
_TAKEN = {"title": "title", "atnauthor": "author", "fonttbl": "font", "stylesheet": "style", "info": "info"}
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "endash": "–", "emdash": "—", "emspace": "\u2003", "enspace": "\u2002", "zwj": "\u200d", "zwnj": "\u200c",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "\n": "\n", "\r": "\n", "{": "{", "}": "}", "\\": "\\"}
_MOST_GROUPS = 2_000
_BODY_LEVEL = 9
_BULLETS = re.compile("[\uf000-\uf0ff]")  # signs of symbol fonts


@dataclass(slots=True)
class _Group:
    """What holds between two braces."""

    channel: Channel = BODY
    encoding: str = "cp1252"
    is_skipped: bool = False
    skip_after_unicode: int = 1
    aside: BlockKind | None = None
    takes: str = ""  # title | author | font: text that is not the document's
    is_starred: bool = False
    is_new: bool = True
    is_number: bool = False  # of an item of a list, with properties of its own


@dataclass(slots=True)
class _Machine:
    """An RTF text being read, token by token."""

    draft: Draft
    group: _Group = field(default_factory=_Group)
    stack: list[_Group] = field(default_factory=list[_Group])
    paragraph: Paragraph = field(default_factory=Paragraph)
    asides: dict[int, Paragraph] = field(default_factory=dict[int, Paragraph])
    fonts: dict[int, str] = field(default_factory=dict[int, str])
    cells: list[str] = field(default_factory=list[str])
    grid: list[GridCell] = field(default_factory=list[GridCell])
    merges: list[str] = field(default_factory=list[str])
    pending: bytearray = field(default_factory=bytearray)
    taken: dict[str, str] = field(default_factory=dict[str, str])
    default: str = "cp1252"
    font: int = 0
    styles: dict[int, int] = field(default_factory=dict[int, int])
    style: int = 0
    unicode_left: int = 0
    level: int = 0
    is_listed: bool = False
    is_tabled: bool = False
    row: int = 0
    merge: str = ""

    def feed(self, token: Token) -> None:
        """Read one token."""
        kind, word, number, data = token
        if kind not in {"byte", "bytes"}:
            self._decode()
        if kind == "open":
            if len(self.stack) > _MOST_GROUPS:
                raise refused("nested_too_deeply", most=_MOST_GROUPS)
            self.stack.append(self.group)
            self.group = replace(self.group, is_new=True, is_starred=False)
        elif kind == "close":
            self._close()
        elif kind in {"byte", "bytes"}:
            self._bytes(data)
        elif kind == "symbol":
            self._symbol(word)
        else:
            self._word(word, number)
            self.group.is_new = False

    def end(self) -> None:
        """Write what is left."""
        self._decode()
        self.paragraph_ends()
        self._table_ends()

    def _close(self) -> None:
        closing = self.group
        self.group = self.stack.pop() if self.stack else _Group(encoding=self.default)
        if closing.aside is not None and self.group.aside is None:
            aside = self.asides.pop(len(self.stack) + 1, Paragraph())
            author = self.taken.pop("author", None) if closing.aside is BlockKind.COMMENT else None
            if closing.aside is BlockKind.PAGE_HEADER:
                self.draft.block(closing.aside, aside.text)
            else:
                self.draft.later(closing.aside, aside.text, author=author)

    def _into(self) -> Paragraph:
        if self.group.aside is None:
            return self.paragraph
        depth = next(place for place, group in enumerate([*self.stack, self.group]) if group.aside is not None)
        return self.asides.setdefault(depth, Paragraph())

    def add(self, text: str) -> None:
        """Put text where the present group says."""
        if self.group.is_skipped:
            return
        if self.group.takes:
            self.taken[self.group.takes] = (self.taken.get(self.group.takes, "") + text)[:500]
            return
        self._into().pieces.append((self.group.channel, text))

    def _bytes(self, data: bytes) -> None:
        if self.unicode_left:
            passed = min(self.unicode_left, len(data))
            self.unicode_left -= passed
            data = data[passed:]
        self.pending += data

    def _decode(self) -> None:
        if self.pending:
            data, self.pending = bytes(self.pending), bytearray()
            self.add(data.decode(self.group.encoding, "replace"))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.group.is_starred = True
        elif symbol in "\r\n":
            self.paragraph_ends()
        elif symbol in _SYMBOLS:
            self._bytes(symbol.encode()) if symbol in "{}\\" else self.add(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> None:
        self.unicode_left = 0
        if self.group.is_new or self.group.is_starred:
            self._destination(word)
        if self.group.is_skipped:
            return
        act = _WORDS.get(word)
        if act:
            act(self, number)
        elif word in _CHARACTERS:
            self.add(_CHARACTERS[word])

    def _destination(self, word: str) -> None:
        """Say where the text of a group goes, from its first word."""
        group = self.group
        if word in _ASIDES:
            group.aside = group.aside or _ASIDES[word]
        elif word in _TAKEN:
            group.takes = _TAKEN[word]
        elif word in _SKIPPED or (group.is_starred and word not in _KEPT):
            group.is_skipped = True
        group.is_starred = False

    def unicode(self, number: int | None) -> None:
        """Add a character by its number; what follows for old readers is passed over."""
        code = (number or 0) & 0xFFFF
        pieces = self._into().pieces
        last = pieces[-1][1][-1:] if pieces else ""
        if 0xDC00 <= code <= 0xDFFF and "\ud800" <= last <= "\udbff":
            channel, text = pieces[-1]
            pieces[-1] = (channel, text[:-1] + chr(0x10000 + ((ord(last) - 0xD800) << 10) + code - 0xDC00))
        else:
            self.add(chr(code))
        self.unicode_left = self.group.skip_after_unicode

    def choose_font(self, number: int | None) -> None:
        """Change the font, hence the encoding."""
        self.font = number or 0
        if self.group.takes != "font":
            self.group.encoding = self.fonts.get(self.font, self.default)

    def declare_charset(self, number: int | None) -> None:
        """Learn the encoding of the font being declared."""
        self.fonts[self.font] = code_page(number or 0, self.default)

    def declare_code_page(self, number: int | None) -> None:
        """Learn the encoding of the whole file."""
        name = f"cp{number}" if number != 10000 else "mac-roman"
        try:
            "".encode(name)
        except LookupError:
            return
        self.default = self.group.encoding = name

    def mark(self, *, hidden: bool | None = None, kind: BlockKind | None = None, on: bool = True) -> None:
        """Change where the text that follows goes."""
        channel = self.group.channel
        if hidden is not None:
            channel = replace(channel, hidden=hidden)
        if kind is not None:
            channel = replace(channel, kind=kind if on else None)
        self.group.channel = channel

    def plain_paragraph(self) -> None:
        """Forget what was said of paragraphs."""
        if not self.group.is_number:
            self.level, self.is_listed, self.is_tabled = 0, False, False

    def choose_style(self, number: int | None) -> None:
        """Take the level of a heading from the style of its paragraph."""
        self.style = number or 0
        if self.group.takes != "style":
            self.level = self.styles.get(self.style, 0)

    def outline(self, number: int | None) -> None:
        """Learn the level of a paragraph, or of the style being declared."""
        level = number + 1 if number is not None and 0 <= number < _BODY_LEVEL else 0
        if self.group.takes == "style":
            self.styles[self.style] = level
        else:
            self.level = level

    def number_begins(self) -> None:
        """Read the number or the bullet of an item, which old readers show."""
        self.group.is_number = self.is_listed = True

    def paragraph_ends(self) -> None:
        """Write the paragraph that ends, or go to the next line of a cell or an aside."""
        if self.group.aside is not None:
            self.add("\n")
            return
        if self.is_tabled:
            self.add("\n")
            return
        self._table_ends()
        paragraph, self.paragraph = self.paragraph, Paragraph()
        kind = BlockKind.HEADING if self.level else BlockKind.LIST_ITEM if self.is_listed else BlockKind.PARAGRAPH
        text = paragraph.text.strip().replace("\t", " ", 1) if self.is_listed else paragraph.text
        self.draft.block(kind, _BULLETS.sub("•", text), level=self.level or int(self.is_listed))
        paragraph.add_asides(self.draft)

    def cell_ends(self) -> None:
        """Keep a cell of the present row."""
        paragraph, self.paragraph = self.paragraph, Paragraph()
        self.cells.append(_BULLETS.sub("•", paragraph.text).strip())
        for channel, text in paragraph.asides():
            kind = channel.kind or BlockKind.PARAGRAPH
            self.draft.later(kind, text, author=channel.author, hidden=channel.hidden)

    def row_ends(self) -> None:
        """Keep a row, its merged cells joined."""
        above = {cell.column: cell for cell in self.grid}
        for column, text in enumerate(self.cells):
            merged = self.merges[column] if column < len(self.merges) else ""
            if "left" in merged and self.grid and self.grid[-1].row == self.row:
                self.grid[-1].columns += 1
            elif "up" in merged and column in above:
                above[column].rows += 1
            else:
                self.grid.append(GridCell(self.row, column, text))
        self.cells = []
        self.row += 1

    def _table_ends(self) -> None:
        if self.cells:
            self.row_ends()
        if self.grid:
            self.draft.table(self.grid)
        self.grid, self.row = [], 0


_WORDS: dict[str, Callable[[_Machine, int | None], None]] = {
    "u": _Machine.unicode,
    "uc": lambda machine, number: setattr(machine.group, "skip_after_unicode", max(0, min(number or 0, 10))),
    "f": _Machine.choose_font,
    "fcharset": _Machine.declare_charset,
    "ansicpg": _Machine.declare_code_page,
    "par": lambda machine, _number: machine.paragraph_ends(),
    "sect": lambda machine, _number: machine.paragraph_ends(),
    "pard": lambda machine, _number: machine.plain_paragraph(),
    "intbl": lambda machine, _number: setattr(machine, "is_tabled", True),
    "cell": lambda machine, _number: machine.cell_ends(),
    "row": lambda machine, _number: machine.row_ends(),
    "nestcell": lambda machine, _number: machine.add(" / "),
    "nestrow": lambda machine, _number: machine.add("\n"),
    "trowd": lambda machine, _number: machine.merges.clear(),
    "clmrg": lambda machine, _number: setattr(machine, "merge", machine.merge + "left"),
    "clvmrg": lambda machine, _number: setattr(machine, "merge", machine.merge + "up"),
    "cellx": lambda machine, _number: (machine.merges.append(machine.merge), setattr(machine, "merge", ""))[-1],
    "v": lambda machine, number: machine.mark(hidden=number != 0),
    "htmlrtf": lambda machine, number: machine.mark(hidden=number != 0),
    "deleted": lambda machine, number: machine.mark(kind=BlockKind.DELETION, on=number != 0),
    "revised": lambda machine, number: machine.mark(kind=BlockKind.INSERTION, on=number != 0),
    "plain": lambda machine, _number: machine.mark(hidden=False),
    "s": _Machine.choose_style,
    "outlinelevel": _Machine.outline,
    "ls": lambda machine, number: setattr(machine, "is_listed", bool(number)),
    "pntext": lambda machine, _number: machine.number_begins(),
    "listtext": lambda machine, _number: machine.number_begins(),
}


def read_rtf(source: Source) -> ParsedDocument:
    """Read a rich text."""
    draft = Draft("rtf", source.limits)
    machine = _read(source.data, draft)
    draft.title = machine.taken.get("title")
    return draft.document()


def rtf_text(data: bytes, limits: Limits) -> str:
    """Return the visible text of a rich text: the body of a message."""
    draft = Draft("rtf", limits)
    _read(data, draft)
    document = draft.document()
    return "\n\n".join(document.text[block.start : block.end] for block in document.blocks if not block.hidden)


def _read(data: bytes, draft: Draft) -> _Machine:
    machine = _Machine(draft)
    for token in tokens(data):
        machine.feed(token)
    machine.end()
    return machine
