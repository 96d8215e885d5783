"""What the routes of the charter read and write."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chatelet.identity.principal import Language
from chatelet.identity.schemas import UnitName, Written

LONGEST_CHARTER = 60_000
CharterOrder = Literal["unit", "-unit", "published", "-published", "version", "-version"]
_Text = Annotated[str, Field(max_length=LONGEST_CHARTER)]


class CharterOut(BaseModel):
    """What is in force for the caller; `none`: nothing is, and the text is the model that ships with the product."""

    state: Literal["none", "to_accept", "accepted"]
    id: UUID | None
    unit: UnitName | None
    version: int
    language: Language
    languages: list[Language]
    text: str
    hash: str
    published_at: datetime | None
    accepted_at: datetime | None


class NewAcceptance(Written):
    """The text that was read: its identifier and its SHA-256, as it was given."""

    model_config = ConfigDict(strict=False)  # identifiers come as texts

    charter_id: UUID
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class AcceptanceOut(BaseModel):
    """The proof, as it was stored and journalled."""

    charter_id: UUID
    version: int
    hash: str
    language: Language
    accepted_at: datetime


class CharterTexts(Written):
    """One text per language; an absent one is read in the other."""

    fr: _Text = ""
    en: _Text = ""


class NewCharter(Written):
    """A publication. `after` is the version that was read before writing (0: none), so that none is lost."""

    model_config = ConfigDict(strict=False)  # identifiers come as texts

    unit_id: UUID | None = None
    after: int = Field(ge=0)
    texts: CharterTexts


class CharterAdmin(BaseModel):
    """The charter of a unit as its administrator writes it. `version` 0: none yet; `in_force`: not withdrawn."""

    unit: UnitName | None
    version: int
    in_force: bool
    texts: CharterTexts
    model: CharterTexts
    would_ask: int


class CharterProgress(BaseModel):
    """A charter in force and how far its acceptance is; `accepted` is null where it would tell of fewer than five."""

    unit: UnitName | None
    version: int
    published_at: datetime
    published_by: str | None
    persons: int
    accepted: int | None


class CharterProgressList(BaseModel):
    """A page of the charters in force where the caller publishes.

    `institution` tells whether they may for all; `is_unwritten`, that they may and that no charter is in force for all.
    """

    items: list[CharterProgress]
    institution: bool
    is_unwritten: bool
    next_cursor: str | None


class PublishedCharter(BaseModel):
    """What was published, and how many persons are asked to accept it."""

    version: int
    asked: int
