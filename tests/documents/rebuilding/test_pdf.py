"""A PDF comes back as a DOCX or an ODT: headings, paragraphs, lists, tables and pages that their readers find again."""

import io
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as ET

import docx as word
import pytest
from PIL import Image as Drawn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Image, PageBreak, Paragraph, SimpleDocTemplate, Table

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.parsing.reader import read_file
from chatelet.documents.rebuilding.contract import Options, Part, Piece, PiecesMisplaced
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.makers import PLAIN, translated

_FORM = format_of("pdf")
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_STYLE, _TEXT, _FO = f"{_URN}:style:1.0", f"{_URN}:text:1.0", f"{_URN}:xsl-fo-compatible:1.0"
_LONG = "Le service rend le document dans sa forme, avec ses titres, ses listes et ses tableaux. " * 4


def _picture() -> bytes:
    out = io.BytesIO()
    Drawn.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def _pdf(*, picture: bool = False) -> bytes:
    styles, out = getSampleStyleSheet(), io.BytesIO()
    lines = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
    story: list[Flowable] = [
        Paragraph("Le rapport annuel", styles["Title"]),
        Paragraph("Les moyens", styles["Heading1"]),
        Paragraph(_LONG, styles["BodyText"]),
        *([Image(io.BytesIO(_picture()), 100, 50)] if picture else []),
        Table([["Poste", "Montant"], ["Personnel", "1200"], ["Achats", "300"]], style=lines),
        PageBreak(),
        Paragraph("Les projets", styles["Heading1"]),
        Paragraph(_LONG, styles["BodyText"]),
    ]
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()


def test_its_words_are_numbered_with_their_pages() -> None:
    found = _FORM.segments(_pdf())
    assert [(segment.text.strip()[:20], segment.part, segment.page) for segment in found] == [
        ("Le rapport annuel", Part.HEADING, 1),
        ("Les moyens", Part.HEADING, 1),
        ("Le service rend le d", Part.BODY, 1),
        ("Poste", Part.CELL, 1),
        ("Montant", Part.CELL, 1),
        ("Personnel", Part.CELL, 1),
        ("1200", Part.CELL, 1),
        ("Achats", Part.CELL, 1),
        ("300", Part.CELL, 1),
        ("Les projets", Part.HEADING, 2),
        ("Le service rend le d", Part.BODY, 2),
    ]
    assert [segment.text for segment in found if segment.locked] == ["1200", "300"]


