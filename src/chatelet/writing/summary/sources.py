"""Documents as numbered passages, each with its page, which a summary may rest on; in groups that a model can read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.documents.parsing.document import ParsedDocument
from chatelet.evidence.passage import Passage
from chatelet.kernel.text import fold
from chatelet.knowledge.sentences import sentences_of

_LONGEST: Final = 900  # characters of a passage: a paragraph or two, so that a citation says where
_MOST_PASSAGES: Final = 400  # of a group: their numbers stay short
_ALIKE: Final = 0.3  # of two documents, from which on they are taken for versions of one another


@dataclass(frozen=True, slots=True)
class Given:
    """A document given to be summarised."""

    id: UUID
    name: str
    document: ParsedDocument


@dataclass(frozen=True, slots=True)
class Source:
    """A document cut in passages. `left` are those beyond what is read; `same` what another version says as well."""

    id: UUID
    name: str
    passages: tuple[Passage, ...]
    left: tuple[Passage, ...]
    pages: int
    blank: tuple[int, ...]  # pages without words
    same: frozenset[int] = frozenset()

    @property
    def asked(self) -> list[Passage]:
        """Return what a model is to read."""
        return [one for one in self.passages if one.number not in self.same]


def sources_of(given: Sequence[Given], most_characters: int | None = None) -> list[Source]:
    """Return the documents with their passages, numbered from 1 through all of them, up to so many characters."""
    shares = _shares([len(one.document.text) for one in given], most_characters)
    found: list[Source] = []
    number = 1
    for one, share in zip(given, shares, strict=True):
        read: list[Passage] = []
        left: list[Passage] = []
        for start, end, page in _stretches(one.document):
            passage = Passage(one.document.text[start:end], file_id=one.id, number=number, offset=start, page=page)
            (read if end <= share else left).append(passage)
            number += 1
        worded = {passage.page for passage in (*read, *left)}
        blank = tuple(page.number for page in one.document.pages if page.number not in worded)
        found.append(Source(one.id, one.name, tuple(read), tuple(left), len(one.document.pages), blank))
        number += 1  # passages of two documents are never neighbours
    return found


def compared(first: Source, second: Source) -> list[Source]:
    """Return two versions of a document, with what both say set apart; others as they are."""
    before, after = _said(first), _said(second)
    if len(before & after) < _ALIKE * max(1, min(len(before), len(after))):
        return [first, second]
    return [_apart(first, after), _apart(second, before)]


def groups(sources: Sequence[Source], characters: int) -> list[list[Passage]]:
    """Return passages in order, together up to so many characters; two versions are read side by side."""
    lists = [source.asked for source in sources]
    if any(source.same for source in sources):
        return list(_grouped(_side_by_side(lists), characters))
    return [group for passages in lists for group in _grouped(passages, characters)]


def _grouped(passages: Sequence[Passage], characters: int) -> Iterator[list[Passage]]:
    group: list[Passage] = []
    size = 0
    for one in passages:
        if group and (size + len(one.text) > characters or len(group) >= _MOST_PASSAGES):
            yield group
            group, size = [], 0
        group.append(one)
        size += len(one.text)
    if group:
        yield group


def _side_by_side(lists: Sequence[Sequence[Passage]]) -> list[Passage]:
    ranked = [
        (rank / len(passages), place, one) for place, passages in enumerate(lists) for rank, one in enumerate(passages)
    ]
    return [one for _rank, _place, one in sorted(ranked, key=lambda found: found[:2])]


def _said(source: Source) -> set[str]:
    return {said for passage in source.passages for said in _sentences(passage)}


def _sentences(passage: Passage) -> list[str]:
    return [" ".join(fold(passage.text[start:end]).split()) for start, end in sentences_of(passage.text)]


def _apart(source: Source, other: set[str]) -> Source:
    same = frozenset(one.number for one in source.passages if all(said in other for said in _sentences(one)))
    return Source(source.id, source.name, source.passages, source.left, source.pages, source.blank, same)


def _shares(lengths: Sequence[int], most: int | None) -> list[int]:
    """Return how many characters of each document are read: all, or as much of each as of the others."""
    if most is None or sum(lengths) <= most:
        return list(lengths)
    shares = [0] * len(lengths)
    left = most
    for rank, place in enumerate(sorted(range(len(lengths)), key=lengths.__getitem__)):
        shares[place] = min(lengths[place], left // (len(lengths) - rank))
        left -= shares[place]
    return shares


def _stretches(document: ParsedDocument) -> Iterator[tuple[int, int, int | None]]:
    pages = [(page.start, page.end, page.number) for page in document.pages]
    for start, end, page in pages or [(0, len(document.text), None)]:
        begins = last = -1
        for first, after in _short(document.text, start, end):
            if begins >= 0 and after - begins > _LONGEST:
                yield start + begins, start + last, page
                begins = first
            begins, last = (first if begins < 0 else begins), after
        if begins >= 0:
            yield start + begins, start + last, page


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield sentences; one that never ends (a table, a list without stops) is cut."""
    for first, after in sentences_of(text[start:end]):
        for begins in range(first, after, 2 * _LONGEST):
            yield begins, min(after, begins + 2 * _LONGEST)
