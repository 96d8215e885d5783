"""Request and response types of the lists of sites."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

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


class SiteList(BaseModel):
    """The lines that the caller manages, and those of the settings, which hold for everybody."""

    items: list[SiteOut]
    settings: list[OwnSite]
