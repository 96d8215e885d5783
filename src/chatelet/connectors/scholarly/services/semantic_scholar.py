"""Semantic Scholar: papers of the academic graph (api.semanticscholar.org/api-docs/graph); many fields may be null."""

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
    count,
    date_of,
    decoded,
    items,
    mapping,
    text,
    texts,
    year_of,
)
from chatelet.connectors.scholarly.record import Access, Author, Identifiers, Kind, Printed, Record, Scheme

_FIELDS: Final = (
    "paperId,externalIds,url,title,abstract,venue,year,publicationDate,publicationTypes,journal,authors,citationCount,"
    "isOpenAccess,openAccessPdf,fieldsOfStudy"
)
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("Review", "review"),
    ("Conference", "conference"),
    ("JournalArticle", "article"),
    ("BookSection", "chapter"),
    ("Book", "book"),
    ("Dataset", "dataset"),
)
_PREFIXES: Final[dict[Scheme, str]] = {"doi": "DOI:", "arxiv": "ARXIV:", "pmid": "PMID:", "pmcid": "PMCID:", "s2": ""}


def search(question: Question, _courtesy: Courtesy) -> str | None:
    """Ask by words."""
    years = question.filters.years
    path = target(
        "/graph/v1/paper/search",
        query=question.words,
        fields=_FIELDS,
        limit=min(question.limit, 100),
        offset=question.offset,
        year=f"{years[0]}-{years[1]}" if years else None,
    )
    return f"{path}&openAccessPdf" if question.filters.open_access else path


def resolve(scheme: Scheme, value: str, _courtesy: Courtesy) -> str | None:
    """Ask for one paper."""
    prefix = _PREFIXES.get(scheme)
    if prefix is None:
        return None
    bare = value.removeprefix("PMC") if scheme == "pmcid" else value
    return target(f"/graph/v1/paper/{prefix}{segment(bare)}", fields=_FIELDS)


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a page of papers, or one; `Title match not found` is no paper. Raises `SourceBroken`."""
    answer = decoded(body)
    if "data" in answer or "total" in answer:
        return [record for one in items(answer.get("data")) if (record := _record(mapping(one))) is not None]
    if "not found" in (text(answer.get("error")) or "").lower():
        return []
    record = _record(answer)
    if record is None:
        raise SourceBroken
    return [record]


def _record(paper: Json) -> Record | None:
    s2 = text(paper.get("paperId"))
    if s2 is None:
        return None
    known = mapping(paper.get("externalIds"))
    year, date = year_of(paper.get("year")), date_of(paper.get("publicationDate"))
    doi = identifiers.doi_of(text(known.get("DOI")))
    arxiv = identifiers.arxiv_of(text(known.get("ArXiv"))) or identifiers.arxiv_of(doi)
    pmcid = text(known.get("PubMedCentral"))
    return Record(
        sources=("semantic_scholar",),
        title=cleaning.title(text(paper.get("title"))),
        authors=tuple(
            Author(name=name) for one in items(paper.get("authors")) if (name := cleaning.words(text(at(one, "name"))))
        ),
        year=year or year_of(date),
        date=date if date and (year is None or date.startswith(str(year))) else (str(year) if year else None),
        kind=_kind(paper),
        venue=cleaning.words(text(paper.get("venue")) or text(at(paper, "journal", "name"))),
        abstract=cleaning.abstract(text(paper.get("abstract"))),
        link=address(paper.get("url")),
        identifiers=Identifiers(
            doi=doi,
            arxiv=arxiv,
            pmid=identifiers.pmid_of(text(known.get("PubMed"))),
            pmcid=identifiers.pmcid_of(pmcid),
            s2=s2,
        ),
        access=_access(paper),
        printed=Printed(volume=text(at(paper, "journal", "volume")), pages=_pages(paper)),
        citations=count(paper.get("citationCount")),
        domains=tuple(dict.fromkeys(texts(paper.get("fieldsOfStudy")))),
    )


def _kind(paper: Json) -> Kind | None:
    told = texts(paper.get("publicationTypes"))
    if told:
        found: Kind | None = next((kind for name, kind in _KINDS if name in told), None)
        return found or "other"
    venue = (text(paper.get("venue")) or "").lower()
    return "preprint" if venue in {"arxiv.org", "biorxiv", "medrxiv"} else None


def _access(paper: Json) -> Access:
    pdf = mapping(paper.get("openAccessPdf"))
    url = address(pdf.get("url"))
    return Access(
        is_open=boolean(paper.get("isOpenAccess")),
        url=url,
        is_pdf=bool(url and ".pdf" in url.lower()),
        licence=named(text(pdf.get("license"))),
    )


def _pages(paper: Json) -> str | None:
    written = text(at(paper, "journal", "pages"))
    return "".join(written.split()) if written else None


SERVICE: Final = Service(
    name="semantic_scholar",
    base="https://api.semanticscholar.org",
    search=search,
    resolve=resolve,
    parse=parse,
    pause=1.0,
    key_header="x-api-key",
)
