"""TA-075: no document type, no entity, nothing fetched, no endless nesting, in any format made of XML."""

import pytest

from chatelet.documents.parsing.document import Status
from tests.documents.parsing.makers import P, R, W, codes, docx, odf, package, paragraph, read, relations, zipped

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_EMPTY = "<!DOCTYPE x>"
_BODY = f"<w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
_PROLOGS = [_LAUGHS, _OUTSIDE, _EMPTY, f"<?xml version='1.0'?><!-- a -->{_OUTSIDE}"]


@pytest.mark.parametrize("prolog", _PROLOGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(prolog: str, encoding: str) -> None:
    if encoding == "utf-16":
        prolog = prolog.removeprefix("<?xml version='1.0'?>")
    data = package("docx", {"word/document.xml": (prolog + _BODY).encode(encoding)})
    document = read(data, "note.docx")
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["xml_document_type"])


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_every_part_of_a_workbook_is_looked_at(part: str) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members: dict[str, bytes | str] = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" {R}><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            rId1=("worksheet", "worksheets/sheet1.xml"),
            rId2=("sharedStrings", "sharedStrings.xml"),
            rId3=("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData/></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"/>',
    }
    members[part] = _OUTSIDE + str(members[part])
    assert codes(read(package("xlsx", members), "a.xlsx")) == ["xml_document_type"]


def test_open_documents_are_looked_at() -> None:
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"{_LAUGHS}<a>&a8;</a>"})
    assert codes(read(data, "note.odt")) == ["xml_document_type"]
    assert read(odf("odt", "<text:p>Bonjour</text:p>"), "note.odt").text == "Bonjour"


def test_an_entity_without_a_document_type_is_an_error() -> None:
    document = read(package("docx", {"word/document.xml": _BODY}), "note.docx")
    assert (document.report.status, codes(document)) == (Status.DAMAGED, ["xml_damaged"])


def test_an_unknown_encoding_hides_nothing() -> None:
    """Encodings that the parser does not know cannot carry a document type past the check."""
    data = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE x+AD4-<a/>'
    assert read(package("docx", {"word/document.xml": data}), "note.docx").report.status is Status.DAMAGED


def test_deep_nesting_is_refused() -> None:
    document = read(docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000), "puits.docx")
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["nested_too_deeply"])
    page = read(b"<html><body>" + b"<div>" * 3_000 + b"Bonjour", "puits.html")
    assert (page.report.status, codes(page)) == (Status.REFUSED, ["nested_too_deeply"])


def test_external_relations_are_told_and_not_followed() -> None:
    data = docx(
        paragraph("Bonjour"),
        rId1=("attachedTemplate", "http://192.0.2.1/modele.dotm"),
        rId2=("image", "http://192.0.2.1/suivi.png"),
        rId3=("header", "http://192.0.2.1/header.xml"),
        rId4=("hyperlink", "http://192.0.2.1/"),
    )
    document = read(data, "note.docx")
    assert document.text == "Bonjour"
    assert document.report.findings[0].params == {"count": 3}
    assert codes(document) == ["external_relations"]


def test_a_broken_part_beside_the_body_leaves_the_rest() -> None:
    data = docx(paragraph("Bonjour"), {"word/header1.xml": "<w:hdr"}, rId1=("header", "header1.xml"))
    document = read(data, "note.docx")
    assert (document.text, document.report.status, codes(document)) == ("Bonjour", Status.PARTIAL, ["part_left_out"])


def test_a_slide_that_is_not_there_is_passed_over() -> None:
    deck = f'<p:presentation {P} {R}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'
    data = package(
        "pptx",
        {
            "ppt/presentation.xml": deck,
            "ppt/_rels/presentation.xml.rels": relations(rId1=("slide", "slides/slide1.xml")),
        },
    )
    assert read(data, "deck.pptx").report.status is Status.EMPTY
