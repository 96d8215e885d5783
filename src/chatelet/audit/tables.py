"""Tables of the journal. Their triggers refuse any change, whoever asks; whole months leave by dropping a partition.

`journal_events` and `journal_pending` are written in the transaction of the change they tell; `journal_links` and
`journal_seals` by the sealer. The migration 0002 holds the triggers and the partitions.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class JournalEvent(Base):
    """One fact, without content. `digest` covers every other column; `occurred_at` is the instant in `id`."""

    __tablename__ = "journal_events"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    format: Mapped[int] = mapped_column(SmallInteger)
    occurred_at: Mapped[datetime]
    actor: Mapped[UUID | None]
    acting_for: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(64))
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(16))
    data: Mapped[str] = mapped_column(Text)
    origin: Mapped[str | None] = mapped_column(String(64))
    request_id: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        Index("ix_journal_events_actor", "actor", "id", postgresql_where=text("actor IS NOT NULL")),
        Index("ix_journal_events_person", "object_id", "id", postgresql_where=text("object_kind = 'person'")),
        CheckConstraint(r"name ~ '^[a-z_]+\.[a-z_]+$'", name="name"),
        CheckConstraint("object_kind ~ '^[a-z_]+$'", name="object_kind"),
        CheckConstraint("object_id ~ '^[a-z0-9][a-z0-9._-]*$'", name="object_id"),
        CheckConstraint("result IN ('done', 'refused', 'failed')", name="result"),
        CheckConstraint("data ~ '^[!-~]*$' AND length(data) <= 4000", name="data"),
        CheckConstraint("origin ~ '^[!-~]*$'", name="origin"),
        CheckConstraint("request_id ~ '^[!-~]*$'", name="request_id"),
        CheckConstraint("length(digest) = 32", name="digest"),
        {"postgresql_partition_by": "RANGE (id)", "comment": "append-only: who did what, never the content"},
    )


class JournalPending(Base):
    """Events committed and not yet chained: the sealer's queue, not evidence."""

    __tablename__ = "journal_pending"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)


class JournalLink(Base):
    """The chain: a gapless number for each event. `chain_hash` covers the previous link and this row."""

    __tablename__ = "journal_links"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = mapped_column(index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    chain_hash: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("length(digest) = 32 AND length(chain_hash) = 32", name="lengths"),
        {"postgresql_partition_by": "RANGE (seq)", "comment": "append-only: the chain of the journal"},
    )


class JournalSeal(Base):
    """The chain up to `seq`, signed (Ed25519). A seal also covers the signature of the one before."""

    __tablename__ = "journal_seals"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chain_hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]
    key_id: Mapped[str] = mapped_column(String(64))
    signature: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (
        CheckConstraint("key_id ~ '^[0-9a-f]{16}$'", name="key_id"),
        {"comment": "append-only: the chain of the journal, signed"},
    )
