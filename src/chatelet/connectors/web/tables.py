"""The table of sites that administrators put in a list, for the institution or for a unit and all under it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class WebSite(Base):
    """One line. `unit_id` None is for everybody; `tier` None is denied."""

    __tablename__ = "web_sites"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    pattern: Mapped[str] = mapped_column(Text)
    tier: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("uq_web_sites_unit_id_pattern", "unit_id", "pattern", unique=True, postgresql_nulls_not_distinct=True),
        CheckConstraint("tier IN ('official', 'press', 'reference', 'other')", name="tier"),
    )
