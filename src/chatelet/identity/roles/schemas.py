"""What the routes of roles read and write."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName, Written

_Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
_Name = Annotated[str, Field(min_length=1, max_length=120)]
_Rights = Annotated[frozenset[Annotated[Right, Field(strict=False)]], Field(strict=False, max_length=len(Right))]


class NewRole(Written):
    """A named set of rights, in both languages."""

    code: _Code
    name_fr: _Name
    name_en: _Name
    rights: _Rights


class RoleChange(Written):
    """What may change of a role; absent means unchanged. Whoever holds it holds the new rights at once."""

    name_fr: _Name | None = None
    name_en: _Name | None = None
    rights: _Rights | None = None


class NewGrant(Written):
    """A role for a person: on a unit with all under it, or everywhere when absent; for good, or until `expires_at`."""

    role_id: Annotated[UUID, Field(strict=False)]
    unit_id: Annotated[UUID | None, Field(strict=False)] = None
    expires_at: Annotated[AwareDatetime | None, Field(strict=False)] = None


class RoleOut(BaseModel):
    """A role. `is_default`: everybody holds it.

    `holders` counts the persons it is given to; null for whoever does not read persons everywhere.
    """

    id: UUID
    code: str
    name_fr: str
    name_en: str
    rights: list[Right]
    is_default: bool
    is_builtin: bool
    holders: int | None


class RoleList(BaseModel):
    """All roles, shipped ones first; `installation_rights` count only when they are held everywhere."""

    items: list[RoleOut]
    installation_rights: list[Right]


class GrantOut(BaseModel):
    """A role that a person holds. `may_withdraw`: the caller holds enough to take it back."""

    id: UUID
    role_id: UUID
    role_code: str
    role_name_fr: str
    role_name_en: str
    unit: UnitName | None
    source: str
    since: datetime
    expires_at: datetime | None
    may_withdraw: bool


class GrantList(BaseModel):
    """What a person holds beyond what everybody does."""

    items: list[GrantOut]


class HolderOut(BaseModel):
    """Somebody who holds a role on a unit: given there, or on `unit` above it, or everywhere when that is null."""

    person_id: UUID
    person_name: str
    role_name_fr: str
    role_name_en: str
    unit: UnitName | None
    expires_at: datetime | None


class HolderList(BaseModel):
    """Who holds what on a unit, as far as the caller may know of them. `more`: there are too many to tell."""

    items: list[HolderOut]
    more: bool
