"""Requests to read somebody's content, and each opening: what the person concerned is shown, who and when included."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class ContentReading(Base):
    """One request. Without `conversation_id` it is about what was said between `from_at` and `to_at`."""

    __tablename__ = "content_readings"
    __table_args__ = (
        CheckConstraint("state IN ('asked', 'approved', 'declined', 'ended')", name="state"),
        CheckConstraint("requested_by <> decided_by", name="two_persons"),
        CheckConstraint("conversation_id IS NOT NULL OR (from_at IS NOT NULL AND to_at IS NOT NULL)", name="scope"),
        CheckConstraint("(delay_ground IS NULL) = (delayed_until IS NULL)", name="delay"),
        Index("ix_content_readings_subject_id", "subject_id"),
        Index("ix_content_readings_requested_by", "requested_by"),
        Index("ix_content_readings_decided_by", "decided_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    conversation_id: Mapped[UUID | None]
    from_at: Mapped[datetime | None]
    to_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(Text)
    ends_at: Mapped[datetime]
    requested_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    requested_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    delay_ground: Mapped[str | None] = mapped_column(Text)
    delayed_until: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]


class ContentOpening(Base):
    """One conversation opened once, by the requester of the reading."""

    __tablename__ = "content_openings"
    __table_args__ = (Index("ix_content_openings_reading_id", "reading_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reading_id: Mapped[UUID] = mapped_column(ForeignKey("content_readings.id", ondelete="CASCADE"))
    conversation_id: Mapped[UUID]
    opened_at: Mapped[datetime]
