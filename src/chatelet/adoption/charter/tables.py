"""Tables of the charter. A version is one publication: one row per language, all with the same number."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.kernel.mergers import Settlement

# Numbers of versions are a unit's own: where both ever published, the one that stays keeps its charter, and that of the
# closed unit remains with it, with who accepted it.
_MERGED: Final = Settlement(
    "history",
    both="SELECT count(*) FROM charters WHERE unit_id = :gone AND EXISTS (SELECT FROM charters WHERE unit_id = :into)",
    moves="NOT EXISTS (SELECT FROM charters AS theirs WHERE theirs.unit_id = :into)",
)


class Charter(Base):
    """A text as it was published, never changed. `unit_id` null: the whole institution; `hash`: SHA-256 of the text."""

    __tablename__ = "charters"
    __table_args__ = (
        UniqueConstraint("unit_id", "version", "language", postgresql_nulls_not_distinct=True),
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        {"info": {"unit_merge": _MERGED}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]


class CharterAcceptance(Base):
    """The proof: this person accepted this text. The hash is written again, as the journal holds it."""

    __tablename__ = "charter_acceptances"
    __table_args__ = (Index("ix_charter_acceptances_charter_id", "charter_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    charter_id: Mapped[UUID] = mapped_column(ForeignKey("charters.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    accepted_at: Mapped[datetime]
