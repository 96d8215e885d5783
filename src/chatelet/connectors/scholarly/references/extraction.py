r"""References out of a text: BibTeX and RIS entries, LaTeX's `\bibitem`, or the lines under a bibliography's heading.

A line of a bibliography is taken apart only as far as it says: DOI, arXiv, years, names before the year, a title
between quotes or between two full stops. What could not be told is left unsaid; the whole line stays, to be compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chatelet.connectors.scholarly import identifiers
from chatelet.connectors.scholarly.cleaning import without_latex
from chatelet.connectors.scholarly.errors import ReferencesNotUnderstood
from chatelet.connectors.scholarly.exchange import bibtex_reading, ris
from chatelet.connectors.scholarly.reading import year_of
from chatelet.connectors.scholarly.record import Record

MOST: Final = 300
_LONGEST: Final = 1_500
_SHORTEST: Final = 25
_HEADING: Final = re.compile(
    r"^[ \t#*\d.]*(?:références?(?: bibliographiques?)?|bibliographie|bibliography|references|works cited"
    r"|literature cited|ouvrages cités|literatur(?:verzeichnis)?)[ \t:*]*$",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER: Final = re.compile(
    r"^[ \t#*\d.]*(?:annexes?|appendix|appendices|remerciements|acknowledge?ments?|table des matières)\b.{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_BIBITEM: Final = re.compile(r"\\bibitem(?:\s*\[(?:[^\[\]]|\[[^\]]*\])*\])?\s*\{[^{}]*\}")
_COMMENT: Final = re.compile(r"(?<!\\)%.*")
_COMMAND: Final = re.compile(r"\\(?:newblock|bibinfo\{\w+\}|href\{[^{}]*\}|natexlab\{\w*\}|em|it|bf|sc)\b\s*")
_URL_COMMAND: Final = re.compile(r"\\(?:url|doi|path)\{([^{}]*)\}")
_NUMBERED: Final = re.compile(r"^\s*(?:\[\s*[\w+-]{1,12}\s*\]|\(?\d{1,3}[.)](?!\d))\s*")
_BULLET: Final = re.compile(r"^\s*[-*•–]\s+")
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.ASCII)
_ARXIV: Final = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf)/|[:\s]+)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<![\d./-])(1[4-9]\d{2}|20\d{2})[a-z]?(?![\d/]|-\d)")
_IN_BRACKETS: Final = re.compile(r"\(\s*(1[4-9]\d{2}|20\d{2})[a-z]?(?:,[^()]{0,30})?\s*\)")
_QUOTED: Final = re.compile(r"[«“\"]\s*(.{8,400}?)\s*[,.]?\s*[»”\"]")
_NAMES_COLON: Final = re.compile(r"((?:[^\W\d_][\w'’ -]+,\s*(?:[^\W\d_]\.[ -]?)+,?\s*(?:et al\.)?)+):\s+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]-?\.?){1,3}")
_ADDRESS: Final = re.compile(r"https?://\S+|\bdoi\s*:\s*\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as the draft writes it. `years`: every year that it names, the likeliest first."""

    written: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    doi: str | None = None
    arxiv: str | None = None
    key: str | None = None
    is_parted: bool = False
    """Said field by field (BibTeX, RIS): title and authors are as they stand there."""


def extract(text: str) -> list[Reference]:
    """Return the references of a text, in order. Raises `ReferencesNotUnderstood` when there is none."""
    found = list(_found(text.replace("\r\n", "\n").replace("\r", "\n")))[:MOST]
    if not found:
        raise ReferencesNotUnderstood
    return found


def _found(text: str) -> Iterator[Reference]:
    if bibtex_reading.looks_like(text):
        for entry in bibtex_reading.entries(text):
            record = bibtex_reading.record_of(entry)
            if record.title or record.identifiers.doi:
                yield _of_record(record, entry.key)
        return
    if ris.looks_like(text):
        yield from (_of_record(one, None) for one in ris.read(text) if one.title or one.identifiers.doi)
        return
    lines = _bibitems(text) if _BIBITEM.search(text) else _lines(text)
    yield from (_of_line(line) for line in lines)


def _of_record(record: Record, key: str | None) -> Reference:
    names = tuple(one.name for one in record.authors)
    said = [", ".join(names), f"({record.year})" if record.year else "", record.title or "", record.venue or ""]
    return Reference(
        written=". ".join(one for one in said if one),
        title=record.title,
        authors=tuple(one.family or one.name for one in record.authors),
        years=(record.year,) if record.year else (),
        doi=record.identifiers.doi,
        arxiv=record.identifiers.arxiv,
        key=key or None,
        is_parted=True,
    )


def _bibitems(text: str) -> Iterator[str]:
    bare = "\n".join(_COMMENT.sub("", line) for line in text.split("\n"))
    body = bare.partition("\\end{thebibliography}")[0]
    for part in _BIBITEM.split(body)[1:]:
        plain = without_latex(_COMMAND.sub(" ", _URL_COMMAND.sub(r" \1 ", part)).replace("~", " "))
        if line := " ".join(plain.replace("``", "“").replace("''", "”").split()):
            yield line[:_LONGEST]


