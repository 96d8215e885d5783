"""LaTeX: sections, lists, tables, formulas, listings, notes; commands of form left out, comments never read as text."""

import re
from dataclasses import dataclass

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft, GridCell
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.latex_words import argument, plain, without_hidden
from chatelet.documents.parsing.reader import Source

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_SECTIONS = {"part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4}
_FORMULAS = frozenset("equation align gather multline eqnarray displaymath math alignat flalign".split())
_LISTINGS = frozenset("verbatim lstlisting minted Verbatim alltt".split())
_LISTS = frozenset("itemize enumerate description".split())
_TABLES = frozenset("tabular tabularx longtable tabulary array".split())
_SILENT = frozenset("tikzpicture pgfpicture filecontents thebibliography comment picture".split()) - {"thebibliography"}
_PIECE = re.compile(
    r"\\begin\s*\{(?P<begin>[A-Za-z]+\*?)\}|\\end\s*\{(?P<end>[A-Za-z]+\*?)\}|\\\[(?P<shown>.*?)\\\]"
    r"|\$\$(?P<dollars>.*?)\$\$|\\(?P<section>part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?=[\[{])"
    r"|\\(?P<item>item|bibitem)(?![A-Za-z])|\\(?P<caption>caption)\*?\s*(?=[\[{])|(?P<empty>\n[ \t]*\n\s*)",
    re.DOTALL,
)
_RULES = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|cline\{[^}]*\}|endhead|endfirsthead|endfoot|endlastfoot)")
_NOTES = re.compile(r"\\(footnote|thanks|footnotetext)\s*(?=\{)")


def read_latex(source: Source) -> ParsedDocument:
    """Read a source of LaTeX."""
    draft = Draft("latex", source.limits)
    text = draft.cleaned(decoded(source.data))
    preamble, begun, body = text.partition("\\begin{document}")
    if begun:
        _read_head(draft, _uncommented(preamble))
        body = body.partition("\\end{document}")[0]
    seen, hidden = without_hidden(body if begun else text)
    for words in hidden:
        draft.block(BlockKind.PARAGRAPH, plain(words), hidden=True)
    _Reading(draft, seen).read()
    return draft.document()


def _read_head(draft: Draft, preamble: str) -> None:
    for name, kind in (("title", BlockKind.TITLE), ("author", BlockKind.METADATA), ("date", BlockKind.METADATA)):
        found = re.search(rf"\\{name}\s*(?=[\[{{])", preamble)
        if found:
            draft.block(kind, plain(argument(preamble, found.end())[0]))


def _uncommented(text: str) -> str:
    return _COMMENT.sub(r"\1", text)


@dataclass(slots=True)
class _Reading:
    """A body being read from left to right."""

    draft: Draft
    text: str
    place: int = 0
    depth: int = 0
    words: str = ""
    is_item: bool = False
    ordered: tuple[bool, ...] = ()
    numbers: tuple[int, ...] = ()

    def read(self) -> None:
        """Read to the end."""
        self._shield_listings()
        while found := _PIECE.search(self.text, self.place):
            self.words += self.text[self.place : found.start()]
            self.place = found.end()
            self._piece(found)
        self.words += self.text[self.place :]
        self._flush()

    def _shield_listings(self) -> None:
        """Take the comments away, but not the percent signs of programs."""
        pattern = rf"(\\begin\{{(?:{'|'.join(_LISTINGS)})\}}.*?\\end\{{(?:{'|'.join(_LISTINGS)})\}})"
        pieces = re.split(pattern, self.text, flags=re.DOTALL)
        self.text = "".join(piece if place % 2 else _uncommented(piece) for place, piece in enumerate(pieces))

    def _piece(self, found: re.Match[str]) -> None:
        kind = found.lastgroup
        if kind == "begin":
            self._begin(found["begin"])
        elif kind == "end":
            self._end(found["end"])
        elif kind in {"shown", "dollars"}:
            self._flush()
            self.draft.block(BlockKind.FORMULA, found[kind])
        elif kind in {"section", "caption"}:
            self._titled(found)
        elif kind == "item":
            self._item()
        else:
            self._flush()

    def _titled(self, found: re.Match[str]) -> None:
        self._flush()
        title, self.place = argument(self.text, found.end())
        if found["section"]:
            self._write(BlockKind.HEADING, title, level=_SECTIONS[found["section"]])
        else:
            self._write(BlockKind.CAPTION, title)

    def _begin(self, name: str) -> None:
        self._flush()
        base = name.rstrip("*")
        if base in _FORMULAS:
            self.draft.block(BlockKind.FORMULA, re.sub(r"\\label\{[^}]*\}", "", self._until(name)))
        elif base in _LISTINGS:
            code = self._until(name)
            self.draft.block(BlockKind.CODE, re.sub(r"^(?:\[[^\]]*\]|\{[^}]*\})+", "", code).strip("\n"))
        elif base in _TABLES:
            self._table(self._until(name), base)
        elif base in _SILENT:
            self._until(name)
        elif base in _LISTS:
            self.depth += 1
            self.ordered, self.numbers = (*self.ordered, base == "enumerate"), (*self.numbers, 0)

    def _end(self, name: str) -> None:
        self._flush()
        if name.rstrip("*") in _LISTS and self.depth:
            self.depth -= 1
            self.ordered, self.numbers = self.ordered[:-1], self.numbers[:-1]

    def _until(self, name: str) -> str:
        mark = f"\\end{{{name}}}"
        end = self.text.find(mark, self.place)
        inside = self.text[self.place : end if end >= 0 else None]
        self.place = end + len(mark) if end >= 0 else len(self.text)
        return inside

    def _item(self) -> None:
        self._flush()
        self.is_item = True
        if self.numbers:
            self.numbers = (*self.numbers[:-1], self.numbers[-1] + 1)

    def _table(self, text: str, name: str) -> None:
        for _argument in range(2 if name in {"tabularx", "tabulary"} else 1):
            if text.lstrip()[:1] in {"{", "["}:
                text = text[argument(text, len(text) - len(text.lstrip()))[1] :]
        rows = [row for row in re.split(r"\\\\(?:\[[^\]]*\])?", _RULES.sub("", text)) if row.strip()]
        cells: list[GridCell] = []
        for row, line in enumerate(rows):
            column = 0
            for part in re.split(r"(?<!\\)&", line):
                wide = re.match(r"\s*\\multicolumn\{(\d{1,3})\}\{[^}]*\}", part)
                inside = part[wide.end() :] if wide else part
                cells.append(GridCell(row, column, self._plain(inside), columns=int(wide[1]) if wide else 1))
                column += int(wide[1]) if wide else 1
        self.draft.table(cells)

    def _flush(self) -> None:
        words, self.words = self.words, ""
        if not words.strip():
            return
        if self.is_item and self.depth:
            mark = f"{self.numbers[-1]}." if self.ordered[-1] else "•"
            self._write(BlockKind.LIST_ITEM, words, level=self.depth, prefix=f"{mark} ")
        else:
            self._write(BlockKind.PARAGRAPH, words)
        self.is_item = False

    def _write(self, kind: BlockKind, text: str, *, level: int = 0, prefix: str = "") -> None:
        seen = self._plain(text)
        if seen:
            self.draft.block(kind, prefix + seen, level=level)

    def _plain(self, text: str) -> str:
        """Return a text without its commands; its notes go to the end."""
        while found := _NOTES.search(text):
            note, end = argument(text, found.end())
            self.draft.later(BlockKind.FOOTNOTE, plain(note))
            text = text[: found.start()] + text[end:]
        return plain(text)
