"""What is written and read of reports."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from chatelet.conversations.schemas import WriteModel

ReportKind = Literal["contest", "incident"]
ReportState = Literal["open", "upheld", "changed", "closed"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
AboutCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class NewReport(WriteModel):
    """A contest names the decision (`about`, its code); an incident its sort. The turn is one's own."""

    kind: ReportKind
    about: AboutCode
    words: Words
    conversation_id: UUID | None = None
    turn_id: UUID | None = None


class OwnReport(BaseModel):
    """One's own report, and what was answered."""

    id: UUID
    kind: ReportKind
    about: str
    words: str
    conversation_id: UUID | None
    turn_id: UUID | None
    state: ReportState
    answer: str | None
    created_at: datetime
    decided_at: datetime | None


class OwnReportList(BaseModel):
    """One's own reports, the last first."""

    items: list[OwnReport]


class DeskReport(OwnReport):
    """A report as whoever answers reads it, with who made it."""

    person_name: str


class DeskReportList(BaseModel):
    """Reports to answer first, then the last answered."""

    items: list[DeskReport]


class ReportAnswer(WriteModel):
    """`upheld`: the safeguard was right; `changed`: something was changed; `closed`: an incident dealt with."""

    state: Literal["upheld", "changed", "closed"]
    answer: Words
