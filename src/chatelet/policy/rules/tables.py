"""The table of versions of the policies: one draft at most, one published at most, the others kept to be compared."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class PolicyVersion(Base):
    """One version. `rules` maps a unit's code to what it tightens; persons are bare identifiers, emptied with them."""

    __tablename__ = "policy_versions"
    __table_args__ = (
        UniqueConstraint("number"),
        CheckConstraint("state IN ('draft', 'published', 'replaced')", name="state"),
        Index("uq_policy_versions_draft", "state", unique=True, postgresql_where=text("state = 'draft'")),
        Index("uq_policy_versions_published", "state", unique=True, postgresql_where=text("state = 'published'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)
    sha256: Mapped[str] = mapped_column(Text)
    written_by: Mapped[UUID | None]
    written_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    published_at: Mapped[datetime | None]
