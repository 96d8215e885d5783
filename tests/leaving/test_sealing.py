"""What is sealed opens for its recipient alone, whole or not at all."""

import io
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chatelet.leaving import sealing
from chatelet.leaving.errors import ExitExportDamaged, ExitKeyUnusable

PARTS = [b"premier" * 100, b"deuxieme" * 100, b"dernier"]


async def _sealed(folder: Path, parts: list[bytes]) -> bytes:
    public = sealing.make_key(folder / "key.pem")
    written = io.BytesIO()
    outlet = sealing.SealedFile(written, sealing.read_recipient(public))
    for number, part in enumerate(parts):
        await outlet.put_part(number, part)
    outlet.end()
    return written.getvalue()


def _opened(folder: Path, sealed: bytes) -> bytes:
    return b"".join(sealing.opened(io.BytesIO(sealed), sealing.read_private(folder / "key.pem")))


@pytest.mark.parametrize("parts", [PARTS, PARTS[:1], []])
async def test_it_opens_as_it_was(tmp_path: Path, parts: list[bytes]) -> None:
    sealed = await _sealed(tmp_path, parts)
    assert b"dernier" not in sealed
    assert _opened(tmp_path, sealed) == b"".join(parts)


async def test_cut_or_changed_anywhere_it_does_not_open(tmp_path: Path) -> None:
    sealed = await _sealed(tmp_path, PARTS)
    for place in [*range(0, len(sealed), 7), len(sealed) - 1]:
        with pytest.raises(ExitExportDamaged):
            _opened(tmp_path, sealed[:place])
        with pytest.raises(ExitExportDamaged):
            _opened(tmp_path, sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
    first = len(b"chatelet-sealed/1\n") + 32
    chunk = 4 + len(PARTS[0]) + 16
    moved = sealed[:first] + sealed[first + chunk :]
    with pytest.raises(ExitExportDamaged):
        _opened(tmp_path, moved)


async def test_nobody_else_opens_it(tmp_path: Path) -> None:
    sealed = await _sealed(tmp_path, PARTS)
    (tmp_path / "key.pem").rename(tmp_path / "first.pem")
    (tmp_path / "key.pem.pub").unlink()
    sealing.make_key(tmp_path / "key.pem")
    with pytest.raises(ExitExportDamaged):
        _opened(tmp_path, sealed)


def test_a_key_that_agrees_with_anybody_is_none(tmp_path: Path) -> None:
    sealing.make_key(tmp_path / "key.pem")
    low = X25519PublicKey.from_public_bytes(bytes(32))
    (tmp_path / "low.pub").write_bytes(low.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(ExitKeyUnusable):
        sealing.read_recipient(tmp_path / "low.pub")
    with pytest.raises(ExitExportDamaged):
        _opened(tmp_path, b"chatelet-sealed/1\n" + bytes(32) + bytes(100))


def test_a_key_is_closed_to_others_and_anything_else_is_none(tmp_path: Path) -> None:
    public = sealing.make_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o077 == 0
    assert sealing.fingerprint(sealing.read_recipient(public)).isalnum()
    for path in (tmp_path / "key.pem", tmp_path / "none.pub"):
        with pytest.raises(ExitKeyUnusable):
            sealing.read_recipient(path)
    with pytest.raises(ExitKeyUnusable):
        sealing.read_private(public)
    with pytest.raises(FileExistsError):
        sealing.make_key(tmp_path / "key.pem")
