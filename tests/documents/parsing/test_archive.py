"""TA-071: archives are bounded by what really comes out of them, whatever they declare and whatever they are called."""

import struct
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.parsing.outcome import NotRead
from tests.documents.parsing.makers import codes, docx, paragraph, read, zipped

_MIB = 1024 * 1024
_SMALL = replace(DEFAULT, inflated_bytes=20 * _MIB, ratio_from=4 * _MIB)


def _bomb(size: int) -> bytes:
    """Return a DOCX whose body is mostly spaces."""
    return docx(paragraph("Bonjour") + " " * size)


def _lying(data: bytes, name: bytes, size: int) -> bytes:
    """Write another size for a member, in the directory and before the member."""
    out = bytearray(data)
    place = out.find(b"PK\x01\x02")
    while place >= 0:
        length = struct.unpack("<H", out[place + 28 : place + 30])[0]
        if bytes(out[place + 46 : place + 46 + length]) == name:
            out[place + 24 : place + 28] = struct.pack("<I", size)
            local = struct.unpack("<I", out[place + 42 : place + 46])[0]
            out[local + 22 : local + 26] = struct.pack("<I", size)
        place = out.find(b"PK\x01\x02", place + 4)
    return bytes(out)


@pytest.mark.parametrize("name", ["bombe.docx", "bombe", "bombe.docm"])
def test_a_bomb_is_refused_whatever_its_name(name: str) -> None:
    document = read(_bomb(30 * _MIB), name, _SMALL)
    assert document.report.status is Status.REFUSED
    assert codes(document)[0] in {"archive_ratio", "archive_too_large"}


def test_a_bomb_under_another_name_is_not_opened() -> None:
    """The old product's guard looked at the extension: a renamed file went round it."""
    document = read(_bomb(30 * _MIB), "bombe.doc", _SMALL)
    assert document.report.status is Status.UNSUPPORTED
    assert document.text == ""


def test_a_member_that_holds_more_than_it_declares_is_refused() -> None:
    data = _lying(_bomb(2 * _MIB), b"word/document.xml", 1_000)
    assert codes(read(data, "menteur.docx")) == ["archive_lies"]


def test_a_member_that_holds_less_than_it_declares_is_damaged() -> None:
    data = _lying(docx(paragraph("Bonjour")), b"word/document.xml", 3_000_000_000)
    document = read(data, "menteur.docx")
    assert (document.report.status, codes(document)) == (Status.DAMAGED, ["archive_damaged"])


def test_nested_archives_share_one_budget() -> None:
    inner = zipped({f"{number}.txt": b"a" * (3 * _MIB) for number in range(3)})
    outer = zipped({f"{number}.zip": inner for number in range(6)})
    document = read(outer, "poupées.zip", _SMALL)
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["archive_too_large"])


def test_files_inside_files_stop_at_a_depth() -> None:
    data = zipped({"fond.txt": b"au fond"})
    for level in range(5):
        data = zipped({f"{level}.zip": data})
    document = read(data, "poupées.zip")
    depth = 0
    while document.attachments:
        document, depth = document.attachments[0].document, depth + 1
    assert depth == DEFAULT.depth + 1
    assert codes(document) == ["nested_files_too_deep"]


def test_an_archive_of_very_many_entries_is_refused_before_it_is_listed() -> None:
    limits = replace(DEFAULT, entries=100)
    data = zipped({f"{number}.txt": b"" for number in range(250)})
    assert codes(read(data, "liste.zip", limits)) == ["archive_too_many_entries"]


def test_overlapping_members_are_counted_each_time() -> None:
    """Members that share their bytes cost as much as others to read."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * (3 * _MIB))
        first = archive.infolist()[0]
        for number in range(10):
            twin = zipfile.ZipInfo(f"{number}.txt")
            for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
    opened = Archive(out.getvalue(), Budget(_SMALL))
    with pytest.raises(NotRead) as refusal:
        for name in opened.names:
            opened.read(name)
    assert refusal.value.finding.code == "archive_too_large"


def test_names_inside_an_archive_are_data() -> None:
    document = read(zipped({"../../etc/passwd.txt": "contenu", "a/b/CON": "autre texte"}), "noms.zip")
    assert [attachment.name for attachment in document.attachments] == ["passwd.txt", "_CON"]
    assert document.attachments[0].document.text == "contenu"


def test_a_protected_archive_is_told_as_such() -> None:
    data = bytearray(zipped({"a.txt": "secret"}))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark) + at
        data[place] |= 1
    document = read(bytes(data), "secret.zip")
    assert document.report.status is Status.PASSWORD_REQUIRED
