"""TA-079: what a camera wrote beside the pixels is taken away, and the image stays what it was."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chatelet.documents import pictures
from chatelet.documents.metadata import removed
from chatelet.documents.parsing.reader import bare

HEIC = (Path(__file__).parent / "photo.heic").read_bytes()
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SecretWords 48.858</x:xmpmeta>'
_HOW: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90, "xmp": _XMP, "comment": b"SecretComment", "icc_profile": b"colours"},
    "PNG": {},
    "WEBP": {"xmp": _XMP, "lossless": True},
    "TIFF": {},
    "AVIF": {"xmp": _XMP},
}


def _photo(kind: str) -> bytes:
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 255, (60, 90, 3), dtype=np.uint8))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132], exif[0x011A] = 6, "SecretMaker", "2024:01:02 03:04:05", 300.0
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (48.0, 51.0, 29.5), "E", (2.0, 17.0, 40.25)
    exif.get_ifd(0x8769)[0xA433] = "SecretLens"
    out = io.BytesIO()
    picture.save(out, kind, exif=exif.tobytes(), **_HOW[kind])
    return out.getvalue()


@pytest.mark.parametrize("kind", _HOW)
def test_place_date_and_device_go_and_the_pixels_stay(kind: str) -> None:
    given = _photo(kind)
    kept = removed(given)
    assert len(kept) == len(given)
    assert b"Secret" in given
    assert b"Secret" not in kept
    assert b"2024" not in kept
    with Image.open(io.BytesIO(given)) as before, Image.open(io.BytesIO(kept)) as after:
        assert before.getexif().get_ifd(0x8825)
        assert not after.getexif().get_ifd(0x8825)
        assert not after.getexif().get_ifd(0x8769)
        assert np.array_equal(np.asarray(before.convert("RGB")), np.asarray(after.convert("RGB")))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_how_it_is_turned_and_its_resolution_stay(kind: str) -> None:
    with Image.open(io.BytesIO(removed(_photo(kind)))) as image:
        assert dict(image.getexif()) == {0x0112: 6, 0x011A: 300.0}
        assert pictures.upright(image).size == (60, 90)


@pytest.mark.parametrize("kind", _HOW)
def test_done_twice_it_is_done_once(kind: str) -> None:
    once = removed(_photo(kind))
    assert removed(once) == once
    assert bare(once) == b""


def test_heic_of_a_telephone() -> None:
    kept = removed(HEIC)
    assert b"Secret" in HEIC
    assert b"Secret" not in kept
    with pictures.opened(HEIC) as before, pictures.opened(kept) as after:
        assert before.getexif().get_ifd(0x8825)
        assert dict(after.getexif()) == {}
        assert np.array_equal(np.asarray(before.convert("RGB")), np.asarray(after.convert("RGB")))


def test_colours_of_a_jpeg_stay_and_what_follows_it_goes() -> None:
    given = _photo("JPEG") + b"MotionPhoto_Data SecretFilm" + _photo("JPEG")
    kept = removed(given)
    assert b"Secret" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.info["icc_profile"] == b"colours"
        image.load()


@pytest.mark.parametrize("kind", [*_HOW, "HEIC"])
def test_cut_anywhere_it_never_fails_and_keeps_its_length(kind: str) -> None:
    given = HEIC if kind == "HEIC" else _photo(kind)
    for cut in range(0, min(len(given), 700), 7):
        kept = bare(given[:cut])
        assert len(kept) in {0, cut}


def test_what_is_no_image_is_left_alone() -> None:
    assert removed(b"%PDF-1.7 Exif GPS") == b"%PDF-1.7 Exif GPS"
    assert bare(b"") == b""
