"""What the routes of the governance file read and write."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

FilePart = Literal["register", "dpia", "ai_act", "flows", "anssi", "security"]


class FileChange(BaseModel):
    """One value that differs."""

    what: str
    before: str
    after: str


class FileVersion(BaseModel):
    """One version of the file. `to_reassess` are its parts that the changes concern; all, for the first."""

    id: UUID
    number: int
    made_at: datetime
    made_by: UUID | None
    sha256: str
    to_reassess: list[FilePart]


class FileVersions(BaseModel):
    """Versions, the newest first, and what the running configuration changed since."""

    items: list[FileVersion]
    pending: list[FileChange] = Field(description="What changed since the newest version")
    pending_parts: list[FilePart]
