"""What OpenDocument files share when they are written back: title, the AI mark, macros and signatures left out."""

from typing import Final

from chatelet.documents.rebuilding.contract import Part, Piece
from chatelet.documents.rebuilding.office_file import ListReader, OfficeFile
from chatelet.documents.rebuilding.segmenting import MARK, Remark
from chatelet.documents.rebuilding.xml_splice import Node, Scan, escaped, quoted

_META: Final = "meta.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_SIGNATURES: Final = ("META-INF/documentsignatures.xml", "META-INF/macrosignatures.xml")
_SPACE: Final = b"urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_OFFICE: Final = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_MANIFEST_SPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_MARKS: Final = (
    b'<meta:keyword xmlns:meta="%s">%s</meta:keyword>' % (_SPACE, MARK.encode()),
    b'<meta:user-defined xmlns:meta="%s" meta:name="%s" meta:value-type="boolean">true</meta:user-defined>'
    % (_SPACE, MARK.encode()),
)


def read_meta(office: OfficeFile) -> None:
    """Take the title of the document; add the mark that says a machine wrote it."""
    marks = office.walk.options.mark_ai and office.is_written
    told = set[str]()

    def each(scan: Scan, node: Node) -> None:
        text = "" if node.is_empty else scan.text(scan.inner(node), node.inner_end)
        if node.name == "title" and text.strip():
            given, _unsure = office.walk.take((Piece("text", text),), part=Part.TITLE, can_track=False)
            if given is not None:
                words = "".join(piece.text for piece in given)
                scan.replace(scan.inner(node), node.inner_end, escaped(words))
        elif text == MARK or node.get("name") == MARK:
            told.add(node.name)

    def end(scan: Scan, node: Node) -> None:
        for name, mark in zip(("keyword", "user-defined"), _MARKS, strict=True):
            if marks and name not in told:
                scan.append(node, mark)

    office.read(_META, ListReader("meta", frozenset({"title", "keyword", "user-defined"}), each, end))


def finish(office: OfficeFile) -> None:
    """Leave macros out, mark where nothing holds properties, then leave signatures out if anything changed."""
    archive = office.archive
    gone = [name for name in archive.names if name.startswith(("Basic/", "Scripts/"))]
    if any(not name.endswith("/") for name in gone):
        office.walk.remark(Remark.MACROS)
    added: list[str] = []
    if office.walk.options.mark_ai and _META not in archive:
        added.append(_META)
        office.add(
            _META,
            b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta xmlns:office="%s" office:version="1.3">'
            b"<office:meta>%s</office:meta></office:document-meta>" % (_OFFICE, b"".join(_MARKS)),
        )
    signatures = [name for name in _SIGNATURES if name in archive]
    if signatures and (gone or office.changes):
        office.walk.remark(Remark.SIGNATURES)
        gone += signatures
    for name in gone:
        office.changes[name] = None
    if gone or added:
        _mend(office, added)


def _mend(office: OfficeFile, added: list[str]) -> None:
    """Make the manifest list what is there."""

    def each(scan: Scan, node: Node) -> None:
        path = node.get("full-path")
        if path.startswith(("Basic/", "Scripts/")) or path in _SIGNATURES:
            scan.replace(node.start, node.end, b"")

    def end(scan: Scan, node: Node) -> None:
        for name in added:
            told = f'xmlns:manifest="{_MANIFEST_SPACE}" manifest:media-type="text/xml" manifest:full-path='
            scan.append(node, b'<manifest:file-entry %s"%s"/>' % (told.encode(), quoted(name)))

    office.read(_MANIFEST, ListReader("manifest", frozenset({"file-entry"}), each, end))
