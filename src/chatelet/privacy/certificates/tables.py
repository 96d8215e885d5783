"""The table of certificates: kept as they were signed, without anything that names a person."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class DeletionCertificate(Base):
    """One signed file; `sha256` is that of its bytes, which the journal also holds."""

    __tablename__ = "deletion_certificates"
    __table_args__ = (CheckConstraint("reason IN ('retention', 'person', 'idle')", name="reason"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    sha256: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
