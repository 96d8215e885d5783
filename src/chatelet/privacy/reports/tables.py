"""The table of reports. Words and answers are sealed with the installation's key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Report(Base):
    """A contest of a safeguard's decision, or an incident; `about` is the decision's code, or the sort of incident."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("kind IN ('contest', 'incident')", name="kind"),
        CheckConstraint("state IN ('open', 'upheld', 'changed', 'closed')", name="state"),
        Index("ix_reports_person_id", "person_id", "id"),
        Index("ix_reports_open", "id", postgresql_where=text("state = 'open'")),
        Index("ix_reports_decided_by", "decided_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[UUID | None]
    turn_id: Mapped[UUID | None]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12))
    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
