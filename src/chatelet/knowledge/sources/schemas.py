"""What the routes of places and sources read and write. A credential is written, never read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from chatelet.connectors.declared import Credential, Declared, Prefix
from chatelet.identity.schemas import UnitName
from chatelet.knowledge.schemas import Folder, Name, WriteModel
from chatelet.knowledge.sources.cadence import Cadence

Kind = Literal["folder", "bucket", "webdav", "site"]
SourceState = Literal["new", "listing", "bringing", "done", "unfinished", "asking", "failed"]


def _some(folder: str) -> str:
    if not folder:
        raise ValueError("a folder of the collection is expected")
    return folder


SourceFolder = Annotated[Folder, AfterValidator(_some)]


class NewPlace(WriteModel):
    """A place to declare, for a unit and all under it; without one, for everybody."""

    name: Name
    unit_id: UUID | None = None
    declared: Declared
    credential: Credential | None = None
    rights_required: bool = False


class PlaceChange(WriteModel):
    """What may change of a place; absent fields stay. A credential does not follow an address that changes."""

    name: Name | None = None
    declared: Declared | None = None
    credential: Credential | None = None
    rights_required: bool | None = None


class PlaceOut(BaseModel):
    """A place as who manages it sees it. `sources` counts those that follow it."""

    id: UUID
    name: str
    unit: UnitName | None
    declared: Declared
    has_credential: bool
    rights_required: bool
    sources: int
    created_at: datetime
    updated_at: datetime


class PlaceList(BaseModel):
    """The places that the caller manages; the folders and the servers that the settings let be declared."""

    items: list[PlaceOut]
    folders: list[str]
    origins: list[str]


class PlaceChoice(BaseModel):
    """A place that a curator may follow: not where it is."""

    id: UUID
    name: str
    kind: Kind
    rights_required: bool


class PlaceChoices(BaseModel):
    """The places that a collection may follow, by name."""

    items: list[PlaceChoice]


class PlaceTrial(WriteModel):
    """The path of a place to look under."""

    path: Prefix = ""


class SourceTrial(PlaceTrial):
    """A place and a path to look under, before a source is made."""

    place_id: UUID
    follows_rights: bool = True


class TriedEntry(BaseModel):
    """An entry that was found."""

    path: str
    size: int | None


class TrialOut(BaseModel):
    """The first entries, or why there are none. `hidden`: those that the place does not let the caller read."""

    entries: list[TriedEntry]
    hidden: int
    more: bool
    error: str | None


class NewSource(WriteModel):
    """A path of a place for a folder of the collection to follow."""

    place_id: UUID
    path: Prefix = ""
    folder: SourceFolder
    follows_rights: bool = True
    cadence: Cadence


class SourceChange(WriteModel):
    """What may change of a source; absent fields stay."""

    cadence: Cadence | None = None
    follows_rights: bool | None = None
    paused: bool | None = None


class SourceOut(BaseModel):
    """A source, and how its last run went. `leaving`: documents that wait for a curator's word before they go."""

    id: UUID
    collection_id: UUID
    place: PlaceChoice
    path: str
    folder: str
    follows_rights: bool
    cadence: Cadence
    paused: bool
    running: bool
    state: SourceState
    error: str | None
    listed: int
    added: int
    changed: int
    removed: int
    failed: int
    leaving: int
    started_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    created_at: datetime


class SourceList(BaseModel):
    """The sources of a collection, by folder."""

    items: list[SourceOut]


class Confirmation(WriteModel):
    """How many documents the curator lets go: the number that they were told."""

    documents: Annotated[int, Field(ge=1)]


class FailedEntry(BaseModel):
    """An entry that could not be brought, and the code of its reason."""

    path: str
    error: str


class FailedEntries(BaseModel):
    """The first of them; `hidden` counts those that the caller may not read there."""

    items: list[FailedEntry]
    hidden: int


class Removal(WriteModel):
    """What becomes of the documents of a source that is removed."""

    documents: Literal["keep", "delete"]


class RemovalOut(BaseModel):
    """How many documents were kept or deleted."""

    documents: int
