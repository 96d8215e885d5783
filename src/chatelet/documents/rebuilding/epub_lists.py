"""What a book says of itself in XML: the package's title and description, the labels of the old table of contents."""

import html
from collections.abc import Iterator
from typing import Final

from chatelet.documents.rebuilding.contract import Options, Part
from chatelet.documents.rebuilding.html_spans import escaped
from chatelet.documents.rebuilding.pieces import Pieces, has_words
from chatelet.documents.rebuilding.splicing import Span, spliced
from chatelet.documents.rebuilding.tags import Tag, tags

_PARTS: Final = {"title": Part.TITLE, "description": Part.BODY, "text": Part.BODY}  # dc:title, dc:description; ncx
_MARK: Final = '<meta name="ai-generated" content="true"/>'


def list_spans(source: str) -> list[Span]:
    """Return the words of a package's metadata, or of a table of contents."""
    found: list[Span] = []
    for tag, end in _elements(source):
        pieces = Pieces()
        raw = source[tag.end : end.start]
        pieces.text(html.unescape(raw), tag.end, end.start)
        runs = pieces.taken(source)
        if "<" not in raw and has_words(runs):
            found.append(Span(runs, _PARTS[_local(tag)], write=escaped))
    return found


def package_told(source: str, options: Options) -> str:
    """Return a package that says its language and the mark of a machine."""
    edits: list[tuple[int, int, str]] = []
    if options.language:
        for tag, end in _elements(source, frozenset({"language"})):
            edits.append((tag.end, end.start, escaped(options.language)))
            break
    if options.mark_ai:
        ends = [tag.start for tag in tags(source) if tag.is_end and _local(tag) == "metadata"]
        edits += [(place, place, _MARK) for place in ends[:1]]
    return spliced(source, [], {}, {}, edits).text


def _elements(source: str, names: frozenset[str] = frozenset(_PARTS)) -> Iterator[tuple[Tag, Tag]]:
    """Yield the elements of these names that hold text alone: their tags."""
    begun: Tag | None = None
    for tag in tags(source):
        if not tag.name:
            continue
        if begun is not None and tag.is_end and tag.name == begun.name:
            yield begun, tag
        begun = tag if not tag.is_end and not tag.is_empty and _local(tag) in names else None


def _local(tag: Tag) -> str:
    return tag.name.rpartition(":")[2]
