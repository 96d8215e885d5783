"""The table of pages read: all that they say, their address included, is sealed with the conversation's data key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class WebSnapshot(Base):
    """A page as it was read for a turn; `sealed` is the JSON of `snapshot.Snapshot`."""

    __tablename__ = "web_snapshots"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_id: Mapped[UUID]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_web_snapshots_conversation_id", "conversation_id", "id"),)
