"""Facts about quotas: set, lifted, reached."""

from typing import ClassVar
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Changes, Code, Count, ObjectKind, Result, Slug


class _OfQuota(BaseEvent, frozen=True, kw_only=True):
    object_kind: ClassVar[ObjectKind] = "quota"
    object_field: ClassVar[str | None] = "quota_id"
    quota_id: UUID


class QuotaSet(_OfQuota, frozen=True, kw_only=True):
    """A quota was set or changed: its amount before (if any) and after, in the unit that it is counted in."""

    name: ClassVar[str] = "quota.set"
    holder: Code
    unit_id: UUID | None = None
    measure: Code
    period: Code
    before: Count | None = None
    after: Count
    mode: Code
    model: Slug | None = None
    values: Changes = ()


class QuotaLifted(_OfQuota, frozen=True, kw_only=True):
    """A quota was lifted."""

    name: ClassVar[str] = "quota.lifted"
    before: Count


class QuotaRefused(BaseEvent, frozen=True, kw_only=True):
    """A request was refused because a quota was reached."""

    name: ClassVar[str] = "quota.refused"
    object_kind: ClassVar[ObjectKind] = "person"
    object_field: ClassVar[str | None] = "person_id"
    person_id: UUID
    holder: Code
    measure: Code
    period: Code
    model: Slug | None = None

    @property
    def result(self) -> Result:
        """Always refused."""
        return "refused"
