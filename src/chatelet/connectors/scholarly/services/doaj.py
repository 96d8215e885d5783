"""DOAJ, open-access journals: articles of doaj.org/api (schema: doaj.org/api/v4/docs), all open by definition."""

import re
from typing import Final

from chatelet.connectors.scholarly import cleaning, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Question, Service, segment, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.licences import named
from chatelet.connectors.scholarly.reading import (
    Json,
    address,
    at,
    date_from,
    decoded,
    items,
    mapping,
    text,
    texts,
    year_of,
)
from chatelet.connectors.scholarly.record import Access, Author, Identifiers, Printed, Record, Scheme

_PATH: Final = "/api/search/articles/"
_RESERVED: Final = re.compile(r'[+\-=&|><!(){}\[\]^"~*?:\\/]')


def search(question: Question, _courtesy: Courtesy) -> str | None:
    """Ask by words."""
    wanted = [_RESERVED.sub(" ", question.words).strip()]
    if question.filters.author:
        wanted.append(f'bibjson.author.name:"{_RESERVED.sub(" ", question.filters.author).strip()}"')
    if question.filters.years is not None:
        wanted.append("bibjson.year:[{} TO {}]".format(*question.filters.years))
    if not wanted[0]:
        return None
    return target(_PATH + segment(" AND ".join(wanted)), page=question.page, pageSize=min(question.limit, 100))


def resolve(scheme: Scheme, value: str, _courtesy: Courtesy) -> str | None:
    """Ask for one DOI."""
    quoted = value.replace("\\", "").replace('"', "")
    return target(_PATH + segment(f'doi:"{quoted}"'), pageSize=2) if scheme == "doi" else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a page of articles. Raises `SourceBroken`."""
    answer = decoded(body)
    if "results" not in answer:
        raise SourceBroken
    return [record for one in items(answer["results"]) if (record := _record(mapping(one))) is not None]


def _record(told: Json) -> Record | None:
    work = mapping(told.get("bibjson"))
    title = cleaning.title(text(work.get("title")))
    if title is None:
        return None
    journal = mapping(work.get("journal"))
    known = {(text(at(one, "type")) or "").lower(): text(at(one, "id")) for one in items(work.get("identifier"))}
    doi = identifiers.doi_of(known.get("doi"))
    full = next((one for one in items(work.get("link")) if text(at(one, "type")) == "fulltext"), None)
    url = address(at(full, "url")) if full else None
    own = text(told.get("id"))
    first, last = text(work.get("start_page")), text(work.get("end_page"))
    return Record(
        sources=("doaj",),
        title=title,
        authors=tuple(
            Author(name=name, orcid=identifiers.orcid_of(text(at(one, "orcid_id"))))
            for one in items(work.get("author"))
            if (name := cleaning.words(text(at(one, "name"))))
        ),
        year=year_of(work.get("year")),
        date=date_from(work.get("year"), work.get("month")),
        kind="article",
        venue=cleaning.words(text(journal.get("title"))),
        abstract=cleaning.abstract(text(work.get("abstract"))),
        language=text(journal.get("language")),
        link=identifiers.doi_link(doi) if doi else (f"https://doaj.org/article/{own}" if own else None),
        identifiers=Identifiers(doi=doi),
        access=Access(
            is_open=True,
            url=url,
            is_pdf="pdf" in (text(at(full, "content_type")) or "").lower() if full else False,
            licence=named(text(at(journal, "license", "type"))),
            version="published",
        ),
        printed=Printed(
            volume=text(journal.get("volume")),
            issue=text(journal.get("number")),
            pages=f"{first}-{last}" if first and last and first != last else first,
            publisher=cleaning.words(text(journal.get("publisher"))),
            issn=text(journal.get("issns")) or known.get("pissn") or known.get("eissn"),
        ),
        domains=tuple(dict.fromkeys(texts([at(one, "term") for one in items(work.get("subject"))]))),
    )


SERVICE: Final = Service(name="doaj", base="https://doaj.org", search=search, resolve=resolve, parse=parse, pause=0.5)
