"""Table of the path: how often it was followed to its end. A count, and never who."""

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

# Nothing is rewritten: each reading counts what a merged unit had with the one that took it over. What is told before a
# merge is in how many months, not how many times: a figure would tell of fewer than five.
_MERGED: Final = Settlement(
    "added",
    counted="""
    WITH RECURSIVE own (id) AS (
        SELECT CAST(:gone AS uuid) UNION SELECT units.id FROM units JOIN own ON units.merged_into = own.id
    )
    SELECT count(DISTINCT month) FROM literacy_months WHERE unit_id IN (SELECT id FROM own)
    """,
)


class LiteracyMonth(Base):
    """How often the path was followed to its end in a month; `unit_id`: the main unit of who did, nil without one."""

    __tablename__ = "literacy_months"
    __table_args__ = {"info": {"unit_merge": _MERGED}}  # noqa: RUF012 (SQLAlchemy's declared form)

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    completions: Mapped[int]
