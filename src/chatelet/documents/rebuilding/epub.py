"""EPUB (2 and 3): the book's title, its chapters in their order, its tables of contents; all else byte for byte.

The members keep their order, names and dates, `mimetype` first and stored; only those with other words are compressed
anew.
"""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final, Literal
from urllib.parse import unquote

from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.epub import CONTAINER, is_protected, package_place
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.parsing.outcome import protected
from chatelet.documents.parsing.xml import Node, local, tree
from chatelet.documents.rebuilding.characters import Characters, characters
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.epub_lists import list_spans, package_told
from chatelet.documents.rebuilding.html import declared, page_rebuilt
from chatelet.documents.rebuilding.html_spans import page_spans
from chatelet.documents.rebuilding.parts import Replacements, each, numbered
from chatelet.documents.rebuilding.remarks import remarks
from chatelet.documents.rebuilding.splicing import Span, Spliced, spliced

_PAGES: Final = frozenset({"application/xhtml+xml", "text/html"})
_CONTENTS: Final = "application/x-dtbncx+xml"
_Kind = Literal["page", "list"]


@dataclass(frozen=True, slots=True)
class _Member:
    """A member with words: a page, or the package and the old table of contents."""

    name: str
    kind: _Kind
    told: Characters

    def spans(self) -> list[Span]:
        """Return its words."""
        return page_spans(self.told.text) if self.kind == "page" else list_spans(self.told.text)


class EpubFormat:
    """A book."""

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the book."""
        return numbered([member.spans() for member in _members(data)])

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the book with other words."""
        members = list(_members(data))
        last = max((place for place, member in enumerate(members) if member.kind == "page"), default=-1)

        def rebuilt(place: int, own: Replacements, wishes: Options) -> Spliced:
            member = members[place]
            if member.kind == "list":
                return spliced(member.told.text, list_spans(member.told.text), own, {})
            wishes = wishes if place == last else replace(wishes, visible_mark=None)
            return page_rebuilt(member.told.text, own, wishes, is_xml=True)

        counts = [len(member.spans()) for member in members]
        results = each(counts, replacements, options, rebuilt)
        is_changed = any(result.changed for result in results)
        if is_changed:
            results[0].text = package_told(results[0].text, options)
        changed = {
            member.name: member.told.referred(result.text)
            for member, result in zip(members, results, strict=True)
            if result.text != member.told.text
        }
        left_out = remarks(options, changed=is_changed, marks_ai=True, highlights=True)
        return Rebuilt(_written(data, changed), "epub", len(replacements), left_out)


def _members(data: bytes) -> Iterator[_Member]:
    archive = Archive(data, Budget(DEFAULT))
    if archive.is_encrypted() or is_protected(archive):
        raise protected()
    place = package_place(tree(archive.read(CONTAINER), DEFAULT))
    content = archive.read(place)
    yield _Member(place, "list", characters(content, declared(content)))
    for name, kind in _listed(tree(content, DEFAULT), posixpath.dirname(place)).items():
        if name in archive:
            member = archive.read(name)
            yield _Member(name, kind, characters(member, declared(member)))


def _listed(package: Node, folder: str) -> dict[str, _Kind]:
    """Return the names of chapters in the order of reading, then of the tables of contents."""
    items = {element.get("id", ""): element for element in package.iter() if local(element) == "item"}
    order = [items.get(element.get("idref", "")) for element in package.iter() if local(element) == "itemref"]
    contents = [item for item in items.values() if "nav" in item.get("properties", "").split()]
    contents += [item for item in items.values() if item.get("media-type") == _CONTENTS]
    found: dict[str, _Kind] = {}
    for item in (*order, *contents):
        if item is None or item.get("media-type") not in {*_PAGES, _CONTENTS}:
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "").partition("#")[0])))
        found.setdefault(name, "list" if item.get("media-type") == _CONTENTS else "page")
    return found


def _written(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return the package with these members changed."""
    if not changed:
        return data
    out = BytesIO()
    archive = Archive(data, Budget(DEFAULT))
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for info in before.infolist():
            content = changed.get(info.filename)
            info.flag_bits &= 0x800  # the name's encoding
            after.writestr(info, archive.read(info.filename) if content is None else content, info.compress_type)
    return out.getvalue()
