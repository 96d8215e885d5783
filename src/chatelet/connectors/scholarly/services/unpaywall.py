"""Unpaywall: where a DOI may be read freely (unpaywall.org/products/api). It answers for one DOI, never for words."""

from typing import Final

from chatelet.connectors.scholarly import cleaning, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Question, Service, segment, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.licences import named
from chatelet.connectors.scholarly.reading import (
    Json,
    address,
    at,
    boolean,
    date_of,
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
    Printed,
    Record,
    Relation,
    Scheme,
    Version,
)

_KINDS: Final[dict[str, Kind]] = {
    "journal-article": "article",
    "proceedings-article": "conference",
    "posted-content": "preprint",
    "book-chapter": "chapter",
    "book": "book",
    "monograph": "book",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
}
_VERSIONS: Final[dict[str, Version]] = {
    "publishedVersion": "published",
    "acceptedVersion": "accepted",
    "submittedVersion": "submitted",
}


def search(_question: Question, _courtesy: Courtesy) -> str | None:
    """Words are not answered."""
    return None


def resolve(scheme: Scheme, value: str, courtesy: Courtesy) -> str | None:
    """Ask for one DOI; the service wants to know by whom."""
    return target(f"/v2/{segment(value)}", email=courtesy.contact) if scheme == "doi" and courtesy.contact else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read the answer for a DOI, or a list of answers; an unknown DOI is no record. Raises `SourceBroken`."""
    answer = decoded(body)
    if "results" in answer:
        found = [mapping(at(one, "response")) or mapping(one) for one in items(answer["results"])]
        return [record for one in found if (record := _record(one)) is not None]
    if boolean(answer.get("error")) and "doi" not in answer:
        return []
    record = _record(answer)
    if record is None:
        raise SourceBroken
    return [record]


def _record(told: Json) -> Record | None:
    doi = identifiers.doi_of(text(told.get("doi")))
    if doi is None:
        return None
    year, date = year_of(told.get("year")), date_of(told.get("published_date"))
    genre = text(told.get("genre"))
    arxiv = _arxiv(told)
    return Record(
        sources=("unpaywall",),
        title=cleaning.title(text(told.get("title"))),
        authors=_authors(told),
        year=year or year_of(date),
        date=date if date and (year is None or date.startswith(str(year))) else (str(year) if year else None),
        kind=_KINDS.get(genre, "other") if genre else None,
        venue=cleaning.words(text(told.get("journal_name"))),
        link=address(told.get("doi_url")) or identifiers.doi_link(doi),
        identifiers=Identifiers(doi=doi, arxiv=arxiv),
        access=_access(told),
        printed=Printed(publisher=cleaning.words(text(told.get("publisher"))), issn=text(told.get("journal_issn_l"))),
        relations=(Relation("version_of", scheme="arxiv", value=arxiv),) if arxiv and genre != "posted-content" else (),
    )


def _authors(told: Json) -> tuple[Author, ...]:
    """Names came parted until 2024, whole since."""
    found: list[Author] = []
    for one in items(told.get("z_authors")):
        family, given = cleaning.words(text(at(one, "family"))), cleaning.words(text(at(one, "given")))
        parted = " ".join(part for part in (given, family) if part)
        name = parted or cleaning.words(text(at(one, "raw_author_name")) or text(at(one, "name")))
        if name:
            found.append(Author(name, family, given, identifiers.orcid_of(text(at(one, "ORCID")))))
    return tuple(found)


def _access(told: Json) -> Access:
    best = mapping(told.get("best_oa_location"))
    pdf = address(best.get("url_for_pdf"))
    return Access(
        is_open=boolean(told.get("is_oa")),
        url=pdf or address(best.get("url")) or address(best.get("url_for_landing_page")),
        is_pdf=pdf is not None,
        licence=named(text(best.get("license"))),
        version=_VERSIONS.get(text(best.get("version")) or ""),
    )


def _arxiv(told: Json) -> str | None:
    for place in items(told.get("oa_locations")):
        named_by = text(at(place, "pmh_id")) or ""
        if named_by.startswith("oai:arXiv.org:"):
            return identifiers.arxiv_of(named_by.removeprefix("oai:arXiv.org:"))
    return None


SERVICE: Final = Service(
    name="unpaywall",
    base="https://api.unpaywall.org",
    search=search,
    resolve=resolve,
    parse=parse,
    needs_contact=True,
)
