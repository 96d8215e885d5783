"""DOCX: what is read in the body, and what is kept beside it."""

from chatelet.documents.parsing.document import BlockKind, Status
from tests.documents.parsing.makers import M, R, W, codes, docx, package, paragraph, read, text, texts

_STYLES = f"""<w:styles {W}>
<w:style w:styleId="Titre1" w:type="paragraph"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Fille" w:type="paragraph"><w:name w:val="Article"/><w:basedOn w:val="Titre1"/><w:pPr><w:outlineLvl w:val="1"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="T" w:type="paragraph"><w:name w:val="Title"/></w:style></w:styles>"""
_NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="2"/></w:num></w:numbering>"""


def _item(words: str, level: int) -> str:
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="8"/></w:numPr>')


def test_headings_and_lists_have_their_levels_and_their_numbers() -> None:
    body = paragraph("Règlement", '<w:pStyle w:val="T"/>')
    body += paragraph("Objet", '<w:pStyle w:val="Titre1"/>') + paragraph("Portée", '<w:pStyle w:val="Fille"/>')
    body += paragraph("Durée", '<w:pStyle w:val="Titre1"/>') + paragraph("Terme", '<w:pStyle w:val="Fille"/>')
    body += _item("un", 0) + _item("a", 1) + _item("b", 1) + paragraph("Fin")
    data = docx(
        body,
        {"word/styles.xml": _STYLES, "word/numbering.xml": _NUMBERING},
        rId1=("styles", "styles.xml"),
        rId2=("numbering", "numbering.xml"),
    )
    document = read(data, "note.docx")
    assert [(block.kind, block.level, text(document, block)) for block in document.blocks] == [
        (BlockKind.TITLE, 0, "Règlement"),
        (BlockKind.HEADING, 1, "I. Objet"),
        (BlockKind.HEADING, 2, "I.1 Portée"),
        (BlockKind.HEADING, 1, "II. Durée"),
        (BlockKind.HEADING, 2, "II.1 Terme"),
        (BlockKind.LIST_ITEM, 1, "• un"),
        (BlockKind.LIST_ITEM, 2, "c) a"),
        (BlockKind.LIST_ITEM, 2, "d) b"),
        (BlockKind.PARAGRAPH, 0, "Fin"),
    ]
    assert document.title == "Règlement"


def test_changes_and_hidden_text_are_beside_the_body() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    body = (
        "<w:p>" + run.format("Le délai est de ")
        + '<w:del w:author="Ada"><w:r><w:delText>dix</w:delText></w:r></w:del>'
        + f'<w:ins w:author="Bob">{run.format("vingt")}</w:ins>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
        + '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>blanc</w:t></w:r>'
        + '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> jours.</w:t></w:r></w:p>'
    )  # fmt: skip
    document = read(docx(body), "note.docx")
    assert texts(document, BlockKind.PARAGRAPH) == ["Le délai est de  jours."]
    found = {block.kind: (text(document, block), block.author) for block in document.blocks if not block.hidden}
    assert found[BlockKind.DELETION] == ("dix", "Ada")
    assert found[BlockKind.INSERTION] == ("vingt", "Bob")
    assert texts(document, hidden=True) == ["cachéblanc"]
    assert set(codes(document)) == {"hidden_text", "comments_and_changes"}


def test_notes_comments_headers_and_boxes_are_told_as_such() -> None:
    box = f"<w:r><w:drawing><wps><w:txbxContent>{paragraph('dans un cadre')}</w:txbxContent></wps></w:drawing></w:r>"
    body = (
        f'<w:p><w:r><w:t>Corps</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>{box}'
        '<w:r><w:endnoteReference w:id="3"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    note = "<w:{0}s {1}><w:{0} w:type='separator' w:id='-1'>{2}</w:{0}><w:{0} w:id='{3}'{4}>{5}</w:{0}></w:{0}s>"
    parts: dict[str, bytes | str] = {
        "word/footnotes.xml": note.format("footnote", W, paragraph("trait"), 2, "", paragraph("une note")),
        "word/endnotes.xml": note.format("endnote", W, paragraph("trait"), 3, "", paragraph("une note de fin")),
        "word/comments.xml": note.format("comment", W, paragraph("trait"), 0, " w:author='Ada'", paragraph("à revoir")),
        "word/header1.xml": f"<w:hdr {W}>{paragraph('En-tête')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{paragraph('Pied')}</w:ftr>",
    }
    kinds = ("footnotes", "endnotes", "comments", "header", "footer")
    names = ("footnotes", "endnotes", "comments", "header1", "footer1")
    targets = {f"rId{n}": (kind, f"{name}.xml") for n, (kind, name) in enumerate(zip(kinds, names, strict=True))}
    document = read(docx(body, parts, **targets), "note.docx")
    assert [(block.kind, text(document, block)) for block in document.blocks] == [
        (BlockKind.PAGE_HEADER, "En-tête"),
        (BlockKind.PARAGRAPH, "Corps"),
        (BlockKind.PARAGRAPH, "dans un cadre"),
        (BlockKind.PAGE_FOOTER, "Pied"),
        (BlockKind.FOOTNOTE, "une note"),
        (BlockKind.FOOTNOTE, "une note de fin"),
        (BlockKind.COMMENT, "à revoir"),
    ]
    assert document.blocks[-1].author == "Ada"


def _cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def test_tables_are_kept_cell_by_cell() -> None:
    rows = [
        "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + _cell("Année")
        + _cell("Montants", '<w:gridSpan w:val="2"/>')
        + "</w:tr>",
        "<w:tr>" + _cell("2024", '<w:vMerge w:val="restart"/>') + _cell("1,5") + _cell("2") + "</w:tr>",
        "<w:tr>" + _cell("", "<w:vMerge/>") + _cell("3") + _cell("4") + "</w:tr>",
    ]
    nested = (
        f"<w:tr>{_cell('a')}<w:tc><w:tbl><w:tr>{_cell('b')}{_cell('c')}</w:tr></w:tbl>{paragraph('d')}</w:tc></w:tr>"
    )
    document = read(docx(f"<w:tbl>{''.join(rows)}</w:tbl><w:tbl>{nested}</w:tbl>"), "note.docx")
    first, second = document.tables
    assert document.text[first.start : first.end] == "Année | Montants\n2024 | 1,5 | 2\n | 3 | 4"
    assert document.text[second.start : second.end] == "a | b / c d"
    found = {(cell.row, cell.column): cell for cell in first.cells}
    assert (found[0, 1].columns, found[1, 0].rows) == (2, 2)
    assert [cell.header for cell in first.cells] == [True, True, False, False, False, False, False]
    assert [document.text[cell.start : cell.end] for cell in first.cells][-1] == "4"


def test_a_table_of_one_cell_is_a_frame() -> None:
    document = read(docx(f"<w:tbl><w:tr>{_cell('Encadré')}</w:tr></w:tbl>"), "note.docx")
    assert (document.tables, texts(document)) == ([], ["Encadré"])


def test_equations_are_readable_on_a_line() -> None:
    run = "<m:r><m:t>{}</m:t></m:r>"
    square = f"<m:sSup><m:e>{run.format('x')}</m:e><m:sup>{run.format('2')}</m:sup></m:sSup>"
    fraction = f"<m:f><m:num>{run.format('a+b')}</m:num><m:den>{run.format('2')}</m:den></m:f>"
    root = f"<m:rad><m:deg/><m:e>{square}</m:e></m:rad>"
    inline = f"<w:p><w:r><w:t xml:space='preserve'>Soit </w:t></w:r><m:oMath>{fraction}</m:oMath><w:r><w:t>.</w:t></w:r></w:p>"
    alone = f"<w:p><m:oMathPara><m:oMath>{root}{run.format('=y')}</m:oMath></m:oMathPara></w:p>"
    document = read(docx(inline + alone), "note.docx")
    assert texts(document, BlockKind.PARAGRAPH) == ["Soit (a+b)/2."]
    assert texts(document, BlockKind.FORMULA) == ["√(x^2)=y"]


def test_a_drawing_is_read_once_of_its_two_forms() -> None:
    choice = f"<mc:AlternateContent xmlns:mc='x'><mc:Choice><w:drawing><a><w:txbxContent>{paragraph('cadre')}</w:txbxContent></a></w:drawing></mc:Choice>"
    choice += f"<mc:Fallback><w:pict><w:txbxContent>{paragraph('cadre')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>"
    assert texts(read(docx(f"<w:p><w:r>{choice}</w:r></w:p>"), "note.docx")) == ["cadre"]


def test_macros_and_objects_are_told_and_never_opened() -> None:
    data = docx(paragraph("Bonjour"), {"word/vbaProject.bin": b"x", "word/embeddings/o.bin": b"y"})
    assert codes(read(data, "note.docm")) == ["macros_ignored", "embedded_objects_left_out"]


def test_a_document_without_words_says_so() -> None:
    document = read(docx("<w:p/>"), "note.docx")
    assert (document.report.status, codes(document)) == (Status.EMPTY, ["no_text"])
    assert read(package("docx", {"word/other.xml": "<a/>"}), "note.docx").report.status is Status.DAMAGED


def test_strict_documents_are_read_too() -> None:
    """The ISO strict form changes the namespaces only."""
    body = f"<w:document {W} {M} {R}><w:body>{paragraph('Bonjour')}</w:body></w:document>"
    strict = body.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(package("docx", {"word/document.xml": strict}), "note.docx").text == "Bonjour"
