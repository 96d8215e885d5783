"""The table of files. Bytes, text and page images are blobs sealed with the file's own data key.

A file belongs to who gave it until a conversation or a document of a collection holds it (or an export of the person's
own data, which made it); `holder_id` says which, and nothing else may then hold it. A file that nothing holds is
deleted after a day.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, false, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base
from chatelet.policy.sensitivity import Label

# Reasons for which a file is neither opened nor given back, to anybody, nor, for all but one, read again.
_FOR_GOOD: Final = frozenset({"file_infected", "file_quarantined", "level_not_allowed"})
NOT_EXAMINED: Final = "file_not_examined"  # closed like them, until a later reading: detectors broke on it
CLOSED: Final = _FOR_GOOD | {NOT_EXAMINED}


class File(Base):
    """One file. `state` is how far it is; `status` is how reading ended (`parsing.document.Status`).

    `keeps_metadata`: its giver wants an image's place, date and device kept; else they are overwritten before reading.
    `reading_token` names the attempt under way, so that one that lost its process cannot end another's.
    """

    __tablename__ = "files"
    __table_args__ = (
        CheckConstraint("state IN ('receiving', 'received', 'reading', 'read', 'failed')", name="state"),
        CheckConstraint("holder_kind IN ('conversation', 'document', 'export', 'work')", name="holder_kind"),
        CheckConstraint("(holder_kind IS NULL) = (holder_id IS NULL)", name="held_by_one"),
        CheckConstraint("received_bytes BETWEEN 0 AND size_bytes", name="received_bytes"),
        Index("ix_files_person_id", "person_id"),
        Index("ix_files_holder_id", "holder_id", postgresql_where=text("holder_id IS NOT NULL")),
        Index("ix_files_unheld", "created_at", postgresql_where=text("holder_id IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="SET NULL"))
    holder_kind: Mapped[str | None] = mapped_column(Text)
    holder_id: Mapped[UUID | None]
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    received_bytes: Mapped[int] = mapped_column(BigInteger, server_default="0")
    parts: Mapped[int] = mapped_column(server_default="0")
    level: Mapped[str] = mapped_column(Text)
    given_level: Mapped[str] = mapped_column(Text, server_default="internal")
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    keeps_metadata: Mapped[bool] = mapped_column(server_default=false())
    state: Mapped[str] = mapped_column(Text)
    step: Mapped[str | None] = mapped_column(Text)
    step_page: Mapped[int | None]
    kind: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(Text)
    pages: Mapped[int] = mapped_column(server_default="0")
    characters: Mapped[int] = mapped_column(server_default="0")
    report: Mapped[dict[str, object] | None] = mapped_column(JSONB)
    error_code: Mapped[str | None] = mapped_column(Text)
    reading_token: Mapped[UUID | None]
    created_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]

    @property
    def label(self) -> Label:
        """What is known of its sensitivity; more may be when it is read."""
        return Label.of(self.level, self.categories)

    @property
    def is_to_read_again(self) -> bool:
        """Whether it is whole and could not be read, for a reason that another attempt may mend."""
        return self.state == "failed" and self.received_bytes == self.size_bytes and self.error_code not in _FOR_GOOD

    @property
    def is_checked(self) -> bool:
        """Whether the antivirus and the detectors have seen it; until they have, its giver alone is given it."""
        unread = self.error_code is not None and self.error_code.startswith("file_") and self.error_code not in CLOSED
        return self.state == "read" or (self.state == "failed" and unread)
