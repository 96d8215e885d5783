"""TA-076: an image's size is known, and refused, before a pixel of it is decoded."""

import struct
from dataclasses import replace

import pytest

from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.images import refuse_large
from chatelet.documents.parsing.limits import DEFAULT
from chatelet.documents.parsing.outcome import NotRead
from tests.documents.parsing.makers import codes, png, read


def _jpeg(width: int, height: int) -> bytes:
    exif = b"\xff\xe1" + struct.pack(">H", 2 + 20) + b"Exif\x00\x00" + bytes(14)
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + exif + frame + b"\xff\xd9"


def _tiff(width: int, height: int, order: str = "<", pages: int = 1) -> bytes:
    out = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "I", 8)
    for page in range(pages):
        entries = struct.pack(order + "HHII", 256, 4, 1, width) + struct.pack(order + "HHII", 257, 4, 1, height)
        following = len(out) + 2 + 24 + 4 if page + 1 < pages else 0
        out += struct.pack(order + "H", 2) + entries + struct.pack(order + "I", following)
    return out


def _webp(width: int, height: int) -> bytes:
    body = (
        b"VP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _heic(width: int, height: int) -> bytes:
    extents = struct.pack(">I", 20) + b"ispe" + bytes(4) + struct.pack(">II", width, height)
    return struct.pack(">I", 24) + b"ftypheic" + bytes(4) + b"mif1heic" + extents


_MAKERS = {"png": png, "jpeg": _jpeg, "tiff": _tiff, "webp": _webp, "heic": _heic}
_EXTENSIONS = {"png": "png", "jpeg": "jpg", "tiff": "tif", "webp": "webp", "heic": "heic"}


@pytest.mark.parametrize("kind", _MAKERS)
def test_the_size_is_in_the_header(kind: str) -> None:
    sizes = refuse_large(_MAKERS[kind](640, 480), kind, DEFAULT)
    assert [(size.width, size.height) for size in sizes] == [(640, 480)]


@pytest.mark.parametrize("kind", _MAKERS)
def test_a_huge_image_is_refused_before_it_is_decoded(kind: str) -> None:
    huge = (16_000, 16_000)
    document = read(_MAKERS[kind](*huge), f"photo.{_EXTENSIONS[kind]}")
    assert (document.report.status, codes(document)) == (Status.REFUSED, ["image_too_large"])
    assert document.report.findings[0].params == {"width": 16_000, "height": 16_000, "most": DEFAULT.pixels}


def test_each_page_of_a_tiff_is_looked_at() -> None:
    assert len(refuse_large(_tiff(100, 100, ">", pages=3), "tiff", DEFAULT)) == 3
    with pytest.raises(NotRead) as refusal:
        refuse_large(_tiff(100, 100, pages=5), "tiff", replace(DEFAULT, pages=4))
    assert refusal.value.finding.code == "too_many_pages"


def test_a_tiff_whose_pages_turn_in_a_circle_ends() -> None:
    data = bytearray(_tiff(100, 100))
    data[-4:] = struct.pack("<I", 8)
    assert len(refuse_large(bytes(data), "tiff", DEFAULT)) == 1


@pytest.mark.parametrize(("kind", "length"), [("png", 18), ("jpeg", 30), ("tiff", 12), ("webp", 16), ("heic", 30)])
def test_a_cut_image_is_damaged(kind: str, length: int) -> None:
    document = read(_MAKERS[kind](640, 480)[:length], f"photo.{_EXTENSIONS[kind]}")
    assert (document.report.status, codes(document)) == (Status.DAMAGED, ["image_damaged"])
