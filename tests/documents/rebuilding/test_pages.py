"""Pages, books and messages: tags, attributes, parts and attachments stay; the words, their language and marks change."""

import base64
import io
import re
import zipfile

import pytest

from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.rebuilding.contract import Options, Part, Piece
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.makers import PLAIN, book, capitals, shown, translated, words

_HTML, _EPUB, _MAIL = format_of("html"), format_of("epub"), format_of("eml")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>un <b>gras <i>et</i></b> mot</p>", "<p>UN <b>GRAS <i>ET</i></b> MOT</p>"),
        ("<ul><li>un<li>deux</ul>", "<ul><li>UN<li>DEUX</ul>"),
        ("<p>un<p>deux <img src=a alt='une \"photo\"'> x", "<p>UN<p>DEUX <img src=a alt='UNE \"PHOTO\"'> X"),
        ("<a title=mot href=x>y</a>", '<a title="MOT" href=x>Y</a>'),
        ("<script>var un</script><style>p{}</style><p>mot", "<script>var un</script><style>p{}</style><p>MOT"),
        ("<p>a <code>x</code> <span translate=no>Nom</span> b", "<p>A <code>x</code> <span translate=no>Nom</span> B"),
        ("<pre>un <b>x</b></pre><math><mi>x</mi></math>", "<pre>un <b>x</b></pre><math><mi>x</mi></math>"),
        ("<p>a &lt;b&gt; &eacute; &amp;", "<p>A &lt;B&gt; &#201; &amp;"),
        ("<p>un\n   deux<br>trois <!-- rien --> fin", "<p>UN DEUX<br>TROIS <!-- rien --> FIN"),
        ("<b>un<p>deux</b> trois</p>", "<b>UN<p>DEUX</b> TROIS</p>"),
        (
            "<title>un</title><meta name=description content='deux'>",
            "<title>UN</title><meta name=description content='DEUX'>",
        ),
        ("<input type=submit value=ok placeholder='a b'><input value=x>", None),
        (
            "<picture><source srcset=a><img alt='un mot'></picture>",
            "<picture><source srcset=a><img alt='UN MOT'></picture>",
        ),
        ("un < deux", "UN &lt; DEUX"),
        (
            "<div class=notranslate translate=no>un <div>x</div></div>deux",
            "<div class=notranslate translate=no>un <div>x</div></div>DEUX",
        ),
    ],
)
def test_words_alone_change(source: str, expected: str | None) -> None:
    expected = expected or "<input type=submit value=\"OK\" placeholder='A B'><input value=x>"
    assert capitals(_HTML, source.encode()) == expected


def test_languages_and_parts_are_told() -> None:
    source = b"<html lang=fr><h1>t</h1><p lang=en>q<table><td>c</table><aside>n</aside><img alt=i>"
    found = [(segment.text, segment.language, segment.part) for segment in _HTML.segments(source)]
    assert found == [
        ("t", "fr", Part.HEADING),
        ("q", "en", Part.BODY),
        ("c", "fr", Part.CELL),
        ("n", "fr", Part.BOX),
        ("i", "fr", Part.ALTERNATIVE),
    ]


def test_the_language_the_direction_and_the_marks_are_set() -> None:
    source = b"<html lang='fr'><head></head><body><p>mot</p><q lang=fr-CA>x</q><i lang=en>y</i></body></html>"
    options = Options(language="ar", visible_mark="Machine & co", unsure=frozenset({0}))
    assert capitals(_HTML, source, options) == (
        '<html dir="rtl" lang=\'ar\'><head><meta name="ai-generated" content="true"></head><body>'
        "<p><mark>MOT</mark></p><q lang=ar>X</q><i lang=en>Y</i><p>Machine &amp; co</p></body></html>"
    )


def test_a_segment_that_stays_is_marked_when_it_is_unsure() -> None:
    options = Options(mark_ai=False, unsure=frozenset({1}))
    rebuilt = _HTML.rebuild(b"<p>un<p>de <b>ux</b>", {0: [Piece("text", "one")]}, options)
    assert rebuilt.data == b"<p>one<p><mark>de <b>ux</b></mark>"


def test_what_an_encoding_lacks_is_written_as_a_reference() -> None:
    source = "<meta charset=iso-8859-15><p>été".encode("iso-8859-15")
    rebuilt = _HTML.rebuild(source, {0: [Piece("text", "лето é")]}, PLAIN)
    assert rebuilt.data == b"<meta charset=iso-8859-15><p>&#1083;&#1077;&#1090;&#1086; \xe9"


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_page_that_declares_no_encoding_needs_none() -> None:
    assert _HTML.rebuild(b"<p>ete", {0: [Piece("text", "été")]}, PLAIN).data == b"<p>&#233;t&#233;"


