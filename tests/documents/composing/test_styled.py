"""A document in the style of a letterhead: read back by the usual libraries, its header kept, its own words gone."""

import dataclasses
import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from odfdo import Document as OpenDocument

from chatelet.documents.composing import markdown, styled
from chatelet.documents.composing.blocks import Document, Publication
from tests.writing.drafting.style_files import open_letterhead, word_letterhead

TEXT = """\
## Contexte

Un paragraphe **fort** et *fin*.

- un
- deux

1. premier
2. second

| Action | Qui |
|---|---|
| Écrire | Ada |
"""
DOCUMENT = Document("Note d’essai", "fr", datetime(2025, 3, 1, tzinfo=UTC), markdown.read(TEXT), "Ada", mark_ai=True)


def test_a_word_letterhead_is_kept() -> None:
    style = word_letterhead()
    assert styled.inspect(style) == "docx"
    made = docx.Document(io.BytesIO(styled.write(DOCUMENT, "docx", style)))
    assert made.sections[0].header.paragraphs[0].text == "Laboratoire d’essai"
    assert made.sections[0].footer.paragraphs[0].text == "12 rue de la Paix, Lyon"
    words = [one.text for one in made.paragraphs]
    assert words[0] == "Note d’essai"
    assert "Service des essais" not in words
    assert words[-1] == "Contenu produit par une intelligence artificielle"
    [heading] = [one for one in made.paragraphs if one.text == "Contexte"]
    assert (heading.style.name, heading.style.font.size.pt) == ("Heading 2", 17)
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["Écrire", "Ada"]
    listed = [one for one in made.paragraphs if one._p.pPr is not None and one._p.pPr.numPr is not None]
    assert [one.text for one in listed] == ["un", "deux", "premier", "second"]
    assert made.core_properties.author == "Ada"


def test_words_go_where_the_letterhead_says() -> None:
    made = docx.Document(io.BytesIO(styled.write(DOCUMENT, "docx", word_letterhead(place=True))))
    words = [one.text for one in made.paragraphs]
    assert (words[0], words[1], words[-1]) == ("Service des essais", "Note d’essai", "Pied de lettre")
    assert not any("{{" in one for one in words)
    opened = OpenDocument(io.BytesIO(styled.write(DOCUMENT, "odt", open_letterhead(place=True))))
    text = opened.get_formatted_text()
    assert text.index("Service des essais") < text.index("Note d’essai") < text.index("Pied de lettre")


def test_an_open_letterhead_is_kept() -> None:
    style = open_letterhead()
    assert styled.inspect(style) == "odt"
    data = styled.write(DOCUMENT, "odt", style)
    made = OpenDocument(io.BytesIO(data))
    text = made.get_formatted_text()
    assert "Service des essais" not in text
    for words in ("Note d’essai", "Contexte", "premier", "Écrire", "Contenu produit par une intelligence artificielle"):
        assert words in text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert "Laboratoire d’essai" in archive.read("styles.xml").decode()
        assert "ai_generated" in archive.read("meta.xml").decode()
        assert 'style:name="Ours.Strong"' in archive.read("content.xml").decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word_letterhead(macros=True), "macros"),
        (open_letterhead(macros=True), "macros"),
        (word_letterhead(outside=True), "outside"),
        (b"%PDF-1.7", "format"),
        (b"PK\x03\x04 broken", "damaged"),
        (word_letterhead()[:-400], "damaged"),
        (b"PK" + b"\x00" * (5 * 1024 * 1024), "too_large"),
    ],
)
def test_what_is_refused_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(styled.StyleRefused) as raised:
        styled.inspect(data)
    assert raised.value.reason == reason


def test_a_published_letter_shows_its_label_under_its_title_and_no_other_notice() -> None:
    said = Publication("Relu par Ada <Martin>, qui en répond.", "Ada <Martin>")
    document = dataclasses.replace(DOCUMENT, publication=said)
    style = word_letterhead()
    made = docx.Document(io.BytesIO(styled.write(document, "docx", style)))
    words = [one.text for one in made.paragraphs]
    assert words[:2] == ["Note d’essai", "Relu par Ada <Martin>, qui en répond."]
    assert words[-1] != "Contenu produit par une intelligence artificielle"
    opened = OpenDocument(io.BytesIO(styled.write(document, "odt", open_letterhead())))
    kept = opened.meta.user_defined_metadata
    assert (kept["ai_generated"], kept["human_reviewer"], kept["human_reviewed_at"]) == (
        True,
        "Ada <Martin>",
        "2025-03-01",
    )
    assert "Contenu produit" not in opened.body.text_recursive
