"""ISTEX, archives of publishers kept for French research: documents of api.istex.fr (doc.istex.fr, "API").

Its metadata are open; full texts are for members of French institutions: whether one is open is left unsaid.
"""

from typing import Final

from chatelet.connectors.scholarly.contract import Courtesy, Filters, Question, Service, target
from chatelet.connectors.scholarly.record import Kind, Record, Scheme
from chatelet.connectors.scholarly.services.endpoint import Shape, plain, read

_SHAPE: Final = Shape("istex", page="https://api.istex.fr/{id}")
_FURTHEST: Final = 10_000  # works: ISTEX answers nothing beyond
_OUTPUT: Final = (
    "arkIstex,title,author,publicationDate,genre,abstract,language,doi,pmid,subject,categories,host.title,host.volume,"
    "host.issue,host.pages,host.issn,host.eissn,host.isbn,host.eisbn,host.publicationDate"
)
_GENRES: Final[dict[Kind, str]] = {
    "article": "research-article",
    "review": "review-article",
    "conference": "conference",
    "chapter": "chapter",
}
_SEARCHED: Final[dict[Scheme, str]] = {"doi": "doi.raw", "pmid": "pmid.raw"}


def search(question: Question, courtesy: Courtesy) -> str | None:
    """Ask by words, filters in Lucene's syntax; None for kinds that it does not hold."""
    words = plain(question.words)
    wanted = [f"({words})", *_filters(question.filters)]
    none_held = bool(question.filters.kinds) and not question.filters.kinds & _GENRES.keys()
    if not words or none_held or question.offset + question.limit > _FURTHEST:
        return None
    return target(
        "/document/",
        q=" AND ".join(wanted),
        output=_OUTPUT,
        from_=question.offset,
        size=question.limit,
        sid=courtesy.agent.partition("/")[0],
    )


def resolve(scheme: Scheme, value: str, courtesy: Courtesy) -> str | None:
    """Ask for one identifier."""
    name = _SEARCHED.get(scheme)
    quoted = value.replace("\\", "").replace('"', "")
    sid = courtesy.agent.partition("/")[0]
    return target("/document/", q=f'{name}:"{quoted}"', output=_OUTPUT, size=2, sid=sid) if name else None


def parse(body: bytes, _content_type: str) -> list[Record]:
    """Read a page of documents, or one. Raises `SourceBroken`."""
    return read(_SHAPE, body)


def _filters(filters: Filters) -> list[str]:
    wanted: list[str] = []
    if filters.years is not None:
        wanted.append("publicationDate:[{} TO {}]".format(*filters.years))
    if filters.author and (author := plain(filters.author)):
        wanted.append(f"author.name:({' AND '.join(author.split())})")
    if filters.laboratory and (laboratory := plain(filters.laboratory)):
        wanted.append(f"author.affiliations:({' AND '.join(laboratory.split())})")
    if filters.domain and (domain := plain(filters.domain)):
        names = " AND ".join(domain.split())
        wanted.append(f"(subject.value:({names}) OR categories.scienceMetrix:({names}))")
    genres = sorted(genre for kind, genre in _GENRES.items() if kind in filters.kinds)
    if genres:
        wanted.append(f"genre:({' OR '.join(genres)})")
    return wanted


SERVICE: Final = Service(
    name="istex", base="https://api.istex.fr", search=search, resolve=resolve, parse=parse, pause=0.2
)
