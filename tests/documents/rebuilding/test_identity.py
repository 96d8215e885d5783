"""What comes back unchanged is byte for byte what was given; every word can be replaced, and nothing else moves."""

import contextlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.documents.parsing.outcome import NotRead
from chatelet.documents.rebuilding.contract import Format, Options, Piece, PiecesMisplaced
from chatelet.documents.rebuilding.opening import format_of
from tests.documents.rebuilding.makers import PLAIN, book, identity, shown, translated, with_words, words

_SOUP = st.lists(
    st.sampled_from(
        "Bonjour,le monde|une phrase de plus|été €|\n|\n\n|\r\n|  \n|\t|# |> |- |1. |    |*|**|_|__|`|```|$|[|](http://a.b)|](|]|![x|"
        "[^1]|[^1]: |<p>|</p>|<b>|</b>|<i|>|<!--|-->|<br>|<li lang=fr>|<td title='a b'>|\"|'|&amp;|&|;|,|\\|{|}|---|===|:|"
        "<script>|</script>|<pre>|</pre>|00:00:01,000 --> 00:00:02,000\n|1\n|WEBVTT\n\n|Subject: Bonjour\n|"
        "Content-Type: text/html\n|--x\n|\ufeff|שלום|\u202e|中文|\x0b|\x0c|\u2028|a@b.fr|https://a.fr/x|\\begin{document}|\\section{|%|~".split(
            "|"
        )
    ),
    max_size=30,
).map("".join)
_KINDS = ["text", "markdown", "html", "csv", "tsv", "eml", "latex"]
_MAIL = "From: a@b.fr\nSubject: Deux mots\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\n"


def _file(kind: str, soup: str) -> bytes:
    return (_MAIL + soup if kind == "eml" else soup).encode()


@pytest.mark.parametrize(("kind", "name"), [*((kind, "") for kind in _KINDS), ("text", "a.srt"), ("text", "a.vtt")])
@given(soup=_SOUP)
def test_the_same_words_give_the_same_bytes(kind: str, name: str, soup: str) -> None:
    form, data = format_of(kind, name), _file(kind, soup)
    assert identity(form, data) == data
    assert form.rebuild(data, {}, Options()).data == data


@pytest.mark.parametrize(("kind", "name"), [*((kind, "") for kind in _KINDS if kind != "latex"), ("text", "a.srt")])
@settings(derandomize=True)
@given(soup=_SOUP)
def test_other_words_are_all_there_and_can_be_read_again(kind: str, name: str, soup: str) -> None:
    form, data = format_of(kind, name), _file(kind, soup)
    before = "".join(words(form, data))
    rebuilt = translated(form, data, str.upper).data
    assert _letters("".join(words(form, rebuilt))) == _letters(before.upper())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_and_marks_are_kept(kind: str, encoding: str) -> None:
    if kind == "eml" and encoding.startswith("utf-16"):
        encoding = "utf-8"
    data = _file(kind, "") + "Été; œuvre, à Noël\r\n".encode(encoding)
    if kind == "eml":
        data = data.replace(b"--x\n\n", b"--x\nContent-Type: text/plain; charset=" + encoding.encode() + b"\n\n")
    form = format_of(kind)
    assert identity(form, data) == data
    rebuilt = translated(form, data, str.upper).data
    assert "ÉTÉ" in rebuilt.decode(encoding, "replace")
    assert len(rebuilt) == len(data)


@pytest.mark.parametrize("kind", _KINDS)
def test_misplaced_pieces_are_refused(kind: str) -> None:
    form, data = format_of(kind), _file(kind, "Un mot\n")
    last = form.segments(data)[-1]
    with pytest.raises(PiecesMisplaced) as refused:
        form.rebuild(data, {last.number: [Piece("open", "", 1)]}, PLAIN)
    assert refused.value.number == last.number
    with pytest.raises(PiecesMisplaced):
        form.rebuild(data, {999: [Piece("text", "x")]}, PLAIN)


@given(st.binary(max_size=300))
def test_any_bytes_are_kept_or_refused(data: bytes) -> None:
    for kind in _KINDS:
        form = format_of(kind)
        kept = contextlib.nullcontext() if _is_read(form, data) else pytest.raises(NotRead)
        with kept:
            assert identity(form, data) == data


def _is_read(form: Format, data: bytes) -> bool:
    try:
        form.segments(data)
    except NotRead:
        return False
    return True


@given(_SOUP)
def test_books_are_kept_or_refused(soup: str) -> None:
    form: Format = format_of("epub")
    data = book(f"<html><body>{soup}</body></html>")
    assert identity(form, data) == data
    segments = form.segments(data)
    form.rebuild(data, {s.number: with_words(s, str.title) for s in segments if not s.locked}, Options())
    assert [shown(segment) for segment in segments[:1]] == ["Le livre"]
