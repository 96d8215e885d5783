"""What the routes of keys read and write. A secret appears in one answer, the one that made the key."""

from datetime import datetime
from ipaddress import ip_network
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StringConstraints

from chatelet.identity.keys.scope import KeyRoute
from chatelet.identity.schemas import Written

LONGEST_OVERLAP_HOURS: Final = 7 * 24


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError("control characters are not accepted")
    return value


def _web_origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or value != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("a web origin is expected: https://name or https://name:port")
    if "@" in parts.netloc or not value.isascii() or value != value.lower():
        raise ValueError("a web origin has no credentials and is in lower case")
    return value


def _network(value: str) -> str:
    return str(ip_network(value, strict=False))


_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(_one_line)]
_Model = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
_Origin = Annotated[str, StringConstraints(min_length=8, max_length=300), AfterValidator(_web_origin)]
_Network = Annotated[str, StringConstraints(min_length=2, max_length=64), AfterValidator(_network)]
_Route = Annotated[KeyRoute, Field(strict=False)]
_Moment = Annotated[AwareDatetime, Field(strict=False)]
_Identifier = Annotated[UUID, Field(strict=False)]


KeyOrder = Literal[
    "name", "-name", "unit", "-unit", "owner", "-owner", "state", "-state", "last_use", "-last_use", "end", "-end",
    "made", "-made",
]  # fmt: skip


class NewKey(Written):
    """A key to make. Null models or collections: all that its owner may reach."""

    name: _Name
    expires_at: _Moment
    models: Annotated[list[_Model], Field(min_length=1, max_length=64)] | None = None
    routes: Annotated[
        list[_Route], Field(default_factory=lambda: list(KeyRoute), min_length=1, max_length=len(KeyRoute))
    ]
    collections: Annotated[list[_Identifier], Field(min_length=1, max_length=64)] | None = None
    origins: Annotated[list[_Origin], Field(default_factory=list, max_length=20)]
    addresses: Annotated[list[_Network], Field(default_factory=list, max_length=50)]


class NewUnitKey(NewKey):
    """A key for an application of a unit."""

    unit_id: _Identifier


class KeyRotation(Written):
    """A new key in place of one; the old one serves for `overlap_hours` more, none means not at all."""

    overlap_hours: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP_HOURS)] = 24
    expires_at: _Moment | None = None


class KeyOut(BaseModel):
    """A key as lists show it: never its secret."""

    id: UUID
    name: str
    prefix: str
    owner_id: UUID
    owner_name: str
    unit_id: UUID | None
    unit_name: str | None
    models: list[str] | None
    routes: list[KeyRoute]
    collections: list[UUID] | None
    origins: list[str]
    addresses: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    replaces: UUID | None


class MadeKey(BaseModel):
    """A key just made, and its secret: shown this once."""

    secret: str
    key: KeyOut


class KeyList(BaseModel):
    """One's own keys, newest first, and how long a new one may live."""

    items: list[KeyOut]
    longest_days: int


class KeyPage(BaseModel):
    """A page of the keys of units."""

    items: list[KeyOut]
    next_cursor: str | None
    longest_days: int


class KeyUnit(BaseModel):
    """A unit for which one may make keys."""

    id: UUID
    code: str
    name: str


class KeyUnits(BaseModel):
    """Some units, by name."""

    items: list[KeyUnit]
