"""The table of papers: which document of a base is the record of which work. Its documents are ordinary ones."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Paper(Base):
    """A work in a base. `names` are its identifiers as `scheme:value`, or its folded title and year.

    `state` is that of its full text: to be fetched, `read`, or `none`, with the reason. Gone with its record.
    """

    __tablename__ = "papers"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'read', 'none')", name="state"),
        Index("ix_papers_collection_id", "collection_id", "id"),
        Index("ix_papers_names", "names", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    text_document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
    names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
