"""arXiv: Atom feeds of export.arxiv.org, of the API's first generation and of the one since 2024.

They differ in the order of elements, in where namespaces are declared and in the address of the feed: an element is
known by namespace and name alone. Manual: info.arxiv.org/help/api/user-manual.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from chatelet.connectors.scholarly import cleaning, domains, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Question, Service, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.reading import address, date_of, year_of
from chatelet.connectors.scholarly.record import Access, Author, Identifiers, Notice, Record, Relation, Scheme
from chatelet.connectors.xml import Elements, NotXml

_ATOM: Final = "http://www.w3.org/2005/Atom "
_ARXIV: Final = "http://arxiv.org/schemas/atom "
_FEED: Final = f"{_ATOM}feed"
_ENTRY: Final = (_FEED, f"{_ATOM}entry")
_ERROR: Final = "/api/errors"
_WITHDRAWN: Final = re.compile(r"\bthis (?:paper|article|submission) has been withdrawn\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\w(?:[\w-]*\w)?")
_EMPTY: Final = frozenset(
    "a an and are as at be by de des du d en et for from is l la le les of on or ou par pour qu que sur the to un une"
    " what which with dans au aux est ce".split()
)
_ARCHIVES: Final = frozenset(
    "astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th physics q-bio"
    " q-fin quant-ph stat".split()
)
_MOST_WORDS: Final = 12


def search(question: Question, _courtesy: Courtesy) -> str | None:
    """Ask for any of the words, papers that have all of them first: French words beside English ones hide nothing."""
    words = [one for one in _WORD.findall(question.words) if one.lower() not in _EMPTY][:_MOST_WORDS]
    if not words:
        return None
    each = [f"all:{word}" for word in dict.fromkeys(words)]
    wanted = [each[0] if len(each) == 1 else "(({}) OR {})".format(" AND ".join(each), " OR ".join(each))]
    if question.filters.author:
        wanted.append('au:"{}"'.format(" ".join(_WORD.findall(question.filters.author))))
    if question.filters.years is not None:
        first, last = question.filters.years
        wanted.append(f"submittedDate:[{first}01010000 TO {last}12312359]")
    codes = [one for one in domains.codes_of(question.filters.domain or "") if _is_own(one)]
    if codes:
        wanted.append("({})".format(" OR ".join(f"cat:{one if '.' in one else f'{one}*'}" for one in codes)))
    query = " AND ".join(wanted)
    return target("/api/query", search_query=query, start=question.offset, max_results=question.limit)


def _is_own(code: str) -> bool:
    """Tell whether a code is of arXiv's taxonomy, not of HAL's."""
    return code.partition(".")[0] in _ARCHIVES


def resolve(scheme: Scheme, value: str, _courtesy: Courtesy) -> str | None:
    """Ask for one paper, by its arXiv identifier only."""
    return target("/api/query", id_list=value, max_results=1) if scheme == "arxiv" else None


@dataclass
class _Entry:
    texts: dict[str, str] = field(default_factory=dict[str, str])
    authors: list[str] = field(default_factory=list[str])
    categories: list[str] = field(default_factory=list[str])
    pdf: str | None = None
    page: str | None = None
    doi: str | None = None


class _Feed:
    """What an expat parser fills."""

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.is_feed = False
        self._entry = _Entry()

    def started(self, names: tuple[str, ...], attributes: dict[str, str]) -> None:
        if names == _ENTRY:
            self._entry = _Entry()
        elif names[:2] == _ENTRY and len(names) == 3:
            if names[2] == f"{_ATOM}link":
                self._linked(attributes)
            elif names[2] == f"{_ATOM}category" and (term := attributes.get("term")):
                self._entry.categories.append(term)

    def ended(self, names: tuple[str, ...], written: str) -> None:
        if names == (_FEED,):
            self.is_feed = True
        elif names == _ENTRY:
            self.entries.append(self._entry)
        elif names == (*_ENTRY, f"{_ATOM}author", f"{_ATOM}name"):
            self._entry.authors.append(written)
        elif names[:2] == _ENTRY and len(names) == 3:
            self._entry.texts.setdefault(names[2], written)

    def _linked(self, attributes: dict[str, str]) -> None:
        href = attributes.get("href")
        match attributes.get("title"), attributes.get("rel"):
            case "pdf", _:
                self._entry.pdf = href
            case "doi", _:
                self._entry.doi = href
            case _, "alternate":
                self._entry.page = href
            case _:
                pass


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a feed. Raises `SourceBroken`."""
    feed = _Feed()
    reader = Elements(feed.ended, started=feed.started)
    try:
        reader.feed(body.lstrip())
        reader.flush()
    except NotXml:
        raise SourceBroken from None
    if not feed.is_feed:
        raise SourceBroken
    return [record for entry in feed.entries if (record := _record(entry)) is not None]


def _record(entry: _Entry) -> Record | None:
    told = entry.texts
    written = told.get(f"{_ATOM}id", "")
    arxiv = identifiers.arxiv_of(written)
    if arxiv is None or _ERROR in written:
        return None
    doi = identifiers.doi_of(told.get(f"{_ARXIV}doi")) or identifiers.doi_of(entry.doi)
    printed = cleaning.words(told.get(f"{_ARXIV}journal_ref"))
    date = date_of(told.get(f"{_ATOM}published"))
    withdrawn = _WITHDRAWN.search(f"{told.get(f'{_ARXIV}comment', '')} {told.get(f'{_ATOM}summary', '')}")
    return Record(
        sources=("arxiv",),
        title=cleaning.title(told.get(f"{_ATOM}title")),
        authors=tuple(Author(name=name) for one in entry.authors if (name := cleaning.title(one))),
        year=year_of(date),
        date=date,
        kind="preprint",
        abstract=_abstract(told.get(f"{_ATOM}summary")),
        link=address(entry.page) or f"https://arxiv.org/abs/{arxiv}",
        identifiers=Identifiers(doi=doi, arxiv=arxiv),
        access=Access(
            is_open=True, url=address(entry.pdf) or f"https://arxiv.org/pdf/{arxiv}", is_pdf=True, version="submitted"
        ),
        relations=_relations(doi, printed),
        notices=(Notice("withdrawal", told_by="arxiv"),) if withdrawn else (),
        domains=tuple(dict.fromkeys(entry.categories)),
    )


def _abstract(written: str | None) -> str | None:
    """Lines are broken anywhere; a line that begins with blanks begins a paragraph."""
    if not written:
        return None
    paragraphs = re.split(r"\n\s{2,}|\n\s*\n", written.strip())
    return "\n".join(found for one in paragraphs if (found := cleaning.words(one))) or None


def _relations(doi: str | None, printed: str | None) -> tuple[Relation, ...]:
    if doi is not None:
        return (Relation("published_as", scheme="doi", value=doi, reference=printed),)
    return (Relation("published_as", reference=printed),) if printed else ()


SERVICE: Final = Service(
    name="arxiv",
    base="https://export.arxiv.org",
    search=search,
    resolve=resolve,
    parse=parse,
    pause=3.0,
    accept="application/atom+xml",
)
