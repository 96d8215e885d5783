"""The words between the commands of LaTeX, by offsets: maths, references, listings and commands of form stay.

Commands known to hold words are marks (emphasis, links) or segments of their own (titles, captions, notes); what is not
known stays with its arguments.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from chatelet.documents.parsing.latex_words import plain
from chatelet.documents.rebuilding.contract import Part, Piece
from chatelet.documents.rebuilding.pieces import Pieces, Run, has_words
from chatelet.documents.rebuilding.splicing import Span
from chatelet.documents.rebuilding.wrapping import laid_out

_TOKEN: Final = re.compile(
    r"""(?P<blank>[ \t\r]*\n[ \t\r]*\n\s*)|(?P<newline>[ \t\r]*\n[ \t]*)|(?P<hyphen>\\-)
    |(?P<comment>[ \t]*%[^\n]*(?:\n[ \t]*)?)
    |(?P<accent>\\(?:['`^"~=.](?:\{\\?[A-Za-zıȷ]?\}|\\?[A-Za-z])|[cvuHkrb](?:\{[A-Za-z]\}|[ ]+[A-Za-z])))
    |\\(?P<escaped>[%&\#_{}$])|(?P<space>~|\\,)|(?P<cut>\\\\\*?(?:\[[^\]\n]*\])?)
    |(?P<display>\$\$.*?\$\$|\\\[.*?\\\])|(?P<maths>\$(?:[^$\\]|\\.)+\$|\\\(.*?\\\))
    |\\(?P<edge>begin|end)[ ]*\{(?P<name>[^{}\n]+)\}|(?P<still>\\verb\*?(?P<sign>[^A-Za-z\s*]).*?(?P=sign))
    |\\(?P<command>[A-Za-z@]+)\*?|(?P<odd>\\.)|(?P<group>[{}])|(?P<tab>&)""",
    re.VERBOSE | re.DOTALL,
)
_FORMULAS: Final = frozenset("equation align gather multline eqnarray displaymath math alignat flalign".split())
_LISTINGS: Final = frozenset(
    "verbatim lstlisting minted Verbatim alltt tikzpicture pgfpicture filecontents comment picture algorithm"
    " algorithmic thebibliography".split()
)
_TABLES: Final = frozenset("tabular tabularx longtable tabulary array tabu tblr".split())
_TITLES: Final = {
    **dict.fromkeys(("part", "chapter", "section", "subsection", "subsubsection", "paragraph"), Part.HEADING),
    **dict.fromkeys(("title", "subtitle", "frametitle", "framesubtitle"), Part.TITLE),
    **dict.fromkeys(("caption", "captionof"), Part.BODY),
}
_NOTES: Final = frozenset({"footnote", "thanks", "footnotetext", "marginpar", "todo"})
_MARKS: Final = frozenset(
    "textbf textit emph underline textsl textsc textsf textrm texttt textmd textup mbox enquote uline sout hl"
    " textsuperscript textsubscript uppercase lowercase MakeUppercase text".split()
)
_MARKS_AFTER_ONE: Final = frozenset({"href", "textcolor", "colorbox", "foreignlanguage"})
_BOUNDARIES: Final = frozenset(
    "item par newpage clearpage maketitle tableofcontents hline toprule midrule bottomrule bigskip medskip smallskip"
    " bibitem centering noindent appendix".split()
)
_SIGNS: Final = frozenset("oe OE ae AE ss o O l L aa AA i ldots dots textellipsis euro texteuro og fg".split())
_MAY_BEGIN: Final = re.compile(r"[^%&\s]")
_ACTIVE: Final = re.compile(r"[\\&%$#_{}~^\u00a0\u202f\n]")
_WRITTEN: Final = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "\u00a0": "~",
    "\u202f": "\\,",
    "\n": " ",
}


def latex_written(words: str) -> str:
    """Return words as LaTeX."""
    return _ACTIVE.sub(lambda found: _WRITTEN.get(found[0], f"\\{found[0]}"), words)


def latex_spans(source: str) -> list[Span]:
    """Return the words of a source: its body and the titles before it, or the whole of a part."""
    begins = source.find("\\begin{document}")
    page = _Source(source)
    if begins >= 0:
        for found in re.finditer(r"\\(title|subtitle)\s*(?:\[[^\]\n]*\])?\s*(?=\{)", source[:begins]):
            page.inside(found.end(), Part.TITLE)
    end = source.find("\\end{document}", max(0, begins))
    page.read(begins + len("\\begin{document}") if begins >= 0 else 0, end if end >= 0 else len(source))
    page.flush()
    return page.spans


@dataclass(slots=True)
class _Source:
    source: str
    spans: list[Span] = field(default_factory=list[Span])
    _pieces: Pieces = field(default_factory=Pieces)
    _later: list[Span] = field(default_factory=list[Span])
    _part: Part = Part.BODY
    _tables: int = 0

    def read(self, place: int, end: int) -> None:
        """Read a stretch of the source."""
        while found := _TOKEN.search(self.source, place, end):
            self._pieces.text(self.source[place : found.start()], place, found.start())
            place = max(found.end(), self._token(found, end))
        self._pieces.text(self.source[place:end], place, end)

    def flush(self) -> None:
        """End the segment being read."""
        runs = self._pieces.taken(self.source)
        if has_words(runs):
            part = Part.CELL if self._tables and self._part is Part.BODY else self._part
            self.spans.append(self._span(runs, part))
        self.spans += self._later
        self._later = []

    def inside(self, place: int, part: Part) -> int:
        """Read the argument at a place as segments of their own; return where it ends."""
        end = _closing(self.source, place)
        before, self._part = self._part, part
        self.flush()
        self.read(place + 1, end - 1)
        self.flush()
        self._part = before
        return end

    def _span(self, runs: list[Run], part: Part) -> Span:
        span = Span(runs, part, write=latex_written)
        lines = self.source[runs[0].start : runs[-1].end].split("\n")
        if len(lines) > 1:
            indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())]
            width = max(40, min(120, max(len(line.rstrip("\r")) for line in lines)))
            line_end = "\r\n" if lines[0].endswith("\r") else "\n"
            span.shape = partial(_shaped, width=width, between=f"{line_end}{indent}")
        return span

    def _token(self, found: re.Match[str], end: int) -> int:
        start, after = found.span()
        if found["newline"] is not None or found["hyphen"]:
            self._pieces.text("" if found["hyphen"] else " ", start, after)
        elif found["accent"] or found["escaped"]:
            self._pieces.text(found["escaped"] or plain(found[0]), start, after)
        elif found["space"]:
            self._pieces.text("\u00a0" if found["space"] == "~" else "\u202f", start, after)
        elif found["group"]:
            (self._pieces.open if found["group"] == "{" else self._pieces.close)("{", start, after)
        elif found["command"]:
            return self._command(found, end)
        elif found["edge"]:
            return self._edge(found, end)
        else:
            self._still(found)
        return after

    def _still(self, found: re.Match[str]) -> None:
        """Add what stays: formulas, comments, breaks; or end the segment there."""
        if found["blank"] is not None or (self._tables and (found["tab"] or found["cut"])):
            self.flush()
        elif found["display"]:
            self._locked(*found.span())
        else:
            self._pieces.fixed("\n" if found["cut"] else (found["maths"] or "")[:200], *found.span())

    def _locked(self, start: int, end: int) -> None:
        self.flush()
        piece = Piece("fixed", self.source[start:end][:2_000], 1)
        self.spans.append(Span([Run(piece, start, end)], locked=True))

    def _edge(self, found: re.Match[str], end: int) -> int:
        """Pass over the beginning or the end of an environment, or the whole of one without words."""
        name, after = found["name"].rstrip("*"), found.end()
        if found["edge"] == "begin" and name in _FORMULAS | _LISTINGS:
            closing = self.source.find(f"\\end{{{found['name']}}}", after, end)
            close = end if closing < 0 else closing + len(found["name"]) + 6
            self._locked(found.start(), close)
            return close
        self.flush()
        if name in _TABLES:
            self._tables = max(0, self._tables + (1 if found["edge"] == "begin" else -1))
        if found["edge"] == "begin":
            return _arguments(self.source, after, end, most=3 if name in _TABLES else 1, braces=name in _TABLES)
        return after

    def _command(self, found: re.Match[str], end: int) -> int:
        name, start, after = found["command"], found.start(), found.end()
        opening = _arguments(self.source, after, end, braces=False)
        if name in _SIGNS:
            gap = re.compile(r"\{\}|[ ]+").match(self.source, after, end)
            after = gap.end() if gap else after
            self._pieces.text(plain(self.source[start:after]), start, after)
        elif name in _MARKS | _MARKS_AFTER_ONE and self.source[opening : opening + 1] == "{":
            if name in _MARKS_AFTER_ONE:
                opening = _skip_blank(self.source, _closing(self.source, opening))
            if self.source[opening : opening + 1] == "{":
                self._pieces.open("{", start, opening + 1)
                return opening + 1
            self._pieces.fixed("", start, opening)
            return opening
        elif name in _TITLES and self.source[opening : opening + 1] == "{":
            return self.inside(opening, _TITLES[name])
        elif name in _NOTES and self.source[opening : opening + 1] == "{":
            return self._note(start, opening)
        elif name in _BOUNDARIES:
            self.flush()
            return opening if name == "item" else after
        else:
            after = _arguments(self.source, after, end)
            self._pieces.fixed("", start, after)
        return after

    def _note(self, start: int, opening: int) -> int:
        """Read a note as a segment of its own, which stays at its place in the sentence."""
        inner = _Source(self.source)
        end = inner.inside(opening, Part.NOTE)
        self._later += inner.spans
        self._pieces.fixed("", start, end)
        return end


def _shaped(_span: Span, laid: Sequence[tuple[Piece, str]], *, width: int, between: str) -> str:
    return laid_out(laid, width, between, _MAY_BEGIN)


def _skip_blank(source: str, place: int) -> int:
    gap = re.compile(r"[ \t]*\n?[ \t]*(?=[{\[])").match(source, place)
    return gap.end() if gap else place


def _arguments(source: str, place: int, end: int, *, most: int = 9, braces: bool = True) -> int:
    """Return where the arguments that follow a command end; without `braces`, its options alone."""
    for _argument in range(most):
        following = _skip_blank(source, place)
        sign = source[following : following + 1]
        if sign == "[":
            closing = source.find("]", following, min(end, following + 2_000))
            if closing < 0:
                return place
            place = closing + 1
        elif sign == "{" and braces:
            place = min(end, _closing(source, following))
        else:
            return following if not braces and sign == "{" else place
    return place


def _closing(source: str, place: int) -> int:
    """Return where the argument in braces that begins at a place ends."""
    depth = 0
    for found in re.compile(r"\\.|[{}]|(?<!\\)%[^\n]*", re.DOTALL).finditer(source, place):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.end()
    return len(source)
