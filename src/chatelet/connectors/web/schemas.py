"""Request and response types of the lists of sites."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatelet.connectors.web.tiers import Tier
from chatelet.identity.schemas import UnitName

Pattern = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, pattern=r"^(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,249}[a-z0-9_])?$"
    ),
]


class NewSite(BaseModel):
    """A site to list: a host, or `*.example.org` for it and all under it. Without a tier it is denied."""

    model_config = ConfigDict(extra="forbid")

    pattern: Pattern
    tier: Tier | None
    unit_id: UUID | None = None


class SiteOut(BaseModel):
    """A line of the lists. Without a unit it is for everybody; without a tier it is denied."""

    id: UUID
    pattern: str
    tier: Tier | None
    unit: UnitName | None


class OwnSite(BaseModel):
    """A line of the installation's settings."""

    pattern: str
    tier: Tier | None


class SitesIn(BaseModel):
    """A file of sites (`site;kind`) for a unit and all under it, or for everybody."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=500_000)]
    unit_id: UUID | None = None


class SitesTaken(BaseModel):
    """What became of a file: how many lines were new, changed, already so; the numbers of those not understood."""

    added: int
    changed: int
    same: int
    refused: list[int]


class AddressIn(BaseModel):
    """An address, or a host, and for whom it would be read: everybody, or the people of a unit."""

    model_config = ConfigDict(extra="forbid")

    address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
    unit_id: UUID | None = None


class DecidingLine(BaseModel):
    """A line that is about a host, and whose list it is in."""

    pattern: str
    tier: Tier | None
    held_by: Literal["settings", "everybody", "unit"]
    unit: UnitName | None = None


class SitePreview(BaseModel):
    """What a host is told as; denied: it is never read. `lines` are all that are about it."""

    host: str
    denied: bool
    tier: Tier | None
    lines: list[DecidingLine]


class SiteList(BaseModel):
    """The lines that the caller manages, and those of the settings, which hold for everybody."""

    items: list[SiteOut]
    settings: list[OwnSite]
