"""Paths of entries: one form, always one that can be stored and asked for again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.connectors.contract import EntryGone
from chatelet.connectors.paths import DEEPEST, LONGEST_PATH, is_told, mark_of, parts_of, path_of

_ANY = st.text(st.characters(), max_size=40)


@given(st.lists(_ANY, max_size=70))
def test_a_path_is_never_a_traversal_and_comes_back(names: list[str]) -> None:
    path = path_of(names)
    if path is None:
        return
    assert path.split("/") == names == list(parts_of(path))
    assert not {"", ".", ".."} & set(names)
    assert len(path) <= LONGEST_PATH
    assert len(names) <= DEEPEST
    path.encode("utf-8")
    assert not any(char < " " or char == "\x7f" for char in path)


@given(st.text(st.characters(), max_size=80))
def test_what_no_listing_told_is_not_there(path: str) -> None:
    try:
        parts = parts_of(path)
    except EntryGone:
        return
    assert path_of(parts) == path


@pytest.mark.parametrize(
    "names", [[], [""], ["."], [".."], ["a", "..", "b"], ["a/b"], ["a\x00"], ["a\nb"], ["caf\udce9"], ["x" * 1025]]
)
def test_names_that_cannot_be_told(names: list[str]) -> None:
    assert path_of(names) is None


@pytest.mark.parametrize("name", ["a b.pdf", "..a", "a..b", "50 %.pdf", "été\u202e.txt", "a\\b", "é", "…"])
def test_odd_names_are_kept_as_they_are(name: str) -> None:
    assert path_of([name]) == name


@pytest.mark.parametrize(
    "name", ["~$note.docx", ".~lock.a.odt#", ".DS_Store", "Thumbs.db", "a.tmp", "a.docx~", ".hidden", "lost+found"]
)
def test_what_people_did_not_put_there(name: str) -> None:
    assert not is_told(name)
    assert not is_told(name.upper())


@pytest.mark.parametrize("name", ["note.docx", "a~b.txt", "template.tmpl", "$a", "thumbs.db.txt"])
def test_what_people_put_there(name: str) -> None:
    assert is_told(name)


@given(st.lists(st.one_of(st.none(), st.integers(), _ANY), max_size=6))
def test_marks_are_short_and_storable(said: list[object]) -> None:
    mark = mark_of(*said)
    assert len(mark) <= 200
    mark.encode("utf-8")
    assert "\x00" not in mark
    assert mark == mark_of(*said)


def test_marks_differ_when_what_is_said_differs() -> None:
    assert mark_of("a" * 300) != mark_of("a" * 299 + "b")
    assert mark_of(1, 23) != mark_of(12, 3)
