"""TA-070: the kind of a file is in its content, must agree with its name, and is one kind only."""

import pytest

from chatelet.documents.parsing.document import Status
from tests.documents.parsing.makers import codes, compound, docx, odf, paragraph, png, read, zipped

_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
_DOCX = docx(paragraph("Bonjour"))
_WORKBOOK = "xl/workbook.xml"


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (b"", "vide.txt", Status.EMPTY, "empty_file"),
        (_DOCX, "note.pdf", Status.UNSUPPORTED, "extension_mismatch"),
        (_DOCX, "note.txt", Status.UNSUPPORTED, "extension_mismatch"),
        (_DOCX, "note.xlsx", Status.UNSUPPORTED, "extension_mismatch"),
        (_DOCX, "note.zip", Status.UNSUPPORTED, "extension_mismatch"),
        (_DOCX, "note.docx.exe", Status.UNSUPPORTED, "extension_mismatch"),
        (_PDF, "note.docx", Status.UNSUPPORTED, "extension_mismatch"),
        (png(10, 10), "note.jpg", Status.UNSUPPORTED, "extension_mismatch"),
        (png(10, 10), "note.pdf", Status.UNSUPPORTED, "extension_mismatch"),
        (b"<!DOCTYPE html><html><script>1</script></html>", "note.txt", Status.UNSUPPORTED, "extension_mismatch"),
        (b"Bonjour", "note.pdf", Status.UNSUPPORTED, "extension_mismatch"),
        (b"Bonjour", "note.docx", Status.UNSUPPORTED, "extension_mismatch"),
        (b"Bonjour", "note.exe", Status.UNSUPPORTED, "kind_not_read"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00" * 20, "note.txt", Status.UNSUPPORTED, "kind_unknown"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00" * 20, "note.exe", Status.UNSUPPORTED, "kind_unknown"),
        (b"\x00\x01\x02\x03" * 40, "note.docx", Status.DAMAGED, "file_damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image.svg", Status.UNSUPPORTED, "kind_not_read"),
        (compound({"WordDocument": b"x" * 100}), "old.doc", Status.UNSUPPORTED, "legacy_office"),
        (compound({"Workbook": b"x" * 100}), "old.xls", Status.UNSUPPORTED, "legacy_office"),
        (compound({"WordDocument": b"x" * 100}), "renamed.docx", Status.UNSUPPORTED, "legacy_office"),
        (compound({"EncryptedPackage": b"x" * 100, "EncryptionInfo": b"y"}), "secret.docx", Status.PASSWORD_REQUIRED, "password_required"),
        (zipped({"a.txt": "a"}), "note.docx", Status.DAMAGED, "part_missing"),
        (_DOCX[: len(_DOCX) // 2], "note.docx", Status.DAMAGED, "archive_damaged"),
    ],
)  # fmt: skip
def test_what_belies_its_name_is_told_as_such(data: bytes, name: str, status: Status, code: str) -> None:
    document = read(data, name)
    assert (document.report.status, codes(document)) == (status, [code])
    assert document.text == ""


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (png(10, 10) + _DOCX, "photo.png"),
        (_PDF + _DOCX, "note.pdf"),
        (zipped({"a.pdf": _PDF, "b.txt": "b"}, stored=("a.pdf",)) + b"\nstartxref\n9\n%%EOF\n", "both.zip"),
        (b"GIF89a, said the text\n" + _PDF, "note.txt"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 20 + zipped({"a.txt": "a"}), "photo.jpg"),
    ],
)
def test_a_file_that_is_two_formats_is_refused(data: bytes, name: str) -> None:
    document = read(data, name)
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["polyglot"])


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (_DOCX, "note.docx", "docx"),
        (_DOCX, "NOTE.DOCX", "docx"),
        (_DOCX, "note", "docx"),
        (odf("odt", "<text:p>Bonjour</text:p>"), "note.odt", "odt"),
        (b"{\\rtf1 Bonjour}", "note.doc", "rtf"),
        (b"# Bonjour", "note.md", "markdown"),
        (b"a;b\n1;2\n", "note.csv", "csv"),
        (b"print(1)\n", "note.py", "code"),
        (b"<p>Bonjour, ceci est une page.</p>", "note.html", "html"),
        (b"From: a@b.fr\nTo: c@d.fr\nSubject: x\n\nBonjour", "note.eml", "eml"),
        (b"From: a@b.fr\nTo: c@d.fr\nSubject: x\n\nBonjour", "forwarded", "eml"),
        (b"A text that tells of %PDF-1.7 files, and of startxref.", "note.txt", "text"),
    ],
)
def test_the_kind_is_found_in_the_content(data: bytes, name: str, kind: str) -> None:
    document = read(data, name)
    assert (document.kind, document.report.status) == (kind, Status.READ)


def test_the_text_of_a_pdf_inside_a_mail_is_not_a_second_format() -> None:
    assert read(b"Une lettre.\n%PDF-1.4 est un en-t\xc3\xaate.", "note.txt").report.status is Status.READ
