"""PPTX and XLSX given back: shapes, notes, diagrams; shared strings, what formulas compare, comments."""

from chatelet.documents.rebuilding.contract import Options, Part
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.parsing.makers import A, P, R, package, relations
from tests.documents.rebuilding.giving import QUIET, assert_same, changed, parts, replaced, segments, words

_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _shape(text: str, placeholder: str = "") -> str:
    told = f'<p:ph type="{placeholder}"/>' if placeholder else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" descr=""/><p:nvPr>{told}</p:nvPr></p:nvSpPr><p:txBody><a:bodyPr/>'
        f"<a:p><a:pPr/>{text}<a:endParaRPr/></a:p></p:txBody></p:sp>"
    )


def _run(text: str, properties: str = "") -> str:
    return f"<a:r>{properties}<a:t>{text}</a:t></a:r>"


def _pptx(*shapes: str, parts: dict[str, bytes | str] | None = None, **targets: tuple[str, str]) -> bytes:
    slide = f"<p:sld {P} {A} {R}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"
    return package(
        "pptx",
        {
            "ppt/presentation.xml": f'<p:presentation {P} {R}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(rId1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": slide,
            "ppt/slides/_rels/slide1.xml.rels": relations(**targets),
            **(parts or {}),
        },
    )


def _xlsx(strings: str, cells: str, parts: dict[str, bytes | str] | None = None, **targets: tuple[str, str]) -> bytes:
    return package(
        "xlsx",
        {
            "xl/workbook.xml": f'<workbook {_SHEET} {R}><sheets><sheet name="A" sheetId="1" r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId3"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                rId1=("worksheet", "worksheets/sheet1.xml"),
                rId2=("sharedStrings", "sharedStrings.xml"),
                rId3=("worksheet", "worksheets/sheet2.xml"),
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {_SHEET}><sheetData><row>{cells}</row></sheetData></worksheet>",
            "xl/worksheets/sheet2.xml": f'<worksheet {_SHEET}><sheetData><row><c t="s"><v>2</v></c><c t="s"><v>0</v></c></row></sheetData></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": relations(**targets),
            "xl/sharedStrings.xml": f"<sst {_SHEET}>{strings}</sst>",
            **(parts or {}),
        },
    )


def test_a_slide_its_table_its_notes_and_its_comments() -> None:
    table = f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="t" descr="A table"/></p:nvGraphicFramePr><a:tbl><a:tr><a:tc><a:txBody><a:p>{_run("Cell")}</a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>'
    words_ = (
        _run("Bon", '<a:rPr lang="fr-FR" dirty="0"/>')
        + _run("jour ", '<a:rPr lang="fr-FR" err="1"/>')
        + _run("fort", '<a:rPr b="1"/>')
    )
    notes = f"<p:notes {P} {A}>{_shape(_run('Say it'), 'body')}{_shape(_run('12'), 'sldNum')}</p:notes>"
    comments = f"<p:cmLst {P}><p:cm><p:text>Why?</p:text></p:cm></p:cmLst>"
    data = _pptx(
        _shape(_run("Titre"), "title"), _shape(words_ + "<a:br/><a:fld type='slidenum'><a:t>1</a:t></a:fld>", "body"), table,
        parts={"ppt/notesSlides/n1.xml": notes, "ppt/comments/c1.xml": comments},
        rId1=("notesSlide", "../notesSlides/n1.xml"), rId2=("comments", "../comments/c1.xml"),
    )  # fmt: skip
    assert words("pptx", data) == ["Titre", "Bonjour <1fort1>[2]", "A table", "Cell", "Say it", "Why?"]
    told = segments("pptx", data)
    assert [one.part for one in told] == [Part.HEADING, Part.BODY, Part.ALTERNATIVE, Part.CELL, Part.NOTE, Part.COMMENT]
    assert {one.page for one in told} == {1}
    assert told[1].language == "fr-FR"
    rebuilt = changed(
        "pptx", data, options=Options(language="en-GB", unsure=frozenset({1}), visible_mark="Par une machine")
    )
    slide = parts(rebuilt.data)["ppt/slides/slide1.xml"].decode()
    assert (
        '<a:rPr lang="en-GB" dirty="0"><a:highlight><a:srgbClr val="FFFF00"/></a:highlight></a:rPr><a:t>BONJOUR </a:t>'
        in slide
    )
    assert 'descr="A TABLE"' in slide
    assert slide.count("Par une machine") == 1
    assert b"WHY?" in parts(rebuilt.data)["ppt/comments/c1.xml"]


