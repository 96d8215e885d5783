"""Request and response types of files."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Category, Level

FileState = Literal["receiving", "received", "reading", "read", "failed"]
FileStep = Literal["waiting", "checking", "reading", "recognising", "indexing"]
ReadingStatus = Literal["read", "partial", "empty", "password_required", "damaged", "unsupported", "refused"]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class WriteModel(BaseModel):
    """A request body: nothing but what is declared is accepted."""

    model_config = ConfigDict(extra="forbid")


class NewFile(WriteModel):
    """A file about to be sent. Its kind is found in its content, whatever the name says.

    `keep_metadata`: keep what a camera wrote beside an image (place, date, device), which is taken away otherwise.
    """

    name: FileName
    size: Annotated[int, Field(ge=0)]
    level: DeclaredLevel | None = None
    keep_metadata: bool = False


class FindingOut(BaseModel):
    """Something the reading report says; the page has a sentence for each code."""

    code: str
    page: int | None
    params: dict[str, str | int | float]


class ReportOut(BaseModel):
    """The reading report: what was read, how, what was left out and why."""

    status: ReadingStatus
    pages: int
    pages_read: int
    pages_recognised: int
    confidence: float | None
    engine: str | None
    findings: list[FindingOut]


class FileOut(BaseModel):
    """A file as it is now. `received` is where the next part begins; `step` is what is happening."""

    id: UUID
    name: str
    size: int
    received: int
    part_size: int
    level: Level
    categories: list[Category]
    state: FileState
    step: FileStep | None
    step_page: int | None
    pages: int
    kind: str | None
    error: str | None
    report: ReportOut | None
    conversation_id: UUID | None
    created_at: datetime
    read_at: datetime | None


class FileList(BaseModel):
    """Some of one's own files."""

    items: list[FileOut]
