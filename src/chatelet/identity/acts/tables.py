"""Tables of acts on many persons. Units and roles are bare identifiers: an act is told after they are gone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class PersonAct(Base):
    """What was asked for, by whom, and how far it is. `left_out`: how many were left out, by reason.

    `total` are the persons to act on; `refused`, those of them that could no longer be; `kept`, those that undoing let
    as they are. `error` says why it failed.
    """

    __tablename__ = "person_acts"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')", name="state"
        ),
        CheckConstraint("kind IN ('disable', 'enable', 'place', 'take_out', 'give', 'withdraw')", name="kind"),
        Index("ix_person_acts_made_by", "made_by", "id"),
        Index("ix_person_acts_created_at", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    unit_id: Mapped[UUID | None]
    role_id: Mapped[UUID | None]
    is_main: Mapped[bool]
    expires_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(Text)
    stop_asked: Mapped[bool]
    total: Mapped[int]
    done: Mapped[int]
    refused: Mapped[int]
    undone: Mapped[int]
    kept: Mapped[int]
    left_out: Mapped[dict[str, int]] = mapped_column(JSONB)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PersonActLine(Base):
    """One person of an act. `result` is `waiting`, `done`, `undone`, or why not; `before`, what undoing puts back."""

    __tablename__ = "person_act_lines"
    __table_args__ = (
        Index("ix_person_act_lines_person_id", "person_id"),
        Index(
            "ix_person_act_lines_left",
            "act_id",
            "person_id",
            postgresql_where=text("result IN ('waiting', 'done')"),
        ),
    )

    act_id: Mapped[UUID] = mapped_column(ForeignKey("person_acts.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), primary_key=True)
    result: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
