"""OpenDocument files given back: texts, presentations, spreadsheets."""

import re

import pytest

from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.rebuilding.contract import Options, Part, Piece
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.parsing.makers import odf, zipped
from tests.documents.rebuilding.giving import QUIET, assert_same, changed, parts, replaced, segments, words

_STYLES = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties fo:language="fr"/></style:style>'
    '<style:style style:name="T3" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>'
)
_SVG = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'


def _odt(body: str, **more: str) -> bytes:
    return odf("odt", body, automatic=_STYLES, **more)


def _content(data: bytes) -> str:
    return parts(data)["content.xml"].decode()


def test_spans_that_show_nothing_cut_nothing() -> None:
    data = _odt(
        '<text:p>Bon<text:span text:style-name="T2">jour</text:span> <text:span text:style-name="T1">à tous</text:span>'
        '<text:s text:c="2"/>et<text:tab/><text:a xlink:href="x">ici</text:a><text:span text:style-name="T3">secret</text:span></text:p>'
    )
    assert words("odt", data) == ["Bonjour <1à tous1>[2]et[3]<4ici4>"]
    assert_same("odt", data)
    after = _content(replaced("odt", data, 0, *_swapped(segments("odt", data)[0].pieces)).data)
    assert "secret" in after
    assert after.index("ici") < after.index("Hello")


def _swapped(pieces: tuple[Piece, ...]) -> list[Piece]:
    link = [piece for piece in pieces if piece.number == 4]
    rest = [piece for piece in pieces if piece.kind != "text" and piece.number != 4]
    return [link[0], Piece("text", "ici"), link[1], *rest, Piece("text", "Hello  you")]


def test_spaces_are_written_as_elements() -> None:
    after = _content(replaced("odt", _odt("<text:p>Un</text:p>"), 0, "a   b &\n\x01c").data)
    assert '<text:p>a <text:s text:c="2"/>b &amp; c</text:p>' in after


def test_where_segments_stand() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note</text:p></text:note-body></text:note>"
    frame = (
        f"<draw:frame {_SVG}><draw:text-box><text:p>Box</text:p></draw:text-box><svg:title>Cat</svg:title></draw:frame>"
    )
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>gone</text:p></text:deletion>'
        f"</text:changed-region></text:tracked-changes><text:h text:outline-level='1'>Titre</text:h><text:p>Corps{note} et{frame}</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>Cell</text:p></table:table-cell></table:table-row></table:table>"
        '<text:p text:style-name="P9">code()</text:p><text:bibliography><text:p>Dupont</text:p></text:bibliography>'
    )
    styles = (
        "<office:master-styles><style:master-page><style:header><text:p>Head <text:page-number>3</text:page-number></text:p>"
        "</style:header></style:master-page></office:master-styles>"
    )
    meta = '<office:document-meta xmlns:office="o" xmlns:dc="d"><office:meta><dc:title>Plan</dc:title></office:meta></office:document-meta>'
    data = odf("odt", body, automatic=_STYLES, styles=styles, parts={"meta.xml": meta})
    told = [(one.part, one.text.strip(), one.locked) for one in segments("odt", data)]
    assert told == [
        (Part.TITLE, "Plan", False), (Part.HEADER, "Head", False), (Part.HEADING, "Titre", False), (Part.BODY, "Corps et", False),
        (Part.NOTE, "Note", False), (Part.BOX, "Box", False), (Part.ALTERNATIVE, "Cat", False), (Part.CELL, "Cell", False),
        (Part.BODY, "code()", True), (Part.BODY, "Dupont", True),
    ]  # fmt: skip
    assert_same("odt", data)


