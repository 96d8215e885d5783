"""Documents given back by the tests: what changed in them, part by part; changes accepted and rejected by their meaning."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree  # noqa: ICN001

from chatelet.documents.rebuilding.contract import Options, Piece, Rebuilt, Segment
from chatelet.documents.rebuilding.opening import format_of

QUIET = Options(mark_ai=False)
_TEXT = re.compile(rb">[^<]*<")
_SPACES = re.compile(rb"<text:s(?: [^<>]*)?/>")  # characters too: how OpenDocument writes several in a row


def segments(kind: str, data: bytes) -> list[Segment]:
    """Return the segments; they are numbered from 0."""
    found = format_of(kind).segments(data)
    assert [one.number for one in found] == list(range(len(found)))
    return found


def words(kind: str, data: bytes) -> list[str]:
    """Return each segment on one line: marks as <1 … 1>, fixed pieces as [1]."""
    signs = {"open": "<{}", "close": "{}>", "fixed": "[{}]"}
    return [
        "".join(signs[piece.kind].format(piece.number) if piece.kind in signs else piece.text for piece in one.pieces)
        for one in segments(kind, data)
    ]


def changed(kind: str, data: bytes, change: Callable[[str], str] = str.upper, options: Options = QUIET) -> Rebuilt:
    """Give a document back with the text of every segment changed."""
    told = {
        one.number: [Piece("text", change(piece.text)) if piece.kind == "text" else piece for piece in one.pieces]
        for one in segments(kind, data)
    }
    return format_of(kind).rebuild(data, told, options)


def replaced(kind: str, data: bytes, number: int, *pieces: Piece | str, options: Options = QUIET) -> Rebuilt:
    """Give a document back with one segment replaced."""
    told = [Piece("text", one) if isinstance(one, str) else one for one in pieces]
    return format_of(kind).rebuild(data, {number: told}, options)


def parts(data: bytes) -> dict[str, bytes]:
    """Return the members of a package, each sound and well formed."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, content in found.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    return found


def assert_same(kind: str, data: bytes) -> None:
    """The same words give the same file, and other words the same XML but for its text."""
    told = segments(kind, data)
    made = format_of(kind)
    assert made.rebuild(data, {}, QUIET).data == data
    assert made.rebuild(data, {one.number: one.pieces for one in told}, QUIET).data == data
    assert_only_text(data, changed(kind, data).data)


def assert_only_text(before: bytes, after: bytes) -> None:
    """Every member is there, in its order, the same but for text nodes."""
    old, new = parts(before), parts(after)
    assert list(old) == list(new)
    for name, content in old.items():
        assert _bare(content) == _bare(new[name]), name


def _bare(xml: bytes) -> bytes:
    return _TEXT.sub(b"><", _SPACES.sub(b"", xml))


def accepted(xml: bytes) -> bytes:
    """Return WordprocessingML with its changes accepted."""
    xml = re.sub(rb"<w:del .*?</w:del>", b"", xml, flags=re.DOTALL)
    return re.sub(rb"</?w:ins[^>]*>", b"", xml)


def rejected(xml: bytes) -> bytes:
    """Return WordprocessingML with its changes rejected."""
    xml = re.sub(rb"<w:ins .*?</w:ins>", b"", xml, flags=re.DOTALL)
    return re.sub(rb"</?w:del( [^>]*)?>", b"", xml).replace(b"w:delText", b"w:t")
