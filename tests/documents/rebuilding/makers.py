"""Files to write back, and what a translator does to their segments."""

import io
import zipfile
from collections.abc import Callable

from chatelet.documents.rebuilding.contract import Format, Options, Piece, Rebuilt, Segment

PLAIN = Options(mark_ai=False)
Pieces = tuple[Piece, ...]


def shown(segment: Segment) -> str:
    """Return a segment as a translator would see it."""
    forms = {"text": "{0}", "open": "<{1}>", "close": "</{1}>", "fixed": "[{1}]"}
    return "".join(forms[piece.kind].format(piece.text, piece.number) for piece in segment.pieces)


def with_words(segment: Segment, change: Callable[[str], str]) -> Pieces:
    """Return the segment's pieces with other words."""
    return tuple(
        Piece("text", change(piece.text)) if piece.kind == "text" else Piece(piece.kind, "", piece.number)
        for piece in segment.pieces
    )


def identity(form: Format, data: bytes, options: Options | None = None) -> bytes:
    """Return the file with all its segments replaced by themselves."""
    pieces = {segment.number: segment.pieces for segment in form.segments(data)}
    return form.rebuild(data, pieces, options or Options(language="en")).data


def translated(form: Format, data: bytes, change: Callable[[str], str], options: Options = PLAIN) -> Rebuilt:
    """Return the file with the words of all its segments changed."""
    segments = [segment for segment in form.segments(data) if not segment.locked]
    return form.rebuild(data, {segment.number: with_words(segment, change) for segment in segments}, options)


def capitals(form: Format, data: bytes, options: Options = PLAIN) -> str:
    """Return the file in capitals, as characters."""
    return translated(form, data, str.upper, options).data.decode()


def words(form: Format, data: bytes) -> list[str]:
    """Return the words of a file that may change."""
    return [segment.text for segment in form.segments(data) if not segment.locked]


def book(chapter: str, *, title: str = "Le livre", package: str = "") -> bytes:
    """Return an EPUB of one chapter."""
    container = '<?xml version="1.0"?><container><rootfiles><rootfile full-path="a/b.opf"/></rootfiles></container>'
    listed = (
        '<?xml version="1.0"?><package xmlns:dc="x"><metadata><dc:title>' + title + "</dc:title>"
        '<dc:language>fr</dc:language></metadata><manifest><item id="n" href="toc.ncx" '
        'media-type="application/x-dtbncx+xml"/><item id="c" href="un%20.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="i" href="i.png" media-type="image/png"/></manifest><spine><itemref idref="c"/></spine></package>'
    )
    contents = "<?xml version='1.0'?><ncx><docTitle><text>Le livre</text></docTitle></ncx>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("a/b.opf", package or listed)
        archive.writestr("a/un .xhtml", chapter)
        archive.writestr("a/toc.ncx", contents)
        archive.writestr("a/i.png", b"\x89PNG" + bytes(range(256)))
    return out.getvalue()
