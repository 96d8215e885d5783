"""Request and response types of summaries."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from chatelet.conversations.schemas import CitationOut
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Category, Level
from chatelet.writing.summary.forms import Audience, Form, Length
from chatelet.writing.works.schemas import PSEUDONYMISE, LanguageCode, WriteModel

MOST_FILES = 20
_MOST_CHARACTERS = 2_000_000
ExportForm = Literal["odt", "docx", "md"]


class NewSummary(WriteModel):
    """Files that the caller may read, or a text, to summarise."""

    text: Annotated[str, StringConstraints(max_length=_MOST_CHARACTERS, pattern=r"^[^\x00]*$")] | None = None
    file_ids: Annotated[list[UUID], Field(max_length=MOST_FILES, default_factory=list[UUID])]
    form: Form
    length: Length = Length.USUAL
    audience: Audience = Audience.USUAL
    to: LanguageCode | None = Field(
        default=None, description="Language of the summary; that of the documents when absent"
    )
    conversation_id: UUID | None = Field(
        default=None, description="One's own conversation the text is taken from: its label is that of the text too"
    )
    level: DeclaredLevel | None = None
    model: Annotated[str, StringConstraints(max_length=64)] | None = None
    pseudonymise: bool = Field(default=False, description=PSEUDONYMISE)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.text is None) == (not self.file_ids):
            raise ValueError("a text or files")
        return self


class UnreadOut(BaseModel):
    """Pages that were not read (0 in a document without pages), and why; the page has a sentence for each reason."""

    first: int
    last: int
    reason: str


class CoverageOut(BaseModel):
    """How much of a document was read, and is cited. `same`: passages word for word in the version compared."""

    file_id: UUID
    name: str
    pages: int
    passages: int
    read: int
    cited: int
    same: int
    cited_pages: list[int]
    unread: list[UnreadOut]


class SummaryOut(BaseModel):
    """A summary in Markdown; each sentence checked, as the sentences of an answer are.

    While `is_partial`, it holds the notes taken so far. `notices` say what a reader should know.
    """

    text: str
    is_partial: bool
    checks: list[CitationOut]
    statements: int
    held: int
    coverage: list[CoverageOut]
    notices: list[str]


class SummarySourceOut(BaseModel):
    """A file that may be summarised. `conversation_id`: it is an attachment of this conversation of the caller's."""

    id: UUID
    name: str
    pages: int
    size: int
    level: Level
    categories: list[Category]
    created_at: datetime
    conversation_id: UUID | None = None


class SummarySourceList(BaseModel):
    """The caller's last files, or the documents of a base that they may read."""

    items: list[SummarySourceOut]
