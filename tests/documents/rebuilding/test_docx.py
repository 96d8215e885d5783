"""DOCX given back: what is shown of a paragraph, what changes in its bytes, what never does."""

import pytest

from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.rebuilding.contract import Options, Part, Piece, PiecesMisplaced
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.parsing.makers import W, docx, paragraph, zipped
from tests.documents.rebuilding.giving import (
    QUIET,
    assert_same,
    changed,
    parts,
    replaced,
    segments,
    words,
)

_IMAGE = (
    '<w:drawing><wp:inline xmlns:wp="w"><wp:docPr id="1" name="x" descr="A cat &amp; a dog"/></wp:inline></w:drawing>'
)
_STYLES = (
    f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Source Code"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
)


def _run(text: str, properties: str = "") -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _document(data: bytes) -> str:
    return parts(data)["word/document.xml"].decode()


def test_a_word_cut_by_an_editor_is_whole() -> None:
    body = (
        "<w:p>" + _run("Bon", '<w:lang w:val="fr-FR"/>') + '<w:proofErr w:type="spellStart"/>'
        + _run("jour", "<w:noProof/>") + "<w:r w:rsidR='00A1'><w:lastRenderedPageBreak/><w:t> à tous</w:t></w:r></w:p>"
    )  # fmt: skip
    data = docx(body)
    assert words("docx", data) == ["Bonjour à tous"]
    assert_same("docx", data)
    after = _document(replaced("docx", data, 0, "Hello & <all> ").data)
    assert "> Hello" not in after
    assert ">Hello &amp; &lt;all&gt; <" in after
    assert "proofErr" in after
    assert "lastRenderedPageBreak" in after


def test_marks_and_fixed_pieces() -> None:
    link = f'<w:hyperlink r:id="rId9">{_run("the rule", "<w:u/>")}</w:hyperlink>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(f"<w:p>{_run('See ')}{_run('now', '<w:b/>')}{_run(' ')}{link}{note}{_run(', please.')}</w:p>")
    assert words("docx", data) == ["See <1now1> <2the rule2>[3], please."]
    assert_same("docx", data)


def test_pieces_moved_are_written_in_their_new_order() -> None:
    link = f'<w:hyperlink r:id="rId9">{_run("rule", "<w:u/>")}</w:hyperlink>'
    note = '<w:r><w:rPr><w:i/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    data = docx(
        f"<w:p><w:pPr><w:jc/></w:pPr>{_run('The ')}{link}{note}{_run(' is ')}{_run('bold', '<w:b/>')}{_run('.')}</w:p>"
    )
    assert words("docx", data) == ["The <1rule1>[2] is <3bold3>."]
    pieces = (Piece("open", "", 3), Piece("text", "Gras"), Piece("close", "", 3), Piece("fixed", "", 2),
              Piece("text", " la "), Piece("open", "", 1), Piece("text", "règle"), Piece("close", "", 1))  # fmt: skip
    after = replaced("docx", data, 0, *pieces).data
    assert _document(after).split("</w:pPr>")[1].split("</w:p>")[0] == (
        _run("Gras", "<w:b/>")
        + note
        + _run(" la ")
        + f'<w:hyperlink r:id="rId9">{_run("règle", "<w:u/>")}</w:hyperlink>'
    )
    with pytest.raises(PiecesMisplaced):
        replaced("docx", data, 0, *pieces[:-1])


def test_fields_links_and_what_is_computed() -> None:
    date = _field("DATE", _run("1er mai"))
    link = _field('HYPERLINK "http://x"', _run("le site"))
    data = docx(f"<w:p>{_run('Le ')}{date}{_run(' voir ')}{link}{_run('.')}</w:p>")
    told = segments("docx", data)[0]
    assert words("docx", data) == ["Le [1] voir <2le site2>."]
    assert next(piece.text for piece in told.pieces if piece.kind == "fixed") == "1er mai"
    assert_same("docx", data)
    moved = [
        Piece("open", "", 2),
        Piece("text", "Site"),
        Piece("close", "", 2),
        Piece("text", ", "),
        Piece("fixed", "", 1),
    ]
    after = _document(replaced("docx", data, 0, *moved).data)
    assert after.index("HYPERLINK") < after.index("Site") < after.index(" DATE ") < after.index("1er mai")


