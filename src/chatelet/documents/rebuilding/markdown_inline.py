"""The words inside a block of Markdown: emphasis and links are marks; code, addresses, images, maths, tags stay."""

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from chatelet.documents.rebuilding.contract import Part, Piece
from chatelet.documents.rebuilding.pieces import Pieces, Run
from chatelet.documents.rebuilding.splicing import Span

_TARGET: Final = (
    r"(?:\([ \t\n]*(?:<[^<>\n]*>|(?:[^()\s]|\((?:[^()\s]|\([^()\s]*\))*\))*)"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t\n]*\)(?:\{[^{}\n]*\})?|\[[^\[\]]*\]|\{[^{}\n]*\})"
)
_INSIDE: Final = r"(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\])*"
_SIGNS: Final = r"(?=[\n\\$`<{\[!^*_~=&@:]|[ \t]+\n|https?:|ftp:|www\.|\w[\w.+-]*@)"
_TOKEN: Final = re.compile(
    rf"""(?:{_SIGNS})(?:(?P<hard>[ ]{{2,}}\n[ \t]*|\\\n[ \t]*)|(?P<soft>[ \t]*\n[ \t]*)
    |(?P<maths>\\\((?:[^\\]|\\(?!\)))+\\\)|\\\[(?:[^\\]|\\(?!\]))+\\\]|\$\$[^$]+\$\$
        |(?<![\\$\w])\$(?=[^\s$])(?:[^$\\\n]|\\.)*?(?<=[^\s\\])\$(?![\d$]))
    |\\(?P<escaped>[!-/:-@\[-`{{-~])
    |(?P<code>(?P<ticks>`+)(?!`)(?:.+?)(?<!`)(?P=ticks)(?!`))
    |(?P<still><!--.*?-->|<(?P<shut>code|kbd|samp|var|math|svg|script|style)\b[^<>]*>.*?</(?P=shut)>
        |<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s@]+>|<[!?][^<>]*>
        |\{{\{{.*?\}}\}}|\{{%.*?%\}}|\{{[:]?[.\#][^{{}}\n]*\}}|\[\[[^\[\]\n]+\]\]|\[\^[^\[\]\s]+\]|\[-?@[^\[\]]+\]
        |(?<![\w@/.])@[A-Za-z][\w:.\#$%&+?~/-]*\w|:[a-z0-9_+-]{{2,30}}:(?![\w:])
        |(?:https?|ftp)://[^\s<>"'|\])}}]+[^\s<>"'|\])}}.,;:!?]|\bwww\.[^\s<>"'|\])}}]+[^\s<>"'|\])}}.,;:!?]
        |(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |<(?P<end>/?)(?P<tag>[A-Za-z][\w-]*)(?P<attributes>(?:\s[^<>]*)?)>
    |(?P<image>!\[(?P<alt>{_INSIDE})\](?P<target>{_TARGET})?)
    |(?P<note>\^\[(?P<words>{_INSIDE})\])
    |(?P<link>\[(?P<label>{_INSIDE})\](?P<to>{_TARGET}))
    |(?P<short>\[(?P<name>[^\[\]]+)\])
    |(?P<run>\*{{1,3}}|_{{1,3}}|~~|==)
    |(?P<entity>&(?:[A-Za-z][A-Za-z0-9]{{1,31}}|\#\d{{1,7}}|\#[xX][0-9A-Fa-f]{{1,6}});))""",
    re.VERBOSE | re.DOTALL,
)
_LONGEST: Final = 50_000


