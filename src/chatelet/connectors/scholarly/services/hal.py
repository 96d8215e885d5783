"""HAL, the French open archive: Solr answers of api.archives-ouvertes.fr (its fields are under `/docs/search`).

Titles and abstracts come as `title_s`, or by language as `fr_title_s`; `…_tdate` may hold what is no date.
"""

import re
from collections.abc import Sequence
from typing import Final

from chatelet.connectors.scholarly import cleaning, domains, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question, Service, target
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
)

_FIELDS: Final = (
    "docid,halId_s,uri_s,title_s,subTitle_s,authFullName_s,authFirstName_s,authLastName_s,publicationDateY_i,"
    "publicationDate_s,producedDate_s,docType_s,language_s,abstract_s,doiId_s,arxivId_s,pubmedId_s,pubmedcentralId_s,"
    "nntId_s,journalTitle_s,conferenceTitle_s,bookTitle_s,publisher_s,volume_s,issue_s,page_s,journalIssn_s,isbn_s,"
    "fileMain_s,openAccess_bool,licence_s,domainAllCode_s,labStructName_s"
)
_KINDS: Final[dict[str, Kind]] = {
    "ART": "article",
    "COMM": "conference",
    "POSTER": "conference",
    "PROCEEDINGS": "book",
    "OUV": "book",
    "COUV": "chapter",
    "THESE": "thesis",
    "HDR": "thesis",
    "MEM": "thesis",
    "REPORT": "report",
    "UNDEFINED": "preprint",
    "PREPRINT": "preprint",
}
_SOLR: Final = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')
_LANGUAGES: Final = ("en", "fr")
_DOMAIN: Final = re.compile(r"(?:chim|info|math|nlin|phys|qfin|scco|sde|sdu|sdv|shs|spi|stat)(?:\.[a-z0-9-]+)?")
_HAL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{2,60}")
_SEARCHED: Final[dict[Scheme, str]] = {
    "hal": "halId_s",
    "doi": "doiId_s",
    "arxiv": "arxivId_s",
    "pmid": "pubmedId_s",
    "nnt": "nntId_s",
}


def search(question: Question, _courtesy: Courtesy) -> str | None:
    """Ask by words, filters as Solr's."""
    wanted = " AND ".join(_filters(question.filters))
    return target(
        "/search/",
        q=_escaped(question.words),
        fq=wanted or None,
        fl=_FIELDS,
        rows=question.limit,
        start=question.offset,
        wt="json",
    )


