"""An endpoint that an institution declares: where it is asked (templates) and how its JSON is read (places of fields).

    "/document/?q={words}&from={offset}&size={limit}"   Question ─▶ target; every value is encoded
    {"title": "title", "venue": "host.title", …}        object ─▶ Record; `a|b`: the first that is told

ISTEX (`istex.py`) is read the same way: its names are those of an endpoint that declares none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast
from urllib.parse import quote

from chatelet.connectors.scholarly import cleaning, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Question, Service
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.licences import named
from chatelet.connectors.scholarly.reading import (
    Json,
    address,
    boolean,
    count,
    date_of,
    decoded,
    items,
    mapping,
    text,
    texts,
    year_of,
)
from chatelet.connectors.scholarly.record import (
    Access,
    Author,
    Identifiers,
    Kind,
    Printed,
    Record,
    Scheme,
    SourceName,
)
from chatelet.scholarly_sections import NAMES_OF_ISTEX, EndpointSettings, FieldName

_RESERVED: Final = re.compile(r'[+\-=&|><!(){}\[\]^"~*?:\\/]')
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (  # the first that the words begin with, or hold
    ("review-article", "review"),
    ("review article", "review"),
    ("book-review", "other"),
    ("conference", "conference"),
    ("proceeding", "conference"),
    ("communication", "conference"),
    ("chapter", "chapter"),
    ("chapitre", "chapter"),
    ("preprint", "preprint"),
    ("thesis", "thesis"),
    ("thèse", "thesis"),
    ("these", "thesis"),
    ("report", "report"),
    ("rapport", "report"),
    ("dataset", "dataset"),
    ("retraction", "notice"),
    ("erratum", "notice"),
    ("article", "article"),
    ("book", "book"),
    ("livre", "book"),
)
_MOST_AFFILIATIONS: Final = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """Where works stand in an answer, and each field in a work. `page`: the address of a work, with `{id}`."""

    source: SourceName
    works: str = "hits"
    fields: Mapping[FieldName, str] = field(default_factory=lambda: NAMES_OF_ISTEX)
    page: str | None = None


def plain(words: str) -> str:
    """Return words as words: what query languages act on is left out."""
    return " ".join(_RESERVED.sub(" ", words).split())


def service(declared: EndpointSettings) -> Service:
    """Return the source that an institution declares. Its answers need not be those of ISTEX."""
    fields: dict[FieldName, str] = {**NAMES_OF_ISTEX, **declared.fields}
    resolved: dict[str, str] = {**declared.resolve}
    shape = Shape("institution", declared.works, fields, declared.page)

    def search(question: Question, courtesy: Courtesy) -> str | None:
        words = plain(question.words)
        if not words:
            return None
        first, last = question.filters.years or (1400, 2100)
        values: dict[str, str | int] = {
            "words": words,
            "offset": question.offset,
            "page": question.page,
            "limit": min(question.limit, declared.most),
            "year_from": first,
            "year_to": last,
            "contact": courtesy.contact or "",
        }
        return filled(declared.search, values)

    def resolve(scheme: Scheme, value: str, courtesy: Courtesy) -> str | None:
        template = resolved.get(scheme)
        return filled(template, {"value": value, "contact": courtesy.contact or ""}) if template else None

    def parse(body: bytes, _content_type: str) -> list[Record]:
        return read(shape, body)

    return Service(
        name="institution",
        base=declared.address,
        search=search,
        resolve=resolve,
        parse=parse,
        pause=declared.pause,
        key_header=declared.key_header,
    )


def filled(template: str, values: Mapping[str, str | int]) -> str:
    """Return a template with its values, encoded: none of them can be more than a value."""
    return re.sub(r"\{([a-z_]+)\}", lambda name: quote(str(values[name[1]]), safe=""), template)


def read(shape: Shape, body: bytes) -> list[Record]:
    """Read an answer: a list of works at its place, or one work. Raises `SourceBroken`."""
    answer = decoded(body)
    told = _first(answer, shape.works)
    if told is not None:
        return [record for one in items(told) if (record := _record(shape, mapping(one))) is not None]
    record = _record(shape, answer)
    if record is None:
        raise SourceBroken
    return [record]


def _record(shape: Shape, work: Json) -> Record | None:
    def told(name: FieldName) -> object:
        return _first(work, shape.fields[name]) if name in shape.fields else None

    title = cleaning.title(text(told("title")))
    if title is None:
        return None
    own = text(told("id"))
    doi = identifiers.doi_of(text(told("doi")))
    date = date_of(told("date"))
    year = year_of(told("year")) or year_of(date)
    link = address(told("link")) or (identifiers.doi_link(doi) if doi else _page(shape, own))
    pdf = address(told("pdf"))
    return Record(
        sources=(shape.source,),
        title=title,
        subtitle=cleaning.title(text(told("subtitle"))),
        authors=_authors(told("authors")),
        year=year,
        date=date if date and year and date.startswith(str(year)) else (str(year) if year else None),
        kind=_kind(text(told("kind"))),
        venue=cleaning.words(text(told("venue"))),
        abstract=cleaning.abstract(text(told("abstract"))),
        language=text(told("language")),
        link=link,
        identifiers=Identifiers(
            doi=doi,
            hal=identifiers.hal_of(text(told("hal"))),
            arxiv=identifiers.arxiv_of(text(told("arxiv"))),
            pmid=identifiers.pmid_of(text(told("pmid"))),
            nnt=identifiers.nnt_of(text(told("nnt"))),
        ),
        access=Access(
            is_open=boolean(told("open")),
            url=pdf or address(told("url")),
            is_pdf=pdf is not None,
            licence=named(text(told("licence"))),
        ),
        printed=Printed(
            volume=text(told("volume")),
            issue=text(told("issue")),
            pages=_pages(text(told("first_page")), text(told("last_page"))),
            publisher=cleaning.words(text(told("publisher"))),
            issn=text(told("issn")),
            isbn=text(told("isbn")),
        ),
        citations=count(told("citations")),
        domains=tuple(dict.fromkeys(texts(told("domains")))),
        laboratories=_affiliations(told("laboratories")),
    )


def _first(work: object, places: str) -> object:
    """Return what stands at the first place that tells something; lists on the way are gone through."""
    for place in places.split("|"):
        found = _at(work, place.split("."))
        if found is not None and found not in ([], ""):
            return found
        if found == [] and "|" not in places:
            return found
    return None


def _at(value: object, names: Sequence[str]) -> object:
    if not names:
        return value
    if isinstance(value, list):
        found = [one for each in items(cast("object", value)) if (one := _at(each, names)) is not None]
        return [part for one in found for part in items(one)] if found else None
    return _at(mapping(cast("object", value)).get(names[0]), names[1:]) if isinstance(value, dict) else None


def _authors(value: object) -> tuple[Author, ...]:
    found: list[Author] = []
    for name in map(cleaning.words, texts(value)):
        family, comma, given = (part.strip() for part in (name or "").partition(","))
        if comma and family and given:
            found.append(Author(f"{given} {family}", family, given))
        elif name:
            found.append(Author(name))
    return tuple(found)


def _kind(told: str | None) -> Kind | None:
    if told is None:
        return None
    words = told.casefold()
    found: Kind | None = next((kind for name, kind in _KINDS if name in words), None)
    return found or "other"


def _page(shape: Shape, own: str | None) -> str | None:
    return address(filled(shape.page, {"id": own})) if shape.page and own else None


def _pages(first: str | None, last: str | None) -> str | None:
    return f"{first}-{last}" if first and last and first != last else first


def _affiliations(value: object) -> tuple[str, ...]:
    """Return where authors work; addresses of mail that some endpoints put there are no laboratories."""
    names = [one for one in texts(value) if "@" not in one]
    return tuple(dict.fromkeys(names[:_MOST_AFFILIATIONS]))
