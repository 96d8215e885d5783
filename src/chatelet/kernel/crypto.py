"""Encryption at rest: one data key per conversation, wrapped by the installation's key-encryption key.

    key-encryption key (settings or vault) --wraps--> data key (stored beside the conversation) --seals--> content

Destroying the wrapped key makes the content unreadable, in the database and in its backups. Format of a sealed value:
one version byte (1), 12 bytes of nonce, AES-256-GCM ciphertext with its 16-byte tag. The `context` (the identifier of
the row) is authenticated, so a sealed value moved to another row does not open.
"""

import os
from functools import partial
from hashlib import blake2b
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chatelet.kernel.errors import AppError

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_VERSION: Final = b"\x01"


class UnreadableContent(AppError):
    """A sealed value does not open: wrong key, wrong row, or altered bytes."""

    code = "content_unreadable"
    status = 500


class DataKey:
    """Seals and opens the content of one conversation."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt `plain`, bound to `context`."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt; raise `UnreadableContent` when key, context or bytes do not match."""
        if sealed[:1] != _VERSION:
            raise UnreadableContent
        try:
            return self._cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], context)
        except InvalidTag:
            raise UnreadableContent from None


class Keyring:
    """Wraps data keys with the key-encryption key (32 bytes)."""

    def __init__(self, key_encryption_key: bytes) -> None:
        self._wrapping = DataKey(key_encryption_key)
        self._derived = partial(blake2b, key=key_encryption_key, digest_size=16)

    def new_key(self, context: bytes) -> tuple[DataKey, bytes]:
        """Make a data key; return it with its wrapped form, the only one that may be stored."""
        key = os.urandom(KEY_BYTES)
        return DataKey(key), self._wrapping.seal(key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> DataKey:
        """Return the data key; raise `UnreadableContent` when the key-encryption key is not the one that wrapped it."""
        return DataKey(self._wrapping.open(wrapped, context))

    def derived(self, purpose: bytes) -> str:
        """Return a secret of the installation for one purpose, always the same: it tells nothing of the key."""
        return self._derived(purpose).hexdigest()

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt a small secret of the installation itself (a backend's API key)."""
        return self._wrapping.seal(plain, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Decrypt what `seal` returned."""
        return self._wrapping.open(sealed, context)
