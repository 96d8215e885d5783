"""Spreadsheets and presentations: pages with their names, cells as people see them, what is hidden flagged."""

import pytest

from chatelet.documents.parsing.document import BlockKind, Status
from chatelet.documents.parsing.number_formats import shown
from tests.documents.parsing.makers import A, P, R, codes, odf, package, read, relations, texts

_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _workbook() -> bytes:
    cell = '<c r="{}" t="s"><v>{}</v></c>'
    sheet = f"""<worksheet {_S}><cols><col min="4" max="4" hidden="1"/></cols><sheetData>
<row r="1">{cell.format("A1", 0)}</row>
<row r="3">{cell.format("A3", 1)}<c r="B3" s="1"><v>45000</v></c><c r="C3" s="2"><v>0.125</v></c><c r="D3"><v>9</v></c></row>
<row r="4" hidden="1">{cell.format("A4", 2)}</row>
<row r="5"><c r="A5" t="inlineStr"><is><t>en ligne</t></is></c><c r="B5"><f>B3*2</f><v>90000</v></c><c r="C5" t="b"><v>1</v></c></row>
</sheetData><mergeCells><mergeCell ref="A1:C1"/></mergeCells></worksheet>"""
    comments = f'<comments {_S}><authors><author>Ada</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>à vérifier</t></r></text></comment></commentList></comments>'
    return package(
        "xlsx",
        {
            "xl/workbook.xml": f'<workbook {_S} {R}><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/><sheet name="Calculs" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                rId1=("worksheet", "worksheets/sheet1.xml"), rId2=("worksheet", "worksheets/sheet2.xml"),
                rId3=("sharedStrings", "sharedStrings.xml"), rId4=("styles", "styles.xml"),
            ),
            "xl/sharedStrings.xml": f"<sst {_S}><si><t>Budget 2023</t></si><si><r><t>Date </t></r><r><t>et taux</t></r></si><si><t>caché</t></si></sst>",
            "xl/styles.xml": f'<styleSheet {_S}><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": sheet,
            "xl/worksheets/sheet2.xml": f'<worksheet {_S}><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relations(rId1=("comments", "../comments1.xml")),
            "xl/comments1.xml": comments,
        },
    )  # fmt: skip


def test_a_workbook_is_read_by_the_values_people_see() -> None:
    document = read(_workbook(), "budget.xlsx")
    assert [(page.number, page.label) for page in document.pages] == [(1, "Budget"), (2, "Calculs")]
    table = document.tables[0]
    assert document.text[table.start : table.end] == (
        "Budget 2023\nDate et taux | 15/03/2023 | 12.50%\nen ligne | 90000 | TRUE"
    )
    assert table.cells[0].columns == 3
    assert texts(document, BlockKind.TABLE, hidden=True) == [" | 9\ncaché", "7"]
    assert texts(document, BlockKind.COMMENT) == ["à vérifier"]
    assert {"hidden_sheet", "hidden_rows_or_columns", "formulas_shown_by_value", "hidden_text"} <= set(codes(document))


