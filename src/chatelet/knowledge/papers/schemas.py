"""Request and response types of papers."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chatelet.connectors.scholarly.record import Record
from chatelet.connectors.scholarly.schemas import RecordBody, RecordOut

MOST_AT_ONCE = 100
TextState = Literal["waiting", "read", "none"]
Outcome = Literal["added", "known", "unfound", "untitled"]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewPapers(_Given):
    """Works to keep in a base, as the desk gave them."""

    records: Annotated[list[RecordBody], Field(min_length=1, max_length=MOST_AT_ONCE)]
    folder: Annotated[str, Field(max_length=400, pattern=r"^[^\x00-\x1f]*$")] = ""


class PaperListIn(_Given):
    """A BibTeX or RIS file, or a list of DOIs."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]
    folder: Annotated[str, Field(max_length=400, pattern=r"^[^\x00-\x1f]*$")] = ""


class PaperOut(BaseModel):
    """A work in a base. `text` is what became of its full text, `reason` why there is none."""

    id: UUID
    document_id: UUID
    text_document_id: UUID | None
    record: RecordOut
    text: TextState
    reason: str | None
    created_at: datetime


class PaperList(BaseModel):
    """The works of a base, by date of entry; `more` when there are others."""

    items: list[PaperOut]
    more: bool


class AddedOut(BaseModel):
    """What became of one work given: `unfound` when a DOI alone was given and no source knows it."""

    title: str
    outcome: Outcome
    paper_id: UUID | None = None

    @classmethod
    def of(cls, record: Record, outcome: Outcome, paper_id: UUID | None = None) -> Self:
        """Tell of a record."""
        named = record.title or next((value for _scheme, value in record.identifiers.pairs()), "")
        return cls(title=named, outcome=outcome, paper_id=paper_id)


class AddedList(BaseModel):
    """What became of each work given, in order."""

    items: list[AddedOut]
