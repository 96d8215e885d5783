"""What a detector gives while it works: a stretch of the text and its type; the first to claim a place keeps it."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """[`start`, `end`) in characters of the text."""

    start: int
    end: int
    type: str


def keep_first(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that overlap none given before them, sorted by place."""
    starts: list[int] = []
    kept: list[Span] = []
    for span in spans:
        after = bisect_right(starts, span.start)
        free_before = after == 0 or kept[after - 1].end <= span.start
        if span.start < span.end and free_before and (after == len(kept) or span.end <= kept[after].start):
            starts.insert(after, span.start)
            kept.insert(after, span)
    return kept
