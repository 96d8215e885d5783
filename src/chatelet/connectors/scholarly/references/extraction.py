r"""References out of a text: BibTeX and RIS entries, LaTeX's `\bibitem`, or the lines under a bibliography's heading.

A line of a bibliography is taken apart only as far as it says: DOI, arXiv, years, names before the year, a title
between quotes or between two full stops. What could not be told is left unsaid; the whole line stays, to be compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
_BIBITEM: Final = re.compile(r"\\bibitem(?:\s*\[(?:[^\[\]]|\[[^\]]*\])*\])?\s*\{([^{}]*)\}")
_COMMENT: Final = re.compile(r"(?<!\\)%.*")
_COMMAND: Final = re.compile(r"\\(?:newblock|bibinfo\{\w+\}|href\{[^{}]*\}|natexlab\{\w*\}|em|it|bf|sc)\b\s*")
_URL_COMMAND: Final = re.compile(r"\\(?:url|doi|path)\{([^{}]*)\}")
_NUMBERED: Final = re.compile(r"^\s*(?:\[\s*([\w+-]{1,12})\s*\]|\(?(\d{1,3})[.)](?!\d))\s*")
_UNDATED: Final = re.compile(
    r"\b(?:s\.\s?d\.|n\.\s?d\.|sans date|no date|in press|forthcoming|sous presse|[àa] paraître)", re.IGNORECASE
)
_GOES_ON: Final = re.compile(
    r"^\s*(?:https?://|doi\b|url\b|disponible|available|consulté|accessed|repéré|retrieved|récupéré|isbn\b|pmid\b)",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"^\s*[-*•–]\s+")
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.ASCII)
_ARXIV: Final = re.compile(
    r"arxiv(?:\.org/(?:abs|pdf)/|[:\s]+)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<![\d./-])(1[4-9]\d{2}|20\d{2})[a-z]?(?![\d/]|-\d)")
_IN_BRACKETS: Final = re.compile(r"\(\s*(1[4-9]\d{2}|20\d{2})[a-z]?(?:,[^()]{0,30})?\s*\)")
_QUOTED: Final = re.compile(r"[«“\"]\s*(.{8,400}?)\s*[,.]?\s*[»”\"]")
_NAMES_COLON: Final = re.compile(r"((?:[^\W\d_][\w'’ -]+,\s*(?:[^\W\d_]\.[ -]?)+,?\s*(?:et al\.)?)+):\s+")
# Family AB, Family C. Title. Venue — and — Family, A., Family, B. & Family, C. Title. Venue
_NAMES_FIRST: Final = (
    re.compile(r"((?:[^\W\d_][\w'’ -]{1,40} [A-Z]{1,3},\s+)*[^\W\d_][\w'’ -]{1,40} [A-Z]{1,3}(?:, et al)?)\.\s+"),
    re.compile(r"((?:[^\W\d_][\w'’ -]{1,40},\s+(?:[^\W\d_]\.[ -]?)+(?:,?\s*(?:&|and|et)\s+|,\s+)?(?:et al\.\s+)?)+)"),
)
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
    label: str | None = None
    """The number, or the short name, by which a list numbers it: `12`, `Sel19`."""
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
    if _BIBITEM.search(text):
        yield from (replace(_of_line(line), key=key or None) for key, line in _bibitems(text))
        return
    yield from _of_entries(gathered(_list_of(text)), sure=_HEADING.search(text) is not None)


def of_lines(lines: Iterable[str], *, sure: bool = True) -> tuple[list[Reference], list[str]]:
    """Return the references of lines that are one entry each, and the lines that are none.

    `sure`: they stand under the heading of a bibliography.
    """
    whole = _mended(lines)
    found = list(_of_entries(whole, sure=sure))[:MOST]
    kept = {one.written for one in found}
    return found, [line for line in whole if _bare(line)[:_LONGEST] not in kept]


def body_of(text: str) -> str:
    """Return a plain text without its bibliography."""
    found = _list_of(text)
    return text if found is text else text.replace(found, "\n", 1)


def heads_list(line: str) -> bool:
    """Tell whether a line is the heading of a bibliography."""
    return _HEADING.fullmatch(line.strip()) is not None


def ends_list(line: str) -> bool:
    """Tell whether a line is a heading of what may follow a bibliography."""
    return _AFTER.fullmatch(line.strip()) is not None


def number_of(line: str) -> int | None:
    """Return the number that a line of a list begins with."""
    found = _NUMBERED.match(line)
    number = (found[1] or found[2]) if found else ""
    return int(number) if number.isdigit() and len(number) < 4 else None


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


def _bibitems(text: str) -> Iterator[tuple[str, str]]:
    bare = "\n".join(_COMMENT.sub("", line) for line in text.split("\n"))
    body = bare.partition("\\end{thebibliography}")[0]
    parts = _BIBITEM.split(body)[1:]
    for key, part in zip(parts[::2], parts[1::2], strict=True):
        plain = without_latex(_COMMAND.sub(" ", _URL_COMMAND.sub(r" \1 ", part)).replace("~", " "))
        if line := " ".join(plain.replace("``", "“").replace("''", "”").split()):
            yield key.strip(), line[:_LONGEST]


def _list_of(text: str) -> str:
    """Return what stands under the last heading of a bibliography; the whole text when it has none."""
    headings = list(_HEADING.finditer(text))
    if not headings:
        return text
    body = text[headings[-1].end() :]
    after = _AFTER.search(body)
    return body[: after.start()] if after else body


def _of_entries(lines: Iterable[str], *, sure: bool) -> Iterator[Reference]:
    for line in lines:
        bare, number = _bare(line), _NUMBERED.match(line)
        if _is_reference(bare, sure=sure, numbered=number is not None):
            yield replace(_of_line(bare[:_LONGEST]), label=(number[1] or number[2]) if number else None)


def _bare(line: str) -> str:
    return _BULLET.sub("", _NUMBERED.sub("", line)).strip()


def _mended(lines: Iterable[str]) -> list[str]:
    """Give back to an entry the address that stands on a line of its own under it."""
    whole: list[str] = []
    for line in (" ".join(one.split()) for one in lines):
        if whole and _GOES_ON.match(line):
            whole[-1] = f"{whole[-1]} {line}"
        elif line:
            whole.append(line)
    return whole


def _is_reference(line: str, *, sure: bool, numbered: bool = False) -> bool:
    if _DOI.search(line) or _ARXIV.search(line):
        return True
    dated = _YEAR.search(_ADDRESS.sub(" ", line)) is not None
    if sure and (numbered or _UNDATED.search(line)):
        return len(line) >= _SHORTEST
    if len(line) < _SHORTEST or not dated:
        return False
    return sure or (bool(re.match(r"[^\W\d_][\w'’-]+,? ", line)) and line.count(".") + line.count(",") >= 3)


def gathered(body: str) -> Iterator[str]:
    """Put lines of one reference together: until an empty line, or the next number when they are numbered."""
    lines = body.split("\n")
    numbered = sum(bool(_NUMBERED.match(line)) for line in lines) >= 2
    blanks = any(not line.strip() for line in "\n".join(lines).strip().split("\n"))
    current: list[str] = []
    for line in [*lines, ""]:
        begins = bool(_NUMBERED.match(line)) if numbered else (not blanks or bool(_BULLET.match(line)))
        if (begins or not line.strip()) and current and not (numbered and line.strip() == ""):
            yield unbroken(current)
            current = []
        if line.strip():
            current.append(line.strip())
    if current:
        yield unbroken(current)


def unbroken(lines: Sequence[str]) -> str:
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
    for names in _NAMES_FIRST:
        if (first := names.match(line)) and (said := _sentence(line[first.end() :])):
            return said, first[1]
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
