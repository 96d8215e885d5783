"""The table of sites that administrators put in a list, for the institution or for a unit and all under it."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

# Two units that say something of one site: what the one that stays says holds.
_MERGED: Final = Settlement(
    "receiver",
    both="""
    SELECT count(*) FROM web_sites a JOIN web_sites b USING (pattern) WHERE a.unit_id = :gone AND b.unit_id = :into
    """,
    statements=(
        """
        DELETE FROM web_sites a USING web_sites b
        WHERE a.unit_id = :gone AND b.unit_id = :into AND a.pattern = b.pattern
        """,
    ),
)


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
        {"info": {"unit_merge": _MERGED}},
    )
