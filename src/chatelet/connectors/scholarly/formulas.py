r"""Formulas of titles and abstracts, to be read: MathML as TeX between `$`, indices and exponents as characters.

`<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>` is `$x^{2}$`, H<sub>2</sub>O is H₂O: without their tags
alone, `x2` and H2O. What is malformed keeps its words. Source: MathML 3, chapters 3 and 4; Unicode, U+2070 to U+209F.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_MATHS: Final = re.compile(r"<((?:\w+:)?math)\b[^<>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_SHIFTED: Final = re.compile(r"<((?:jats:)?su[bp])\b[^<>]*>([^<>]{1,20})</\1>", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[\w\s.,;:()+\-−–=±×·/*'′%≤≥≈]*")
_DEEPEST: Final = 40
_SUPERSCRIPTS: Final = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_SUBSCRIPTS: Final = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_ABOVE: Final = {
    "¯": r"\bar", "‾": r"\bar", "ˉ": r"\bar", "^": r"\hat", "ˆ": r"\hat", "~": r"\tilde", "˜": r"\tilde", "→": r"\vec",
    "⃗": r"\vec", "˙": r"\dot", "¨": r"\ddot",
}  # fmt: skip
_TEX: Final = {**{char: f"\\{char}" for char in "%#&$_{}"}, "\\": r"\backslash ", "~": r"\sim ", "^": r"\hat{}"}
_HIDDEN: Final = {"annotation", "annotation-xml", "none", "mprescripts"}
_NOT_IN_TEXT: Final = dict.fromkeys(map(ord, "{}$\\"))
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))

SMALL: Final = {
    **{char: ("textsuperscript", plain) for plain, char in reversed(_SUPERSCRIPTS.items()) if plain != "−"},
    **{char: ("textsubscript", plain) for plain, char in reversed(_SUBSCRIPTS.items()) if plain != "−"},
}
"""Each small character, with the command of TeX that makes it and what it is when large."""


def readable(raw: str) -> str:
    """Return a text whose MathML and whose `sub` and `sup` are read; other tags are left."""
    raw = _MATHS.sub(lambda found: _formula(found[2]), raw) if "math" in raw.lower() else raw
    return _SHIFTED.sub(_shifted, raw) if "<" in raw else raw


def small(text: str, *, below: bool) -> str | None:
    """Return a text in small characters, above the line or below it; None when one of them has no such form."""
    known = _SUBSCRIPTS if below else _SUPERSCRIPTS
    made = [known.get(char) for char in text.strip()]
    return "".join(one for one in made if one) if made and all(made) else None


def _shifted(found: re.Match[str]) -> str:
    text = html.unescape(found[2])
    return small(text, below=found[1].lower().endswith("sub")) or found[2]


@dataclass(slots=True)
class _Node:
    name: str
    children: "list[_Node]" = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    """Builds the tree; an end tag that opens nothing is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Node("mrow")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        node = _Node(tag.rpartition(":")[2])
        if len(self.open) < _DEEPEST:
            self.open[-1].children.append(node)
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.open[-1].children.append(_Node(tag.rpartition(":")[2]))

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        places = [at for at, node in enumerate(self.open) if at and node.name == name]
        if places:
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data


def _formula(inside: str) -> str:
    """Return TeX between `$`, or words when nothing in it needs TeX."""
    reader = _Reader()
    reader.feed(inside)
    reader.close()
    root = reader.open[0]
    words = " ".join(_words(root).split())
    tex = " ".join(_tex(root).split())
    if not tex or (not re.search(r"[\\^_{}]", tex) and _PLAIN.fullmatch(words)):
        return words
    return f"${tex}$"


def _words(node: _Node) -> str:
    if node.name in _HIDDEN:
        return ""
    return node.text.translate(_INVISIBLE) + "".join(map(_words, node.children))


def _tex(node: _Node) -> str:
    if node.name in _HIDDEN:
        return ""
    parts = [_tex(one) for one in node.children if one.name not in _HIDDEN]
    if node.name in {"msqrt", "mfenced"}:  # their children are a row
        parts = ["".join(parts)]
    write = _WRITERS.get(node.name)
    if write is not None and len(parts) == write[0]:
        return write[1](parts)
    return _token(node) + "".join(parts)


def _token(node: _Node) -> str:
    text = " ".join(node.text.translate(_INVISIBLE).split())
    if not text:
        return " " if node.name == "mspace" else ""
    if node.name in {"mtext", "ms"}:
        return f"\\text{{{text.translate(_NOT_IN_TEXT)}}}"
    plain = "".join(_TEX.get(char, char) for char in text)
    return f"\\mathrm{{{plain}}}" if node.name == "mi" and len(text) > 1 else plain


def _accent(parts: Sequence[str]) -> str:
    base, sign = parts
    command = _ABOVE.get(sign.strip()) or (r"\tilde" if sign.strip() == r"\sim" else None)
    command = r"\hat" if sign.strip() == r"\hat{}" else command
    return f"{command}{{{base}}}" if command else f"\\overset{{{sign}}}{{{base}}}"


_WRITERS: Final[dict[str, tuple[int, Callable[[Sequence[str]], str]]]] = {
    "msup": (2, lambda it: f"{_base(it[0])}^{{{it[1]}}}"),
    "msub": (2, lambda it: f"{_base(it[0])}_{{{it[1]}}}"),
    "msubsup": (3, lambda it: f"{_base(it[0])}_{{{it[1]}}}^{{{it[2]}}}"),
    "mfrac": (2, lambda it: f"\\frac{{{it[0]}}}{{{it[1]}}}"),
    "msqrt": (1, lambda it: f"\\sqrt{{{it[0]}}}"),
    "mroot": (2, lambda it: f"\\sqrt[{it[1]}]{{{it[0]}}}"),
    "mover": (2, _accent),
    "munder": (2, lambda it: f"\\underset{{{it[1]}}}{{{it[0]}}}"),
    "munderover": (3, lambda it: f"{_base(it[0])}_{{{it[1]}}}^{{{it[2]}}}"),
    "mfenced": (1, lambda it: f"\\left({it[0]}\\right)"),
}


def _base(tex: str) -> str:
    """Return what an index hangs on, in braces when it is made of several signs."""
    return tex if len(tex) == 1 or re.fullmatch(r"\\[a-z]+\{[^{}]*\}", tex) else f"{{{tex}}}"