def test_a_table_of_contents_runs_over_paragraphs_and_a_bibliography_stays() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        f"<w:p>{begin.format('TOC')}{_run('Un')}</w:p><w:p>{_run('Deux')}{end}</w:p>"
        f"<w:p>{begin.format('ADDIN ZOTERO_BIBL')}{_run('Dupont, 2020')}</w:p><w:p>{_run('Durand')}{end}</w:p>{paragraph('Fin')}"
    )
    data = docx(body)
    assert words("docx", data) == ["Un", "Deux", "Fin"]
    assert_same("docx", data)


def test_what_is_deleted_hidden_or_filled_from_elsewhere_is_not_shown() -> None:
    gone = '<w:del w:id="1" w:author="a"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    added = f'<w:ins w:id="2" w:author="a">{_run("added")}</w:ins>'
    bound = f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{_run('bound')}</w:sdtContent></w:sdt>"
    row = f"<w:tbl><w:tr><w:trPr><w:del w:id='3'/></w:trPr><w:tc>{paragraph('row')}</w:tc></w:tr></w:tbl>"
    data = docx(f"<w:p>{_run('Kept ')}{gone}{added}{_run(' ')}{bound}{_run('hidden', '<w:vanish/>')}</w:p>{row}")
    told = segments("docx", data)
    assert words("docx", data) == ["Kept [1]<2added2> [3]"]
    assert "hidden" not in told[0].text
    assert_same("docx", data)


def test_where_segments_stand_and_what_is_locked() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('outer')}<w:tbl><w:tr><w:tc>{paragraph('inner')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    style = '<w:pStyle w:val="{}"/>'
    body = (
        paragraph("Titre", style.format("T1"))
        + cell
        + paragraph("x = 1", style.format("C"))
        + paragraph("h", style.format("H"))
    )
    related = {
        "word/styles.xml": _STYLES,
        "word/header1.xml": f"<w:hdr {W}>{paragraph('Head')}</w:hdr>",
        "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{_run(" Note")}</w:p></w:footnote></w:footnotes>',
        "word/comments.xml": f'<w:comments {W}><w:comment w:id="1" w:author="a">{paragraph("Why?")}</w:comment></w:comments>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Plan</dc:title></cp:coreProperties>',
    }
    data = docx(body, related, rId1=("styles", "styles.xml"), rId2=("header", "header1.xml"), rId3=("footnotes", "footnotes.xml"), rId4=("comments", "comments.xml"))  # fmt: skip
    told = segments("docx", data)
    assert [(one.part, one.text, one.locked) for one in told] == [
        (Part.TITLE, "Plan", False), (Part.HEADER, "Head", False), (Part.HEADING, "Titre", False), (Part.CELL, "outer", False),
        (Part.CELL, "inner", False), (Part.BODY, "x = 1", True), (Part.BODY, "h", True), (Part.NOTE, " Note", False),
        (Part.COMMENT, "Why?", False),
    ]  # fmt: skip
    assert told[2].language == "fr-FR"
    assert_same("docx", data)
    assert "x = 1" in _document(changed("docx", data).data)


def test_a_box_written_twice_gets_the_same_words_twice_and_images_theirs() -> None:
    box = f"<w:txbxContent><w:p>{_run('In ')}{_run('the box', '<w:b/>')}</w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="wps"><w:drawing><wps:txbx xmlns:wps="s">' + box
        + f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )  # fmt: skip
    data = docx(f"<w:p>{_run('Around')}<w:r>{both}</w:r><w:r>{_IMAGE}</w:r>{_run(' it')}</w:p>")
    told = segments("docx", data)
    assert [(one.part, one.text) for one in told] == [
        (Part.BODY, "Around it"), (Part.BOX, "In the box"), (Part.ALTERNATIVE, "A cat & a dog")
    ]  # fmt: skip
    after = _document(changed("docx", data).data)
    assert after.count("THE BOX") == 2
    assert 'descr="A CAT &amp; A DOG"' in after
    moved = [Piece("text", "Avant "), Piece("fixed", "", 1)]
    kept = {0: moved, 1: [Piece("open", "", 1), Piece("text", "x"), Piece("close", "", 1), Piece("text", "y")]}
    if told[1].pieces[0].kind == "text" and told[1].pieces[1].kind == "open":
        kept[1] = [Piece("text", "y"), Piece("open", "", 1), Piece("text", "x"), Piece("close", "", 1)]
    both_moved = _document(format_of("docx").rebuild(data, kept, QUIET).data)
    assert both_moved.count(">x</w:t>") == 2
    assert both_moved.index("Avant") < both_moved.index("txbxContent")