def resolve(scheme: Scheme, value: str, _courtesy: Courtesy) -> str | None:
    """Ask for one identifier."""
    name = _SEARCHED.get(scheme)
    return target("/search/", q=f'{name}:"{_escaped(value)}"', fl=_FIELDS, rows=2, wt="json") if name else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read an answer of Solr. Raises `SourceBroken`."""
    answer = decoded(body)
    response = mapping(answer.get("response"))
    if "docs" not in response:
        raise SourceBroken
    return [record for one in items(response["docs"]) if (record := _record(mapping(one))) is not None]


def _record(doc: Json) -> Record | None:
    hal = text(doc.get("halId_s"))
    title = cleaning.title(_told(doc, "title_s"))
    if hal is None and title is None:
        return None
    date = date_of(doc.get("publicationDate_s")) or date_of(doc.get("producedDate_s"))
    year = year_of(doc.get("publicationDateY_i")) or year_of(date)
    return Record(
        sources=("hal",),
        title=title,
        subtitle=cleaning.title(_told(doc, "subTitle_s")),
        authors=_authors(doc),
        year=year,
        date=date if date and year and date.startswith(str(year)) else (str(year) if year else None),
        kind=_KINDS.get(text(doc.get("docType_s")) or "", "other") if doc.get("docType_s") else None,
        venue=cleaning.words(
            text(doc.get("journalTitle_s")) or text(doc.get("bookTitle_s")) or text(doc.get("conferenceTitle_s"))
        ),
        abstract=cleaning.abstract(_told(doc, "abstract_s")),
        language=text(doc.get("language_s")),
        link=address(doc.get("uri_s")),
        identifiers=_identifiers(doc, hal),
        access=_access(doc),
        printed=Printed(
            volume=text(doc.get("volume_s")),
            issue=text(doc.get("issue_s")),
            pages=text(doc.get("page_s")),
            publisher=cleaning.words(text(doc.get("publisher_s"))),
            issn=text(doc.get("journalIssn_s")),
            isbn=text(doc.get("isbn_s")),
        ),
        domains=tuple(dict.fromkeys(texts(doc.get("domainAllCode_s")))),
        laboratories=tuple(dict.fromkeys(texts(doc.get("labStructName_s")))),
    )


def _identifiers(doc: Json, hal: str | None) -> Identifiers:
    return Identifiers(
        doi=identifiers.doi_of(text(doc.get("doiId_s"))),
        hal=identifiers.hal_of(hal) or (hal if hal and _HAL.fullmatch(hal) else None),
        arxiv=identifiers.arxiv_of(text(doc.get("arxivId_s"))),
        pmid=identifiers.pmid_of(text(doc.get("pubmedId_s"))),
        pmcid=identifiers.pmcid_of(text(doc.get("pubmedcentralId_s"))),
        nnt=identifiers.nnt_of(text(doc.get("nntId_s"))),
    )


def _access(doc: Json) -> Access:
    file = address(doc.get("fileMain_s"))
    told = boolean(doc.get("openAccess_bool"))
    is_open = True if file else told
    return Access(is_open=is_open, url=file, is_pdf=file is not None, licence=named(text(doc.get("licence_s"))))


def _authors(doc: Json) -> tuple[Author, ...]:
    """Read the parallel lists: full names, and first and last names only when they are as many."""
    full = [one for one in map(cleaning.words, texts(doc.get("authFullName_s"))) if one]
    last = [one for one in map(cleaning.words, _aligned(doc.get("authLastName_s"))) if one]
    first = [cleaning.words(one) for one in _aligned(doc.get("authFirstName_s"))]
    parted = bool(last) and len(last) == len(first) and (not full or len(full) == len(last))
    if not parted:
        return tuple(Author(name=name) for name in full or last)
    names = full or [f"{given} {family}" if given else family for given, family in zip(first, last, strict=True)]
    return tuple(
        Author(name=name, family=family, given=given) for name, family, given in zip(names, last, first, strict=True)
    )


def _aligned(value: object) -> list[str]:
    return [text(one) or "" for one in items(value)]


def _told(doc: Json, name: str) -> str | None:
    """Return a text said without a language, or in its own language, in English, in French, in any."""
    whole = text(doc.get(name))
    if whole is not None:
        return whole
    own = text(doc.get("language_s"))
    others = sorted(key[:2] for key in doc if key[2:] == f"_{name}")
    order: Sequence[str] = [one for one in (own, *_LANGUAGES, *others) if one]
    return next((found for code in order if (found := text(at(doc, f"{code}_{name}"))) is not None), None)


def _filters(filters: Filters) -> list[str]:
    wanted: list[str] = []
    if filters.years is not None:
        wanted.append("publicationDateY_i:[{} TO {}]".format(*filters.years))
    if filters.open_access:
        wanted.append("openAccess_bool:true")
    if filters.author:
        wanted.append(f'authFullName_t:"{_escaped(filters.author)}"')
    if filters.laboratory:
        name = _escaped(filters.laboratory)
        wanted.append(f'(labStructName_t:"{name}" OR labStructAcronym_t:"{name}")')
    if filters.domain and (known := [one for one in domains.codes_of(filters.domain) if _DOMAIN.fullmatch(one)]):
        wanted.append(f"domainAllCode_s:({' OR '.join(_escaped(one) for one in known)})")
    codes = sorted(code for code, kind in _KINDS.items() if kind in filters.kinds)
    if codes:
        wanted.append(f"docType_s:({' OR '.join(codes)})")
    return wanted


def _escaped(words: str) -> str:
    return _SOLR.sub(r"\\\1", words)


SERVICE: Final = Service(
    name="hal", base="https://api.archives-ouvertes.fr", search=search, resolve=resolve, parse=parse
)
