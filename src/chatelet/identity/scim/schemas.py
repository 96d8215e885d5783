"""What the routes of the administration of directories read and write."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chatelet.identity.schemas import UnitName, Written
from chatelet.identity.scim.directory import SubjectFrom

_Identifier = Annotated[UUID | None, Field(strict=False)]


class NewDirectory(Written):
    """A directory to connect. `issuer`: who signs in the persons it names, as sign-in knows them."""

    name: Annotated[str, Field(min_length=1, max_length=480)]
    issuer: Annotated[str, Field(min_length=1, max_length=2000)]
    subject_from: SubjectFrom = "external_id"
    unit_id: _Identifier = None
    expires_at: Annotated[AwareDatetime | None, Field(strict=False)] = None


class GroupMapping(Written):
    """What a group leads to: `unit_id` alone, belonging; `role_id`, that role there or everywhere; neither, nothing."""

    unit_id: _Identifier = None
    role_id: _Identifier = None


class DirectoryOut(BaseModel):
    """A directory, without its token; `unmapped` counts its groups that lead to nothing."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    issuer: str
    subject_from: SubjectFrom
    unit: UnitName | None
    users: int
    groups: int
    unmapped: int
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class DirectoryList(BaseModel):
    """All directories, the newest first. `address` is what is typed in them."""

    items: list[DirectoryOut]
    address: str


class DirectoryToken(BaseModel):
    """Shown once."""

    id: UUID
    token: str
    address: str


class DirectoryGroup(BaseModel):
    """A group of a directory and what it leads to."""

    id: UUID
    name: str
    members: int
    unit: UnitName | None
    role_id: UUID | None
    role_name_fr: str | None
    role_name_en: str | None


class DirectoryGroupPage(BaseModel):
    """Groups by name."""

    items: list[DirectoryGroup]
    next_cursor: str | None


GroupOrder = Literal["name", "-name", "members", "-members", "leads_to", "-leads_to"]
OrphanOrder = Literal["name", "-name", "email", "-email", "reason", "-reason", "last_seen", "-last_seen"]


class Orphan(BaseModel):
    """Someone active here of whom the directory says otherwise: never named, named no longer, or said inactive."""

    id: UUID
    name: str
    email: str | None
    subject: str
    reason: Literal["never_named", "no_longer_named", "said_inactive"]
    last_seen_at: datetime | None


class OrphanPage(BaseModel):
    """A page of orphans; `total`: how many are found."""

    items: list[Orphan]
    total: int
    next_cursor: str | None
