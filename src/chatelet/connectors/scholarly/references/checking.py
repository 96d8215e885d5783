"""Each reference of a draft looked for in the sources, a few at once: a verdict with its evidence, under one deadline.

    DOI or arXiv given ─▶ resolve ─┬─ the work meant ─────────────▶ found │ wrong year │ wrong author │ retracted
                                   ├─ another work ─▶ search ─▶ wrong DOI, with the right one when it is found
                                   └─ none ─▶ search by title and author ─▶ … │ not found

`unchecked` is not `not_found`: too few sources answered to say that a work does not exist.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from chatelet.connectors.scholarly.contract import Answer, Question
from chatelet.connectors.scholarly.merging import merge
from chatelet.connectors.scholarly.names import folded
from chatelet.connectors.scholarly.record import Record, Scheme
from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.connectors.scholarly.references.matching import Match, best, compare

Verdict = Literal["found", "wrong_year", "wrong_author", "wrong_doi", "retracted", "not_found", "unchecked"]
Flaw = Literal["year", "author", "title", "doi", "retracted", "corrected", "preprint_published"]
Search = Callable[[Question], Awaitable[Sequence[Answer]]]
Resolve = Callable[[Scheme, str], Awaitable[Sequence[Answer]]]

_AT_ONCE: Final = 4
_CANDIDATES: Final = 10
_LONGEST_QUERY: Final = 300
_DATED_NEAR: Final = 0.95


@dataclass(frozen=True, slots=True)
class Asking:
    """How works are looked for; `seconds` is the deadline of the whole check."""

    search: Search
    resolve: Resolve
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Checked:
    """A reference and what was found of it. `flaws` says all that is wrong, `verdict` the gravest."""

    reference: Reference
    verdict: Verdict
    flaws: tuple[Flaw, ...] = ()
    work: Record | None = None
    answered: tuple[str, ...] = ()


async def check(references: Sequence[Reference], asking: Asking) -> list[Checked]:
    """Check all, in order; what the deadline leaves is `unchecked`."""
    deadline = time.monotonic() + asking.seconds
    gate = asyncio.Semaphore(_AT_ONCE)

    async def one(reference: Reference) -> Checked:
        async with gate:
            left = deadline - time.monotonic()
            if left <= 0:
                return Checked(reference, "unchecked")
            try:
                async with asyncio.timeout(left):
                    return await check_one(reference, asking)
            except TimeoutError:
                return Checked(reference, "unchecked")

    return list(await asyncio.gather(*(one(reference) for reference in references)))


async def check_one(reference: Reference, asking: Asking) -> Checked:
    """Check one reference."""
    answered: list[str] = []
    failed = 0
    other_work = False
    async for answers, is_named in _asked(reference, asking):
        answered += [one.source for one in answers if one.state == "answered"]
        failed += sum(one.state != "answered" for one in answers)
        records = merge([one.records for one in answers])
        match = best(reference, records) or (_by_name(reference, records) if is_named else None)
        if match is not None:
            return _told(reference, match, answered, other_work=other_work)
        other_work = other_work or (is_named and bool(records) and _says_something(reference))
    sources = tuple(dict.fromkeys(answered))
    if other_work:
        return Checked(reference, "wrong_doi", ("doi",), answered=sources)
    sure = bool(sources) and failed <= len(sources)
    return Checked(reference, "not_found" if sure else "unchecked", answered=sources)


async def _asked(reference: Reference, asking: Asking) -> AsyncIterator[tuple[Sequence[Answer], bool]]:
    """Ask by identifier first, then by words; stop where the caller does."""
    if reference.doi:
        yield await asking.resolve("doi", reference.doi), True
    if reference.arxiv:
        yield await asking.resolve("arxiv", reference.arxiv), True
    for words in _queries(reference):
        yield await asking.search(Question(words, limit=_CANDIDATES)), False


def _queries(reference: Reference) -> list[str]:
    title = reference.title or ""
    author = reference.authors[0] if reference.authors else ""
    if folded(title).count(" ") >= 2:
        return list(dict.fromkeys(one[:_LONGEST_QUERY] for one in (title, f"{title} {author}".strip()) if one))
    return [reference.written[:_LONGEST_QUERY]] if _says_something(reference) else []


def _says_something(reference: Reference) -> bool:
    """Tell whether there is more than an identifier to compare with."""
    return bool(reference.title) or len(folded(reference.written).split()) >= 8


def _by_name(reference: Reference, records: Sequence[Record]) -> Match | None:
    """Take the work of an identifier when the reference says nothing else, or nothing that disagrees."""
    matches = [compare(reference, one) for one in records if one.kind != "notice"] or [
        compare(reference, one) for one in records
    ]
    for match in matches:
        if not _says_something(reference) or match.record.title is None:
            return match
        if match.authors is True and (match.title >= 0.5 or reference.title is None):
            return match
    return None


def _told(reference: Reference, match: Match, answered: Sequence[str], *, other_work: bool) -> Checked:
    work = match.record
    flaws: list[Flaw] = []
    if work.is_retracted:
        flaws.append("retracted")
    doi_differs = bool(reference.doi and work.identifiers.doi and reference.doi != work.identifiers.doi)
    if doi_differs and (work.identifiers.doi or "") in reference.written.replace(" ", "").lower():
        doi_differs = other_work = False  # a line of the page cut it in two
    related = {one.value for one in work.relations}
    if other_work or (doi_differs and reference.doi not in related):
        flaws.append("doi")
    if match.authors is False:
        flaws.append("author")
    if match.year is False and not _is_year_of_preprint(reference, work):
        flaws.append("year")
    if match.title < _DATED_NEAR and reference.title is not None and reference.is_parted:
        flaws.append("title")
    if any(one.kind in {"correction", "concern"} for one in work.notices):
        flaws.append("corrected")
    checked = Checked(reference, "found", tuple(flaws), work, tuple(dict.fromkeys(answered)))
    order: dict[Flaw, Verdict] = {
        "retracted": "retracted",
        "doi": "wrong_doi",
        "author": "wrong_author",
        "year": "wrong_year",
    }
    gravest = next((verdict for flaw, verdict in order.items() if flaw in flaws), "found")
    return replace(checked, verdict=gravest)


def _is_year_of_preprint(reference: Reference, work: Record) -> bool:
    """Accept the year of the preprint, which is before that of what was published, for a work that has one."""
    has_preprint = work.kind == "preprint" or any(one.kind == "has_preprint" for one in work.relations)
    if not has_preprint or work.year is None:
        return False
    arxiv = work.identifiers.arxiv or reference.arxiv or ""
    posted = 2000 + int(arxiv[:2]) if arxiv[:4].isdigit() else None
    return any(year == posted or (work.kind == "preprint" and year == work.year + 1) for year in reference.years)
