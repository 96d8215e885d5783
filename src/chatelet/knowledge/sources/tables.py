"""Tables of places and of the sources that follow them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class DeclaredPlace(Base):
    """A place that an administrator declared, for a unit and all under it (None: for everybody).

    `rights_required`: whoever follows it follows the rights that it tells.
    """

    __tablename__ = "places"
    __table_args__ = (Index("ix_places_unit_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(Text)
    declared: Mapped[dict[str, Any]] = mapped_column(JSONB)
    credential_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rights_required: Mapped[bool]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Source(Base):
    """A path of a place that a folder of a collection follows; its figures are those of the last run.

    `due_at` is when it is run next, `next_run_at` what its cadence says; they differ after a failure. `leaving` counts
    documents that a run did not dare to delete, `may_leave` how many a curator then let go. The lease is of the process
    that runs it.
    """

    __tablename__ = "sources"
    __table_args__ = (
        UniqueConstraint("collection_id", "folder"),
        CheckConstraint(
            "state IN ('new', 'listing', 'bringing', 'done', 'unfinished', 'asking', 'failed')", name="state"
        ),
        Index("ix_sources_place_id", "place_id"),
        Index("ix_sources_due_at", "due_at", postgresql_where=text("NOT paused")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"))
    path: Mapped[str] = mapped_column(Text)
    folder: Mapped[str] = mapped_column(Text)
    follows_rights: Mapped[bool]
    cadence: Mapped[dict[str, Any]] = mapped_column(JSONB)
    paused: Mapped[bool]
    state: Mapped[str] = mapped_column(Text)
    error_code: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(server_default="0")
    listed: Mapped[int] = mapped_column(server_default="0")
    added: Mapped[int] = mapped_column(server_default="0")
    changed: Mapped[int] = mapped_column(server_default="0")
    removed: Mapped[int] = mapped_column(server_default="0")
    failed: Mapped[int] = mapped_column(server_default="0")
    leaving: Mapped[int] = mapped_column(server_default="0")
    may_leave: Mapped[int] = mapped_column(server_default="0")
    run_id: Mapped[UUID | None]
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    next_run_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]


class SourceItem(Base):
    """One entry: what the last listing told of it, and what became of it here.

    `mark` is that of the content brought in, `told_mark` that of the listing `run_id`; `tried_run` is the run that last
    tried to bring it.
    """

    __tablename__ = "source_items"
    __table_args__ = (
        Index("ix_source_items_document_id", "document_id", postgresql_where=text("document_id IS NOT NULL")),
        Index("ix_source_items_circle_id", "circle_id", postgresql_where=text("circle_id IS NOT NULL")),
    )

    source_id: Mapped[UUID] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(Text, primary_key=True)
    run_id: Mapped[UUID]
    told_mark: Mapped[str] = mapped_column(Text)
    told_size: Mapped[int | None] = mapped_column(BigInteger)
    circle_id: Mapped[UUID | None] = mapped_column(ForeignKey("circles.id"))
    mark: Mapped[str | None] = mapped_column(Text)
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
    tried_run: Mapped[UUID | None]
    error_code: Mapped[str | None] = mapped_column(Text)
