"""The levels that an institution added: remembered, so that one that is taken away is noticed at the next start."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class AddedLevel(Base):
    """One place between or above the shipped levels, that has a name."""

    __tablename__ = "added_levels"
    __table_args__ = (
        CheckConstraint("level ~ '^(public|internal|restricted|diffusion_restreinte)_[1-3]$'", name="level"),
    )

    level: Mapped[str] = mapped_column(Text, primary_key=True)
    added_at: Mapped[datetime]
