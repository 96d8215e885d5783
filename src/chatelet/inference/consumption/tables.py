"""Table of monthly figures. Sums of units, from which every figure shown of a unit and of what is above it is made."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, Double
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

# Nothing is rewritten: `tree` leads what a unit used to the one that took it over, at each reading.
_MERGED: Final = Settlement(
    "added",
    counted="""
    WITH RECURSIVE own (id) AS (
        SELECT CAST(:gone AS uuid) UNION SELECT units.id FROM units JOIN own ON units.merged_into = own.id
    )
    SELECT count(*) FROM (
        SELECT month FROM usage_months WHERE unit_id IN (SELECT id FROM own)
        UNION SELECT CAST(date_trunc('month', now()) AS date) WHERE EXISTS (
            SELECT FROM model_usage WHERE unit_id IN (SELECT id FROM own) AND created_at >= date_trunc('month', now())
        )
    ) AS used
    """,
)


class UsageMonth(Base):
    """What the persons whose main unit it was used in a month; `unit_id` is nil for those without unit.

    `persons` counts each person once a month, in the unit where they first asked, so that sums over any part of the
    tree never count more persons than there were.
    """

    __tablename__ = "usage_months"
    __table_args__ = {"info": {"unit_merge": _MERGED}}  # noqa: RUF012 (SQLAlchemy's declared form)

    month: Mapped[date] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    persons: Mapped[int]
    requests: Mapped[int] = mapped_column(BigInteger)
    tokens_read: Mapped[int] = mapped_column(BigInteger)
    tokens_written: Mapped[int] = mapped_column(BigInteger)
    euros: Mapped[float] = mapped_column(Double)
    wh: Mapped[float] = mapped_column(Double)
    calls: Mapped[int] = mapped_column(BigInteger)
    unpriced: Mapped[int] = mapped_column(BigInteger)
    unmeasured: Mapped[int] = mapped_column(BigInteger)
    refreshed_at: Mapped[datetime]
