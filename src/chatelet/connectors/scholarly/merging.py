"""One record from what several sources told: known by DOI, HAL, arXiv… or by title, authors, year.

    records in ranked lists ─ clusters (union by identifier, then by title) ─ merged ─ filtered ─ sorted

Two published DOIs are two works, whatever else agrees; a preprint and what was published of it are one record, which
says both. A thesis is not the article of the same title, nor a notice the work that it is about.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

import msgspec

from chatelet.connectors.scholarly import domains
from chatelet.connectors.scholarly.contract import Filters, Sort
from chatelet.connectors.scholarly.names import folded, same_author, share_author, title_key
from chatelet.connectors.scholarly.record import (
    SCHEMES,
    Access,
    Author,
    Identifiers,
    Kind,
    Notice,
    Printed,
    Record,
    Relation,
    SourceName,
)

_TRUSTED: Final[tuple[SourceName, ...]] = (
    "crossref",
    "hal",
    "openalex",
    "europe_pmc",
    "theses",
    "doaj",
    "istex",
    "institution",
    "arxiv",
    "unpaywall",
    "semantic_scholar",
    "mirror",
)
_PAPERS: Final[frozenset[Kind]] = frozenset({"article", "review", "preprint", "conference"})
_YEARS_OF_PREPRINT: Final = 4
_FUSION: Final = 60.0
_MOST_DOMAINS: Final = 12
T = TypeVar("T")


class _Clusters:
    """Union-find over records; a cluster knows the DOIs of what was published."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self._above = list(range(len(records)))
        self._dois = [{one.identifiers.doi} if _is_published(one) else set[str | None]() for one in records]

    def root(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        both = self._dois[first] | self._dois[second]
        if first != second and len(both) <= 1:
            self._above[second], self._dois[first] = first, both

    def groups(self) -> list[list[Record]]:
        found: dict[int, list[Record]] = {}
        for index, record in enumerate(self.records):
            found.setdefault(self.root(index), []).append(record)
        return list(found.values())


def merge(lists: Iterable[Sequence[Record]]) -> list[Record]:
    """Return each work once, the most relevant first: ranks of the lists are fused (reciprocal ranks)."""
    ranked = [(record, 1.0 / (_FUSION + place)) for records in lists for place, record in enumerate(records)]
    clusters = _Clusters([record for record, _score in ranked])
    _join_by_identifier(clusters)
    _join_by_title(clusters)
    scores: dict[int, float] = {}
    for index, (_record, score) in enumerate(ranked):
        root = clusters.root(index)
        scores[root] = scores.get(root, 0.0) + score
    members: dict[int, list[Record]] = {}
    for index, (record, _score) in enumerate(ranked):
        members.setdefault(clusters.root(index), []).append(record)
    order = sorted(members, key=lambda root: (-scores[root], root))
    return [merged(members[root]) for root in order]


def _join_by_identifier(clusters: _Clusters) -> None:
    for scheme in SCHEMES:
        known: dict[str, int] = {}
        for index, record in enumerate(clusters.records):
            value = getattr(record.identifiers, scheme)
            if value is not None and record.kind != "notice":
                clusters.join(known.setdefault(value.lower(), index), index)
            elif value is not None:
                clusters.join(known.setdefault(f"notice {value}", index), index)


def _join_by_title(clusters: _Clusters) -> None:
    known: dict[str, list[int]] = {}
    for index, record in enumerate(clusters.records):
        key = title_key(record.title)
        if key is None:
            continue
        alike = known.setdefault(key, [])
        for other in alike:
            if _same_work(record, clusters.records[other]):
                clusters.join(other, index)
        alike.append(index)


def _same_work(one: Record, other: Record) -> bool:
    if not _compatible(one.kind, other.kind) or not one.authors or not other.authors:
        return False
    if one.year is not None and other.year is not None:
        apart = abs(one.year - other.year)
        if apart > (_YEARS_OF_PREPRINT if "preprint" in {one.kind, other.kind} else 1):
            return False
    return share_author(one.authors, other.authors) and same_author(one.authors[0], other.authors[0])


def _compatible(one: Kind | None, other: Kind | None) -> bool:
    if "notice" in {one, other}:
        return one == other
    free = {None, "other"}
    return one == other or one in free or other in free or (one in _PAPERS and other in _PAPERS)


def _is_published(record: Record) -> bool:
    doi = record.identifiers.doi
    return doi is not None and not doi.startswith("10.48550/arxiv.") and (record.kind != "preprint" or _points(record))


def _points(record: Record) -> bool:
    """Tell whether a preprint carries the DOI of what was published of it."""
    return any(one.kind == "published_as" and one.value == record.identifiers.doi for one in record.relations)


def merged(records: Sequence[Record]) -> Record:
    """Return one record from those of one work; each field from whoever is trusted most for it and says something."""
    if len(records) == 1:
        return records[0]
    trusted = sorted(records, key=lambda one: (one.kind == "preprint", _TRUSTED.index(one.sources[0])))
    identifiers = Identifiers(**{scheme: _first(trusted, _identifier(scheme)) for scheme in SCHEMES})
    kind = _kind(trusted)
    year = _first(trusted, lambda one: one.year)
    dates = [one.date for one in trusted if one.date and (year is None or one.date.startswith(str(year)))]
    return Record(
        sources=tuple(dict.fromkeys(source for one in trusted for source in one.sources)),
        title=_first(trusted, lambda one: one.title),
        subtitle=_first(trusted, lambda one: one.subtitle),
        authors=_authors(trusted),
        year=year,
        date=dates[0] if dates else None,
        kind=kind,
        venue=_first(trusted, lambda one: one.venue),
        abstract=_first(trusted, lambda one: one.abstract),
        language=_first(trusted, lambda one: one.language),
        link=_first(trusted, lambda one: one.link),
        identifiers=identifiers,
        access=_access([one.access for one in trusted]),
        printed=_printed(trusted),
        relations=_relations(trusted, identifiers, kind),
        notices=_notices(trusted),
        citations=max((one.citations for one in records if one.citations is not None), default=None),
        domains=tuple(dict.fromkeys(name for one in trusted for name in one.domains))[:_MOST_DOMAINS],
        laboratories=tuple(dict.fromkeys(name for one in trusted for name in one.laboratories)),
    )


def _kind(records: Sequence[Record]) -> Kind | None:
    for one in records:
        if one.kind is not None and one.kind != "other":
            return one.kind
    return next((one.kind for one in records if one.kind is not None), None)


def _first(records: Iterable[Record], told: Callable[[Record], T | None]) -> T | None:
    return next((value for one in records if (value := told(one)) is not None), None)


def _identifier(scheme: str) -> Callable[[Record], str | None]:
    def told(record: Record) -> str | None:
        value: str | None = getattr(record.identifiers, scheme)
        return value

    return told


def _authors(records: Sequence[Record]) -> tuple[Author, ...]:
    """Take the list of whoever is trusted most, with names parted and ORCIDs found in lists as long."""
    lists = [one.authors for one in records if one.authors]
    if not lists:
        return ()
    longest = max(map(len, lists))
    alike = [one for one in lists if len(one) == longest]
    best = next((one for one in alike if all(author.family for author in one)), alike[0])
    return tuple(_with_orcid(author, [one[place] for one in alike]) for place, author in enumerate(best))


def _with_orcid(author: Author, others: Sequence[Author]) -> Author:
    if author.orcid is not None:
        return author
    found = next((one.orcid for one in others if one.orcid and same_author(one, author)), None)
    return msgspec.structs.replace(author, orcid=found)


def _access(told: Sequence[Access]) -> Access:
    """Prefer what may be read: the published version, then a PDF, then a licence."""
    ways = [one for one in told if one.is_open and one.url]
    if ways:
        best = min(ways, key=lambda one: (one.version != "published", not one.is_pdf, one.licence is None))
        same = next((one.licence for one in told if one.is_open and one.licence and one.version == best.version), None)
        return msgspec.structs.replace(best, licence=best.licence or same)
    if any(one.is_open for one in told):
        return next(one for one in told if one.is_open)
    return Access(is_open=False) if any(one.is_open is False for one in told) else Access()


def _printed(records: Sequence[Record]) -> Printed:
    """Take all of it from one source: volumes and pages of two do not mix."""
    known = [one.printed for one in records if one.kind != "preprint" and one.printed != Printed()]
    if not known:
        return next((one.printed for one in records if one.printed != Printed()), Printed())
    return max(known, key=lambda one: sum(bool(value) for value in msgspec.structs.astuple(one)))


def _relations(records: Sequence[Record], own: Identifiers, kind: Kind | None) -> tuple[Relation, ...]:
    found: list[Relation] = []
    for one in records:
        for relation in one.relations:
            is_own = relation.scheme is not None and getattr(own, relation.scheme) == relation.value
            if not is_own or relation.scheme == "arxiv":
                found.append(relation)
        if one.kind == "preprint" and kind != "preprint":
            found += [
                Relation("has_preprint", scheme=scheme, value=value)
                for scheme, value in one.identifiers.pairs()
                if scheme in {"arxiv", "hal"} or (scheme == "doi" and value != own.doi)
            ]
    told = {(one.scheme, one.value) for one in found if one.kind == "has_preprint"}
    kept = [one for one in found if one.kind == "has_preprint" or (one.scheme, one.value) not in told]
    if kind != "preprint":  # published here: a preprint that said so says nothing more
        kept = [one for one in kept if one.kind != "published_as"]
    return tuple(dict.fromkeys(kept))


def _notices(records: Sequence[Record]) -> tuple[Notice, ...]:
    """Say each notice once: one that is told with its DOI says more than one without."""
    told = [notice for one in records for notice in one.notices]
    detailed = {notice.kind for notice in told if notice.doi}
    found: dict[tuple[str, str | None], Notice] = {}
    for notice in told:
        if notice.doi is not None or notice.kind not in detailed:
            found.setdefault((notice.kind, notice.doi), notice)
    return tuple(found.values())


def filtered(records: Iterable[Record], filters: Filters) -> list[Record]:
    """Keep what is known to be wanted: what no source said is not taken for a yes."""
    return [one for one in records if _wanted(one, filters)]


def _wanted(record: Record, filters: Filters) -> bool:
    years = filters.years
    return (
        (years is None or (record.year is not None and years[0] <= record.year <= years[1]))
        and (not filters.kinds or record.kind in filters.kinds)
        and (not filters.open_access or record.access.is_open is True)
        and (not filters.author or any(_named(filters.author, one.name) for one in record.authors))
        and (not filters.domain or _domain(record, filters.domain))
        and (not filters.laboratory or _laboratory(record, filters.laboratory))
    )


def _domain(record: Record, wanted: str) -> bool:
    """Know a domain by its words, or by another name of the same one: « info », « cs.LG », « Computer Science »."""
    same = domains.wanted(wanted)
    return any(_named(wanted, one) or domains.is_of(one, same) for one in record.domains)


def _laboratory(record: Record, wanted: str) -> bool:
    """Believe sources that were asked for a laboratory and do not tell it back."""
    return any(_named(wanted, one) for one in record.laboratories) if record.laboratories else True


def _named(wanted: str, told: str) -> bool:
    words = set(folded(told).split())
    return all(word in words or any(one.startswith(word) for one in words) for word in folded(wanted).split())


def in_order(records: Sequence[Record], sort: Sort) -> list[Record]:
    """Sort; what is missing comes last, ties stay by relevance."""
    if sort == "date":
        return sorted(records, key=lambda one: one.date or str(one.year or ""), reverse=True)
    if sort == "citations":
        return sorted(records, key=lambda one: -1 if one.citations is None else one.citations, reverse=True)
    return list(records)
