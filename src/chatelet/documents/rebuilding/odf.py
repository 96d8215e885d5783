"""ODT, ODP and ODS written back: title, headers, the body, footers.

meta, styles (names, defaults) -> styles.xml (headers and footers) -> content.xml, by paragraph or by cell
-> macros left out -> marks -> the package

Changes are recorded in a text's body alone. A cell keeps its value and its words together; what a formula computes or
compares is left as it is.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from chatelet.documents.parsing.odf import is_encrypted
from chatelet.documents.parsing.outcome import protected
from chatelet.documents.rebuilding import odf_package as package
from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.odf_reading import PLACE_OF_CHANGES, OdfReader
from chatelet.documents.rebuilding.odf_runs import OdfFormats, OdfWriting
from chatelet.documents.rebuilding.office_file import ListReader, OfficeFile, opened
from chatelet.documents.rebuilding.segmenting import Remark, Walk
from chatelet.documents.rebuilding.xml_splice import Node, Scan, text_of

_COMPARED: Final = re.compile(rb"(?:formula|condition)=\"([^\"]*&quot;[^\"]*)\"|(?:formula|condition)='([^']*\"[^']*)'")
_WORDS: Final = re.compile(r'"([^"]{1,255})"')
_FORMS: Final = re.compile(rb"\s*<office:forms(?:[^>]*/>|.*?</office:forms>)", re.DOTALL)
_PAGE: Final = re.compile(rb"<(?:\w+:)?page[\s>]")
_OVERLAP: Final = 4_096
_MOST_WORDS: Final = 50_000


class Odf:
    """What the three kinds share."""

    kind: str = "odt"

    def segments(self, data: bytes) -> list[Segment]:
        """Return the words of the file, numbered."""
        walk = Walk()
        _walk(opened(data, walk), self.kind)
        return walk.segments

    def rebuild(self, data: bytes, replacements: Mapping[int, Sequence[Piece]], options: Options) -> Rebuilt:
        """Return the file with these segments replaced."""
        walk = Walk(replacements, options)
        if options.track and self.kind != "odt":
            walk.remark(Remark.NO_TRACKING)
        if options.visible_mark and self.kind == "ods":
            walk.remark(Remark.MARK_NOT_SHOWN)
        office = opened(data, walk)
        _walk(office, self.kind)
        package.finish(office)
        return office.rebuilt(self.kind)


class Odt(Odf):
    """Texts of LibreOffice, and of whoever writes their format."""


class Odp(Odf):
    """Presentations."""

    kind = "odp"


class Ods(Odf):
    """Spreadsheets."""

    kind = "ods"


def _walk(office: OfficeFile, kind: str) -> None:
    archive, walk = office.archive, office.walk
    if archive.is_encrypted() or "encrypted-package" in archive or is_encrypted(archive):
        raise protected()
    formats, writing = OdfFormats(), OdfWriting(walk.options)
    package.read_meta(office)
    _learn(office, formats)
    kept = _compared(office) if kind == "ods" else set[str]()
    office.read("styles.xml", OdfReader(walk, writing, formats, kind, is_margins=True))
    reader = OdfReader(walk, writing, formats, kind, kept=kept)
    if kind == "odp" and walk.options.visible_mark and office.is_written:
        reader.last_page = _pages(office)
    tracks = office.is_written and kind == "odt" and walk.options.track

    def with_changes(content: bytes) -> bytes:
        return _with_changes(content, b"".join(writing.regions), writing.prefix, has_list=reader.has_changes)

    office.read("content.xml", reader, with_changes if tracks else None)
    walk.place.page = None


def _with_changes(content: bytes, regions: bytes, prefix: bytes, *, has_list: bool) -> bytes:
    """Add the changes to the list that the text begins with; without one, it is written after the forms."""
    first = content.index(PLACE_OF_CHANGES)
    content = content.replace(PLACE_OF_CHANGES, b"", 1)
    if has_list:
        return content.replace(PLACE_OF_CHANGES, regions, 1)
    if not regions:
        return content
    forms = _FORMS.match(content, first)
    at = forms.end() if forms else first
    return content[:at] + b"<%stracked-changes>%s</%stracked-changes>" % (prefix, regions, prefix) + content[at:]


def _pages(office: OfficeFile) -> int:
    count, tail = 0, b""
    for piece in office.archive.pieces("content.xml"):
        window = tail + piece
        found = [one.end() for one in _PAGE.finditer(window)]
        count += len(found)
        tail = window[found[-1] if found else 0 :][-20:]
    return count


def _learn(office: OfficeFile, formats: OdfFormats) -> None:
    """Read the styles that have a name, and the language of the whole document."""

    def each(_scan: Scan, node: Node) -> None:
        if node.name == "style":
            formats.learn(node)
            return
        for inner in node.children:
            language, country = inner.get("language"), inner.get("country")
            if language and language != "none" and not office.walk.place.language:
                office.walk.place.language = f"{language}-{country}" if country not in {"", "none"} else language

    if "styles.xml" in office.archive:
        reader = ListReader("styles", frozenset({"style", "default-style"}), each, lambda _scan, _node: None)
        Scan(reader, office.limits).run(office.archive.pieces("styles.xml"))


def _compared(office: OfficeFile) -> set[str]:
    """Return the words that formulas and conditions name: a cell that holds them keeps them."""
    found, tail = set[str](), b""
    for piece in office.archive.pieces("content.xml"):
        window = tail + piece
        for one in _COMPARED.finditer(window) if b"formula=" in window or b"condition=" in window else ():
            if len(found) < _MOST_WORDS:
                found |= {word.strip() for word in _WORDS.findall(text_of(one[1] or one[2]))}
        tail = window[-_OVERLAP:]
    return found