def test_language_highlight_and_right_to_left() -> None:
    data = docx(paragraph("Bonjour", run='<w:b/><w:lang w:val="fr-FR"/>') + paragraph("Reste"))
    options = Options(language="ar", mark_ai=False, unsure=frozenset({0}))
    after = _document(replaced("docx", data, 0, "مرحبا\x00\x0b", options=options).data)
    assert '<w:rPr><w:b/><w:highlight w:val="yellow"/><w:rtl/><w:lang w:bidi="ar"/></w:rPr>' in after
    assert ">مرحبا<" in after
    assert paragraph("Reste") in after


def test_marks_in_metadata_and_at_the_end() -> None:
    body = paragraph("Bonjour") + "<w:sectPr/>"
    options = Options(visible_mark="Écrit par une machine.")
    after = parts(format_of("docx").rebuild(docx(body), {}, options).data)
    assert b"AI-generated" in after["docProps/custom.xml"]
    assert b"AI-generated" in after["docProps/core.xml"]
    assert b"/docProps/custom.xml" in after["[Content_Types].xml"]
    assert b'Target="docProps/custom.xml"' in after["_rels/.rels"]
    assert "Écrit par une machine.</w:t></w:r></w:p><w:sectPr/>" in after["word/document.xml"].decode()
    again = parts(format_of("docx").rebuild(zipped(dict(after)), {}, Options()).data)
    assert again["docProps/custom.xml"].count(b"AI-generated") == 1
    assert again["docProps/core.xml"].count(b"AI-generated") == 1


def test_cells_of_tables_inside_tables_change_and_the_tables_stay() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('dedans')}</w:tc><w:tc>{paragraph('1 250')}</w:tc></w:tr></w:tbl>"
    data = docx(f"<w:tbl><w:tr><w:tc>{paragraph('avant')}{inner}{paragraph('après')}</w:tc></w:tr></w:tbl>")
    assert words("docx", data) == ["avant", "dedans", "1 250", "après"]
    assert {one.part for one in segments("docx", data)} == {Part.CELL}
    assert_same("docx", data)
    after = _document(changed("docx", data).data)
    assert (after.count("<w:tbl>"), after.count("<w:tc>")) == (2, 3)
    assert [text in after for text in ("AVANT", "DEDANS", "APRÈS")] == [True] * 3


def test_words_from_right_to_left_come_back_in_their_order_and_their_direction() -> None:
    arabic = "يجب أن يوقع الموظف الطلب"
    body = f"<w:p><w:pPr><w:bidi/></w:pPr>{_run(arabic, '<w:rtl/>')}{_run(' (2024)', '<w:rtl/>')}</w:p>"
    data = docx(body)
    assert words("docx", data) == [f"{arabic} (2024)"]
    assert_same("docx", data)
    after = _document(replaced("docx", data, 0, f"{arabic} (2025)").data)
    assert f"{arabic} (2025)" in "".join(words("docx", docx("", {"word/document.xml": after})))
    assert "<w:bidi/>" in after
    assert "<w:rtl/>" in after


def test_macros_and_signatures_are_left_out_and_said() -> None:
    macros = docx(
        paragraph("Bonjour"),
        {
            "word/vbaProject.bin": b"code",
            "word/_rels/vbaProject.bin.rels": "<Relationships/>",
            "_xmlsignatures/sig1.xml": "<a/>",
        },
        rId1=("vbaProject", "vbaProject.bin"),
    )
    told = parts(macros)
    told["[Content_Types].xml"] = told["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    rebuilt = format_of("docx").rebuild(zipped(dict(told)), {}, QUIET)
    assert b"wordprocessingml.document.main+xml" in parts(rebuilt.data)["[Content_Types].xml"]
    assert b"macroEnabled" not in parts(rebuilt.data)["[Content_Types].xml"]
    assert rebuilt.left_out == ("macros_left_out", "signatures_left_out")
    assert set(parts(rebuilt.data)) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    }
    assert b"vba" not in parts(rebuilt.data)["word/_rels/document.xml.rels"]


