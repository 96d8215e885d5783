"""Answers to PROPFIND, read whatever the cut, and refused when they are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatelet.connectors.multistatus import Multistatus, Resource
from chatelet.connectors.xml import DEEPEST, Elements, NotXml

_ANSWER = """<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns">
 <d:response><d:href>/dav/été/</d:href>
  <d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype><oc:owner-id>alice</oc:owner-id>
   <nc:mount-type/><nc:sharees>
    <nc:sharee><nc:id>bob</nc:id><nc:display-name>B &amp; Co</nc:display-name><nc:type>0</nc:type></nc:sharee>
    <nc:sharee><nc:id>élèves</nc:id><nc:display-name>E</nc:display-name><nc:type>1</nc:type></nc:sharee>
    <nc:sharee><nc:id/><nc:display-name/><nc:type>3</nc:type></nc:sharee>
    <nc:sharee><nc:id>x@example.org</nc:id><nc:display-name/><nc:type>4</nc:type></nc:sharee>
   </nc:sharees></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>
  <d:propstat><d:prop><d:getetag>not this</d:getetag></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>
 </d:response>
 <d:response><d:href>/dav/%C3%A9t%C3%A9/a.pdf</d:href>
  <d:propstat><d:prop><d:resourcetype/><d:getetag>"e1"</d:getetag><d:getcontentlength>12</d:getcontentlength></d:prop>
  <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>
 <d:response><d:href>/dav/closed</d:href><d:status>HTTP/1.1 403 Forbidden</d:status></d:response>
</d:multistatus>""".encode()


def _read(*pieces: bytes) -> list[Resource]:
    machine, found = Multistatus(), []
    for piece in pieces:
        found += machine.feed(piece)
    return found + machine.flush()


def test_what_an_answer_tells() -> None:
    folder, file, closed = _read(_ANSWER)
    assert (folder.href, folder.folder, folder.keeps_rights) == ("/dav/été/", True, True)
    assert folder.readers == {"person:alice", "person:bob", "group:élèves"}
    assert folder.storage == ("alice", "")
    assert "etag" not in folder.told
    assert (file.folder, file.keeps_rights, file.length, file.told["etag"]) == (False, False, 12, '"e1"')
    assert closed.status == 403


def test_the_cut_changes_nothing() -> None:
    whole = _read(_ANSWER)
    for at in range(len(_ANSWER)):
        assert _read(_ANSWER[:at], _ANSWER[at:]) == whole


def test_an_answer_cut_short_is_none() -> None:
    for at in range(0, len(_ANSWER), 7):
        with pytest.raises(NotXml):
            _read(_ANSWER[:at])


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html/>",
        b'<multistatus xmlns="other:"/>',
        b'<!DOCTYPE d><d:multistatus xmlns:d="DAV:"/>',
        b'<!DOCTYPE d [<!ENTITY e "x">]><d:multistatus xmlns:d="DAV:">&e;</d:multistatus>',
        b'<d:multistatus xmlns:d="DAV:">&e;</d:multistatus>',
        b'<d:multistatus xmlns:d="DAV:">' + b"<d:a>" * (DEEPEST + 1),
        b'<d:multistatus xmlns:d="DAV:"><d:a>' + b"x" * 70_000,
        b'<d:multistatus xmlns:d="DAV:"/><d:multistatus xmlns:d="DAV:"/>',
        b'<?xml version="1.0" encoding="nothing"?><d:multistatus xmlns:d="DAV:"/>',
    ],
)
def test_what_is_refused(answer: bytes) -> None:
    with pytest.raises(NotXml):
        _read(answer)


def test_too_many_sharees_are_refused() -> None:
    many = "".join(f"<n:sharee><n:id>p{number}</n:id><n:type>0</n:type></n:sharee>" for number in range(2_001))
    head = '<d:multistatus xmlns:d="DAV:" xmlns:n="http://nextcloud.org/ns"><d:response><d:propstat><d:prop><n:sharees>'
    with pytest.raises(NotXml):
        _read(f"{head}{many}".encode())


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    machine = Elements(lambda *_: None)
    try:
        machine.feed(data)
        machine.flush()
    except NotXml:
        return


def test_the_number_of_elements_is_bounded() -> None:
    machine = Elements(lambda *_: None, most=1_000)
    with pytest.raises(NotXml):
        machine.feed(b"<a>" + b"<b/>" * 1_000)
