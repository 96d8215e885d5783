"""Tables of the retention matrix. A rule is never changed: a new version replaces it, and who set what stays told."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

_BOTH: Final = """
FROM retention_rules a JOIN retention_rules b USING (kind)
WHERE a.unit_id = :gone AND b.unit_id = :into AND a.replaced_at IS NULL AND b.replaced_at IS NULL
"""
# Two durations for one kind: the shorter holds, so that nobody's words stay longer than they were told.
_MERGED: Final = Settlement(
    "shorter",
    both=f"SELECT count(*) {_BOTH}",
    statements=(
        f"""
        UPDATE retention_rules SET replaced_at = now()
        WHERE id IN (SELECT CASE WHEN a.days < b.days THEN b.id ELSE a.id END {_BOTH})
        """,  # noqa: S608 (as above)
    ),
)


class RetentionRule(Base):
    """So many days for a kind, in a unit and under it, or (no unit) in the whole institution."""

    __tablename__ = "retention_rules"
    __table_args__ = (
        CheckConstraint("days > 0", name="days_positive"),
        Index(
            "uq_retention_rules_current",
            "unit_id",
            "kind",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
        {"info": {"unit_merge": _MERGED}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[str] = mapped_column(Text)
    days: Mapped[int]
    version: Mapped[int]
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    set_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class RetentionChoice(Base):
    """A person's own, shorter duration."""

    __tablename__ = "retention_choices"
    __table_args__ = (CheckConstraint("days > 0", name="days_positive"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    days: Mapped[int]
    chosen_at: Mapped[datetime]
