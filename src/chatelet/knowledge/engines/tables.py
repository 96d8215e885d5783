"""Tables of the index in PostgreSQL. Disposable: made again from the documents, gone with them (by a trigger).

`passage_terms` is what words are looked for in. All is counted by collection, so that a score tells nothing of what the
caller may not read: passages by triggers, also when rows leave by a cascade; terms of large collections later
(`postgres_maintenance`). `passage_windows`, the vectors, is not declared here: it is there only where the extension
`vector` is (migrations/vectors.py).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class PassageRow(Base):
    """A slice of a document's text: `starts` and `ends` count its characters."""

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("version_id", "ordinal", name="uq_passages_version_id_ordinal"),
        Index("ix_passages_collection_id", "collection_id"),
        Index("ix_passages_document_id", "document_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    collection_id: Mapped[UUID]
    document_id: Mapped[UUID]
    version_id: Mapped[UUID]
    ordinal: Mapped[int] = mapped_column(Integer)
    page: Mapped[int | None] = mapped_column(Integer)
    starts: Mapped[int] = mapped_column(Integer)
    ends: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    headings: Mapped[list[str]] = mapped_column(ARRAY(Text))
    text: Mapped[str] = mapped_column(Text)


class PassageTerms(Base):
    """The terms of a passage in order, those of its title last and twice; each as a number (`engines.ranking`)."""

    __tablename__ = "passage_terms"
    __table_args__ = (
        Index("ix_passage_terms_terms", "terms", postgresql_using="gin"),
        Index("ix_passage_terms_collection_id", "collection_id"),
    )

    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True)
    collection_id: Mapped[UUID]
    length: Mapped[int] = mapped_column(Integer)
    terms: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class VectorModel(Base):
    """Whose vectors answer for the collections of a level (`knowledge.vector_models`)."""

    __tablename__ = "vector_models"

    level: Mapped[str] = mapped_column(Text, primary_key=True)
    answering: Mapped[str] = mapped_column(Text)
    arriving: Mapped[str | None] = mapped_column(Text)
    leaving: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    changed_at: Mapped[datetime]


class TermStatistics(Base):
    """How many passages of a large collection hold a term, when it was last counted."""

    __tablename__ = "term_statistics"

    collection_id: Mapped[UUID] = mapped_column(primary_key=True)
    term: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    passages: Mapped[int] = mapped_column(Integer)


class CollectionStatistics(Base):
    """How many passages a collection has, their terms together, and how many it had when terms were last counted."""

    __tablename__ = "collection_statistics"

    collection_id: Mapped[UUID] = mapped_column(primary_key=True)
    passages: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[int] = mapped_column(BigInteger)
