"""Crossref: works of api.crossref.org; titles and venues are lists, titles and abstracts hold JATS.

Retractions and corrections come as `updated-by` on the work, and as `update-to` on the notice about it
(github.com/CrossRef/rest-api-doc; www.crossref.org/documentation/retrieve-metadata/retraction-watch).
"""

import re
from typing import Final

from chatelet.connectors.scholarly import cleaning, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question, Service, segment, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.licences import licence_of
from chatelet.connectors.scholarly.reading import (
    Json,
    at,
    count,
    date_from,
    decoded,
    items,
    mapping,
    text,
    year_of,
)
from chatelet.connectors.scholarly.record import (
    Access,
    Author,
    Identifiers,
    Kind,
    Notice,
    NoticeKind,
    Printed,
    Record,
    Relation,
    RelationKind,
    Scheme,
)

_KINDS: Final[dict[str, Kind]] = {
    "journal-article": "article",
    "proceedings-article": "conference",
    "posted-content": "preprint",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "chapter",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "proceedings": "book",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "dataset": "dataset",
}
_NOTICES: Final[tuple[tuple[str, NoticeKind], ...]] = (
    ("retract", "retraction"),
    ("removal", "retraction"),
    ("withdraw", "withdrawal"),
    ("concern", "concern"),
    ("correct", "correction"),
    ("corrigend", "correction"),
    ("errat", "correction"),
    ("addend", "correction"),
    ("clarif", "correction"),
)
_RELATIONS: Final[dict[str, RelationKind]] = {
    "is-preprint-of": "published_as",
    "has-preprint": "has_preprint",
    "is-version-of": "version_of",
    "has-version": "version_of",
    "is-same-as": "version_of",
}
_ANNOUNCED: Final = re.compile(r"^\W{0,2}(retracted|withdrawn)(?:\s+article)?\s*[:\]–—-]", re.IGNORECASE)
_DATES: Final = ("issued", "published", "published-online", "published-print", "posted", "accepted")


def search(question: Question, courtesy: Courtesy) -> str | None:
    """Ask by words, as a reference would be looked for."""
    parameters: dict[str, str | int | None] = {
        "query.bibliographic": question.words,
        "query.author": question.filters.author,
        "query.affiliation": question.filters.laboratory,
        "filter": ",".join(_filters(question.filters)) or None,
        "rows": question.limit,
        "offset": question.offset,
        "mailto": courtesy.contact,
    }
    return target("/works", **parameters)


