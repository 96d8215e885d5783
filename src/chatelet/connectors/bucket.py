"""A prefix of an S3 bucket, by the library of kernel/storage: Rust underneath, pages of a thousand keys.

What the environment or the machine knows (variables, profiles, the address that gives an instance its rights, proxies)
is never used: the credential is the one given here, or none at all.

S3 keeps no rights of persons on an object that could be listed with it: `readers` is None. It tells nothing apart from
a prefix that does not exist, and some answers that are none at all are read as an empty listing: a listing without one
object is `PlaceUnreachable`, for what is not told is taken for deleted. Objects of no bytes are what tools make of
folders, and are left out.
"""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import (
    BaseError,
    GenericError,
    InvalidPathError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceError,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.declared import AccessKeys, BucketPlace
from chatelet.connectors.paths import is_told, mark_of, parts_of, path_of
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ClientConfig, S3Config, S3Credential

_LISTED_AT_ONCE: Final = 1_000
_MOST: Final = 1_000_000
_PIECE: Final = 1024 * 1024
_CONNECT: Final = timedelta(seconds=10)
_SILENCE: Final = timedelta(seconds=60)
_WHOLE: Final = timedelta(seconds=900)
_RETRIED: Final = timedelta(seconds=30)
_NOT_A_LISTING: Final = "invalid list response"
_STATUS: Final = re.compile(r"returned non-2xx status code: (\d{3})")  # a listing says only so that it is refused


class BucketOfFiles:
    """A `Place`."""

    def __init__(self, declared: BucketPlace, credential: AccessKeys | None) -> None:
        self._host = urlsplit(declared.endpoint).hostname
        self._prefix = declared.prefix
        self._store = _opened(declared, credential)

    async def entries(self) -> AsyncIterator[Entry]:
        """Tell all objects under the prefix. Raises `PlaceError`."""
        self._check()
        seen = 0
        pages = obstore.list(  # pyright: ignore[reportUnknownMemberType]
            self._store, self._prefix or None, chunk_size=_LISTED_AT_ONCE, return_arrow=False
        )
        while (page := await _next(pages)) is not None:
            seen += len(page)
            if seen > _MOST:
                raise PlaceBroken
            for found in page:
                if (entry := self._entry(found)) is not None:
                    yield entry
        if not seen:
            raise PlaceUnreachable

    async def read(self, entry: Entry, *, limit: int) -> AsyncIterator[bytes]:
        """Give the content of an object. Raises `EntryGone`, `EntryTooLarge`, `PlaceError`."""
        parts = parts_of(entry.path)
        self._check()
        key = "/".join((self._prefix, *parts)) if self._prefix else entry.path
        try:
            found = await obstore.get_async(self._store, key)
            if found.meta["size"] > limit:
                raise EntryTooLarge
            seen = 0
            async for piece in found.stream(min_chunk_size=_PIECE):
                seen += len(piece)
                if seen > limit:
                    raise EntryTooLarge
                if len(piece):
                    yield bytes(piece)
        except FileNotFoundError:
            raise EntryGone from None
        except (BaseError, OSError, ValueError) as error:
            raise _coded(error) from None

    async def close(self) -> None:
        """Nothing is kept: connections are those of the library, and it lets them go."""

    def _check(self) -> None:
        """Ask the gate of the installation, and count one contact. Raises `PlaceUnreachable`."""
        try:
            with gate.current().contact(self._host, Purpose.PLACES):
                return
        except gate.EgressClosed:
            raise PlaceUnreachable from None

    def _entry(self, found: "ObjectMeta") -> Entry | None:
        key = found["path"]
        inside = key.removeprefix(f"{self._prefix}/") if self._prefix else key
        if self._prefix and inside == key:
            raise PlaceBroken
        names = inside.split("/")
        path = path_of(names)
        if path is None or not found["size"] or not all(is_told(name) for name in names):
            return None
        mark = found["e_tag"] or found["last_modified"].isoformat()
        return Entry(path, found["size"], mark_of(mark, found["size"]))


async def _next(pages: "obstore.ListStream[Sequence[ObjectMeta]]") -> "Sequence[ObjectMeta] | None":
    """Return the next page, None at the end. Raises `PlaceError`."""
    try:
        return await anext(pages, None)
    except FileNotFoundError:
        raise PlaceUnreachable from None
    except (BaseError, OSError, ValueError) as error:
        raise _coded(error) from None


def _coded(error: Exception) -> PlaceError:
    """Return what an error of the library means; its text, which repeats the server's, is dropped."""
    status = _STATUS.search(str(error))
    if isinstance(error, (PermissionDeniedError, UnauthenticatedError)) or (status and status[1] in {"401", "403"}):
        return PlaceRefused()
    if isinstance(error, InvalidPathError) or (isinstance(error, GenericError) and _NOT_A_LISTING in str(error)):
        return PlaceBroken()
    return PlaceUnreachable()


def _opened(declared: BucketPlace, credential: AccessKeys | None) -> S3Store:
    """Open the store. Each value that the library would else take from the environment is given."""
    endpoint = declared.endpoint.rstrip("/")
    config: S3Config = {
        "endpoint": endpoint,
        "aws_endpoint_url_s3": endpoint,
        "region": declared.region,
        "virtual_hosted_style_request": False,
        "skip_signature": credential is None,
        "s3_express": False,
        "request_payer": False,
        "unsigned_payload": False,
    }
    client: ClientConfig = {
        "allow_http": endpoint.startswith("http://"),
        "allow_invalid_certificates": False,
        "connect_timeout": _CONNECT,
        "read_timeout": _SILENCE,
        "timeout": _WHOLE,
        # A proxy that is given, and excluded for this very host: those of the environment are then not used.
        "proxy_url": "http://127.0.0.1:9",
        "proxy_excludes": urlsplit(endpoint).hostname or "",
    }
    if declared.ca_certificate is not None:
        client["root_certificate"] = declared.ca_certificate
    return S3Store(
        declared.bucket,
        config=config,
        client_options=client,
        retry_config={"max_retries": 2, "retry_timeout": _RETRIED},
        credential_provider=None if credential is None else _given(credential),
    )


def _given(credential: AccessKeys) -> "Callable[[], S3Credential]":
    """Return what the library asks for its credential: this one for ever, without the environment's session."""
    told: S3Credential = {
        "access_key_id": credential.access_key,
        "secret_access_key": credential.secret_key,
        "token": None,
        "expires_at": None,
    }
    return lambda: told
