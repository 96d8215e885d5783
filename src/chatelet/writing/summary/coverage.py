"""What of each document a summary rests on: which pages were read, which are cited, which were not read and why."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from chatelet.evidence.passage import Passage
from chatelet.writing.summary.forms import Trouble
from chatelet.writing.summary.sources import Source


class Unread(msgspec.Struct, frozen=True):
    """Pages (0 in a document without pages) that were not read, and why."""

    first: int
    last: int
    reason: str  # beyond_limit, no_words, or a Trouble


class Coverage(msgspec.Struct, frozen=True):
    """How much of a document was read and is cited; `same` passages are word for word in the other version."""

    file_id: UUID
    name: str
    pages: int
    passages: int
    read: int
    cited: int
    same: int
    cited_pages: tuple[int, ...]
    unread: tuple[Unread, ...]


def covered(
    sources: Sequence[Source], used: frozenset[int], failed: Mapping[int, Trouble | None]
) -> tuple[Coverage, ...]:
    """Return the coverage of each document: `used` passages are cited, `failed` ones gave nothing."""
    return tuple(_covered(source, used, failed) for source in sources)


def _covered(source: Source, used: frozenset[int], failed: Mapping[int, Trouble | None]) -> Coverage:
    cited = [passage for passage in source.passages if passage.number in used]
    lost = [passage for passage in source.passages if passage.number in failed]
    unread = [(page, "no_words") for page in source.blank]
    unread += [(passage.page or 0, "beyond_limit") for passage in source.left]
    unread += [(passage.page or 0, str(failed[passage.number])) for passage in lost]
    if not source.passages and not source.left and not source.blank:
        unread.append((0, "no_words"))
    return Coverage(
        source.id,
        source.name,
        source.pages,
        len(source.passages) + len(source.left),
        len(source.passages) - len(lost),
        len(cited),
        len(source.same),
        _pages(cited),
        _stretches(unread),
    )


def _pages(passages: Iterable[Passage]) -> tuple[int, ...]:
    return tuple(sorted({passage.page for passage in passages if passage.page}))


def _stretches(pages: Iterable[tuple[int, str]]) -> tuple[Unread, ...]:
    """Return pages that follow each other together."""
    found: list[Unread] = []
    for page, reason in sorted(set(pages), key=lambda one: (one[1], one[0])):
        before = found[-1] if found else None
        if before and before.reason == reason and page <= before.last + 1:
            found[-1] = Unread(before.first, page, reason)
        else:
            found.append(Unread(page, page, reason))
    return tuple(sorted(found, key=lambda one: one.first))
