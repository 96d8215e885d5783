"""theses.fr, French doctoral theses (Abes). Dates are written `16/12/2011`; a thesis in preparation has none."""

import re
from typing import Final

from chatelet.connectors.scholarly import cleaning, identifiers
from chatelet.connectors.scholarly.contract import Courtesy, Question, Service, segment, target
from chatelet.connectors.scholarly.errors import SourceBroken
from chatelet.connectors.scholarly.reading import (
    Json,
    at,
    boolean,
    date_from,
    date_of,
    decoded,
    items,
    mapping,
    text,
    texts,
    year_of,
)
from chatelet.connectors.scholarly.record import Access, Author, Identifiers, Record, Scheme

_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def search(question: Question, _courtesy: Courtesy) -> str | None:
    """Ask by words."""
    if question.filters.kinds and "thesis" not in question.filters.kinds:
        return None
    return target("/api/v1/theses/recherche/", q=question.words, debut=question.offset, nombre=question.limit)


def resolve(scheme: Scheme, value: str, _courtesy: Courtesy) -> str | None:
    """Ask for one thesis by its national number."""
    return f"/api/v1/theses/these/{segment(value)}" if scheme == "nnt" else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a page of theses, or one. Raises `SourceBroken`."""
    answer = decoded(body)
    if "theses" in answer:
        return [record for one in items(answer["theses"]) if (record := _record(mapping(one))) is not None]
    record = _record(answer)
    if record is None:
        raise SourceBroken
    return [record]


def _record(told: Json) -> Record | None:
    own = text(told.get("nnt")) or text(told.get("id"))
    title = cleaning.title(text(told.get("titrePrincipal")) or _first(told.get("titres")))
    if own is None or title is None or not re.fullmatch(r"[A-Za-z0-9]{4,20}", own):
        return None
    date = _date(told.get("dateSoutenance"))
    accessible = boolean(told.get("accessible"))
    return Record(
        sources=("theses",),
        title=title,
        authors=_authors(told.get("auteurs")),
        year=year_of(date),
        date=date,
        kind="thesis",
        venue=cleaning.words(text(told.get("etabSoutenanceN")) or text(at(told, "etabSoutenance", "nom"))),
        abstract=cleaning.abstract(_first(told.get("resumes")) or text(told.get("resume"))),
        language=text(told.get("langues")),
        link=f"https://theses.fr/{own}",
        identifiers=Identifiers(nnt=identifiers.nnt_of(own), doi=identifiers.doi_of(text(told.get("doi")))),
        access=Access(is_open=accessible, url=f"https://theses.fr/{own}/document" if accessible else None),
        domains=tuple(texts(told.get("discipline"))),
    )


def _authors(value: object) -> tuple[Author, ...]:
    found: list[Author] = []
    for one in items(value):
        family, given = cleaning.words(text(at(one, "nom"))), cleaning.words(text(at(one, "prenom")))
        if family or given:
            found.append(Author(" ".join(part for part in (given, family) if part), family, given))
    return tuple(found)


def _date(value: object) -> str | None:
    written = text(value) or ""
    found = _DATE.fullmatch(written)
    return date_from(found[3], found[2], found[1]) if found else date_of(written)


def _first(value: object) -> str | None:
    """Return the text said in French, or in the first language."""
    told = mapping(value)
    return text(told.get("fr")) or next((found for one in told.values() if (found := text(one))), None)


SERVICE: Final = Service(name="theses", base="https://theses.fr", search=search, resolve=resolve, parse=parse)