def test_the_docx_has_its_structure_its_language_and_its_mark() -> None:
    options = Options(language="en", visible_mark="By a machine", unsure=frozenset({1}))
    rebuilt = translated(_FORM, _pdf(), str.upper, options)
    assert (rebuilt.kind, rebuilt.left_out) == ("docx", ["pdf_layout_simplified"])
    document = read_file(rebuilt.data, "rapport.docx")
    told = [(block.kind, document.text[block.start : block.end].strip()) for block in document.blocks]
    assert [text for kind, text in told if kind is BlockKind.HEADING] == ["LES MOYENS", "LES PROJETS"]
    assert _LONG.upper().strip() in document.text
    assert "By a machine" in document.text
    assert [[cell.row, cell.column] for cell in document.tables[0].cells] == [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
    ]
    with zipfile.ZipFile(io.BytesIO(rebuilt.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for content in parts.values():
        ET.fromstring(content)
    assert b'w:lang w:val="en"' in parts["word/styles.xml"]
    assert b'name="AIGenerated"' in parts["docProps/custom.xml"]
    assert b"<dc:title>LE RAPPORT ANNUEL</dc:title>" in parts["docProps/core.xml"]
    assert parts["word/document.xml"].count(b"<w:pageBreakBefore/>") == 1
    assert parts["word/document.xml"].count(b"w:highlight") == 1


def test_the_odt_has_its_structure_its_language_its_pictures_and_its_mark() -> None:
    options = Options(language="en-GB", visible_mark="By a machine", unsure=frozenset({1}), pdf_as="odt")
    rebuilt = translated(_FORM, _pdf(picture=True), str.upper, options)
    assert (rebuilt.kind, rebuilt.left_out) == ("odt", ["pdf_layout_simplified"])
    document = read_file(rebuilt.data, "rapport.odt")
    told = [(block.kind, document.text[block.start : block.end].strip()) for block in document.blocks]
    assert [text for kind, text in told if kind is BlockKind.HEADING] == ["LES MOYENS", "LES PROJETS"]
    assert _LONG.upper().strip() in document.text
    assert "By a machine" in document.text
    assert [(cell.row, cell.column) for cell in document.tables[0].cells] == [
        (row, column) for row in range(3) for column in range(2)
    ]
    with zipfile.ZipFile(io.BytesIO(rebuilt.data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
        assert package.infolist()[0].filename == "mimetype"
    for name, content in parts.items():
        if name.endswith(".xml"):
            ET.fromstring(content)
    assert b'fo:language="en" fo:country="GB"' in parts["styles.xml"]
    assert b"AIGenerated" in parts["meta.xml"] or b"ai_generated" in parts["meta.xml"]
    assert parts["content.xml"].count(b"P.Heading_20_1") == 2  # the style, and the page that it begins
    assert parts["content.xml"].count(b'"Unsure"') == 2
    [picture] = [name for name in parts if name.startswith("Pictures/")]
    shown = Drawn.open(io.BytesIO(parts[picture]))
    assert shown.width == 2 * shown.height


def test_the_same_words_bear_no_mark_and_odd_characters_are_left_out() -> None:
    data = _pdf()
    same = _FORM.rebuild(data, {segment.number: segment.pieces for segment in _FORM.segments(data)}, Options())
    assert b"AIGenerated" not in same.data
    odd = _FORM.rebuild(data, {1: [Piece("text", "a\x00<b>\x0bשלום")]}, Options(language="he", mark_ai=False))
    assert "a<b>שלום" in read_file(odd.data, "a.docx").text


def test_what_does_not_open_or_fit_is_refused() -> None:
    with pytest.raises(PiecesMisplaced):
        _FORM.rebuild(_pdf(), {99: [Piece("text", "x")]}, PLAIN)
    with pytest.raises(NotRead) as refused:
        _FORM.segments(b"%PDF-1.7\nrien")
    assert refused.value.finding.code == "file_damaged"


def test_pictures_stand_where_they_stood() -> None:
    rebuilt = translated(_FORM, _pdf(picture=True), str.upper)
    with zipfile.ZipFile(io.BytesIO(rebuilt.data)) as package:
        assert package.read("word/media/image1.png").startswith(b"\x89PNG")
        body = package.read("word/document.xml").decode()
    assert body.index("LE SERVICE") < body.index("<w:drawing>") < body.index("POSTE")
    assert f'cx="{100 * 12_700}"' in body


_STYLED = (
    'Le CO<sub rise="1.2" size="6">2</sub> sur 12 m<super rise="3.3" size="6">2</super> est <b>mesuré</b> puis <i>gardé</i>, avec ses titres, ses listes et '
    "ses tableaux."
)


def _with_styles() -> bytes:
    styles, out = getSampleStyleSheet(), io.BytesIO()
    cells = [
        [
            Paragraph("Poste", styles["BodyText"]),
            Paragraph('12 m<super rise="3.3" size="6">2</super> au sol', styles["BodyText"]),
        ]
    ] * 2
    table = Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    SimpleDocTemplate(out, pagesize=A4).build([Paragraph(_STYLED, styles["BodyText"]), table])
    return out.getvalue()


@pytest.mark.parametrize("change", [str.upper, str])
def test_bold_italic_raised_and_lowered_words_are_so_in_the_docx(change: Callable[[str], str]) -> None:
    made = word.Document(io.BytesIO(translated(_FORM, _with_styles(), change, PLAIN).data))
    runs = [run for line in made.paragraphs for run in line.runs]
    found = {run.text: run.font for run in runs}
    assert [run.text for run in runs if run.font.subscript] == ["2"]
    assert [run.text for run in runs if run.font.superscript] == ["2"]
    assert (found[change("mesuré")].bold, found[change("mesuré")].italic) == (True, False)
    assert (found[change("gardé")].bold, found[change("gardé")].italic) == (False, True)
    assert "".join(run.text for run in runs).startswith(change("Le CO2 sur 12 m2 est mesuré puis gardé"))
    cell = made.tables[0].cell(0, 1).paragraphs[0]
    assert [(run.text, bool(run.font.superscript)) for run in cell.runs] == [
        (change("12 m"), False), ("2", True), (change(" au sol"), False),
    ]  # fmt: skip


def _wholly(tag: str) -> bytes:
    """Return pages with a paragraph between two plain ones, wholly in another style."""
    styles, out = getSampleStyleSheet(), io.BytesIO()
    told = [_LONG, f"<{tag}>Nul ne peut entrer sans l'accord écrit de la direction du service.</{tag}>", _LONG]
    SimpleDocTemplate(out, pagesize=A4).build([Paragraph(one, styles["BodyText"]) for one in told])
    return out.getvalue()


@pytest.mark.parametrize(("tag", "look"), [("b", (True, False)), ("i", (False, True))])
@pytest.mark.parametrize("change", [str.upper, str])
def test_a_paragraph_wholly_bold_or_italic_is_so_in_the_docx(
    tag: str, look: tuple[bool, bool], change: Callable[[str], str]
) -> None:
    made = word.Document(io.BytesIO(translated(_FORM, _wholly(tag), change, PLAIN).data))
    found = {run.text[:6].lower(): run.font for line in made.paragraphs for run in line.runs}
    assert (found["nul ne"].bold, found["nul ne"].italic) == look
    assert (found["le ser"].bold, found["le ser"].italic) == (None, None)


@pytest.mark.parametrize(("tag", "name"), [("b", "T10"), ("i", "T01")])
def test_a_paragraph_wholly_bold_or_italic_is_so_in_the_odt(tag: str, name: str) -> None:
    data = translated(_FORM, _wholly(tag), str.upper, Options(pdf_as="odt")).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = ET.fromstring(package.read("content.xml"))
    spans = [(span.text or "", span.get(f"{{{_TEXT}}}style-name")) for span in content.iter(f"{{{_TEXT}}}span")]
    assert [(words[:6], style) for words, style in spans] == [("NUL NE", name)]


def test_bold_italic_raised_and_lowered_words_are_so_in_the_odt() -> None:
    data = translated(_FORM, _with_styles(), str.upper, Options(pdf_as="odt")).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        content = ET.fromstring(package.read("content.xml"))
    styles = {
        str(style.get(f"{{{_STYLE}}}name")): dict(style[0].attrib)
        for style in content.iter(f"{{{_STYLE}}}style")
        if len(style)
    }
    found = [(span.text, styles[str(span.get(f"{{{_TEXT}}}style-name"))]) for span in content.iter(f"{{{_TEXT}}}span")]
    positions = [(text, told.get(f"{{{_STYLE}}}text-position", "")[:5].strip()) for text, told in found]
    assert positions == [("2", "sub 5"), ("2", "super"), ("MESURÉ", ""), ("GARDÉ", ""), ("2", "super"), ("2", "super")]
    assert found[2][1][f"{{{_FO}}}font-weight"] == "bold"
    assert found[3][1][f"{{{_FO}}}font-style"] == "italic"
