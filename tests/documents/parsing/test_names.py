"""TA-073: the name of a file is shown, never followed; what it shows is what it is."""

import pytest

from chatelet.documents.parsing.names import LONGEST, display_name, extension_of


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\cmd.txt", "cmd.txt"),
        ("/etc/passwd", "passwd"),
        ("C:\\Users\\moi\\note.pdf", "note.pdf"),
        ("..", "document"),
        ("...", "document"),
        ("", "document"),
        ("   ", "document"),
        ("\x00", "document"),
        ("note.pdf\x00.exe", "note.pdf.exe"),
        ("no\x00te.pdf", "note.pdf"),
        ("note\r\nX-Header: 1.pdf", "note X-Header_ 1.pdf"),
        ("note\u202efdp.exe", "notefdp.exe"),
        ("\u2066note\u2069.pdf", "note.pdf"),
        ("note\u200b.pdf", "note.pdf"),
        ("note\u200f.pdf", "note.pdf"),
        ("note .pdf. ", "note .pdf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.pdf", "_com1.pdf"),
        ("console.txt", "console.txt"),
        ("a\uff0fb.pdf", "b.pdf"),
        ("a\u2215b.pdf", "b.pdf"),
        ("<img src=x>.pdf", "_img src=x_.pdf"),
        ("note.txt:stream.exe", "note.txt_stream.exe"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("Réunion du 3 mars — ordre du jour.docx", "Réunion du 3 mars — ordre du jour.docx"),
        ("📎 pièce.pdf", "📎 pièce.pdf"),
    ],
)
def test_a_name_is_made_safe_to_show(given: str, shown: str) -> None:
    assert display_name(given) == shown
    assert display_name(shown) == shown


def test_a_long_name_keeps_its_beginning_and_its_extension() -> None:
    name = display_name("é" * 300 + ".docx")
    assert len(name) == LONGEST
    assert name.endswith("….docx")
    assert extension_of(name) == "docx"


def test_the_extension_is_that_of_what_is_shown() -> None:
    assert extension_of("note\u202efdp.exe") == "exe"
    assert extension_of("NOTE.PDF") == "pdf"
    assert extension_of("Makefile") == ""
