"""How far each collector was given the journal: figures and a failure's code, nobody and no fact."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class JournalForwarding(Base):
    """A collector, by its address: the last link and the last seal that it took, and since when it takes no more."""

    __tablename__ = "journal_forwarding"
    __table_args__ = (
        CheckConstraint("seq >= seal_seq AND seal_seq >= 0", name="seqs"),
        CheckConstraint("(failing_since IS NULL) = (failure IS NULL)", name="failing"),
    )

    collector: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    seal_seq: Mapped[int] = mapped_column(BigInteger)
    tried_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)
