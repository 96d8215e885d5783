r"""Sealing for one recipient: whoever runs the machine writes what the institution alone can open.

    file = `chatelet-sealed/1\n` · ephemeral public key (32 bytes) · chunks: length (4 bytes) then AES-256-GCM

X25519 and HKDF-SHA256 give the key of a file; a chunk is bound to its number and to whether it is the last, so that a
file that was cut, or whose chunks were moved, does not open.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from chatelet.leaving.errors import ExitExportDamaged, ExitKeyUnusable

SUFFIX: Final = ".sealed"
_MAGIC: Final = b"chatelet-sealed/1\n"
_KEY_BYTES: Final = 32
_LENGTH_BYTES: Final = 4
_LARGEST_CHUNK: Final = 16 * 1024 * 1024


def make_key(path: Path) -> Path:
    """Make a private key in a new file (0600), its public part in `<file>.pub`; return the latter."""
    private = X25519PrivateKey.generate()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = path.with_name(f"{path.name}.pub")
    public.write_bytes(private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return public


def read_recipient(path: Path) -> X25519PublicKey:
    """Read a public key. Raises `ExitKeyUnusable`."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise ExitKeyUnusable(file=path.name) from None
    if not isinstance(key, X25519PublicKey) or not _agrees(key):
        raise ExitKeyUnusable(file=path.name)
    return key


def read_private(path: Path) -> X25519PrivateKey:
    """Read a private key. Raises `ExitKeyUnusable`."""
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        raise ExitKeyUnusable(file=path.name) from None
    if not isinstance(key, X25519PrivateKey):
        raise ExitKeyUnusable(file=path.name)
    return key


def fingerprint(key: X25519PublicKey) -> str:
    """Return what the journal and people name a key by: 16 hexadecimal digits."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


class SealedFile:
    """A file that only its recipient opens; takes the parts of an archive, in their order."""

    def __init__(self, file: IO[bytes], recipient: X25519PublicKey) -> None:
        ephemeral = X25519PrivateKey.generate()
        public = ephemeral.public_key().public_bytes_raw()
        self._cipher = AESGCM(_derived(ephemeral.exchange(recipient), public))
        self._file, self._number = file, 0
        self._waiting = b""
        file.write(_MAGIC + public)

    async def put_part(self, number: int, data: bytes) -> None:  # noqa: ARG002 (parts come in their order)
        """Write the part before: which one is the last is known at the end."""
        if self._waiting:
            self._write(self._waiting, is_last=False)
        self._waiting = data

    def end(self) -> None:
        """Write the last part."""
        self._write(self._waiting, is_last=True)

    def _write(self, part: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), part, _context(is_last=is_last))
        self._file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)
        self._number += 1


def opened(file: IO[bytes], key: X25519PrivateKey) -> Iterator[bytes]:
    """Yield the parts of a sealed file. Raises `ExitExportDamaged`, also for another recipient's."""
    start = file.read(len(_MAGIC) + _KEY_BYTES)
    if not start.startswith(_MAGIC) or len(start) != len(_MAGIC) + _KEY_BYTES:
        raise ExitExportDamaged(reason="not_sealed")
    public = start[len(_MAGIC) :]
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # a point of low order, that no sealing gives
        raise ExitExportDamaged(reason="not_sealed") from None
    cipher = AESGCM(_derived(shared, public))
    number, sealed = 0, _chunk(file)
    while sealed:
        following = _chunk(file)
        try:
            yield cipher.decrypt(_nonce(number), sealed, _context(is_last=not following))
        except InvalidTag:
            raise ExitExportDamaged(reason="does_not_open") from None
        number, sealed = number + 1, following
    if not number:
        raise ExitExportDamaged(reason="cut_short")


def _agrees(key: X25519PublicKey) -> bool:
    """Tell whether a secret can be shared with this key: none is with a point of low order."""
    try:
        X25519PrivateKey.generate().exchange(key)
    except ValueError:
        return False
    return True


def _chunk(file: IO[bytes]) -> bytes:
    size = file.read(_LENGTH_BYTES)
    if not size:
        return b""
    length = int.from_bytes(size, "big")
    sealed = file.read(length) if length <= _LARGEST_CHUNK else b""
    if len(size) != _LENGTH_BYTES or not sealed or len(sealed) != length:
        raise ExitExportDamaged(reason="cut_short")
    return sealed


def _derived(shared: bytes, public: bytes) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=public, info=_MAGIC).derive(shared)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _context(*, is_last: bool) -> bytes:
    return b"last" if is_last else b"more"
