"""What the routes of units read and write."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from chatelet.identity.rights import Right
from chatelet.identity.schemas import Written
from chatelet.kernel.mergers import Outcome

LONGEST_UNIT_NAME = 200
LONGEST_CODE = 64
LONGEST_KIND = 60
# Longer than accepted, so that the refusal is the coded one, with the right figure.
_Name = Annotated[str, Field(min_length=1, max_length=4 * LONGEST_UNIT_NAME)]
_Code = Annotated[str, Field(min_length=1, max_length=4 * LONGEST_CODE)]
_Kind = Annotated[str, Field(max_length=LONGEST_KIND)]


class NewUnit(Written):
    """A unit under `parent_id`, or a root when absent."""

    code: _Code
    name: _Name
    kind: _Kind = ""
    parent_id: Annotated[UUID | None, Field(strict=False)] = None


class UnitChange(Written):
    """What may change of a unit; absent means unchanged. Moving has its own route."""

    code: _Code | None = None
    name: _Name | None = None
    kind: _Kind | None = None


class UnitMove(Written):
    """The new parent; null makes the unit a root."""

    parent_id: Annotated[UUID | None, Field(strict=False)]


class UnitMerge(Written):
    """The unit that takes everything over."""

    into_id: Annotated[UUID, Field(strict=False)]


class HandedOver(BaseModel):
    """How many things of one kind (a table) pass to the other unit; `both`: how many of them it already has its own of.

    `outcome` says what becomes of those: side by side, the receiving unit's kept, the shorter, the earlier, or the one
    that goes left to the closed unit as history; or (figures) counted with the receiving unit's, what is past included.
    """

    kind: str
    count: int
    both: int
    outcome: Outcome


class MergePreview(BaseModel):
    """Everything that a merge hands over. `persons_in_both` and `roles_in_both` keep one line of each."""

    units: int
    persons: int
    persons_in_both: int
    roles: int
    roles_in_both: int
    owned: list[HandedOver]
    policies: bool


class NewMembership(Written):
    """Where a person is placed; the main unit is the one shown beside their name."""

    unit_id: Annotated[UUID, Field(strict=False)]
    is_main: bool = True


class UnitOut(BaseModel):
    """A unit in the tree. `rights` are the caller's there.

    `units` and `persons` count what is directly under it: of the units, those that the caller may know of; of the
    persons, all, and null to whoever has no right to know (TA-034).
    `above` goes from the root to its parent; `may_move`: the caller also manages what it stands under, and so may move
    it, merge it or delete it.
    """

    id: UUID
    parent_id: UUID | None
    code: str
    name: str
    kind: str
    units: int
    persons: int | None
    path: list[str]
    above: list[UUID]
    rights: list[Right]
    may_move: bool


class UnitPage(BaseModel):
    """Units by name; `next_cursor` is null on the last page."""

    items: list[UnitOut]
    next_cursor: str | None


class MembershipOut(BaseModel):
    """Where a person belongs; `source` is `page` or the name of what keeps this line.

    `may_change`: the caller places persons in this unit, and may take them out.
    """

    unit_id: UUID
    code: str
    name: str
    path: list[str]
    is_main: bool
    source: str
    since: datetime
    may_change: bool


class MembershipList(BaseModel):
    """All units of a person, the main one first."""

    items: list[MembershipOut]
