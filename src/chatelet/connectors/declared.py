"""What a place is declared as: the JSON that a source stores, and its credential, which is stored sealed and apart.

    Declared    = FolderPlace | BucketPlace | WebdavPlace | SitePlace, told apart by `kind`
    Credential  = AccessKeys | Login | Token, told apart by `kind`; None where the place asks for none

Neither says whether the administrator of the installation allows it: `opening.allowed` does.
"""

import posixpath
import ssl
import unicodedata
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cs"})


def _plain(value: str) -> str:
    if any(unicodedata.category(char) in _REFUSED_CATEGORIES for char in value):
        raise ValueError("control characters are not accepted")
    return value


def _printable(value: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        raise ValueError("control characters are not accepted")
    return value


def _absolute(value: str) -> str:
    path = PurePosixPath(_plain(value))
    if not path.is_absolute() or ".." in path.parts or value.startswith("//"):
        raise ValueError("an absolute path is expected")
    return str(path)


def _prefix(value: str) -> str:
    parts = _plain(value).strip("/").split("/")
    if value.strip("/") and any(part in {"", ".", ".."} for part in parts):
        raise ValueError("a prefix is made of names between '/'")
    return value.strip("/")


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "\\" in value or not value.isascii():
        raise ValueError("an http(s) address is expected")
    if parts.username is not None or parts.query or parts.fragment or any(char.isspace() for char in value):
        raise ValueError("an address without credentials, query or fragment is expected")
    if parts.port == 0 or any(char in '"<>`{}|^@' for char in value):
        raise ValueError("a plain http(s) address is expected")
    path = unquote(parts.path)
    if path and posixpath.normpath(path) != (path.rstrip("/") or "/"):
        raise ValueError("an address without empty parts, '.' or '..' is expected")
    return value


def _certificates(value: str) -> str:
    try:
        ssl.create_default_context(cadata=value)
    except (ssl.SSLError, ValueError):
        raise ValueError("certificates in PEM are expected") from None
    return value


_Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
AbsolutePath = Annotated[_Text, AfterValidator(_absolute)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^/]+$"), AfterValidator(_plain)]
Prefix = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_prefix)]
Address = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_address)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=4096), AfterValidator(_printable)]
User = Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[^:]+$"), AfterValidator(_printable)]
Bucket = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$")]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Authority = Annotated[str, StringConstraints(min_length=1, max_length=100_000), AfterValidator(_certificates)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class FolderPlace(_Frozen):
    """A folder of the server, or a share that the system mounted there (SMB, NFS).

    `witness` is the name of a file that stands at the root, and only there: without it the share is not mounted.
    """

    kind: Literal["folder"] = "folder"
    root: AbsolutePath
    witness: Name | None = None


class BucketPlace(_Frozen):
    """A prefix of an S3 bucket. `endpoint` is the origin of the server, always addressed in path style."""

    kind: Literal["bucket"] = "bucket"
    endpoint: Address
    bucket: Bucket
    prefix: Prefix = ""
    region: Region = "us-east-1"
    ca_certificate: Authority | None = None


class WebdavPlace(_Frozen):
    """A folder over WebDAV, Nextcloud's included: `https://cloud.example/remote.php/dav/files/account/Folder`."""

    kind: Literal["webdav"] = "webdav"
    address: Address
    ca_certificate: Authority | None = None


class SitePlace(_Frozen):
    """Pages under an address: it is a page, a folder (with a final '/'), or a sitemap (`….xml`, `….xml.gz`).

    `prefix` bounds what is read to a path of the same origin; by default the folder of the address, or all of the
    origin when it is that of a sitemap.
    """

    kind: Literal["site"] = "site"
    address: Address
    prefix: Prefix | None = None
    pages: Annotated[int, Field(ge=1, le=50_000)] = 2_000
    depth: Annotated[int, Field(ge=0, le=20)] = 6
    pause_seconds: Annotated[float, Field(ge=0.1, le=60)] = 0.5
    ca_certificate: Authority | None = None


Declared = Annotated[FolderPlace | BucketPlace | WebdavPlace | SitePlace, Field(discriminator="kind")]


class AccessKeys(_Frozen):
    """The pair of an S3 account."""

    kind: Literal["access_keys"] = "access_keys"
    access_key: Secret = Field(repr=False)
    secret_key: Secret = Field(repr=False)


class Login(_Frozen):
    """HTTP Basic: a user and a password, an application's rather than a person's."""

    kind: Literal["login"] = "login"
    user: User
    password: Secret = Field(repr=False)


class Token(_Frozen):
    """HTTP Bearer."""

    kind: Literal["token"] = "token"
    token: Secret = Field(repr=False)


Credential = Annotated[AccessKeys | Login | Token, Field(discriminator="kind")]

# Errors tell where, never what was given: it may be a secret in the wrong place.
_SILENT: Final = ConfigDict(hide_input_in_errors=True)
DECLARED: Final[TypeAdapter[Declared]] = TypeAdapter(Declared, config=_SILENT)
CREDENTIAL: Final[TypeAdapter[Credential]] = TypeAdapter(Credential, config=_SILENT)
