"""Europe PMC, PubMed included: REST answers of www.ebi.ac.uk (europepmc.org/RestfulWebService), `core` results.

Titles end with a full stop, PubMed's habit; retractions are told by a publication type and by linked notices.
"""

from typing import Final

from chatelet.connectors.scholarly import cleaning, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Filters, Marks, Question, Service, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.licences import licence_of, named
from chatelet.connectors.scholarly.reading import (
    Json,
    address,
    at,
    boolean,
    count,
    date_from,
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
    Notice,
    NoticeKind,
    Printed,
    Record,
    Relation,
    Scheme,
)

_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("preprint", "preprint"),
    ("retraction of publication", "notice"),
    ("published erratum", "notice"),
    ("expression of concern", "notice"),
    ("systematic review", "review"),
    ("review", "review"),
    ("review-article", "review"),
    ("book", "book"),
    ("journal article", "article"),
    ("research-article", "article"),
)
_LINKED: Final[tuple[tuple[str, NoticeKind], ...]] = (
    ("retraction in", "retraction"),
    ("partial retraction in", "retraction"),
    ("expression of concern in", "concern"),
    ("erratum in", "correction"),
    ("corrected and republished in", "correction"),
)
_PATH: Final = "/search"


def search(question: Question, courtesy: Courtesy) -> str | None:
    """Ask by words, for the first page; later ones are found by the marks that the service gives."""
    return _asked(_wanted(question), question.limit, courtesy)


def before(question: Question, courtesy: Courtesy) -> str:
    """Ask what stands before a page, identifiers alone: the service gives 1,000 at once, more than the desk shows."""
    return target(
        _PATH,
        query=_wanted(question),
        format="json",
        resultType="idlist",
        pageSize=question.offset,
        cursorMark="*",
        email=courtesy.contact,
    )


def mark_of(body: bytes) -> str | None:
    """Find the mark of what follows; at the end there is none, or the one that was asked for. Raises `SourceBroken`."""
    mark = text(decoded(body).get("nextCursorMark"))
    return None if mark == "*" else mark


def after(question: Question, courtesy: Courtesy, mark: str) -> str:
    """Ask for a page from a mark on."""
    return _asked(_wanted(question), question.limit, courtesy, mark)


def _wanted(question: Question) -> str:
    return " AND ".join([f"({_quotable(question.words)})", *_filters(question.filters)])


def resolve(scheme: Scheme, value: str, courtesy: Courtesy) -> str | None:
    """Ask for one identifier."""
    names: dict[Scheme, str] = {
        "doi": f'DOI:"{_quotable(value)}"',
        "pmid": f"(EXT_ID:{value} AND SRC:MED)",
        "pmcid": f"PMCID:{value}",
    }
    wanted = names.get(scheme)
    return _asked(wanted, 2, courtesy) if wanted else None


