"""What was contacted, summed by day: never an address with its path, nor who asked."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class EgressCount(Base):
    """How often a host was contacted for a purpose on a day. `*`: several hosts told together."""

    __tablename__ = "egress_counts"
    __table_args__ = (
        CheckConstraint("outcome IN ('answered', 'failed', 'refused')", name="outcome"),
        CheckConstraint("times > 0", name="times_positive"),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    host: Mapped[str] = mapped_column(Text, primary_key=True)
    purpose: Mapped[str] = mapped_column(Text, primary_key=True)
    outcome: Mapped[str] = mapped_column(Text, primary_key=True)
    times: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[datetime]