def test_embedded_objects_are_kept_as_they_are_beside_the_new_words() -> None:
    shown = (
        '<w:r><w:object><v:shape xmlns:v="v" id="s1"><v:imagedata r:id="rId2" xmlns:r="r"/></v:shape>'
        '<o:OLEObject xmlns:o="o" Type="Embed" ProgID="Excel.Sheet.12" r:id="rId1" xmlns:r="r"/></w:object></w:r>'
    )
    sheet, picture = bytes(range(256)) * 4, b"\x01\x00\x00\x00EMF"
    data = docx(
        f"<w:p>{_run('Le tableau ')}{shown}{_run(' ci-joint')}</w:p>",
        {"word/embeddings/sheet1.xlsx": sheet, "word/media/image1.emf": picture},
        rId1=("package", "embeddings/sheet1.xlsx"),
        rId2=("image", "media/image1.emf"),
    )
    assert words("docx", data) == ["Le tableau [1] ci-joint"]
    assert_same("docx", data)
    rebuilt = changed("docx", data)
    after = parts(rebuilt.data)
    assert (after["word/embeddings/sheet1.xlsx"], after["word/media/image1.emf"]) == (sheet, picture)
    assert after["word/document.xml"].decode().count(shown[len("<w:r>") : -len("</w:r>")]) == 1
    assert "LE TABLEAU " in after["word/document.xml"].decode()


def test_five_thousand_pages() -> None:
    page = paragraph("Le service instruit la demande.") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    data = docx(page * 5_000)
    assert len(segments("docx", data)) == 5_000
    assert _document(changed("docx", data).data).count("LE SERVICE INSTRUIT LA DEMANDE.") == 5_000


def test_noise_of_bookmarks_goes_along_and_ranges_are_pieces() -> None:
    noise = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    ranged = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    data = docx(f"<w:p>{_run('One ')}{noise}{ranged[0]}{_run('two')}{ranged[1]}{_run(' three')}</w:p>")
    assert words("docx", data) == ["One [1]two[2] three"]
    assert_same("docx", data)
    moved = [Piece("fixed", "", 1), Piece("text", "2"), Piece("fixed", "", 2), Piece("text", " 1")]
    assert noise in _document(replaced("docx", data, 0, *moved).data)


def test_bytes_around_words_are_untouched() -> None:
    odd = (
        '<?xml version="1.0" encoding="UTF-8"?>\r\n<!-- é --><x:document   xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        "  ><x:body\n><x:p ><x:r><x:t\txml:space='preserve'>a&#x20;<![CDATA[<b>]]>&lt;</x:t></x:r ></x:p\n><x:p/></x:body></x:document>\n"
    )
    data = docx("", {"word/document.xml": odd, "word/media/a.png": b"\x89PNG", "customXml/item1.xml": "<a  b='1'/>"})
    assert words("docx", data) == ["a <b><"]
    after = parts(replaced("docx", data, 0, "été").data)
    assert after["word/document.xml"].decode() == odd.replace("a&#x20;<![CDATA[<b>]]>&lt;", "été")
    assert after["customXml/item1.xml"] == b"<a  b='1'/>"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("<w:document", "xml_damaged"),
        ("", "xml_damaged"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml_document_type"),
        ("<a>" * 300 + "</a>" * 300, "nested_too_deeply"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>', "encoding_unknown"),
        (f"<w:document {W}><w:body><w:p>{'<w:r/>' * 200_001}</w:p></w:body></w:document>", "unit_too_large"),
    ],
)
def test_what_cannot_be_read_is_never_half_written(document: str, code: str) -> None:
    data = docx("", {"word/document.xml": document})
    for attempt in (lambda: format_of("docx").segments(data), lambda: format_of("docx").rebuild(data, {}, QUIET)):
        with pytest.raises(NotRead) as refused:
            attempt()
        assert refused.value.finding.code == code


def test_an_archive_that_inflates_without_end_is_refused() -> None:
    bomb = docx("", {"word/document.xml": f"<w:document {W}><w:body>{' ' * 64_000_000}</w:body></w:document>"})
    with pytest.raises(NotRead) as refused:
        format_of("docx").segments(bomb)
    assert refused.value.finding.code == "archive_ratio"
