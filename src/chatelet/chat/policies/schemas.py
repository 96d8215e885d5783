"""What the routes of policies read and write."""

from datetime import datetime
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.rules.value import Names
from chatelet.policy.sensitivity import Category, Level

_Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
_Names = Annotated[list[_Name], Field(max_length=200)]
_Words = Annotated[list[_Name], Field(max_length=40)]
MOST_MARKINGS: Final = 100  # all together: they are sent with each file to its reader
PolicyState = Literal["draft", "published", "replaced"]


class RulesBody(BaseModel):
    """What a unit tightens; what is absent stays as above it. `kept_in`: a category goes to these zones only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    highest_level: DeclaredLevel | None = None
    default_level: DeclaredLevel | None = None
    models_only: _Names | None = None
    models_never: _Names = []
    kept_in: dict[Category, _Names] = Field(default_factory=dict[Category, _Names])
    names: Names | None = None
    markings: dict[DeclaredLevel, _Words] = Field(
        default_factory=dict[DeclaredLevel, list[str]],
        description="Words that give this level to what bears them; in the rules of everybody alone",
    )

    @model_validator(mode="after")
    def _few_markings(self) -> Self:
        if sum(len(words) for words in self.markings.values()) > MOST_MARKINGS:
            raise ValueError("too many markings")
        return self


class DraftBody(BaseModel):
    """The rules of every unit that has some; `*` is everybody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: Annotated[dict[UUID | Literal["*"], RulesBody], Field(max_length=2_000)]


class UnitRulesOut(BaseModel):
    """The rules of one unit. `unit_id` null: everybody; `name` empty: the unit is gone."""

    unit_id: UUID | None
    name: str
    rules: RulesBody


class PolicyChange(BaseModel):
    """What differs from the version that holds."""

    unit: str
    rule: str
    before: str
    after: str


class PolicyVersionOut(BaseModel):
    """One version of the policies."""

    id: UUID
    number: int
    state: PolicyState
    sha256: str
    written_at: datetime
    published_at: datetime | None
    units: list[UnitRulesOut]


class PoliciesOut(BaseModel):
    """Versions, the newest first, and what the draft would change."""

    items: list[PolicyVersionOut]
    changes: list[PolicyChange]
    models: list[str]
    zones: list[str]


class TriedRule(BaseModel):
    """How many turns a rule would have refused."""

    rule: str
    unit: str
    turns: int


class Tried(BaseModel):
    """What a version would have done: figures only, of labels, models and units."""

    days: int
    turns: int
    refused: int
    rules: list[TriedRule]


class TextToTry(BaseModel):
    """A text to read as a version would have it read. Nothing of it is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class OwnPolicy(BaseModel):
    """What holds for the caller."""

    default_level: Level
    highest_level: Level
    names: Names = Field(description="Replacement of names before words go to a model of a lower zone")
    refused_models: list[str] = Field(description="Models that rules of one's units exclude, whatever the content")
