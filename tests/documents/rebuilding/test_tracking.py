"""Words recorded as changes: accepted they are the new ones, rejected the old ones, and only what differs is changed."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.documents.rebuilding.contract import Options, Piece
from tests.documents.parsing.makers import docx, odf, paragraph, zipped
from tests.documents.rebuilding.giving import accepted, changed, parts, rejected, replaced, segments

_TRACK = Options(mark_ai=False, track=True, author="Châtelet & Cie", at="2026-11-22T10:00:00Z")
_WORDS = st.lists(
    st.sampled_from(["le", "la", "règle", "n’est", "pas", "Article 3,", "1 000", "<x>", "&", " ", "."]), max_size=12
)


def _runs(*texts: str) -> str:
    runs = "".join(
        f'<w:r><w:rPr>{"<w:lang/>" if at % 2 else ""}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        for at, text in enumerate(texts)
    )
    return f"<w:p>{runs}</w:p>"


def _document(data: bytes) -> bytes:
    return parts(data)["word/document.xml"]


def _text(xml: bytes) -> list[str]:
    return [one.text for one in segments("docx", docx("", {"word/document.xml": xml}))]


def test_only_the_words_that_differ_are_changed() -> None:
    data = docx(_runs("Le cha", "t mange la ", "souris grise."))
    after = _document(replaced("docx", data, 0, "Le chien mange la souris.", options=_TRACK).data)
    deleted = re.findall(rb"<w:delText[^>]*>([^<]*)<", after)
    assert b"".join(deleted) == b"chat grise"
    assert re.findall(rb"<w:ins [^>]*>.*?<w:t[^>]*>([^<]*)<", after) == [b"chien"]
    assert 'w:author="Châtelet &amp; Cie" w:date="2026-11-22T10:00:00Z"'.encode() in after
    numbers = re.findall(rb'w:id="(\d+)"', after)
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=80, deadline=None)
@given(_WORDS, _WORDS)
def test_accepted_they_are_new_and_rejected_old(old: list[str], new: list[str]) -> None:
    before, after = " ".join(["a", *old]), " ".join([*new, "b"])
    half = len(before) // 2
    told = [piece.replace("&", "&amp;").replace("<", "&lt;") for piece in (before[:half], before[half:])]
    xml = _document(replaced("docx", docx(_runs(*told)), 0, after, options=_TRACK).data)
    assert _text(accepted(xml)) == [after]
    assert _text(rejected(xml)) == [before]


def test_formats_and_fixed_things_stay_around_the_changes() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>gras</w:t></w:r>"
    data = docx(
        f'<w:p><w:r><w:t xml:space="preserve">Un mot </w:t></w:r>{bold}<w:r><w:tab/><w:t> fin</w:t></w:r></w:p>'
    )
    told = segments("docx", data)[0].pieces
    assert [piece.kind for piece in told] == ["text", "open", "text", "close", "fixed", "text"]
    xml = _document(
        changed("docx", data, lambda text: text.replace("mot", "autre").replace("gras", "fort"), _TRACK).data
    )
    assert b"<w:del " in xml
    assert b"<w:rPr><w:b/></w:rPr><w:delText" in xml
    assert xml.count(b"<w:tab/>") == 1
    assert _text(accepted(xml)) == ["Un autre fort fin"]
    assert _text(rejected(xml)) == ["Un mot gras fin"]


def test_pieces_that_moved_are_left_as_they_were_and_said() -> None:
    data = docx("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:sym/><w:t>c</w:t></w:r></w:p>" + paragraph("d"))
    moved = [Piece("text", "a"), Piece("fixed", "", 2), Piece("text", "b"), Piece("fixed", "", 1)]
    rebuilt = replaced("docx", data, 0, *moved, options=_TRACK)
    assert rebuilt.left_out == ("untracked_words_kept",)
    assert rebuilt.replaced == 0
    assert rebuilt.data == data


def test_inside_somebody_s_insertion() -> None:
    data = docx(
        '<w:p><w:r><w:t>a </w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>old</w:t></w:r></w:ins><w:r><w:t> z</w:t></w:r></w:p>'
    )
    xml = _document(changed("docx", data, lambda text: text.replace("old", "new"), _TRACK).data)
    assert b"<w:ins" not in xml.split(b'w:author="x">')[1].split(b"</w:ins>")[0]
    assert _text(re.sub(rb"<w:del .*?</w:del>", b"", xml)) == ["a new z"]


def _settled(xml: bytes, *, accept: bool) -> bytes:
    """Return ODF content with its changes settled, as the format defines them (ODF 1.3, part 3, 5.5)."""
    for name, kind, content in re.findall(rb'<text:changed-region xml:id="(\w+)".*?<text:(insertion|deletion)>.*?</office:change-info>(.*?)</text:\2>', xml):  # fmt: skip
        words = re.sub(rb"</?text:p>", b"", content)
        if kind == b"deletion":
            xml = xml.replace(b'<text:change text:change-id="%s"/>' % name, b"" if accept else words)
        else:
            pattern = rb'<text:change-start text:change-id="%s"/>(.*?)<text:change-end text:change-id="%s"/>' % (
                name,
                name,
            )
            xml = re.sub(pattern, rb"\1" if accept else b"", xml)
    xml = re.sub(rb'<text:s text:c="(\d+)"/>', lambda found: b" " * int(found[1]), xml)  # inside a paragraph: blanks
    return re.sub(rb"<text:tracked-changes>.*?</text:tracked-changes>", b"", xml)


@settings(max_examples=60, deadline=None)
@given(_WORDS, _WORDS)
def test_in_an_opendocument_text(old: list[str], new: list[str]) -> None:
    before, after = re.sub(" +", " ", " ".join(["a", *old, "z"])), re.sub(" +", " ", " ".join([*new, "b"])).strip()
    raw = before.replace("&", "&amp;").replace("<", "&lt;")
    half = raw.find(" ") + 1
    style = '<style:style style:name="T1" style:family="text"/>'
    data = odf(
        "odt",
        automatic=style,
        body=f"<text:p>{raw[:half]}<text:span text:style-name='T1'>{raw[half:]}</text:span></text:p>",
    )
    xml = parts(replaced("odt", data, 0, after, options=_TRACK).data)["content.xml"]
    for accept, wanted in ((True, after), (False, before)):
        settled = zipped({**parts(data), "content.xml": _settled(xml, accept=accept)}, stored=("mimetype",))
        assert [one.text for one in segments("odt", settled)] == [wanted]


def test_changes_join_the_list_that_a_text_has() -> None:
    listed = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info/><text:p>gone</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    data = odf(
        "odt",
        f'{listed}<text:p>Un <text:change text:change-id="c1"/>mot</text:p><text:p>x<office:annotation><text:p>why</text:p></office:annotation></text:p>',
    )
    assert [one.text for one in segments("odt", data)] == ["Un mot", "x", "why"]
    rebuilt = changed("odt", data, options=_TRACK)
    xml = parts(rebuilt.data)["content.xml"]
    assert xml.count(b"<text:tracked-changes>") == 1
    assert xml.count(b"<text:changed-region") == 7
    assert b"<text:p>why</text:p>" in xml
    assert rebuilt.left_out == ("untracked_words_kept",)
    assert b"chatelet: changes" not in xml
