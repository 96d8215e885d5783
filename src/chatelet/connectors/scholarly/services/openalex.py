"""OpenAlex: works of api.openalex.org, abstracts as an inverted index (docs.openalex.org, "Work object")."""

from typing import Final, cast

from chatelet.connectors.scholarly import cleaning, domains, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question, Service, segment, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.licences import named
from chatelet.connectors.scholarly.reading import (
    Json,
    address,
    at,
    boolean,
    count,
    date_of,
    decoded,
    items,
    mapping,
    number,
    text,
    texts,
    year_of,
)
from chatelet.connectors.scholarly.record import (
    Access,
    Author,
    Identifiers,
    Kind,
    Notice,
    Printed,
    Record,
    Relation,
    Scheme,
    Version,
)

_KINDS: Final[dict[str, Kind]] = {
    "article": "article",
    "review": "review",
    "preprint": "preprint",
    "book": "book",
    "book-chapter": "chapter",
    "dissertation": "thesis",
    "report": "report",
    "dataset": "dataset",
    "erratum": "notice",
    "retraction": "notice",
    "conference-paper": "conference",
}
_VERSIONS: Final[dict[str, Version]] = {
    "publishedVersion": "published",
    "acceptedVersion": "accepted",
    "submittedVersion": "submitted",
}
_LONGEST_ABSTRACT: Final = 20_000  # words


def search(question: Question, courtesy: Courtesy) -> str | None:
    """Ask by words."""
    return target(
        "/works",
        search=question.words,
        filter=",".join(_filters(question.filters)) or None,
        per_page=question.limit,
        page=question.page,
        mailto=courtesy.contact,
        api_key=courtesy.key,
    ).replace("per_page=", "per-page=")


