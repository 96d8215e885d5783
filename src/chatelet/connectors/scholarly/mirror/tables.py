"""Where mirrored works are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, Index, Integer, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class MirroredWork(Base):
    """One work. `names` are its identifiers as `scheme:value`; `words` what it is searched by, folded."""

    __tablename__ = "mirrored_works"
    __table_args__ = (
        Index("ix_mirrored_works_names", "names", postgresql_using="gin"),
        Index("ix_mirrored_works_words", "words", postgresql_using="gin"),
    )

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    origin: Mapped[str] = mapped_column(Text)
    names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    words: Mapped[str] = mapped_column(TSVECTOR)
    year: Mapped[int | None] = mapped_column(Integer)
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    refreshed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
