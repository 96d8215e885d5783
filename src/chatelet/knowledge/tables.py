"""Tables of the index in PostgreSQL. Disposable: made again from the documents.

`passage_terms` holds the postings, one row for each term of a version. `term_statistics` and `collection_statistics`
count by collection, so that a score tells nothing of what the caller may not read; triggers keep them, also when rows
leave by a cascade. `passage_windows`, the vectors, is not declared here: it is there only where the extension `vector`
is (migrations/vectors.py).
"""

from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chatelet.kernel.database import Base


class PassageRow(Base):
    """A slice of a document's text: `starts` and `ends` count its characters, `length` the terms of the passage."""

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
    length: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    headings: Mapped[list[str]] = mapped_column(ARRAY(Text))
    text: Mapped[str] = mapped_column(Text)


class PassageTerms(Base):
    """In which passages of a version a term stands.

    Each entry is one number: ordinal of the passage (31 bits), how often (16 bits), length of the passage (16 bits).
    """

    __tablename__ = "passage_terms"
    __table_args__ = (Index("ix_passage_terms_term", "term", "collection_id"),)

    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    collection_id: Mapped[UUID]
    entries: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


class TermStatistics(Base):
    """How many passages of a collection hold a term."""

    __tablename__ = "term_statistics"

    collection_id: Mapped[UUID] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(Text(collation="C"), primary_key=True)
    passages: Mapped[int] = mapped_column(BigInteger)


class CollectionStatistics(Base):
    """How many passages a collection has, and their terms together."""

    __tablename__ = "collection_statistics"

    collection_id: Mapped[UUID] = mapped_column(primary_key=True)
    passages: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)
