"""Facts about the institution's tree, who belongs where, and who holds which role."""

from typing import ClassVar
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Changes, Codes, ObjectKind, Slug


class _OfUnit(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "unit"
    object_field: ClassVar[str | None] = "unit_id"
    unit_id: UUID


class UnitCreated(_OfUnit, frozen=True, kw_only=True):
    """A unit was created, under `parent_id` or as a root."""

    name: ClassVar[str] = "unit.created"
    parent_id: UUID | None = None


class UnitChanged(_OfUnit, frozen=True, kw_only=True):
    """Something of a unit changed; `changed` names the fields, `values` tells them apart by fingerprints."""

    name: ClassVar[str] = "unit.changed"
    changed: Codes
    values: Changes = ()


class UnitMoved(_OfUnit, frozen=True, kw_only=True):
    """A unit, with all under it, went from one parent to another."""

    name: ClassVar[str] = "unit.moved"
    from_id: UUID | None = None
    to_id: UUID | None = None


class UnitMerged(_OfUnit, frozen=True, kw_only=True):
    """A unit gave all it had to another and was closed."""

    name: ClassVar[str] = "unit.merged"
    into_id: UUID


class UnitDeleted(_OfUnit, frozen=True, kw_only=True):
    """An empty unit was deleted."""

    name: ClassVar[str] = "unit.deleted"


class _OfMember(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID
    unit_id: UUID


class MembershipGiven(_OfMember, frozen=True, kw_only=True):
    """A person was placed in a unit. Where told: whether it is their main one now, and which one was before."""

    name: ClassVar[str] = "membership.given"
    is_main: bool | None = None
    main_before: UUID | None = None


class MembershipRemoved(_OfMember, frozen=True, kw_only=True):
    """A person was taken out of a unit. Where told: whether it was their main one."""

    name: ClassVar[str] = "membership.removed"
    was_main: bool | None = None


class _OfRole(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "role"
    object_field: ClassVar[str | None] = "role_id"
    role_id: UUID


class RoleCreated(_OfRole, frozen=True, kw_only=True):
    """A role was made of these rights."""

    name: ClassVar[str] = "role.created"
    rights: Codes


class RoleChanged(_OfRole, frozen=True, kw_only=True):
    """A role changed, for all who hold it: its rights before and after; `values`, of its names, fingerprints."""

    name: ClassVar[str] = "role.changed"
    before: Codes
    after: Codes
    values: Changes = ()


class RoleDeleted(_OfRole, frozen=True, kw_only=True):
    """A role that nobody held was deleted."""

    name: ClassVar[str] = "role.deleted"


class _OfHolder(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID
    role_id: UUID
    role: Slug
    unit_id: UUID | None = None


class RoleGranted(_OfHolder, frozen=True, kw_only=True):
    """A role was given to a person, on a unit or everywhere."""

    name: ClassVar[str] = "role.granted"


class RoleWithdrawn(_OfHolder, frozen=True, kw_only=True):
    """A role was taken back from a person."""

    name: ClassVar[str] = "role.withdrawn"