def test_slides_are_pages_and_notes_are_theirs() -> None:
    page = (
        '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>T{0}</text:p></draw:text-box></draw:frame>'
        "<draw:custom-shape><text:p>S{0}</text:p></draw:custom-shape>"
        '<presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>N{0}</text:p></draw:text-box></draw:frame>'
        "</presentation:notes></draw:page>"
    )
    data = odf("odp", page.format(1) + page.format(2))
    assert [(one.page, one.part, one.text) for one in segments("odp", data)] == [
        (number, part, f"{letter}{number}")
        for number in (1, 2)
        for part, letter in ((Part.HEADING, "T"), (Part.BOX, "S"), (Part.NOTE, "N"))
    ]
    assert_same("odp", data)
    after = _content(format_of("odp").rebuild(data, {}, Options(visible_mark="Par une machine", mark_ai=False)).data)
    assert after.count("Par une machine") == 1
    assert after.index("S2") < after.index("Par une machine") < after.index("N2")


def test_cells_keep_their_value_and_their_words_together() -> None:
    cells = (
        '<table:table-cell office:value-type="string" office:string-value="un&#10;deux"><text:p>un</text:p><text:p>deux</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="3"><text:p>trois</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="string"><text:p>calculé</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="3"><text:p>encore</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>Oui</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=IF([.A1]=&quot;Oui&quot;;1;0)" office:value-type="float"><text:p>1</text:p></table:table-cell>'
    )
    data = odf("ods", f'<table:table table:name="A"><table:table-row>{cells}</table:table-row></table:table>')
    told = segments("ods", data)
    assert [(one.text, one.page, one.locked) for one in told] == [
        ("un", 1, False), ("deux", 1, False), ("encore", 1, False), ("Oui", 1, True)
    ]  # fmt: skip
    after = _content(changed("ods", data).data)
    assert 'office:string-value="UN&#10;DEUX"' in after
    assert "calculé" in after
    assert "trois" in after
    assert ">Oui<" in after
    assert format_of("ods").rebuild(data, {one.number: one.pieces for one in told}, QUIET).data == data


def test_language_highlight_and_marks() -> None:
    meta = '<office:document-meta xmlns:office="o"><office:meta/></office:document-meta>'
    data = _odt("<text:p>Un</text:p><text:p>Deux</text:p>", parts={"META-INF/manifest.xml": "<manifest/>"})
    options = Options(language="en-GB", unsure=frozenset({1}), visible_mark="Fin")
    after = parts(replaced("odt", data, 0, "One", options=options).data)
    content = after["content.xml"].decode()
    assert '<text:span text:style-name="ChateletWords">One</text:span>' in content
    assert '<text:span text:style-name="ChateletWordsUnsure">Deux</text:span>' in content
    assert 'fo:language="en" fo:country="GB"' in content
    assert content.index("Deux") < content.index("<text:p>Fin</text:p></office:text>")
    assert b"AI-generated" in after["meta.xml"]
    assert b"meta.xml" in after["META-INF/manifest.xml"]
    marked = parts(format_of("odt").rebuild(_odt("", parts={"meta.xml": meta}), {}, Options()).data)
    assert len(re.findall(b"AI-generated", marked["meta.xml"])) == 2


def test_macros_signatures_and_passwords() -> None:
    listed = '<m:manifest xmlns:m="m"><m:file-entry m:full-path="Basic/x.xml"/><m:file-entry m:full-path="content.xml"/></m:manifest>'
    data = _odt(
        "<text:p>Un</text:p>",
        parts={"Basic/x.xml": "<a/>", "META-INF/documentsignatures.xml": "<a/>", "META-INF/manifest.xml": listed},
    )
    rebuilt = format_of("odt").rebuild(data, {}, QUIET)
    assert rebuilt.left_out == ("macros_left_out", "signatures_left_out")
    assert b"Basic" not in parts(rebuilt.data)["META-INF/manifest.xml"]
    locked = _odt("", parts={"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"})
    with pytest.raises(NotRead) as refused:
        format_of("odt").segments(locked)
    assert refused.value.status is Status.PASSWORD_REQUIRED
    with pytest.raises(NotRead):
        format_of("odt").segments(zipped({"mimetype": "x", "content.xml": "<a"}))