def resolve(scheme: Scheme, value: str, courtesy: Courtesy) -> str | None:
    """Ask for one work by DOI, PubMed or its own identifier."""
    names: dict[Scheme, str] = {
        "doi": f"doi:{segment(value)}",
        "pmid": f"pmid:{value}",
        "pmcid": f"pmcid:{value}",
        "openalex": value,
        "arxiv": f"doi:{segment(f'10.48550/arxiv.{value.lower()}')}",
    }
    name = names.get(scheme)
    return target(f"/works/{name}", mailto=courtesy.contact, api_key=courtesy.key) if name else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a page of works, or one. Raises `SourceBroken`."""
    answer = decoded(body)
    if "results" in answer:
        return [record for one in items(answer["results"]) if (record := record_of(mapping(one))) is not None]
    record = record_of(answer)
    if record is None:
        raise SourceBroken
    return [record]


def record_of(work: Json) -> Record | None:
    """Read one work, as answers and the files of the snapshot hold it; None when it is not one."""
    openalex = identifiers.openalex_of(text(work.get("id")) or text(at(work, "ids", "openalex")))
    if openalex is None:
        return None
    doi = identifiers.doi_of(text(work.get("doi")) or text(at(work, "ids", "doi")))
    year = year_of(work.get("publication_year"))
    date = date_of(work.get("publication_date"))
    primary = mapping(work.get("primary_location"))
    kind = _KINDS.get(text(work.get("type")) or "", "other") if work.get("type") else None
    return Record(
        sources=("openalex",),
        title=cleaning.title(text(work.get("title")) or text(work.get("display_name"))),
        authors=_authors(work),
        year=year or year_of(date),
        date=date if date and (year is None or date.startswith(str(year))) else (str(year) if year else None),
        kind=kind,
        venue=None if kind == "preprint" else cleaning.words(text(at(primary, "source", "display_name"))),
        abstract=_abstract(work.get("abstract_inverted_index")),
        language=text(work.get("language")),
        link=address(primary.get("landing_page_url")) or (identifiers.doi_link(doi) if doi else None),
        identifiers=Identifiers(
            doi=doi,
            arxiv=_arxiv(work, doi),
            pmid=identifiers.pmid_of(text(at(work, "ids", "pmid"))),
            pmcid=identifiers.pmcid_of(text(at(work, "ids", "pmcid"))),
            openalex=openalex,
        ),
        access=_access(work),
        printed=_printed(work, primary),
        relations=_relations(work, doi, kind),
        notices=(Notice("retraction", told_by="openalex"),) if boolean(work.get("is_retracted")) else (),
        citations=count(work.get("cited_by_count")),
        domains=tuple(
            dict.fromkeys(
                name for topic in items(work.get("topics")) for name in texts(at(topic, "field", "display_name"))
            )
        ),
    )


def _authors(work: Json) -> tuple[Author, ...]:
    found: list[Author] = []
    for one in items(work.get("authorships")):
        name = cleaning.words(text(at(one, "author", "display_name")) or text(at(one, "raw_author_name")))
        if name is not None:
            found.append(Author(name=name, orcid=identifiers.orcid_of(text(at(one, "author", "orcid")))))
    return tuple(found)


def _abstract(index: object) -> str | None:
    """Put each word of an inverted index back at its places."""
    if not isinstance(index, dict):
        return None
    placed: dict[int, str] = {}
    for word, places in cast("Json", index).items():
        for place in items(places):
            found = number(place)
            if found is not None and 0 <= found < _LONGEST_ABSTRACT:
                placed.setdefault(found, word)
    return cleaning.abstract(" ".join(placed[place] for place in sorted(placed)))


def _arxiv(work: Json, doi: str | None) -> str | None:
    """Return the arXiv identifier that the DOI or a location says."""
    if doi is not None and (own := identifiers.arxiv_of(doi)) is not None:
        return own
    for place in items(work.get("locations")):
        page = text(at(place, "landing_page_url")) or ""
        if "arxiv.org/" in page and (found := identifiers.arxiv_of(page)) is not None:
            return found
    return None


def _access(work: Json) -> Access:
    best = mapping(work.get("best_oa_location"))
    pdf = address(best.get("pdf_url"))
    return Access(
        is_open=boolean(at(work, "open_access", "is_oa")),
        url=pdf or address(at(work, "open_access", "oa_url")) or address(best.get("landing_page_url")),
        is_pdf=pdf is not None,
        licence=named(text(best.get("license"))),
        version=_VERSIONS.get(text(best.get("version")) or ""),
    )


def _printed(work: Json, primary: Json) -> Printed:
    biblio = mapping(work.get("biblio"))
    first, last = text(biblio.get("first_page")), text(biblio.get("last_page"))
    return Printed(
        volume=text(biblio.get("volume")),
        issue=text(biblio.get("issue")),
        pages=f"{first}-{last}" if first and last and first != last else first,
        publisher=cleaning.words(text(at(primary, "source", "host_organization_name"))),
        issn=text(at(primary, "source", "issn_l")),
    )


def _relations(work: Json, doi: str | None, kind: Kind | None) -> tuple[Relation, ...]:
    """Return the preprint of a published work that arXiv also holds."""
    arxiv = _arxiv(work, doi)
    if arxiv is None or doi is None or identifiers.arxiv_of(doi) is not None or kind == "preprint":
        return ()
    return (Relation("version_of", scheme="arxiv", value=arxiv),)


def _filters(filters: Filters) -> list[str]:
    wanted: list[str] = []
    if filters.years is not None:
        first, last = filters.years
        wanted += [f"from_publication_date:{first}-01-01", f"to_publication_date:{last}-12-31"]
    if filters.open_access:
        wanted.append("is_oa:true")
    if filters.author:
        wanted.append(f"raw_author_name.search:{_plain(filters.author)}")
    if filters.laboratory:
        wanted.append(f"raw_affiliation_strings.search:{_plain(filters.laboratory)}")
    if filters.domain and (fields := domains.fields_of(filters.domain)):
        wanted.append(f"topics.field.id:{'|'.join(map(str, fields))}")
    codes = sorted(code for code, kind in _KINDS.items() if kind in filters.kinds)
    if codes:
        wanted.append(f"type:{'|'.join(codes)}")
    return wanted


def _plain(words: str) -> str:
    return "".join(" " if char in ",|:" else char for char in words)


SERVICE: Final = Service(name="openalex", base="https://api.openalex.org", search=search, resolve=resolve, parse=parse)
