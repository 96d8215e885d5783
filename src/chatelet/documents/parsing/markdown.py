"""Markdown: headings, lists, tables, code; the marks of emphasis and the addresses of links left out of the text."""

import re
from dataclasses import dataclass, field

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.html_text import hides
from chatelet.documents.parsing.reader import Source

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_ITEM = re.compile(r"^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(.*)$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DIVIDER = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_NOTE = re.compile(r"^\[\^([^\]]{1,80})\]:[ \t]*(.*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1", re.DOTALL | re.MULTILINE)
_ELEMENT = re.compile(r"<([A-Za-z][A-Za-z0-9]*)\b([^<>]{1,500})>")
_LONGEST_HIDDEN = 20_000
_INLINE = (
    (re.compile(r"!\[([^\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+|[^>\s@]+@[^>\s@]+)>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), r"\1"),
    (re.compile(r"(?<!`)`([^`\n]+)`(?!`)"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,300}>"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])"), r"\1"),
)


def read_markdown(source: Source) -> ParsedDocument:
    """Read a text in Markdown."""
    draft = Draft("markdown", source.limits)
    text = draft.cleaned(decoded(source.data))
    for comment in _COMMENT.findall(text):
        draft.block(BlockKind.PARAGRAPH, comment[4:-3], hidden=True)
    reading = _Reading(draft, _without_hidden(draft, _COMMENT.sub("", text)).split("\n"))
    reading.front_matter()
    while reading.place < len(reading.lines):
        reading.next()
    reading.flush()
    return draft.document()


def _without_hidden(draft: Draft, text: str) -> str:
    """Return a text without the elements of HTML that nobody would see, which are told; code shows its own."""
    code = [(one.start(), one.end()) for one in _FENCED.finditer(text)] if "<" in text else []
    pieces, place = list[str](), 0
    for found in _ELEMENT.finditer(text):
        if found.start() < place or not hides(found[2]) or any(start < found.start() < end for start, end in code):
            continue
        closing = re.compile(rf"</{found[1]}\s*>", re.IGNORECASE)
        end = closing.search(text, found.end(), found.end() + _LONGEST_HIDDEN)
        if end is not None and not _is_inline_code(text, found.start()):
            pieces.append(text[place : found.start()])
            draft.block(BlockKind.PARAGRAPH, plain(text[found.end() : end.start()]).strip(), hidden=True)
            place = end.end()
    return "".join([*pieces, text[place:]])


def _is_inline_code(text: str, place: int) -> bool:
    line = text.rfind("\n", 0, place) + 1
    return text.startswith(("    ", "\t"), line) or text.count("`", line, place) % 2 == 1


def plain(text: str) -> str:
    """Return a line without its marks."""
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


@dataclass(slots=True)
class _Reading:
    """Lines being read one after the other."""

    draft: Draft
    lines: list[str]
    place: int = 0
    _paragraph: list[str] = field(default_factory=list[str])

    def front_matter(self) -> None:
        """Read the fields that some tools put before the text."""
        if self.lines[:1] == ["---"] and "---" in self.lines[1:200]:
            end = self.lines.index("---", 1)
            for line in self.lines[1:end]:
                self.draft.block(BlockKind.METADATA, line)
                name, _, value = line.partition(":")
                if name.strip().lower() == "title":
                    self.draft.title = value.strip().strip("\"'")
            self.place = end + 1

    def next(self) -> None:
        """Read what begins at the present line."""
        line = self.lines[self.place]
        if not line.strip() or (_RULE.match(line) and not self._paragraph):
            self.flush()
        elif fence := _FENCE.match(line):
            self._fenced(fence[1])
        elif heading := _HEADING.match(line):
            self.flush()
            self.draft.block(BlockKind.HEADING, plain(heading[2]), level=len(heading[1]))
        elif (underline := _UNDERLINE.match(line)) and self._paragraph:
            text, self._paragraph = "\n".join(self._paragraph), []
            self.draft.block(BlockKind.HEADING, plain(text), level=1 if underline[1][0] == "=" else 2)
        elif not self._listed(line) and not self._tabled(line):
            self._paragraph.append(line.strip().removeprefix(">").strip())
        self.place += 1

    def flush(self) -> None:
        """End the paragraph being read."""
        text, self._paragraph = "\n".join(self._paragraph), []
        self.draft.block(BlockKind.PARAGRAPH, plain(text))

    def _fenced(self, fence: str) -> None:
        self.flush()
        code: list[str] = []
        self.place += 1
        while self.place < len(self.lines) and not self.lines[self.place].strip().startswith(fence):
            code.append(self.lines[self.place])
            self.place += 1
        self.draft.block(BlockKind.CODE, "\n".join(code))

    def _listed(self, line: str) -> bool:
        note, item = _NOTE.match(line), _ITEM.match(line)
        if note:
            self.flush()
            self.draft.later(BlockKind.FOOTNOTE, plain(note[2]))
            return True
        if item is None:
            return False
        self.flush()
        indent = len(item[1].replace("\t", "    "))
        text = [item[3], *self._continued(indent)]
        mark = item[2] if item[2][0].isdigit() else "•"
        self.draft.block(BlockKind.LIST_ITEM, f"{mark} {plain(' '.join(text))}", level=indent // 2 + 1)
        return True

    def _continued(self, indent: int) -> list[str]:
        """Return the lines that go on with an item: not empty, not another item, further right."""
        found: list[str] = []
        while self.place + 1 < len(self.lines):
            line = self.lines[self.place + 1]
            depth = len(line) - len(line.lstrip())
            if not line.strip() or _ITEM.match(line) or _FENCE.match(line) or _HEADING.match(line) or depth <= indent:
                return found
            found.append(line.strip())
            self.place += 1
        return found

    def _tabled(self, line: str) -> bool:
        following = self.lines[self.place + 1] if self.place + 1 < len(self.lines) else ""
        if "|" not in line or "|" not in following or not _DIVIDER.match(following):
            return False
        self.flush()
        rows = [line]
        self.place += 1
        while self.place + 1 < len(self.lines) and "|" in self.lines[self.place + 1]:
            self.place += 1
            rows.append(self.lines[self.place])
        self.draft.table(
            [
                GridCell(row, column, plain(text.strip()), header=row == 0)
                for row, cells in enumerate(rows)
                for column, text in enumerate(re.split(r"(?<!\\)\|", cells.strip().removeprefix("|").removesuffix("|")))
            ]
        )
        return True
