"""What is hostile costs one reading and no more: its memory is measured, its report says why, the next file is read."""

import zlib
from collections.abc import AsyncIterator, Callable

import pytest

from chatelet.documents.parsing import sandbox, server
from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.limits import DEFAULT
from tests.documents.parsing.makers import codes, docx, package, paragraph, png, zipped
from tests.documents.parsing.pdf.test_status import with_catalog, written

_MIB = 1024 * 1024
_AROUND = 128 * _MIB  # programs and what is mapped, which the bound does not count
_LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 9))
_XXE = "<!DOCTYPE a [<!ENTITY l0 'ha'>" + _LAUGHS + "<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;&l8;</a>"
_JS = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"


def _nested() -> bytes:
    inner = zipped({f"{number}.txt": b"a" * (30 * _MIB) for number in range(4)})
    return zipped({f"{number}.zip": inner for number in range(20)})


def _pages() -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(10_000))
    tree = b"<</Type/Pages/Count 10000/Kids[%s]>>" % kids
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return written(b"<</Type/Catalog/Pages 2 0 R>>", tree, leaf)


def _with(content: bytes, more: bytes = b"", *others: bytes) -> bytes:
    """Return a PDF of one page that draws a packed content."""
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % more
    tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return written(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, stream, *others)


def _packed(byte: bytes, megabytes: int) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(byte * _MIB) for _ in range(megabytes)) + packer.flush()


def _swollen() -> bytes:
    return _with(_packed(b" ", 600))


def _vast_picture() -> bytes:
    """Return a page with a picture of 900 million points, packed to almost nothing."""
    pixels = _packed(b"\x00", 900)
    told = b"<</Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8"
    image = told + b"/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(pixels), pixels)
    return _with(zlib.compress(b"595 0 0 842 0 0 cm /I Do"), b"/Resources<</XObject<</I 5 0 R>>>>", image)


@pytest.fixture(autouse=True)
async def ended() -> AsyncIterator[None]:
    yield
    server.close()


_BAD: dict[str, tuple[Callable[[], bytes], str, set[Status], set[str]]] = {
    "bomb": (lambda: docx(paragraph("a") + " " * (60 * _MIB)), "a.docx", {Status.REFUSED}, {"archive_ratio"}),
    "bomb renamed": (lambda: docx(paragraph("a") + " " * (60 * _MIB)), "a.doc", {Status.UNSUPPORTED}, {"legacy_office"}),
    "nested archives": (_nested, "a.zip", {Status.REFUSED}, {"archive_too_large", "archive_ratio"}),
    "entities": (lambda: package("docx", {"word/document.xml": _XXE}), "a.docx", {Status.REFUSED}, {"xml_document_type"}),
    "external relations": (
        lambda: docx(paragraph("a"), rId1=("attachedTemplate", "http://192.0.2.1/m.dotm")), "a.docx", {Status.READ}, {"external_relations"}),
    "script": (lambda: with_catalog(_JS), "a.pdf", {Status.READ}, {"pdf_scripts_ignored"}),
    "launch": (lambda: with_catalog(b"/OpenAction<</S/Launch/F(calc.exe)>>"), "a.pdf", {Status.READ}, {"pdf_actions_ignored"}),
    "10,000 pages": (_pages, "a.pdf", {Status.PARTIAL, Status.EMPTY}, set()),
    "swollen page": (_swollen, "a.pdf", {Status.REFUSED, Status.EMPTY, Status.DAMAGED, Status.PARTIAL}, set()),
    "vast picture": (_vast_picture, "a.pdf", {Status.REFUSED, Status.EMPTY, Status.DAMAGED, Status.PARTIAL}, set()),
    "vast image": (lambda: png(60_000, 60_000), "a.png", {Status.REFUSED}, {"image_too_large"}),
    "wrong extension": (lambda: docx(paragraph("a")), "a.pdf", {Status.UNSUPPORTED}, {"extension_mismatch"}),
    "two formats": (lambda: png(10, 10) + docx(paragraph("a")), "a.png", {Status.REFUSED}, {"polyglot"}),
    "traversal": (lambda: b"Bonjour", "../../../etc/passwd.txt", {Status.READ}, set()),
    "NUL": (lambda: b"Bonjour", "a\x00.exe\x00.txt", {Status.READ}, set()),
    "right to left": (lambda: b"Bonjour", "a\u202etxt.exe", {Status.UNSUPPORTED}, {"kind_not_read"}),
    "300 characters": (lambda: b"Bonjour", "é" * 300 + ".txt", {Status.READ}, set()),
}  # fmt: skip


@pytest.mark.parametrize("bad", list(_BAD))
async def test_it_is_refused_or_read_within_its_memory(bad: str) -> None:
    make, name, statuses, told = _BAD[bad]
    data = make()
    document, end = await sandbox.measured(data, name)
    document = document or await sandbox.read(data, name)  # the reader died of it: the report says so
    assert document.report.status in statuses, (document.report.status, codes(document))
    assert not told or told & set(codes(document)), codes(document)
    assert "root:" not in document.text
    assert len(document.text) < 1_000
    assert end is not None
    assert end.peak_bytes < DEFAULT.memory_bytes + _AROUND
    assert (await sandbox.read(b"Suivant", "note.txt")).text == "Suivant"
