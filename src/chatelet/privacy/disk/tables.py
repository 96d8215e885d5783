"""The table of cleanings: when, how much, and what was left. It names nobody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class DiskCleaning(Base):
    """One pass. What was deleted before `began_at` is on the disk of the database no more, where `left_over` is empty.

    `left_over`: what could not be done, each with its reason and when it was last tried; `marks`: the tables as they
    were when they were last rewritten, so that those where nothing was deleted since are not rewritten again.
    """

    __tablename__ = "disk_cleanings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    rewritten: Mapped[int] = mapped_column(Integer)
    bytes: Mapped[int] = mapped_column(BigInteger)
    segments: Mapped[int] = mapped_column(Integer)
    left_over: Mapped[dict[str, Any]] = mapped_column(JSONB)
    marks: Mapped[dict[str, Any]] = mapped_column(JSONB)
