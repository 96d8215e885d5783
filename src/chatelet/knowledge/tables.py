"""Tables of collections (document bases) and their documents. Passages and their index are beside, disposable.

A collection is a person's own, or a unit's. Whoever it is for is said by `CollectionGrant`; sharing is an act.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class Collection(Base):
    """A document base. `level` is that of all its documents: what enters a conversation from it raises it so far.

    `closed`: to persons named one by one, asked alone, each consultation traced (`closing`).
    """

    __tablename__ = "collections"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="one_owner"),
        Index("ix_collections_person_id", "person_id", postgresql_where=text("person_id IS NOT NULL")),
        Index("ix_collections_unit_id", "unit_id", postgresql_where=text("unit_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, server_default="")
    level: Mapped[str] = mapped_column(Text)
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    closed: Mapped[bool] = mapped_column(server_default=false())
    review_on: Mapped[date | None]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]


class CollectionGrant(Base):
    """A person, or all of a unit and under it, may read, contribute to or curate a collection.

    Two merged units may leave two lines for one: the greater part counts.
    """

    __tablename__ = "collection_grants"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="one_holder"),
        CheckConstraint("part IN ('reader', 'contributor', 'curator')", name="part"),
        UniqueConstraint("collection_id", "person_id"),
        Index("ix_collection_grants_person_id", "person_id", postgresql_where=text("person_id IS NOT NULL")),
        Index("ix_collection_grants_unit_id", "unit_id", postgresql_where=text("unit_id IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id", ondelete="CASCADE"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id", ondelete="CASCADE"))
    part: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[UUID | None]
    created_at: Mapped[datetime]


class Circle(Base):
    """Those who may read some documents of a collection, as the place they come from tells it.

    `readers` are 'person:<mail address or login>' and 'group:<name>', folded and sorted; `digest` is theirs.
    """

    __tablename__ = "circles"
    __table_args__ = (UniqueConstraint("collection_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    readers: Mapped[list[str]] = mapped_column(ARRAY(Text))


class Document(Base):
    """A document of a collection: its place, and the version that answers are drawn from.

    `circle_id` narrows it to some of the collection's readers; `source_id` is the source that keeps it in step.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("ix_documents_circle_id", "circle_id", postgresql_where=text("circle_id IS NOT NULL")),
        Index("ix_documents_source_id", "source_id", postgresql_where=text("source_id IS NOT NULL")),
        Index("ix_documents_collection_id_folder", "collection_id", "folder", "sort_name"),
        Index("ix_documents_review_on", "review_on", postgresql_where=text("review_on IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"))
    version_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text)
    folder: Mapped[str] = mapped_column(Text, server_default="")
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    review_on: Mapped[date | None]
    circle_id: Mapped[UUID | None] = mapped_column(ForeignKey("circles.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id", ondelete="SET NULL"))
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class DocumentUse(Base):
    """How often answers were given a document's passages in a month, and cited them: never whose, nor about what."""

    __tablename__ = "document_uses"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    given: Mapped[int] = mapped_column(BigInteger, server_default="0")
    cited: Mapped[int] = mapped_column(BigInteger, server_default="0")


class CollectionQuestions(Base):
    """How many questions were put to a collection in a month, and to how many of them nothing in it answered."""

    __tablename__ = "collection_questions"

    collection_id: Mapped[UUID] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    asked: Mapped[int] = mapped_column(BigInteger, server_default="0")
    unanswered: Mapped[int] = mapped_column(BigInteger, server_default="0")


class DocumentVersion(Base):
    """One file of a document, and whether its passages can be found."""

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        UniqueConstraint("file_id"),
        CheckConstraint("state IN ('waiting', 'indexed', 'failed', 'superseded')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    passages: Mapped[int] = mapped_column(server_default="0")
    error_code: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime]
    indexed_at: Mapped[datetime | None]
