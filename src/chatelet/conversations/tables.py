"""Tables of conversations. Every `*_sealed` column is encrypted with the conversation's data key.

A conversation is a tree of turns: editing a question adds a sibling turn (same parent), retrying adds a sibling that
shares the question. `head_turn_id` is the leaf of the branch being read.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Numeric, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Folder(Base):
    """A person's own way to sort conversations."""

    __tablename__ = "folders"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"), index=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    position: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Conversation(Base):
    """A thread; `wrapped_key` destroyed (empty) means content gone: what is left is about to be deleted.

    `kept_*` is what of its label no replacement of names lowers (docs/adr/0035); without it, all of it.
    """

    __tablename__ = "conversations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    folder_id: Mapped[UUID | None] = mapped_column(ForeignKey("folders.id", ondelete="SET NULL"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    title_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    titled_by: Mapped[str | None] = mapped_column(String(8))
    level: Mapped[str] = mapped_column(String(24))
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    kept_level: Mapped[str | None] = mapped_column(String(24))
    kept_categories: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    head_turn_id: Mapped[UUID | None]
    pinned_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    temporary_until: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_conversations_listed",
            "person_id",
            text("updated_at DESC"),
            text("id DESC"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index("ix_conversations_deleted", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL")),
        Index("ix_conversations_folder_id", "folder_id", postgresql_where=text("folder_id IS NOT NULL")),
        Index("ix_conversations_updated_at", "updated_at"),
        Index(
            "ix_conversations_temporary_until",
            "temporary_until",
            postgresql_where=text("temporary_until IS NOT NULL"),
        ),
        Index("ix_conversations_keyless", "id", postgresql_where=text("wrapped_key = ''::bytea")),
        CheckConstraint("titled_by IN ('model', 'person')", name="titled_by"),
    )


class PseudonymLedger(Base):
    """Who stands in for whom in a conversation: sealed with its key, gone with it."""

    __tablename__ = "pseudonyms"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    ledger_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Turn(Base):
    """A question of `person_id` and its answer.

    `state` ends in exactly one of answered, refused, stopped, failed, interrupted.
    """

    __tablename__ = "turns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    person_id: Mapped[UUID]
    parent_id: Mapped[UUID | None]
    question_id: Mapped[UUID]
    answer_id: Mapped[UUID]
    client_key: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(String(12))
    model_id: Mapped[str | None] = mapped_column(String(64))
    model_name: Mapped[str | None] = mapped_column(String(80))
    zone: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    level: Mapped[str] = mapped_column(String(24))
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_params: Mapped[dict[str, str | int | float] | None] = mapped_column(JSONB)
    notices: Mapped[list[dict[str, object]]] = mapped_column(JSONB, server_default="[]")
    citations: Mapped[list[dict[str, object]]] = mapped_column(JSONB, server_default="[]")
    partial_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    summary_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    worker_id: Mapped[UUID | None]
    heartbeat_at: Mapped[datetime]
    prompt_tokens: Mapped[int | None]
    completion_tokens: Mapped[int | None]
    energy_wh: Mapped[float | None]
    cost_euros: Mapped[float | None] = mapped_column(Numeric(12, 6, asdecimal=False))
    first_token_ms: Mapped[int | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_turns_conversation_id", "conversation_id", "id"),
        Index("ix_turns_running", "conversation_id", postgresql_where=text("state = 'running'")),
        Index("ix_turns_running_person_id", "person_id", postgresql_where=text("state = 'running'")),
        Index(
            "uq_turns_client_key",
            "conversation_id",
            "client_key",
            unique=True,
            postgresql_where=text("client_key IS NOT NULL"),
        ),
        CheckConstraint(
            "state IN ('running', 'answered', 'refused', 'stopped', 'failed', 'interrupted')", name="state"
        ),
    )


class Message(Base):
    """One message, one row. `parts_sealed` is JSON `{"v": 1, "parts": [...]}`; `search_sealed` its folded words."""

    __tablename__ = "messages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    turn_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(Text)
    parts_version: Mapped[int] = mapped_column(SmallInteger)
    parts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    search_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        Index("ix_messages_conversation_id", "conversation_id", "id"),
        CheckConstraint("role IN ('user', 'assistant')", name="role"),
        {"postgresql_partition_by": "RANGE (id)"},
    )
