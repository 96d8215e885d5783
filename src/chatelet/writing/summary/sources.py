"""Documents as numbered passages: what a summary may rest on, each with its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.documents.parsing.document import ParsedDocument
from chatelet.evidence.passage import Passage
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge.sentences import sentences_of

_LONGEST: Final = 900  # characters of a passage: a paragraph or two, so that a citation says where


@dataclass(frozen=True, slots=True)
class Source:
    """A document given to be summarised. `id` is of this summary alone."""

    id: UUID
    name: str
    passages: tuple[Passage, ...]
    pages: int


def sources_of(documents: Sequence[tuple[str, ParsedDocument]]) -> list[Source]:
    """Return the documents with their passages, numbered from 1 through all of them."""
    found: list[Source] = []
    number = 1
    for name, document in documents:
        identifier = uuid7()
        passages: list[Passage] = []
        for start, end, page in _stretches(document):
            text = document.text[start:end]
            passages.append(Passage(text, file_id=identifier, number=number, offset=start, page=page))
            number += 1
        found.append(Source(identifier, name, tuple(passages), len(document.pages)))
    return found


def groups(passages: Sequence[Passage], characters: int) -> Iterator[list[Passage]]:
    """Yield passages in order, together up to so many characters."""
    group: list[Passage] = []
    size = 0
    for one in passages:
        if group and size + len(one.text) > characters:
            yield group
            group, size = [], 0
        group.append(one)
        size += len(one.text)
    if group:
        yield group


def _stretches(document: ParsedDocument) -> Iterator[tuple[int, int, int | None]]:
    pages = [(page.start, page.end, page.number) for page in document.pages]
    for start, end, page in pages or [(0, len(document.text), None)]:
        begins = last = -1
        for first, after in sentences_of(document.text[start:end]):
            if begins >= 0 and after - begins > _LONGEST:
                yield start + begins, start + last, page
                begins = first
            begins, last = (first if begins < 0 else begins), after
        if begins >= 0:
            yield start + begins, start + last, page
