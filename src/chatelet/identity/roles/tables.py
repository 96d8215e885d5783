"""Tables of roles and grants."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Role(Base):
    """A named set of rights. `is_default`: every active person holds it; `is_builtin`: shipped, never deleted."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    name_fr: Mapped[str] = mapped_column(Text)
    name_en: Mapped[str] = mapped_column(Text)
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text))
    is_default: Mapped[bool]
    is_builtin: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Grant(Base):
    """A role given to a person, on a unit and all under it, or everywhere (`unit_id` null), for a time or for good."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("person_id", "role_id", "unit_id", "source", postgresql_nulls_not_distinct=True),
        Index("ix_grants_role_id_unit_id", "role_id", "unit_id"),
        Index("ix_grants_unit_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    role_id: Mapped[UUID] = mapped_column(ForeignKey("roles.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    source: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
