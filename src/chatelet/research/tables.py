"""Tables of researches: what was asked and confirmed, how far it is, what was found. Words are sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Research(Base):
    """A question that a person wants looked into.

    `asked_sealed`: the question and the sources chosen; `plan_sealed`: the plan, proposed then confirmed.
    `reached` is what was used up, when something was. `token` names the process that has it.
    """

    __tablename__ = "researches"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planning', 'proposed', 'queued', 'running', 'stopped', 'done', 'partial', 'failed')",
            name="state",
        ),
        CheckConstraint("reached IN ('steps', 'time', 'tokens')", name="reached"),
        Index("ix_researches_person_id", "person_id"),
        Index("ix_researches_expires_at", "expires_at"),
        Index(
            "ix_researches_touched_at",
            "touched_at",
            postgresql_where=text("state IN ('planning', 'queued', 'running')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(Text)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    asked_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    plan_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    level: Mapped[str] = mapped_column(Text)
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    model_id: Mapped[str | None] = mapped_column(Text)
    most_steps: Mapped[int]
    most_seconds: Mapped[int]
    most_tokens: Mapped[int] = mapped_column(BigInteger)
    steps: Mapped[int] = mapped_column(server_default="0")
    seconds: Mapped[int] = mapped_column(server_default="0")
    prompt_tokens: Mapped[int] = mapped_column(BigInteger, server_default="0")
    completion_tokens: Mapped[int] = mapped_column(BigInteger, server_default="0")
    reached: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(server_default="0")
    error_code: Mapped[str | None] = mapped_column(Text)
    token: Mapped[UUID | None]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    touched_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class ResearchPiece(Base):
    """One thing found or written. `name` is its place in the plan (`0.1`) or the number of a source: never words.

    A search is written here before it leaves: no other process asks it again.
    """

    __tablename__ = "research_pieces"
    __table_args__ = (
        CheckConstraint("kind IN ('search', 'source', 'notes', 'conflicts', 'section', 'proposals')", name="kind"),
        UniqueConstraint("research_id", "kind", "name"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    research_id: Mapped[UUID] = mapped_column(ForeignKey("researches.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
