"""What the routes of acts on many persons read and write."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from chatelet.identity.principal import PersonState
from chatelet.identity.schemas import ListedPerson, RoleName, UnitName, Written

ActKind = Literal["disable", "enable", "place", "take_out", "give", "withdraw"]
Reason = Literal["self", "already", "out_of_reach", "holds_more", "gone", "changed", "refused"]
ActState = Literal["waiting", "running", "done", "stopped", "failed", "undoing", "undone"]
_Id = Annotated[UUID, Field(strict=False)]


class PersonFilter(Written):
    """Which persons: as in the list; `ids`: those of them that were ticked one by one, null: all of them."""

    q: Annotated[str, Field(max_length=200)] = ""
    unit_id: _Id | None = None
    role_id: _Id | None = None
    state: Annotated[PersonState | None, Field(strict=False)] = None
    ids: Annotated[list[_Id], Field(min_length=1, max_length=5000)] | None = None


class StateAct(Written):
    """Nobody of them may sign in any more, or all may again."""

    kind: Literal["disable", "enable"]


class PlaceAct(Written):
    """They belong to a unit; `is_main`: as their main one, where the caller may move them."""

    kind: Literal["place"]
    unit_id: _Id
    is_main: bool = True


class TakeOutAct(Written):
    """They belong to a unit no more."""

    kind: Literal["take_out"]
    unit_id: _Id


class RoleAct(Written):
    """They hold a role on a unit, or everywhere; or hold it no more."""

    kind: Literal["give", "withdraw"]
    role_id: _Id
    unit_id: _Id | None = None
    expires_at: Annotated[datetime | None, Field(strict=False)] = None


Act = Annotated[StateAct | PlaceAct | TakeOutAct | RoleAct, Field(discriminator="kind")]


class ActAsked(Written):
    """What would be done, and to whom."""

    filter: PersonFilter
    act: Act


class ActConfirmed(ActAsked):
    """The same, once seen: `seen` is the mark of the preview, refused when others would be acted on by now."""

    seen: Annotated[str, Field(min_length=1, max_length=60)]


class LeftOut(BaseModel):
    """How many of the persons found are left out for one reason, and the first of them by name."""

    reason: Reason
    count: int
    sample: list[ListedPerson]


class ActPreview(BaseModel):
    """For how many it would be done, the first of them by name, and who is left out; `seen` is the mark to confirm."""

    count: int
    sample: list[ListedPerson]
    left_out: list[LeftOut]
    seen: str


class RefusedLine(BaseModel):
    """A person for whom it was not done, or not undone, and why."""

    person_id: UUID
    name: str
    reason: Reason


class ActOut(BaseModel):
    """An act and how far it is. `refusals`: the first persons that could not be acted on any more, or undone.

    `error` is the code of what ended a failed one. `undoable`: something was done that may be put back. `unit` and
    `role`: what it is about, while they exist and the caller sees them.
    """

    id: UUID
    kind: ActKind
    unit: UnitName | None
    role: RoleName | None
    state: ActState
    total: int
    done: int
    refused: int
    undone: int
    kept: int
    left_out: dict[str, int]
    error: str | None
    refusals: list[RefusedLine]
    undoable: bool
    created_at: datetime
    ended_at: datetime | None


class ActList(BaseModel):
    """The caller's latest acts, newest first."""

    items: list[ActOut]
