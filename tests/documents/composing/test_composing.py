"""What is written is read back, by our own readers of each format; nothing of the words is lost nor interpreted."""

import dataclasses
import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from chatelet.documents.composing import markdown
from chatelet.documents.composing.blocks import (
    AI_NOTICE,
    Document,
    Grid,
    Heading,
    Items,
    PageBreak,
    Publication,
    Run,
    plain,
)
from chatelet.documents.composing.writing import Form, write

_TEXT = """# Un titre à accents : œuvre, Noël, ça

Une phrase avec du **gras**, de l’*italique* et <b>aucune balise</b> & rien d’autre,
sur deux lignes.

- première puce
- seconde puce,
  qui continue

1. un
2. deux

| Durée | Où |
|---|---|
| 30 jours | « ici » |
| 12 € | <script> |

\\pagebreak

## Suite
"""
_FORMS: tuple[Form, ...] = ("odt", "docx", "pdf")


def _document(text: str = _TEXT, *, mark_ai: bool = False) -> Document:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    return Document("Fiche de registre", "fr", moment, markdown.read(text), author="Observatoire", mark_ai=mark_ai)


def _words(data: bytes, form: Form) -> str:
    if form == "pdf":
        with pypdfium2.PdfDocument(data) as read:
            return "\f".join(page.get_textpage().get_text_bounded() for page in read)
    name = {"odt": "content.xml", "docx": "word/document.xml"}[form]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return " ".join(ET.fromstring(archive.read(name)).itertext())


def test_blocks_are_read() -> None:
    blocks = markdown.read(_TEXT)
    heading, paragraph, bullets, numbers, grid, pause, last = blocks
    assert isinstance(heading, Heading)
    assert (heading.level, plain(heading.words)) == (1, "Un titre à accents : œuvre, Noël, ça")
    assert not isinstance(paragraph, PageBreak | Grid | Items)
    assert Run("gras", bold=True) in paragraph.words
    assert Run("italique", italic=True) in paragraph.words
    assert isinstance(bullets, Items)
    assert [plain(one) for one in bullets.items] == ["première puce", "seconde puce, qui continue"]
    assert isinstance(numbers, Items)
    assert numbers.ordered
    assert isinstance(grid, Grid)
    assert [[plain(cell) for cell in row] for row in grid.rows] == [["30 jours", "« ici »"], ["12 €", "<script>"]]
    assert isinstance(pause, PageBreak)
    assert isinstance(last, Heading)


@pytest.mark.parametrize("form", _FORMS)
def test_words_are_all_there(form: Form) -> None:
    told = _words(write(_document(), form), form).replace("\u00a0", " ").replace("\u202f", " ")
    for words in ("Fiche de registre", "œuvre, Noël, ça", "<b>aucune balise</b> & rien", "gras", "seconde puce",
                  "« ici »", "12 €", "<script>", "Suite"):  # fmt: skip
        assert words in told, words


@pytest.mark.parametrize("form", _FORMS)
def test_same_document_same_bytes(form: Form) -> None:
    assert write(_document(), form) == write(_document(), form)


@pytest.mark.parametrize("form", _FORMS)
def test_what_a_model_wrote_says_so(form: Form) -> None:
    marked, bare = write(_document(mark_ai=True), form), write(_document(), form)
    if form == "pdf":
        with pypdfium2.PdfDocument(marked) as read:
            assert read.get_metadata_dict()["Keywords"] == "ai_generated=true"
        assert AI_NOTICE["fr"] in _words(marked, form)
        assert AI_NOTICE["fr"] not in _words(bare, form)
        return
    name = {"odt": "meta.xml", "docx": "docProps/custom.xml"}[form]
    with zipfile.ZipFile(io.BytesIO(marked)) as one, zipfile.ZipFile(io.BytesIO(bare)) as other:
        assert b"ai_generated" in one.read(name)
        assert b"ai_generated" not in other.read(name)


@pytest.mark.parametrize("form", ["odt", "docx"])
def test_every_part_is_xml_even_of_hostile_words(form: Form) -> None:
    hostile = "# \x00\x0b]]> & \ud800 \U0010ffff <x>\n\n| a |\n|---|\n| </table> |\n"
    with zipfile.ZipFile(io.BytesIO(write(_document(hostile), form))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name != "mimetype":
                ET.fromstring(archive.read(name))


def test_open_document_begins_with_its_type() -> None:
    data = write(_document(), "odt")
    assert data[30:38] == b"mimetype"
    assert data[38:].startswith(b"application/vnd.oasis.opendocument.text")


def test_pdf_has_pages_outline_and_embedded_fonts() -> None:
    rows = "".join(f"| ligne {number} | valeur |\n" for number in range(120))
    data = write(_document(f"# Un\n\n## Deux\n\n| Colonne | B |\n|---|---|\n{rows}"), "pdf")
    with pypdfium2.PdfDocument(data) as read:
        assert len(read) > 2
        assert [entry.get_title() for entry in read.get_toc()] == ["Un", "Deux"]
    pages = _words(data, "pdf").split("\f")
    assert all("valeur" in page and "Colonne" in page for page in pages[:2])
    assert b"/FontFile2" in data


@pytest.mark.parametrize("label", ["", "Texte relu par une personne."])
def test_a_pdf_to_publish_names_its_reviewer_and_shows_the_label_that_was_kept(label: str) -> None:
    document = dataclasses.replace(_document(mark_ai=True), publication=Publication(label, "Ada Martin"))
    opened = pypdfium2.PdfDocument(write(document, "pdf"))
    keywords = opened.get_metadata_dict()["Keywords"]
    assert "ai_generated=true" in keywords
    assert "human_reviewer=Ada Martin; human_reviewed_at=2026-11-22" in keywords
    pages = [page.get_textpage().get_text_range() for page in opened]
    assert (bool(label) and label in pages[0]) == bool(label)
    assert not any(AI_NOTICE["fr"] in page for page in pages)
