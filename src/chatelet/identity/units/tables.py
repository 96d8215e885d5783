"""Tables of units. Rights refer to units by identifier, so that moving or renaming one changes no grant."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Unit(Base):
    """A directorate, a laboratory, a ward. `path` goes from the root to the unit itself, included.

    `code` is the institution's own stable identifier, by which imports and claims name the unit. A merged unit stays,
    closed, so that what the journal and old imports say of it keeps a meaning.
    """

    __tablename__ = "units"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint("path[cardinality(path)] = id", name="path_ends_here"),
        CheckConstraint("parent_id IS DISTINCT FROM id", name="not_its_own_parent"),
        Index("ix_units_parent_id_sort_name", "parent_id", "sort_name"),
        Index("ix_units_path", "path", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    path: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    code: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))


class Membership(Base):
    """A person belongs to a unit. `source` says who keeps this line: a page, a directory, a provider's claims."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index("ix_memberships_unit_id", "unit_id"),
        Index("uq_memberships_main", "person_id", unique=True, postgresql_where=text("is_main")),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True)
    is_main: Mapped[bool]
    source: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
