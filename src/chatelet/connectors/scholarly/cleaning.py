r"""Titles and abstracts as words: HTML, JATS and LaTeX taken away, characters in one form, blanks made one.

Formulas between `$` stay as they were written, those of MathML and `\(…\)` come there: the page sets them. Sources:
JATS 1.3, LaTeX's accents.
"""

import html
import re
import unicodedata
from typing import Final

from chatelet.connectors.scholarly import formulas

_BLOCK: Final = re.compile(
    r"</?(?:jats:)?(?:p|sec|title|list|list-item|h[1-6]|div|br|li|ul|ol)\b[^<>]*>", re.IGNORECASE
)
_TAG: Final = re.compile(
    r"</?(?:(?:jats|mml|m|xhtml):[a-z0-9-]+|i|b|u|a|em|strong|su[bp]|span|small|italic|bold|underline|sc|scp|tt|font|br|p"
    r"|inline-formula|alternatives|math|m(?:row|i|o|n|text|sup|sub|subsup|frac|sqrt|over|under|space)|semantics|xref"
    r"|ext-link|q|cite|code|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    r"<((?:mml:)?annotation(?:-xml)?|script|style|(?:jats:)?tex-math)\b[^<>]*>.*?</\1>", re.IGNORECASE | re.DOTALL
)
_ESCAPED_TAG: Final = re.compile(
    r"&lt;/?(?:i|b|em|strong|sub|sup|p|br|italic|bold|sc|h4|jats:\w+)\s*/?&gt;", re.IGNORECASE
)
_MATH: Final = re.compile(r"(\$[^$]*\$)")
_ACCENTS: Final = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
_ACCENT: Final = re.compile(r"\\(?:(['`^\"~=.])\s*|([cvuHkrd])(?:\s+|(?=\{)))(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))")
_LETTERS: Final = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "j": "ȷ",
}  # fmt: skip
_LETTER: Final = re.compile(r"\\(ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])(?:\{\})?\s?")
_STYLE: Final = re.compile(r"\\(?:text(?:it|bf|sc|tt|rm|sf|up)|emph|mbox|textsuperscript|textsubscript)\s*(?=\{)")
_ESCAPED: Final = re.compile(r"\\([&%$#_{}])")
_SHIFTED: Final = re.compile(r"\\text(super|sub)script\s*\{([^{}]{1,20})\}")
_PARENTHESES: Final = re.compile(r"\\\((.{1,1000}?)\\\)")
_KEPT: Final = "\ue000"
_LED: Final = re.compile(r"^(?:abstract|summary|résumé)\s?[:.]\s+(?=\S)", re.IGNORECASE)
_BLANKS: Final = re.compile(r"\s+")
_LONGEST: Final = 100_000


def words(raw: str | None) -> str | None:
    """Return a title, a name or a venue on one line; None when nothing is left."""
    if not raw:
        return None
    plain = _without_tags(raw[:_LONGEST])
    return _BLANKS.sub(" ", _visible(plain)).strip() or None


def title(raw: str | None) -> str | None:
    """Return a title: words, and LaTeX's accents read."""
    found = words(raw)
    if found is None or ("\\" not in found and "{" not in found):
        return found
    formed = _PARENTHESES.sub(lambda one: f"${one[1].strip()}$", found)
    return _BLANKS.sub(" ", without_latex(formed)).strip() or None


def abstract(raw: str | None) -> str | None:
    """Return an abstract: paragraphs one under the other, without a heading that says only `Abstract`."""
    if not raw:
        return None
    broken = _BLOCK.sub("\n", formulas.readable(_HIDDEN.sub(" ", _unescaped(raw[:_LONGEST]))))
    lines = (_BLANKS.sub(" ", _visible(_without_tags(line))).strip() for line in broken.split("\n"))
    kept = [line for line in lines if line]
    if len(kept) > 1 and kept[0].rstrip(".: ").lower() in {"abstract", "summary", "résumé"}:
        kept = kept[1:]
    if kept:
        kept[0] = _LED.sub("", kept[0])
    return "\n".join(kept) or None


def without_latex(raw: str) -> str:
    """Read LaTeX's accents and letters and drop its braces, outside formulas."""
    parts = _MATH.split(raw.replace("\\$", _KEPT))
    return "".join(part if index % 2 else _read(part) for index, part in enumerate(parts)).replace(_KEPT, "$")


def _read(part: str) -> str:
    part = _ACCENT.sub(_accented, part)
    part = _SHIFTED.sub(lambda found: formulas.small(found[2], below=found[1] == "sub") or found[2], part)
    part = _LETTER.sub(lambda found: _LETTERS[found[1]], _STYLE.sub("", part))
    part = _ESCAPED.sub(lambda found: {"{": "\ue001", "}": "\ue002"}.get(found[1], found[1]), part)
    part = part.replace("{", "").replace("}", "").replace("\ue001", "{").replace("\ue002", "}")
    part = part.replace("---", "—").replace("--", "–") if "--" in part else part
    return unicodedata.normalize("NFC", part)


def _accented(found: re.Match[str]) -> str:
    mark, letter = found[1] or found[2], found[3] or found[4]
    return unicodedata.normalize("NFC", letter + _ACCENTS[mark])


def _unescaped(raw: str) -> str:
    return html.unescape(raw) if _ESCAPED_TAG.search(raw) else raw


def _without_tags(raw: str) -> str:
    raw = _unescaped(raw)
    if "<" in raw:
        raw = _BLOCK.sub(" ", formulas.readable(_HIDDEN.sub(" ", raw)))
        raw = _TAG.sub("", raw)
    return html.unescape(raw)


def _visible(raw: str) -> str:
    plain = unicodedata.normalize("NFC", raw.replace("\r", "\n"))
    return "".join(
        char for char in plain if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