def _asked(query: str, limit: int, courtesy: Courtesy, mark: str | None = None) -> str:
    return target(
        _PATH,
        query=query,
        format="json",
        resultType="core",
        pageSize=limit,
        cursorMark=mark,
        email=courtesy.contact,
    )


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a list of results. Raises `SourceBroken`."""
    answer = decoded(body)
    if "resultList" not in answer and "result" not in answer:
        if count(answer.get("hitCount")) == 0:
            return []
        raise SourceBroken
    found = mapping(answer.get("resultList")).get("result") if "resultList" in answer else answer["result"]
    return [record for one in items(found) if (record := _record(mapping(one))) is not None]


def _record(result: Json) -> Record | None:
    source, identifier = text(result.get("source")), text(result.get("id"))
    if source is None or identifier is None:
        return None
    kind = _kind(result, source)
    year = year_of(result.get("pubYear")) or year_of(at(result, "journalInfo", "yearOfPublication"))
    date, journal = _date(result, year), mapping(result.get("journalInfo"))
    return Record(
        sources=("europe_pmc",),
        title=_title(result),
        authors=_authors(result),
        year=year or year_of(date),
        date=date,
        kind=kind,
        venue=cleaning.words(text(at(journal, "journal", "title"))),
        abstract=cleaning.abstract(text(result.get("abstractText"))),
        language=text(result.get("language")),
        link=f"https://europepmc.org/article/{source}/{identifier}",
        identifiers=Identifiers(
            doi=identifiers.doi_of(text(result.get("doi"))),
            pmid=identifiers.pmid_of(text(result.get("pmid"))) or (identifier if source == "MED" else None),
            pmcid=identifiers.pmcid_of(text(result.get("pmcid"))),
        ),
        access=_access(result),
        printed=Printed(
            volume=text(journal.get("volume")),
            issue=text(journal.get("issue")),
            pages=text(result.get("pageInfo")),
            issn=text(at(journal, "journal", "issn")) or text(at(journal, "journal", "essn")),
        ),
        relations=_relations(result),
        notices=_notices(result),
        citations=count(result.get("citedByCount")),
    )


def _title(result: Json) -> str | None:
    found = cleaning.title(text(result.get("title")))
    if found is None:
        return None
    if found.startswith("[") and found.rstrip(".").endswith("]"):  # a title that PubMed translated
        found = found.rstrip(".")[1:-1]
    return found[:-1] if found.endswith(".") and not found.endswith("..") else found


def _authors(result: Json) -> tuple[Author, ...]:
    found: list[Author] = []
    for one in items(at(result, "authorList", "author")):
        family, given = cleaning.words(text(at(one, "lastName"))), cleaning.words(text(at(one, "firstName")))
        parted = " ".join(part for part in (given, family) if part) if family else None
        name = parted or cleaning.words(text(at(one, "collectiveName")) or text(at(one, "fullName")))
        if name:
            orcid = text(at(one, "authorId", "value")) if text(at(one, "authorId", "type")) == "ORCID" else None
            found.append(Author(name, family, given if family else None, identifiers.orcid_of(orcid)))
    return tuple(found)


def _date(result: Json, year: int | None) -> str | None:
    """Return the most precise date that agrees with the year told."""
    journal = mapping(result.get("journalInfo"))
    printed = date_from(journal.get("yearOfPublication"), journal.get("monthOfPublication") or None)
    for told in (
        date_of(result.get("firstPublicationDate")),
        date_of(result.get("electronicPublicationDate")),
        printed,
    ):
        if told is not None and (year is None or told.startswith(str(year))):
            return told
    return str(year) if year else None


def _types(result: Json) -> list[str]:
    told = texts(at(result, "pubTypeList", "pubType")) or texts(result.get("pubType"))
    return [part.strip().lower() for one in told for part in one.split(";")]


def _kind(result: Json, source: str) -> Kind | None:
    if source == "PPR":
        return "preprint"
    types = _types(result)
    found: Kind | None = next((kind for name, kind in _KINDS if name in types), None)
    return found or ("other" if types else None)


def _access(result: Json) -> Access:
    licence = named(text(result.get("license")))
    open_links = [
        one
        for one in items(at(result, "fullTextUrlList", "fullTextUrl"))
        if text(at(one, "availabilityCode")) in {"OA", "F"} and address(at(one, "url"))
    ]
    pdf = next((one for one in open_links if text(at(one, "documentStyle")) == "pdf"), None)
    best = pdf or (open_links[0] if open_links else None)
    is_open = True if best or licence_of(licence) else boolean(result.get("isOpenAccess")) or None
    return Access(
        is_open=is_open,
        url=address(at(best, "url")) if best else None,
        is_pdf=pdf is not None,
        licence=licence,
    )


def _notices(result: Json) -> tuple[Notice, ...]:
    found: list[Notice] = []
    for one in items(at(result, "commentCorrectionList", "commentCorrection")):
        told = (text(at(one, "type")) or "").lower()
        kind: NoticeKind | None = next((kind for name, kind in _LINKED if told == name), None)
        if kind is not None:
            found.append(Notice(kind, told_by="europe_pmc", doi=identifiers.doi_of(text(at(one, "doi")))))
    if "retracted publication" in _types(result) and not any(one.kind == "retraction" for one in found):
        found.append(Notice("retraction", told_by="europe_pmc"))
    return tuple(dict.fromkeys(found))


def _relations(result: Json) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for one in items(at(result, "commentCorrectionList", "commentCorrection")):
        told, other = (text(at(one, "type")) or "").lower(), identifiers.pmid_of(text(at(one, "id")))
        if other is not None and told in {"retraction of", "erratum for", "expression of concern for"}:
            found.append(Relation("notice_of", scheme="pmid", value=other, reference=told))
        elif other is not None and told == "preprint of":
            found.append(Relation("published_as", scheme="pmid", value=other))
    return tuple(dict.fromkeys(found))


def _filters(filters: Filters) -> list[str]:
    wanted: list[str] = []
    if filters.years is not None:
        wanted.append("PUB_YEAR:[{} TO {}]".format(*filters.years))
    if filters.open_access:
        wanted.append("OPEN_ACCESS:y")
    if filters.author:
        wanted.append(f'AUTH:"{_quotable(filters.author)}"')
    if filters.laboratory:
        wanted.append(f'AFF:"{_quotable(filters.laboratory)}"')
    return wanted


def _quotable(words: str) -> str:
    return "".join(" " if char in '"\\' else char for char in words)


SERVICE: Final = Service(
    name="europe_pmc",
    base="https://www.ebi.ac.uk/europepmc/webservices/rest",
    search=search,
    resolve=resolve,
    parse=parse,
    marks=Marks(before, mark_of, after),
)
