"""The keys of the seals: Ed25519. The private one may be held elsewhere than the application server (TA-121).

Where the private key is:
- by default, `<data folder>/keys/journal_seal.pem` (0600), made at the first start: simple, and enough against anyone
  who can only reach the database;
- better, in a file that only another account can read, named by `CHATELET_SECURITY__SEAL_KEY_FILE`: `chatelet audit
  make-key FILE` makes it, `chatelet audit seal` runs the sealer under that account (or on another machine, with the
  database address alone), and `chatelet serve`, which cannot read the file, seals nothing and says so at start.

Public keys are published in `<data folder>/journal/public_keys.pem`, old ones kept: copy them to where nobody can
change them.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from chatelet.audit.errors import PublicKeysUnusable, SealKeyUnusable

_END_OF_KEY = b"-----END PUBLIC KEY-----"


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A private key and the identifier that seals carry."""

    private: Ed25519PrivateKey
    key_id: str

    def sign(self, statement: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        return self.private.sign(statement)

    @property
    def public_pem(self) -> bytes:
        """The public key, to publish."""
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class PublicKeys:
    """The keys one trusts, by identifier."""

    def __init__(self, keys: Iterable[Ed25519PublicKey]) -> None:
        self._keys = {_identify(key): key for key in keys}

    def knows(self, key_id: str) -> bool:
        """Whether this key is trusted."""
        return key_id in self._keys

    def verify(self, key_id: str, signature: bytes, statement: bytes) -> bool:
        """Whether a trusted key `key_id` signed `statement`."""
        key = self._keys.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, statement)
        except InvalidSignature:
            return False
        return True


def sealing_key(data_dir: Path, key_file: Path | None) -> SealingKey | None:
    """Return the private key; None when the named file is absent or closed to us: the journal is then sealed elsewhere.

    Without a named file the key of the data folder is used, and made the first time. Raises `SealKeyUnusable`.
    """
    if key_file is None:
        key_file = data_dir / "keys" / "journal_seal.pem"
        if not key_file.exists():
            key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return make_key(key_file)
    try:
        return _load(key_file)
    except (FileNotFoundError, PermissionError):
        return None


def make_key(key_file: Path) -> SealingKey:
    """Make a private key in a new file that only this account can read; an existing file is never replaced.

    Of two processes that start together, the second takes the key of the first.
    """
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    partial = key_file.with_name(f"{key_file.name}.{os.getpid()}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, key_file)
    except FileExistsError:
        return _load(key_file)
    finally:
        partial.unlink()
    return SealingKey(private, _identify(private.public_key()))


def public_keys(path: Path) -> PublicKeys:
    """Read one or more public keys, PEM after PEM. Raises `PublicKeysUnusable`."""
    try:
        keys = _parse(path.read_bytes())
    except OSError as error:
        raise PublicKeysUnusable(file=path.name, reason=type(error).__name__) from None
    if not keys:
        raise PublicKeysUnusable(file=path.name, reason="no Ed25519 public key")
    return PublicKeys(keys)


def known_keys(pem: bytes) -> PublicKeys:
    """Return the public keys of a text, PEM after PEM; none when there is none."""
    return PublicKeys(_parse(pem))


def publish(key: SealingKey, path: Path) -> PublicKeys:
    """Add the public key to the file at `path` unless it is there; return every key of the file."""
    found = path.read_bytes() if path.exists() else b""
    if key.public_pem not in found:
        partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
        partial.write_bytes(found + key.public_pem)
        partial.replace(path)
    return public_keys(path)


def _load(key_file: Path) -> SealingKey:
    try:
        private = load_pem_private_key(key_file.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SealKeyUnusable(file=key_file.name) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise SealKeyUnusable(file=key_file.name)
    return SealingKey(private, _identify(private.public_key()))


def _parse(pem: bytes) -> list[Ed25519PublicKey]:
    keys: list[Ed25519PublicKey] = []
    for block in pem.split(_END_OF_KEY)[:-1]:
        try:
            key = load_pem_public_key(block + _END_OF_KEY)
        except (ValueError, UnsupportedAlgorithm):
            continue
        if isinstance(key, Ed25519PublicKey):
            keys.append(key)
    return keys


def _identify(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]