@pytest.mark.parametrize(
    ("raw", "code", "seen"),
    [
        ("12553", "#,##0", "12553"),
        ("-12553.4", "#,##0;(#,##0)", "(12553)"),
        ("0.005", "0.0%", "0.5%"),
        ("1234.5", '#,##0.00\\ "€"', "1234.50 €"),
        ("1234.5", "[$€-40C]#,##0.00", "€1234.50"),
        ("-3", "0;[Red]-0", "-3"),
        ("0", '0;-0;"néant"', "néant"),
        ("0.1", "General", "0.1"),
        ("0.30000000000000004", "General", "0.3"),
        ("123456789012", "General", "123456789012"),
        ("7", "000", "007"),
        ("2.50", "0.##", "2.5"),
        ("1500000", '0.0,,"M"', "1.5M"),
        ("45000", "yyyy-mm-dd", "2023-03-15"),
        ("45000.75", "d/m/yy h:mm", "15/3/23 18:00"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("1.5", "[h]:mm", "36:00"),
        ("45000", "mmmm yyyy", "March 2023"),
        ("1E+400", "0", "1E+400"),
        ("abc", "0", "abc"),
        ("-5", "yyyy", "-5"),
    ],
)
def test_numbers_are_written_in_their_format(raw: str, code: str, seen: str) -> None:
    assert shown(raw, code) == seen


def _shape(kind: str, *lines: str, hidden: str = "") -> str:
    words = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    placeholder = f'<p:ph type="{kind}"/>' if kind else ""
    return f'<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"{hidden}/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:txBody>{words}</p:txBody></p:sp>'


def _slide(*shapes: str, show: str = "") -> str:
    return f"<p:sld {P} {A}{show}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def _deck() -> bytes:
    row = "<a:tr>{}</a:tr>"
    cell = "<a:tc{}><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    table = "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow='1'/>"
    table += row.format(cell.format(' gridSpan="2"', "Effectifs") + cell.format(' hMerge="1"', ""))
    table += (
        row.format(cell.format("", "2024") + cell.format("", "12"))
        + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    return package(
        "pptx",
        {
            "ppt/presentation.xml": f'<p:presentation {P} {R}><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(rId1=("slide", "slides/slide1.xml"), rId2=("slide", "slides/slide2.xml")),
            "ppt/slides/slide1.xml": _slide(_shape("title", "Seconde"), show=' show="0"'),
            "ppt/slides/slide2.xml": _slide(table, _shape("body", "un", "deux"), _shape("title", "Première"), _shape("sldNum", "7"), _shape("", "libre"), _shape("", "secret", hidden=' hidden="1"')),
            "ppt/slides/_rels/slide2.xml.rels": relations(rId1=("notesSlide", "../notesSlides/notesSlide1.xml")),
            "ppt/notesSlides/notesSlide1.xml": _slide(_shape("body", "dire bonjour"), _shape("sldNum", "7")),
        },
    )  # fmt: skip


def test_slides_are_pages_in_the_order_they_are_shown() -> None:
    document = read(_deck(), "deck.pptx")
    assert [page.label for page in document.pages] == ["Première", "Seconde"]
    assert texts(document, BlockKind.HEADING) == ["Première", "Seconde"]
    assert texts(document, BlockKind.LIST_ITEM) == ["• un", "• deux"]
    assert texts(document, BlockKind.TABLE) == ["Effectifs\n2024 | 12"]
    assert document.tables[0].cells[0].columns == 2
    assert texts(document, BlockKind.SPEAKER_NOTES) == ["dire bonjour"]
    assert texts(document, BlockKind.PARAGRAPH) == ["libre"]
    assert texts(document, hidden=True) == ["secret"]
    assert {"hidden_slide", "hidden_text"} == set(codes(document))


def test_an_opendocument_spreadsheet_is_read_as_it_is_shown() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    twice, formula = ' table:number-columns-repeated="2"', ' table:formula="of:=1"'
    rows = f"<table:table-row>{cell.format('', 'Année')}{cell.format(twice, 'x')}</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    rows += f"<table:table-row table:visibility='collapse'>{cell.format(formula, '1,50 €')}</table:table-row>"
    hidden = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    second = f'<table:table table:name="Calculs" table:style-name="ta2"><table:table-row>{cell.format("", "7")}</table:table-row></table:table>'
    document = read(
        odf("ods", f'<table:table table:name="Budget">{rows}</table:table>{second}', automatic=hidden), "b.ods"
    )
    assert [page.label for page in document.pages] == ["Budget", "Calculs"]
    assert texts(document, BlockKind.TABLE) == ["Année | x | x"]
    assert texts(document, BlockKind.TABLE, hidden=True) == ["1,50 €", "7"]


def test_an_opendocument_presentation_has_pages_and_notes() -> None:
    frame = '<draw:frame presentation:class="{}"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'
    slide = frame.format("title", "Bilan") + frame.format("outline", "premier point")
    slide += f"<presentation:notes>{frame.format('notes', 'dire merci')}</presentation:notes>"
    document = read(odf("odp", f'<draw:page draw:name="page1">{slide}</draw:page>'), "deck.odp")
    assert (document.report.status, document.pages[0].label) == (Status.READ, "Bilan")
    assert texts(document, BlockKind.HEADING) == ["Bilan"]
    assert texts(document, BlockKind.SPEAKER_NOTES) == ["dire merci"]
    assert "premier point" in document.text
