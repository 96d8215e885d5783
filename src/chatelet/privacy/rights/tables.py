"""The table of requests: what is left of one, once its person is erased, is that it was made and answered in time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class PrivacyRequest(Base):
    """One request. `reference` is given to the person alone: it opens the certificate once they have no account."""

    __tablename__ = "privacy_requests"
    __table_args__ = (
        UniqueConstraint("reference"),
        CheckConstraint("kind IN ('access', 'erasure', 'rectification', 'objection')", name="kind"),
        CheckConstraint("state IN ('open', 'working', 'ready', 'done', 'declined', 'failed')", name="state"),
        CheckConstraint("origin IN ('self', 'idle')", name="origin"),
        Index("ix_privacy_requests_person_id", "person_id"),
        Index("ix_privacy_requests_due_at", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reference: Mapped[UUID]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    error_code: Mapped[str | None] = mapped_column(Text)
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("deletion_certificates.id", ondelete="SET NULL"))