def test_a_diagram_is_written_where_it_is_drawn_too() -> None:
    data_part = (
        f'<dgm:dataModel xmlns:dgm="d" {A}><dgm:pt><dgm:t><a:p>{_run("Step")}</a:p></dgm:t></dgm:pt></dgm:dataModel>'
    )
    drawn = f'<dsp:drawing xmlns:dsp="d" {A}><dsp:sp><dsp:txBody><a:p>{_run("Step")}</a:p></dsp:txBody></dsp:sp></dsp:drawing>'
    chart = (
        f'<c:chartSpace xmlns:c="c" {A}><c:title><a:p>{_run("Sales")}</a:p></c:title><c:v>Cached</c:v></c:chartSpace>'
    )
    data = _pptx(
        parts={"ppt/diagrams/data1.xml": data_part, "ppt/diagrams/drawing1.xml": drawn, "ppt/charts/chart1.xml": chart},
        rId1=("diagramData", "../diagrams/data1.xml"), rId2=("diagramDrawing", "../diagrams/drawing1.xml"), rId3=("chart", "../charts/chart1.xml"),
    )  # fmt: skip
    assert words("pptx", data) == ["Step", "Sales"]
    assert_same("pptx", data)
    after = parts(changed("pptx", data).data)
    assert b"STEP" in after["ppt/diagrams/data1.xml"]
    assert b"STEP" in after["ppt/diagrams/drawing1.xml"]
    assert b"Cached" in after["ppt/charts/chart1.xml"]


def test_what_a_slide_deck_cannot_record_is_said() -> None:
    rebuilt = changed("pptx", _pptx(_shape(_run("a"))), options=Options(track=True))
    assert rebuilt.left_out == ("tracking_unsupported",)
    assert b">A<" in parts(rebuilt.data)["ppt/slides/slide1.xml"]


def test_strings_are_told_once_with_their_sheet() -> None:
    strings = (
        "<si><t>un</t></si><si><r><t>de</t></r><r><rPr><b/></rPr><t>ux</t></r><rPh sb='0' eb='1'><t>phon</t></rPh></si>"
        "<si><t>trois\nlignes</t></si><si><t>Nom</t></si><si><t>Oui</t></si><si><t> </t></si>"
    )
    cells = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c><c t="str"><f>IF(A1="Oui","x","y")</f><v>x</v></c>'
        '<c t="inlineStr"><is><t>en ligne</t></is></c><c><v>12</v></c>'
    )
    comments = f"<comments {_SHEET}><commentList><comment><text><r><t>Pourquoi ?</t></r></text></comment></commentList></comments>"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="x" {A}><xdr:sp><xdr:txBody><a:p>{_run("Boîte")}</a:p></xdr:txBody></xdr:sp></xdr:wsDr>'
    )
    data = _xlsx(
        strings, cells,
        {"xl/tables/table1.xml": f'<table {_SHEET}><tableColumn id="1" name="Nom"/></table>', "xl/comments1.xml": comments, "xl/drawings/d1.xml": drawing},
        rId1=("comments", "../comments1.xml"), rId2=("drawing", "../drawings/d1.xml"),
    )  # fmt: skip
    told = segments("xlsx", data)
    assert [(one.text, one.page, one.locked) for one in told] == [
        ("un", 1, False), ("deux", 1, False), ("trois\nlignes", 2, False), ("Nom", 1, True), ("Oui", 1, True),
        ("en ligne", 1, False), ("Pourquoi ?", 1, False), ("Boîte", 1, False),
    ]  # fmt: skip
    assert_same("xlsx", data)
    after = parts(changed("xlsx", data).data)
    assert b'IF(A1="Oui","x","y")</f><v>x</v>' in after["xl/worksheets/sheet1.xml"]
    assert b"<t>Nom</t>" in after["xl/sharedStrings.xml"]
    assert b"phon" in after["xl/sharedStrings.xml"]
    assert b"EN LIGNE" in after["xl/worksheets/sheet1.xml"]


def test_a_string_that_is_unsure_is_coloured_and_spaces_are_kept() -> None:
    data = _xlsx("<si><t>un</t></si><si><t>deux</t></si><si><t>x</t></si>", "")
    after = parts(replaced("xlsx", data, 0, " one\n", options=Options(mark_ai=False, unsure=frozenset({1}))).data)
    strings = after["xl/sharedStrings.xml"].decode()
    assert '<si><t xml:space="preserve"> one\n</t></si>' in strings
    assert '<si><r><rPr><color rgb="FFC00000"/></rPr><t xml:space="preserve">deux</t></r></si>' in strings


def test_the_first_sheet_says_that_a_machine_wrote() -> None:
    data = _xlsx("<si><t>un</t></si>", '<c t="s"><v>0</v></c>')
    rebuilt = format_of("xlsx").rebuild(data, {}, Options(mark_ai=False, visible_mark="Par <une> machine"))
    sheet = parts(rebuilt.data)["xl/worksheets/sheet1.xml"].decode()
    assert '</row><row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve">Par &lt;une&gt; machine</t>' in sheet
    assert parts(rebuilt.data)["xl/worksheets/sheet2.xml"] == parts(data)["xl/worksheets/sheet2.xml"]


def test_a_hundred_thousand_cells() -> None:
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(100_000))
    data = _xlsx("".join(f"<si><t>mot {number}</t></si>" for number in range(100_000)), cells)
    told = segments("xlsx", data)
    assert len(told) == 100_000
    assert told[-1].page == 1
    rebuilt = format_of("xlsx").rebuild(data, {99_999: [type(told[0].pieces[0])("text", "fin")]}, QUIET)
    assert parts(rebuilt.data)["xl/sharedStrings.xml"].endswith(b"<si><t>mot 99998</t></si><si><t>fin</t></si></sst>")
