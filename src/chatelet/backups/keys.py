"""The keys of a set of backups, and the envelope that carries an installation's own keys apart.

    key-encryption key (or backup.key_file) --HKDF--> wrapping key --seals--> set key (in `set.json`)
    set key --HKDF--> sealing key of pieces, naming key of pieces

The key-encryption key itself is in no backup: `chatelet backup export-keys` writes it, alone, under a passphrase.
"""

import base64
import hmac
import os
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from chatelet.backups.errors import BackupKeyMissing, BackupKeyWrong, KeysPresent, PassphraseWrong
from chatelet.kernel.crypto import KEY_BYTES, DataKey, UnreadableContent
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.settings import Settings

FORMAT: Final = "chatelet-backups/1"
_KEYS: Final = "chatelet-keys/1"
_COST: Final = 2**16  # scrypt: 64 MiB and a fifth of a second
_SALT_BYTES: Final = 16


class SetFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`set.json`: what a folder of backups says of itself, in clear."""

    format: Literal["chatelet-backups/1"]
    id: UUID
    wrapped_key: bytes


class SetKeys:
    """Seals, opens and names the pieces of one set."""

    __slots__ = ("_naming", "_sealing", "id")

    def __init__(self, identifier: UUID, key: bytes) -> None:
        self.id = identifier
        self._sealing = DataKey(_derive(key, b"chatelet-backups/1 pieces"))
        self._naming = _derive(key, b"chatelet-backups/1 names")

    def name(self, plain: bytes) -> str:
        """Return the name that this content has in the set: the same bytes are kept once, and tell nothing."""
        return hmac.digest(self._naming, plain, "sha256").hex()

    def seal(self, plain: bytes, name: str) -> bytes:
        """Encrypt a piece, bound to its name."""
        return self._sealing.seal(plain, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes:
        """Decrypt a piece. Raises `UnreadableContent`."""
        return self._sealing.open(sealed, name.encode())


def wrapping_key(settings: Settings) -> bytes:
    """Return the key that wraps the keys of sets. Raises `BackupKeyMissing`, never makes one; `KeyUnreadable`."""
    given = settings.backup.key_file
    path = given or settings.security.key_file or settings.data_dir / "keys" / KEY_NAME
    if not path.is_file():
        raise BackupKeyMissing(file=str(path))
    return _derive(load_key(path, settings.data_dir, KEY_NAME), b"chatelet-backups/1 set")


def new_set(wrapping: bytes) -> tuple[SetKeys, bytes]:
    """Make the keys of a new set; return them with the bytes of its `set.json`."""
    identifier, key = uuid7(), os.urandom(KEY_BYTES)
    wrapped = DataKey(wrapping).seal(key, identifier.bytes)
    return SetKeys(identifier, key), msgspec.json.encode(SetFile(FORMAT, identifier, wrapped))


def open_set(file: bytes, wrapping: bytes) -> SetKeys:
    """Return the keys of a set. Raises `BackupKeyWrong`."""
    try:
        found = msgspec.json.decode(file, type=SetFile)
        return SetKeys(found.id, DataKey(wrapping).open(found.wrapped_key, found.id.bytes))
    except (msgspec.MsgspecError, UnreadableContent):
        raise BackupKeyWrong from None


class _KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["chatelet-keys/1"]
    salt: bytes
    sealed: bytes


def export_keys(settings: Settings, passphrase: str) -> bytes:
    """Return the installation's keys, sealed under a passphrase: to be kept elsewhere than its backups."""
    found = {name: path.read_bytes() for name, path in _paths(settings).items() if path.is_file()}
    if KEY_NAME not in found:
        raise BackupKeyMissing(file=str(_paths(settings)[KEY_NAME]))
    salt = os.urandom(_SALT_BYTES)
    sealed = DataKey(_stretched(passphrase, salt)).seal(msgspec.json.encode(found), _KEYS.encode())
    return msgspec.json.encode(_KeyFile(_KEYS, salt, sealed)) + b"\n"


def import_keys(settings: Settings, file: bytes, passphrase: str) -> list[Path]:
    """Put keys back where the settings say; return the files written. Raises `PassphraseWrong`, `KeysPresent`."""
    try:
        read = msgspec.json.decode(file, type=_KeyFile)
        plain = DataKey(_stretched(passphrase, read.salt)).open(read.sealed, _KEYS.encode())
    except (msgspec.MsgspecError, UnreadableContent):
        raise PassphraseWrong from None
    found, paths = msgspec.json.decode(plain, type=dict[str, bytes]), _paths(settings)
    there = [paths[name] for name in found if paths[name].exists()]
    if there:
        raise KeysPresent(file=str(there[0]))
    for name, data in found.items():
        _write(paths[name], data)
    return [paths[name] for name in found]


def fingerprint(settings: Settings) -> str:
    """Return what tells one key-encryption key from another without saying it, to compare with a note on paper."""
    return base64.b32encode(_derive(wrapping_key(settings), b"chatelet-backups/1 shown")[:5]).decode()


def _paths(settings: Settings) -> dict[str, Path]:
    folder = settings.data_dir / "keys"
    paths = {
        KEY_NAME: settings.security.key_file or folder / KEY_NAME,
        "journal_seal.pem": settings.security.seal_key_file or folder / "journal_seal.pem",
        "certificates.pem": settings.privacy.certificate_key_file or folder / "certificates.pem",
    }
    return paths | ({"backup.key": settings.backup.key_file} if settings.backup.key_file else {})


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(key)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt, KEY_BYTES, n=_COST, r=8, p=1).derive(passphrase.encode())
