"""Terms of a glossary in a text: which are there, whether what was written says them as it must, and mending it.

Words match whatever their case, accents and plural; a term of exact case (an acronym) matches as it is written.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from chatelet.kernel.text import fold
from chatelet.writing.task import Term

_LONG: Final = 3  # letters: below, a word has no plural to look for


class Applied(NamedTuple):
    """The terms of a segment, by what was written of them. `mended` is the text with what code could put right."""

    applied: tuple[str, ...]
    missed: tuple[str, ...]
    mended: str


def present(terms: Sequence[Term], text: str) -> list[Term]:
    """Return the terms that a text holds, the longest first: « taux d'intérêt » before « intérêt »."""
    folded = fold(text)
    found: list[Term] = []
    for term in sorted(terms, key=lambda one: -len(one.source)):
        if _says(term.source, text, folded, exact=term.exact_case):
            found.append(term)
            folded = _pattern(fold(term.source)).sub(" ", folded)
    return found


def check(terms: Iterable[Term], written: str) -> Applied:
    """Say which terms the text says as it must; put the right one in the place of a forbidden one."""
    applied: list[str] = []
    missed: list[str] = []
    for term in terms:
        if _says(term.target, written, fold(written), exact=term.exact_case):
            applied.append(term.source)
            continue
        mended = _mend(term, written)
        if mended != written:
            written = mended
            applied.append(term.source)
        else:
            missed.append(term.source)
    return Applied(tuple(applied), tuple(missed), written)


def _mend(term: Term, written: str) -> str:
    """Replace a forbidden word, or the source term left as it was, by the wanted one; its first capital follows."""
    for wrong in (*term.forbidden, *(() if term.is_kept else (term.source,))):
        pattern = re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)", re.IGNORECASE)
        if pattern.search(written):
            return pattern.sub(lambda match: _cased(match[0], term.target), written)
    return written


def _cased(found: str, wanted: str) -> str:
    is_capital = found[:1].isupper() and not found.isupper() and wanted[:1].islower()
    return wanted[:1].upper() + wanted[1:] if is_capital else wanted


def _says(term: str, text: str, folded: str, *, exact: bool) -> bool:
    if exact:
        return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
    return _pattern(fold(term)).search(folded) is not None


@lru_cache(maxsize=20_000)
def _pattern(folded: str) -> re.Pattern[str]:
    """Return what finds a folded term, each of its words singular or plural."""
    words = [
        re.escape(word.rstrip("sx") if len(word) > _LONG else word)
        + ("(?:e?s|x|aux|ies)?" if len(word) >= _LONG else "")
        for word in folded.split()
    ]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")
