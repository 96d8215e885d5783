"""Tables of quotas. Money is in millionths of a euro and greenhouse gases in milligrams, so that sums are exact."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

_CURRENT: Final = """
FROM quota_counters a WHERE a.subject_id = :gone
AND a.starts >= CASE a.period WHEN 'day' THEN current_date - 1
    ELSE CAST(date_trunc('month', current_date - 1) AS date) END
"""
# A merge does not begin an allowance again: what both used counts, held answers included. A unit above another counted
# for it already. Who was in both counts twice, until the period ends: never too little.
_MERGED: Final = Settlement(
    "added",
    counted=f"SELECT count(*) {_CURRENT}",
    both=f"""
    SELECT count(*) {_CURRENT} AND EXISTS (
        SELECT FROM quota_counters b WHERE b.subject_id = :into
        AND (b.model_id, b.period, b.starts) = (a.model_id, a.period, a.starts)
    )
    """,  # noqa: S608 (a constant of this file)
    statements=(
        """
        INSERT INTO quota_counters (subject_id, model_id, period, starts, requests, tokens, microeuros, mgco2e)
        SELECT CAST(:into AS uuid), model_id, period, starts, requests, tokens, microeuros, mgco2e FROM quota_counters
        WHERE subject_id = :gone ORDER BY model_id, period, starts
        ON CONFLICT (subject_id, model_id, period, starts) DO UPDATE SET
            requests = quota_counters.requests + excluded.requests, tokens = quota_counters.tokens + excluded.tokens,
            microeuros = quota_counters.microeuros + excluded.microeuros,
            mgco2e = quota_counters.mgco2e + excluded.mgco2e
        WHERE NOT EXISTS (SELECT FROM units WHERE id = :gone AND path @> ARRAY[CAST(:into AS uuid)])
        """,
        """
        UPDATE quota_holds SET counters = (
            SELECT jsonb_agg(CASE WHEN key->>0 = CAST(CAST(:gone AS uuid) AS text)
                THEN jsonb_set(key, '{0}', to_jsonb(CAST(CAST(:into AS uuid) AS text))) ELSE key END)
            FROM jsonb_array_elements(counters) AS key
        ) WHERE EXISTS (
            SELECT FROM jsonb_array_elements(counters) AS key WHERE key->>0 = CAST(CAST(:gone AS uuid) AS text)
        )
        """,
        "DELETE FROM quota_counters WHERE subject_id = :gone",
    ),
)
MEASURES = ("requests", "tokens", "microeuros", "mgco2e")


class QuotaRule(Base):
    """A limit. `holder`: each person (of a unit, of one person, or all), a unit as a whole, or one API key."""

    __tablename__ = "quota_rules"
    __table_args__ = (
        CheckConstraint("holder IN ('each_person', 'unit', 'key')", name="holder"),
        CheckConstraint("measure IN ('requests', 'tokens', 'microeuros', 'mgco2e')", name="measure"),
        CheckConstraint("period IN ('day', 'month')", name="period"),
        CheckConstraint("mode IN ('soft', 'hard', 'degrade')", name="mode"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(holder = 'unit') <= (unit_id IS NOT NULL)", name="unit_named"),
        CheckConstraint("(holder = 'key') = (key_id IS NOT NULL)", name="key_named"),
        CheckConstraint("(mode = 'degrade') = (smaller_model IS NOT NULL)", name="smaller_named"),
        Index("ix_quota_rules_unit_id", "unit_id"),
        Index("ix_quota_rules_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    key_id: Mapped[UUID | None]
    model_id: Mapped[str | None] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(Text)
    amount: Mapped[int] = mapped_column(BigInteger)
    mode: Mapped[str] = mapped_column(Text)
    smaller_model: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class QuotaCounter(Base):
    """What a person, a unit or a key (`subject_id`) used of a model ('' for all) in the period that began on `starts`.

    What answers under way may still use is counted in, until it is settled.
    """

    __tablename__ = "quota_counters"
    __table_args__ = {"info": {"unit_merge": _MERGED}}  # noqa: RUF012 (SQLAlchemy's declared form)

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    model_id: Mapped[str] = mapped_column(Text, primary_key=True)
    period: Mapped[str] = mapped_column(Text, primary_key=True)
    starts: Mapped[date] = mapped_column(primary_key=True)
    requests: Mapped[int] = mapped_column(BigInteger)
    tokens: Mapped[int] = mapped_column(BigInteger)
    microeuros: Mapped[int] = mapped_column(BigInteger)
    mgco2e: Mapped[int] = mapped_column(BigInteger)


class QuotaHold(Base):
    """What an answer under way may use at most, and the counters that hold it: settled when the answer is closed."""

    __tablename__ = "quota_holds"
    __table_args__ = (Index("ix_quota_holds_created_at", "created_at"), Index("ix_quota_holds_person_id", "person_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    counters: Mapped[list[list[str]]] = mapped_column(JSONB)
    held: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    created_at: Mapped[datetime]