def resolve(scheme: Scheme, value: str, courtesy: Courtesy) -> str | None:
    """Ask for one DOI."""
    return target(f"/works/{segment(value)}", mailto=courtesy.contact) if scheme == "doi" else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a list of works, one in its envelope, or one alone. Raises `SourceBroken`."""
    answer = decoded(body)
    message = mapping(answer.get("message")) if "message" in answer else answer
    if "items" in message:
        return [record for one in items(message["items"]) if (record := _record(mapping(one))) is not None]
    record = _record(message)
    if record is None:
        raise SourceBroken
    return [record]


def _record(work: Json) -> Record | None:
    doi = identifiers.doi_of(text(work.get("DOI")))
    if doi is None:
        return None
    date = next((found for name in _DATES if (found := _date(work.get(name))) is not None), None)
    title = cleaning.title(text(work.get("title")))
    relations, notices = _relations(work, doi), _notices(work, doi, title)
    is_notice = any(one.kind == "notice_of" for one in relations)
    return Record(
        sources=("crossref",),
        title=title,
        subtitle=cleaning.title(text(work.get("subtitle"))),
        authors=_authors(work.get("author")),
        year=year_of(date[:4]) if date else None,
        date=date,
        kind="notice" if is_notice else _kind(work),
        venue=cleaning.words(text(work.get("container-title"))),
        abstract=cleaning.abstract(text(work.get("abstract"))),
        language=text(work.get("language")),
        link=identifiers.doi_link(doi),
        identifiers=Identifiers(doi=doi, arxiv=identifiers.arxiv_of(doi)),
        access=_access(work, doi),
        printed=Printed(
            volume=text(work.get("volume")),
            issue=text(work.get("issue")),
            pages=text(work.get("page")) or text(work.get("article-number")),
            publisher=cleaning.words(text(work.get("publisher"))),
            issn=text(work.get("ISSN")),
            isbn=text(work.get("ISBN")),
        ),
        relations=relations,
        notices=notices,
        citations=count(work.get("is-referenced-by-count")),
        domains=tuple(dict.fromkeys(name for one in items(work.get("subject")) if (name := text(one)))),
    )


def _kind(work: Json) -> Kind | None:
    told = text(work.get("type"))
    if told is None:
        return None
    if told == "posted-content" and text(work.get("subtype")) not in {None, "preprint"}:
        return "other"
    return _KINDS.get(told, "other")


def _date(value: object) -> str | None:
    parts = items(mapping(value).get("date-parts"))
    first = items(parts[0]) if parts else []
    return date_from(*first[:3]) if first else None


def _authors(value: object) -> tuple[Author, ...]:
    """Return authors in their order; an organisation has a name alone."""
    found: list[Author] = []
    for one in items(value):
        family, given = cleaning.title(text(at(one, "family"))), cleaning.title(text(at(one, "given")))
        name = cleaning.title(text(at(one, "name"))) or " ".join(part for part in (given, family) if part)
        if name:
            found.append(Author(name, family, given, orcid=identifiers.orcid_of(text(at(one, "ORCID")))))
    return tuple(found)


def _access(work: Json, doi: str) -> Access:
    """Take a Creative Commons licence for a yes; nothing here says no."""
    for one in items(work.get("license")):
        licence = licence_of(text(at(one, "URL")))
        if licence is not None and text(at(one, "content-version")) in {"vor", "am", "unspecified", None}:
            version = "accepted" if text(at(one, "content-version")) == "am" else "published"
            return Access(is_open=True, url=identifiers.doi_link(doi), licence=licence, version=version)
    return Access()


def _relations(work: Json, doi: str) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for name, kind in _RELATIONS.items():
        for one in items(at(work, "relation", name)):
            other = identifiers.doi_of(text(at(one, "id")))
            if other is not None and other != doi:
                arxiv = identifiers.arxiv_of(other)
                found.append(Relation(kind, scheme="arxiv" if arxiv else "doi", value=arxiv or other))
    for one in items(work.get("update-to")):
        other = identifiers.doi_of(text(at(one, "DOI")))
        if other is not None and other != doi and _notice_kind(text(at(one, "type"))) is not None:
            found.append(Relation("notice_of", scheme="doi", value=other, reference=text(at(one, "type"))))
    return tuple(dict.fromkeys(found))


def _notices(work: Json, doi: str, title: str | None) -> tuple[Notice, ...]:
    found: list[Notice] = []
    own = [one for one in items(work.get("update-to")) if identifiers.doi_of(text(at(one, "DOI"))) == doi]
    for one in [*items(work.get("updated-by")), *own]:
        kind = _notice_kind(text(at(one, "type")))
        if kind is not None:
            other = identifiers.doi_of(text(at(one, "DOI")))
            found.append(Notice(kind, told_by="crossref", doi=other, date=_date(at(one, "updated"))))
    if not found and title is not None and (announced := _ANNOUNCED.match(title)):
        kind = "withdrawal" if announced[1].lower() == "withdrawn" else "retraction"
        found.append(Notice(kind, told_by="crossref"))
    return tuple(dict.fromkeys(found))


def _notice_kind(told: str | None) -> NoticeKind | None:
    written = (told or "").lower()
    return next((kind for mark, kind in _NOTICES if mark in written), None)


def _filters(filters: Filters) -> list[str]:
    wanted: list[str] = []
    if filters.years is not None:
        first, last = filters.years
        wanted += [f"from-pub-date:{first}", f"until-pub-date:{last}"]
    wanted += [f"type:{code}" for code, kind in _KINDS.items() if kind in filters.kinds]
    return wanted


SERVICE: Final = Service(name="crossref", base="https://api.crossref.org", search=search, resolve=resolve, parse=parse)
