"""Keys kept in files: made at the first start, readable by the service alone, never printed.

Losing the key-encryption key is losing every conversation: back it up apart from the database, or give one from a
vault through `CHATELET_SECURITY__KEY_FILE`.
"""

import base64
import binascii
import os
from pathlib import Path
from typing import Final

from chatelet.kernel.crypto import KEY_BYTES
from chatelet.kernel.errors import AppError

KEY_NAME: Final = "key-encryption.key"


class KeyUnreadable(AppError):
    """The key file is missing or does not hold a key. Restore it from its backup; do not make another."""

    code = "key_unreadable"
    status = 500


def load_key(given: Path | None, data_dir: Path, name: str) -> bytes:
    """Return 32 bytes from the `given` file, or from `data_dir`/keys/`name`, made there at the first start."""
    path = given or data_dir / "keys" / name
    if not path.exists():
        if given is not None:
            raise KeyUnreadable(file=str(path))
        _make(path)
    try:
        key = base64.b64decode(path.read_text("ascii").strip(), validate=True)
    except (OSError, ValueError, binascii.Error):
        raise KeyUnreadable(file=str(path)) from None
    if len(key) != KEY_BYTES:
        raise KeyUnreadable(file=str(path))
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(partial)  # the first of several processes wins; the others read its key
    except FileExistsError:
        return
    finally:
        partial.unlink()
