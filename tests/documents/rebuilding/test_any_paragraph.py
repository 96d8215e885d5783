"""Any paragraph, its pieces in any order: what a reader of documents then sees is what was asked, in each format."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.documents.rebuilding.contract import Options, Piece, Segment
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.parsing.makers import A, P, R, docx, odf, package, read, relations
from tests.documents.rebuilding.giving import QUIET, assert_same, segments

_STYLES = "".join(
    f'<style:style style:name="T{number}" style:family="text"><style:text-properties fo:{told}/></style:style>'
    for number, told in ((1, 'font-weight="bold"'), (2, 'font-style="italic"'))
)
_WORDS = st.sampled_from(["un", "deux mots", " ", "fin.", "&amp; ", "é", "x "])
_ITEM = st.one_of(
    st.tuples(st.just("run"), _WORDS, st.integers(0, 2)),
    st.tuples(st.just("tab"), st.just(""), st.integers(0, 2)),
    st.tuples(st.just("link"), _WORDS, st.integers(0, 2)),
    st.tuples(st.just("mark"), st.just(""), st.integers(0, 2)),
)
_PARAGRAPH = st.lists(_ITEM, min_size=1, max_size=7)


def _docx(items: Sequence[tuple[str, str, int]]) -> bytes:
    formats = ("", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/><w:lang/></w:rPr>")
    made = {
        "run": '<w:r>{1}<w:t xml:space="preserve">{0}</w:t></w:r>',
        "tab": "<w:r>{1}<w:tab/></w:r>",
        "link": '<w:hyperlink><w:r>{1}<w:t xml:space="preserve">{0}</w:t></w:r></w:hyperlink>',
        "mark": '<w:bookmarkStart w:id="{2}" w:name="b{2}"/>',
    }
    inside = "".join(made[kind].format(text, formats[form], at) for at, (kind, text, form) in enumerate(items))
    return docx(f'<w:p><w:r><w:t xml:space="preserve">[</w:t></w:r>{inside}<w:r><w:t>]</w:t></w:r></w:p>')


def _odt(items: Sequence[tuple[str, str, int]]) -> bytes:
    made = {
        "run": "{0}",
        "tab": "<text:tab/>",
        "link": '<text:a xlink:href="x">{0}</text:a>',
        "mark": '<text:bookmark text:name="b{1}"/>',
    }
    inside = ""
    for at, (kind, text, form) in enumerate(items):
        one = made[kind].format(text, at)
        inside += f'<text:span text:style-name="T{form}">{one}</text:span>' if form else one
    return odf("odt", f"<text:p>[{inside}]</text:p>", automatic=_STYLES)


def _pptx(items: Sequence[tuple[str, str, int]]) -> bytes:
    formats = ('<a:rPr lang="fr" dirty="0"/>', '<a:rPr b="1"/>', '<a:rPr><a:hlinkClick r:id="rId9"/></a:rPr>')
    made = {"tab": "<a:br/>", "mark": "<a:fld type='x'><a:t>7</a:t></a:fld>"}
    inside = "".join(made.get(kind) or f"<a:r>{formats[form]}<a:t>{text}</a:t></a:r>" for kind, text, form in items)
    shape = f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>[</a:t></a:r>{inside}<a:r><a:t>]</a:t></a:r></a:p></p:txBody></p:sp>"
    return package(
        "pptx",
        {
            "ppt/presentation.xml": f'<p:presentation {P} {R}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": relations(rId1=("slide", "slides/slide1.xml")),
            "ppt/slides/slide1.xml": f"<p:sld {P} {A} {R}><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>",
        },
    )


def _shuffled(pieces: Sequence[Piece], draw: st.DataObject) -> list[Piece]:
    """Return the pieces with other words, the marks and fixed pieces of each level in another order."""
    groups: list[list[Piece]] = []
    depth = 0
    for piece in pieces:
        if depth:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        depth += {"open": 1, "close": -1}.get(piece.kind, 0)
    found: list[Piece] = []
    for group in draw.draw(st.permutations(groups)):
        if group[0].kind == "open":
            found += [group[0], *_shuffled(group[1:-1], draw), group[-1]]
        elif group[0].kind == "text":
            found.append(Piece("text", group[0].text.swapcase()))
        else:
            found += group
    return found


def _plain(pieces: Sequence[Piece]) -> str:
    return " ".join("".join(piece.text for piece in pieces).split())


@pytest.mark.parametrize(("kind", "make"), [("docx", _docx), ("odt", _odt), ("pptx", _pptx)])
@settings(max_examples=60, deadline=None)
@given(data=st.data(), items=_PARAGRAPH)
def test_what_is_asked_is_what_is_read(kind: str, make, items: list[tuple[str, str, int]], data: st.DataObject) -> None:
    made = make(items)
    assert_same(kind, made)
    told: Segment = segments(kind, made)[0]
    new = _shuffled(told.pieces, data)
    for options in (QUIET, Options(mark_ai=False, language="en-GB", unsure=frozenset({0}))):
        rebuilt = format_of(kind).rebuild(made, {0: new}, options)
        assert " ".join(read(rebuilt.data, f"x.{kind}").text.split()) == _plain(new)
        assert _plain(segments(kind, rebuilt.data)[0].pieces) == _plain(new)