def _lines(text: str) -> Iterator[str]:
    """Give the references under the last heading of a bibliography; of the whole text when it has none."""
    headings = list(_HEADING.finditer(text))
    body = text[headings[-1].end() :] if headings else text
    if headings and (after := _AFTER.search(body)):
        body = body[: after.start()]
    for line in _gathered(body):
        bare = _BULLET.sub("", _NUMBERED.sub("", line)).strip()
        if _is_reference(bare, sure=bool(headings)):
            yield bare[:_LONGEST]


def _is_reference(line: str, *, sure: bool) -> bool:
    if _DOI.search(line) or _ARXIV.search(line):
        return True
    if len(line) < _SHORTEST or _YEAR.search(_ADDRESS.sub(" ", line)) is None:
        return False
    return sure or (bool(re.match(r"[^\W\d_][\w'’-]+,? ", line)) and line.count(".") + line.count(",") >= 3)


def _gathered(body: str) -> Iterator[str]:
    """Put lines of one reference together: until an empty line, or the next number when they are numbered."""
    lines = body.split("\n")
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines) >= 2
    blanks = any(not line.strip() for line in "\n".join(lines).strip().split("\n"))
    current: list[str] = []
    for line in [*lines, ""]:
        begins = bool(_NUMBERED.match(line)) if numbered else (not blanks or bool(_BULLET.match(line)))
        if (begins or not line.strip()) and current and not (numbered and line.strip() == ""):
            yield _unbroken(current)
            current = []
        if line.strip():
            current.append(line.strip())
    if current:
        yield _unbroken(current)


def _unbroken(lines: list[str]) -> str:
    """Join lines: a word cut by a hyphen at the end of one, and an address, go on without a blank."""
    joined = lines[0]
    for line in lines[1:]:
        cut = joined.endswith("-") and line[:1].islower()
        open_address = re.search(r"(?:https?://|10\.\d{4,9}/)\S*[/._-]$", joined) is not None
        joined = joined[:-1] + line if cut and not open_address else joined + ("" if open_address else " ") + line
    return joined


def _of_line(line: str) -> Reference:
    doi = next((found for one in _DOI.findall(line) if (found := identifiers.doi_of(one))), None)
    arxiv = _ARXIV.search(line)
    bare = _ARXIV.sub(" ", _ADDRESS.sub(" ", _DOI.sub(" ", line)))
    years = [int(one) for one in [*_IN_BRACKETS.findall(bare), *reversed(_YEAR.findall(bare))] if year_of(int(one))]
    title, before = _title(bare)
    return Reference(
        written=line,
        title=title,
        authors=_authors(before),
        years=tuple(dict.fromkeys(years)),
        doi=doi if doi is None or identifiers.arxiv_of(doi) is None else None,
        arxiv=arxiv[1] if arxiv else identifiers.arxiv_of(doi),
    )


def _title(line: str) -> tuple[str | None, str]:
    """Return the title when it can be told, and what stands before it."""
    colon = _NAMES_COLON.match(line)  # Family, A., Family, B.: Title. Venue (2020)
    if colon:
        return _sentence(line[colon.end() :]), colon[1]
    quoted, dated = _QUOTED.search(line), _IN_BRACKETS.search(line)
    is_dated = dated is not None and dated.end() < len(line) - 12 and dated.start() < len(line) * 0.6
    if quoted and not (dated and is_dated and dated.end() + 4 < quoted.start()):
        return quoted[1].strip(" .,"), line[: quoted.start()]
    if dated and is_dated:  # Names (2020). Title. Venue
        return _sentence(line[dated.end() :].lstrip(" .,:;")), line[: dated.start()]
    parts = re.split(r"(?<=[^\W\d_]{3})\.\s+(?=[A-ZÀ-ÖØ-Þ\d«“])", line, maxsplit=1)  # Names. Title. Venue, 2020
    if len(parts) == 2:
        return _sentence(parts[1]), parts[0]
    parts = re.split(r"(?<=\s[A-Z])\.\s+(?=[A-ZÀ-ÖØ-Þ][\w’'-]{2,}\s)", line, maxsplit=1)  # Family, A. B. Title. Venue
    return (_sentence(parts[1]), parts[0]) if len(parts) == 2 else (None, line[:120])


def _sentence(text: str) -> str | None:
    found = re.match(r"(.{8,400}?)(?:\.\s|[.]?$|\?\s|,\s(?:vol|in|pp)\b)", text)
    kept = found[1].strip(" .,") if found else ""
    return kept if " " in kept else None


def _authors(before: str) -> tuple[str, ...]:
    """Return the family names that stand before the title: words that are no initials."""
    bare = re.sub(r"\(.*?\)|\bet al\b\.?|\b(?:eds?|dir|coord)\b\.?", " ", before)
    names: list[str] = []
    for part in re.split(r"\s*(?:;|,|\band\b|\bet\b|&|\bund\b)\s*", bare):
        words = [word for word in part.replace(".", ". ").split() if not _is_initials(word)]
        if words and words[-1][:1].isalpha():
            names.append(" ".join(words).strip(" .,"))
    return tuple(one for one in names if len(one) > 1)[:30]


def _is_initials(word: str) -> bool:
    """Tell `A.`, `J-P.` or `MH` from a family name of two letters."""
    return _INITIALS.fullmatch(word) is not None and (len(word) < 2 or word.isupper() or "." in word)
