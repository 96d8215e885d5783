"""The table of idle accounts: who was told that theirs will be erased, and when. Whoever comes back leaves it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class IdleNotice(Base):
    """A notice that left by mail."""

    __tablename__ = "idle_notices"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    told_at: Mapped[datetime]
    erase_at: Mapped[datetime]
