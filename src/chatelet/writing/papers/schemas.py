"""Request and response types of papers compared."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatelet.knowledge.papers.schemas import PaperOut

MOST_PAPERS = 20
_Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=1_000)]
_Cell = Annotated[str, Field(max_length=20_000)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CellIn(_Given):
    """A question put to one paper."""

    paper_id: UUID
    question: _Question


class HeldOut(BaseModel):
    """A passage that holds what is said: characters `start`…`end` of the text of a file, on its page."""

    number: int
    paper_id: UUID
    file_id: UUID
    page: int | None
    start: int
    end: int
    text: str


class CellOut(BaseModel):
    """What a paper says to a question, its sentences each held by a passage; empty when it does not say."""

    text: str
    is_said: bool
    held: list[HeldOut]
    dropped: int


class SynthesisIn(_Given):
    """A subject, and the papers that the text may rest on."""

    paper_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PAPERS)]
    subject: _Question


class ReferenceOut(BaseModel):
    """A paper that the text cites, by its number there."""

    number: int
    paper: PaperOut


class SynthesisOut(BaseModel):
    """A text whose sentences are each held by a cited paper; `dropped` sentences were not, and were left out."""

    text: str
    references: list[ReferenceOut]
    held: list[HeldOut]
    dropped: int


class TableIn(_Given):
    """A table as it is on the page: a row a paper, a column a question."""

    format: Literal["csv", "odt", "md"]
    columns: Annotated[list[_Cell], Field(min_length=1, max_length=30)]
    rows: Annotated[list[Annotated[list[_Cell], Field(min_length=1, max_length=30)]], Field(max_length=500)]
