"""Words that no model may touch: addresses, references, code, formulas, placeholders, terms that are never translated.

They are taken out before the model reads (`masking`), so that it cannot change them. Figures, dates and units stay in
sight, since grammar needs them: they are checked afterwards (`figures`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple


class Span(NamedTuple):
    """A protected stretch of a text; `kind` names the rule that found it."""

    start: int
    end: int
    kind: str


_RULES: Final = (
    ("token", r"[⟦⟧]+|<\s*(?:/\s*)?[sS]\d+\s*>"),
    ("code", r"``[^\n]+?``|`[^`\n]+`"),
    ("formula", r"\$\$[^$]+\$\$|\$(?=[^$\n]*[\\^_={}])[^$\n]{1,300}\$|\\\([^\n]+?\\\)|\\\[[^\n]+?\\\]"),
    ("address", r"(?:https?|ftp)://[^\s<>\"«»()\[\]]+|\bwww\.[^\s<>\"«»()\[\]]+"),
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("doi", r"\b(?:doi:\s?)?10\.\d{4,9}/[^\s<>\"«»]+"),
    ("ecli", r"\bECLI:[A-Z]{2}:\w+:\d{4}:[\w.]+"),
    ("nor", r"\b[A-Z]{4}\d{7}[A-Z]\b"),
    ("article", r"\b(?:LO|[LRDA])\.?\s?\*?\d{1,4}(?:-\d{1,4})+\b"),
    ("placeholder", r"\$\{[\w.]+\}|\{\{\s*[\w.:|-]*\s*\}\}|\{[\w.:-]*\}|%\(\w+\)[sdif]|%\d+\$[sd]|%[sd]\b"),
    ("tag", r"</?[A-Za-z][\w-]*(?:\s[^<>\n]{0,120})?/?>|&(?:[a-z]+|#\d+);"),
    ("file", r"\b[\w-]+\.(?:docx?|odt|ods|odp|xlsx?|pptx?|pdf|csv|json|toml|ya?ml|xml|html?|py|js|ts|sh|txt|md|zip)\b"),
    ("path", r"(?<![\w/])(?:/[\w.-]+){2,}/?"),
    ("identifier", r"\b[A-Za-z]\w*_\w+\b|\b[\w-]+\(\)"),
)
# What a text surely holds where a rule may find something: most texts hold nothing of most rules.
_NEEDS: Final = {
    "token": r"[⟦⟧<]",
    "code": r"`",
    "formula": r"[$\\]",
    "address": r"://|www\.",
    "email": r"@",
    "doi": r"10\.\d",
    "ecli": r"ECLI:",
    "nor": r"[A-Z]{4}\d",
    "article": r"\d-\d",
    "placeholder": r"[{%]",
    "tag": r"[<&]",
    "file": r"\.[a-z]",
    "path": r"/",
    "identifier": r"_|\(\)",
}
_NEEDED: Final = tuple((name, re.compile(what)) for name, what in _NEEDS.items())
_LOOSE_END: Final = ".,;:!?…'’"
_TRIMMED: Final = frozenset({"address", "doi", "email"})


def spans(text: str, kept: Sequence[str] = ()) -> list[Span]:
    """Return what is protected in a text, in order, without overlap; `kept` are terms that stay as they are."""
    needed = tuple(name for name, what in _NEEDED if what.search(text))
    found = [_span(match) for match in _any(needed).finditer(text)] if needed else []
    if not kept:
        return found
    taken = [False] * (len(text) + 1)
    for one in found:
        taken[one.start : one.end] = [True] * (one.end - one.start)
    for term in sorted(kept, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                found.append(Span(match.start(), match.end(), "term"))
    return sorted(found)


@lru_cache(maxsize=512)
def _any(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds these rules, in their order."""
    return re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in _RULES if name in names))


def _span(match: re.Match[str]) -> Span:
    kind, end = str(match.lastgroup), match.end()
    if kind in _TRIMMED:
        while end > match.start() and match.string[end - 1] in _LOOSE_END:
            end -= 1
    return Span(match.start(), end, kind)