def test_books_change_in_their_chapters_their_titles_and_their_contents() -> None:
    data = book(
        '<?xml version="1.0"?><html xml:lang="fr"><head><title>un</title></head><body><p id="a">le mot</p></body></html>'
    )
    assert words(_EPUB, data) == ["Le livre", "un", "le mot", "Le livre"]
    rebuilt = translated(_EPUB, data, str.upper, Options(language="en")).data
    before, after = _members(data), _members(rebuilt)
    assert list(before) == list(after)
    assert rebuilt[30:58] == b"mimetypeapplication/epub+zip"
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"a/b.opf", "a/un .xhtml", "a/toc.ncx"}
    assert b"<dc:title>LE LIVRE</dc:title><dc:language>en</dc:language>" in after["a/b.opf"]
    assert b'<meta name="ai-generated" content="true"/></metadata>' in after["a/b.opf"]
    assert b'xml:lang="en"' in after["a/un .xhtml"]
    assert b'<p id="a">LE MOT</p>' in after["a/un .xhtml"]


@pytest.mark.parametrize("cut", [40, 400, 900])
def test_truncated_books_are_refused_with_a_reason(cut: int) -> None:
    with pytest.raises(NotRead):
        _EPUB.segments(book("<p>mot</p>")[:cut])


def test_a_book_that_inflates_beyond_measure_is_refused() -> None:
    with pytest.raises(NotRead) as refused:
        _EPUB.segments(book("<p>" + "a" * 60_000_000))
    assert refused.value.finding.code == "archive_ratio"


_LETTER = (
    "From: a@b.fr\r\nSubject: =?utf-8?q?R=C3=A9union?=\r\n d'hier\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n'
    "--a\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "Bonjour =E0 tous,\r\n> cit=E9\r\n--a\r\nContent-Type: text/html; charset=utf-8\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode("<p>Été <b>gras</b></p>".encode()).decode() + "\r\n--a--\r\n"
    '--m\r\nContent-Type: text/plain; name="n.txt"\r\nContent-Disposition: attachment; filename="n.txt"\r\n\r\n'
    "mots joints\r\n--m--\r\n"
).encode()  # fmt: skip


def test_messages_change_in_their_subject_and_both_bodies() -> None:
    assert words(_MAIL, _LETTER) == ["Réunion d'hier", "Bonjour à tous,", "cité", "Été gras"]
    rebuilt = translated(_MAIL, _LETTER, str.upper, Options()).data
    assert words(_MAIL, rebuilt) == ["RÉUNION D'HIER", "BONJOUR À TOUS,", "CITÉ", "ÉTÉ GRAS"]
    assert re.match(rb"From: a@b.fr\r\nSubject: =\?utf-8\?[qb]\?[\w=+/]+\?=\r\nMIME-Version: 1.0\r\n", rebuilt)
    assert b'boundary="m"\r\nX-AI-Generated: true\r\n\r\n--m\r\n' in rebuilt
    assert b"BONJOUR =C0 TOUS,\r\n> CIT=C9\r\n--a" in rebuilt
    assert rebuilt.endswith(_LETTER[_LETTER.index(b"--a--") :])
    assert b"\n" not in rebuilt.replace(b"\r\n", b"")


def test_a_body_that_needs_another_encoding_says_so() -> None:
    data = b"Subject: x1\nFrom: a@b.fr\n\nHello\n"
    rebuilt = _MAIL.rebuild(data, {0: [Piece("text", "Objet")], 1: [Piece("text", "Œuvre")]}, PLAIN).data
    assert rebuilt == (
        b"Subject: Objet\nFrom: a@b.fr\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n=C5=92uvre\n"
    )
    assert [segment.text for segment in _MAIL.segments(rebuilt)] == ["Objet", "Œuvre"]


def test_encrypted_messages_are_refused_and_signatures_are_told() -> None:
    with pytest.raises(NotRead) as refused:
        _MAIL.segments(b"Content-Type: application/pkcs7-mime\n\nx")
    assert refused.value.finding.code == "mail_encrypted"
    signed = b"Subject: mot\nContent-Type: multipart/signed; boundary=s\n\n--s\n\nbonjour\n--s--\n"
    assert translated(_MAIL, signed, str.upper).left_out == ["signature_broken"]
    assert [shown(segment) for segment in _MAIL.segments(signed)] == ["mot", "bonjour"]