class Inline:
    """A block being read: its lines joined, each place of them known in the source."""

    def __init__(self, source: str, places: Sequence[tuple[int, int]], labels: frozenset[str]) -> None:
        self._source = source
        self._labels = labels
        self._places = places
        self._starts: list[int] = []
        length = 0
        for start, end in places:
            self._starts.append(length)
            length += end - start + 1
        self._text = "\n".join(source[start:end] for start, end in places)
        self._pieces = Pieces()
        self.alternatives: list[tuple[int, int]] = []

    def runs(self) -> list[Run]:
        """Return the pieces of the block."""
        if len(self._text) > _LONGEST:
            self._add(self._text, 0, len(self._text))
        else:
            self._read(0, len(self._text))
        return self._pieces.taken(self._source)

    @property
    def width(self) -> int:
        """The length of the longest line."""
        return max(end - start for start, end in self._places)

    @property
    def between(self) -> str:
        """What stands between the first two lines."""
        return self._source[self._places[0][1] : self._places[1][0]] if len(self._places) > 1 else ""

    def _at(self, place: int) -> int:
        """Return the place in the source of a place in the lines joined."""
        line = bisect_right(self._starts, place) - 1
        return self._places[line][0] + place - self._starts[line]

    def _read(self, place: int, end: int) -> None:
        while found := _TOKEN.search(self._text, place, end):
            self._add(self._text[place : found.start()], place, found.start())
            self._token(found)
            place = found.end()
        self._add(self._text[place:end], place, end)

    def _add(self, text: str, start: int, end: int) -> None:
        if end > start:
            shown = text.replace("\n", " ")
            self._pieces.text(shown, self._at(start), self._at(end))

    def _stay(self, shown: str, start: int, end: int) -> None:
        self._pieces.fixed(shown, self._at(start), self._at(end))

    def _token(self, found: re.Match[str]) -> None:
        start, end = found.span()
        if found["soft"] is not None:
            self._add(" ", start, end)
        elif found["hard"] is not None:
            self._stay("\n", start, end)
        elif found["escaped"] or found["entity"]:
            self._add(found["escaped"] or html.unescape(found["entity"]), start, end)
        elif found["maths"] or found["code"] or found["still"]:
            self._stay(found[0][:200], start, end)
        elif found["run"]:
            self._emphasis(found)
        elif found["tag"]:
            self._tag(found)
        else:
            self._bracket(found)

    def _tag(self, found: re.Match[str]) -> None:
        start, end = self._at(found.start()), self._at(found.end())
        name = f"<{found['tag'].lower()}"
        if found["attributes"].rstrip().endswith("/") or name in {"<br", "<img", "<wbr", "<hr"}:
            self._pieces.fixed("\n" if name == "<br" else "", start, end)
        elif found["end"]:
            self._pieces.close(name, start, end)
        else:
            self._pieces.open(name, start, end)

    def _bracket(self, found: re.Match[str]) -> None:
        start, end = found.span()
        if found["image"] is not None and found["target"]:
            self._stay("[image]", start, end)
            if any(map(str.isalpha, found["alt"])) and "\n" not in found["alt"]:
                self.alternatives.append((self._at(found.start("alt")), self._at(found.end("alt"))))
        elif found["note"] is not None:
            self._between(found, "words")
        elif found["link"] is not None:
            self._between(found, "label", f"][{found['label']}]" if found["to"] == "[]" else "")
        elif found["short"] is not None and found["name"].strip().lower() in self._labels:
            self._between(found, "name", f"][{found['name']}]")
        else:
            self._add(found[0][0], start, start + 1)
            self._read(start + 1, end)

    def _between(self, found: re.Match[str], group: str, instead: str = "") -> None:
        """Add a link or a note: its words between the marks; a link named by its words keeps its name."""
        name = f"[{found.start()}"
        start, end = found.span(group)
        self._pieces.open(name, self._at(found.start()), self._at(start))
        self._read(start, end)
        self._pieces.close(name, self._at(end), self._at(found.end()), instead)

    def _emphasis(self, found: re.Match[str]) -> None:
        sign = found[0][0]
        before = self._text[found.start() - 1 : found.start()] if found.start() else " "
        after = self._text[found.end() : found.end() + 1] or " "
        opens = not after.isspace() and not (sign == "_" and before.isalnum())
        closes = not before.isspace() and not (sign == "_" and after.isalnum())
        place, left = found.start(), len(found[0])
        while closes and left and 0 < len(top := self._pieces.opened) <= left and top[0] == sign:
            self._pieces.close(top, self._at(place), self._at(place + len(top)))
            place, left = place + len(top), left - len(top)
        if not left:
            return
        name = self._text[place : found.end()]
        if opens and len(name) == 3:
            following = re.compile(re.escape(sign) + "+").search(self._text, found.end())
            cut = place + (1 if following and len(following[0]) == 2 else 2)  # the one that ends last begins first
            self._pieces.open(self._text[place:cut], self._at(place), self._at(cut))
            self._pieces.open(self._text[cut : found.end()], self._at(cut), self._at(found.end()))
        elif opens and not self._pieces.is_open(name):
            self._pieces.open(name, self._at(place), self._at(found.end()))
        elif closes and self._pieces.is_open(name):
            self._pieces.close(name, self._at(place), self._at(found.end()))
        else:
            self._add(name, place, found.end())


def alternative(source: str, start: int, end: int) -> Span:
    """Return the words that stand for an image."""
    return Span([Run(Piece("text", source[start:end]), start, end)], Part.ALTERNATIVE, write=_label)


def _label(words: str) -> str:
    return " ".join(re.sub(r"(?<!\\)([\[\]])", r"\\\1", words).split())


_ACTIVE: Final = re.compile(
    r"(?P<back>\\(?=[!-/:-@\[-`{-~]))|(?P<sign>`|(?<!\s)\*|\*(?!\s)|(?<![^\W_])_|_(?![^\W_])|~~|=="
    r"|<(?=[A-Za-z/!?]|\Z)|\](?=[(\[{:])|\[(?=[\^@])|\{(?=[#.:{%])|!(?=\[))|(?P<reference>&(?=\#?\w{1,31};))"
)


def words_written(words: str) -> str:
    """Return words as Markdown: what would be read as a sign is escaped."""
    written = _ACTIVE.sub(_shielded, " ".join(words.split("\n")))
    return written.replace("$", "\\$") if words.count("$") > 1 else written


def cell_written(words: str) -> str:
    """Return words as Markdown in a cell of a table."""
    return words_written(words).replace("|", "\\|")


def _shielded(found: re.Match[str]) -> str:
    if found["reference"]:
        return "&amp;"
    return "".join(f"\\{sign}" for sign in found[0])


_BEGINS: Final = re.compile(r"#{1,6}(?=\s|$)|>|[-+*](?=\s)|:{3}|\|(?=.*\|)|~{3}|(?P<number>\d{1,9})[.)](?=\s)")
MAY_BEGIN: Final = re.compile(r"[^\W\d_]|[«“‘\"'(]")  # a line, without beginning another block


def begun(source: str) -> str:
    """Return a paragraph whose first characters begin no other kind of block."""
    found = _BEGINS.match(source)
    if found is None:
        return source
    place = found.end("number") if found["number"] else 0
    return f"{source[:place]}\\{source[place:]}"
