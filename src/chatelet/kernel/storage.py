"""Blobs: sealed bytes under names made by the server, in a folder or in an S3 bucket, through one interface.

What is stored here is always sealed before (kernel/crypto): whoever holds the folder or the bucket reads nothing.
Names are `<identifier>/<part>`; everything of an identifier is deleted together.
"""

import atexit
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, S3Store

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.errors import AppError
from chatelet.settings import StorageSettings

if TYPE_CHECKING:
    from obstore.store import S3Config

_METADATA: Final = "169.254.169.254"
_LISTED_AT_ONCE: Final = 1_000
_ENDING_SECONDS: Final = 0.2
# A bucket that says nothing is told away in seconds; left to itself the library tries for three minutes.
_SILENCE: Final = timedelta(seconds=15)
_RETRIED: Final = timedelta(seconds=8)


class StorageUnavailable(AppError):
    """The folder or the bucket of files does not answer, or is full; nothing was lost."""

    code = "storage_unavailable"
    status = 503


class BlobMissing(AppError):
    """Bytes that should be stored are not there: a restored database without its files, for one."""

    code = "blob_missing"
    status = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """One blob as it is listed; `mark` changes whenever its bytes are written again."""

    name: str
    size: int
    mark: str


class Storage:
    """The blobs of an installation."""

    def __init__(self, settings: StorageSettings, data_dir: Path) -> None:
        # The library's threads let go of our objects just after they answer: a process that ends right then aborts.
        atexit.unregister(_let_threads_end)
        atexit.register(_let_threads_end)
        self._hosts = hosts_of(settings)
        self._store = _open(settings, data_dir)

    def _check(self) -> None:
        for host, port in self._hosts:
            gate.current().check(host, Purpose.FILES, port)

    @contextmanager
    def _contact(self) -> Generator[None]:
        """Ask the gate for every host, and count the bucket's server."""
        self._check()
        host, port = self._hosts[0] if self._hosts else (None, None)
        with gate.current().contact(host, Purpose.FILES, port):
            yield

    async def put(self, name: str, sealed: bytes) -> None:
        """Store bytes under a name, in place of what it held. Raises `StorageUnavailable`."""
        try:
            with self._contact():
                await obstore.put_async(self._store, name, sealed)
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error

    async def get(self, name: str) -> bytes:
        """Return the bytes of a name. Raises `BlobMissing`, `StorageUnavailable`."""
        try:
            with self._contact():
                found = await obstore.get_async(self._store, name)
                return bytes(await found.bytes_async())
        except FileNotFoundError as error:
            raise BlobMissing from error
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error

    async def delete_all(self, identifier: str) -> int:
        """Delete everything of an identifier; return how many blobs there were. Raises `StorageUnavailable`."""
        deleted = 0
        self._check()
        try:
            listed = obstore.list(  # pyright: ignore[reportUnknownMemberType]
                self._store, f"{identifier}/", chunk_size=_LISTED_AT_ONCE, return_arrow=False
            )
            async for batch in listed:
                await obstore.delete_async(self._store, [one["path"] for one in batch])
                deleted += len(batch)
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error
        return deleted

    async def listed(self, prefix: str = "") -> AsyncGenerator[Stored]:
        """Yield every blob below a prefix (whole steps of a path). Raises `StorageUnavailable`."""
        self._check()
        try:
            found = obstore.list(  # pyright: ignore[reportUnknownMemberType]
                self._store, prefix or None, chunk_size=_LISTED_AT_ONCE, return_arrow=False
            )
            async for batch in found:
                for one in batch:
                    yield Stored(one["path"], one["size"], f"{one['e_tag'] or one['last_modified'].isoformat()}")
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error

    async def claim(self, name: str, data: bytes) -> bool:
        """Store bytes under a name that nothing has yet; tell whether it was free. Raises `StorageUnavailable`."""
        try:
            with self._contact():
                await obstore.put_async(self._store, name, data, mode="create")
        except (AlreadyExistsError, FileExistsError):
            return False
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error
        return True

    async def delete(self, names: Sequence[str]) -> None:
        """Delete blobs by their names; those already gone are no failure. Raises `StorageUnavailable`."""
        for first in range(0, len(names), _LISTED_AT_ONCE):
            try:
                with self._contact():
                    await obstore.delete_async(self._store, list(names[first : first + _LISTED_AT_ONCE]))
            except FileNotFoundError:
                continue
            except (BaseError, OSError) as error:
                raise StorageUnavailable from error

    async def identifiers(self) -> AsyncGenerator[str]:
        """Yield each identifier that holds blobs. Raises `StorageUnavailable`."""
        self._check()
        try:
            listed = await obstore.list_with_delimiter_async(  # pyright: ignore[reportUnknownMemberType]
                self._store, return_arrow=False
            )
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error
        for prefix in listed["common_prefixes"]:
            yield prefix.strip("/")


def _let_threads_end() -> None:
    time.sleep(_ENDING_SECONDS)


def hosts_of(settings: StorageSettings) -> tuple[tuple[str, int | None], ...]:
    """Return the hosts that are contacted, none for a folder. Without keys, the library asks a cloud's metadata."""
    if settings.bucket is None:
        return ()
    parts = urlsplit(settings.endpoint or f"https://s3.{settings.region}.amazonaws.com")
    server = (parts.hostname or "", parts.port or (80 if parts.scheme == "http" else 443))
    return (server, (_METADATA, None)) if settings.access_key_file is None else (server,)


def _open(settings: StorageSettings, data_dir: Path) -> LocalStore | S3Store:
    if settings.bucket is None:
        folder = settings.folder or data_dir / "files"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return LocalStore(folder, automatic_cleanup=True)
    config: S3Config = {"region": settings.region, "virtual_hosted_style_request": False}
    if settings.endpoint is not None:
        config["endpoint"] = settings.endpoint
    if settings.access_key_file is not None and settings.secret_key_file is not None:
        config["access_key_id"] = settings.access_key_file.read_text("utf-8").strip()
        config["secret_access_key"] = settings.secret_key_file.read_text("utf-8").strip()
    plain = settings.endpoint is not None and settings.endpoint.startswith("http://")
    return S3Store(
        settings.bucket,
        config=config,
        client_options={"allow_http": plain, "read_timeout": _SILENCE},
        retry_config={"max_retries": 3, "retry_timeout": _RETRIED},
    )
