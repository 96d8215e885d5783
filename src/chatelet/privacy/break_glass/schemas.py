"""What the routes of reading somebody's content read and write."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from chatelet.policy.sensitivity import Category, Level

ReadingReason = Literal["security_incident", "judicial_request", "misuse_report", "person_at_risk", "absence"]
ReadingState = Literal["asked", "approved", "declined", "ended"]
DelayGround = Literal["criminal_investigation", "judicial_order", "national_security"]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=2_000)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewDelay(_Written):
    """Why the person is told later, and until when at most: the law alone gives grounds."""

    ground: DelayGround
    until: AwareDatetime


class NewReading(_Written):
    """Whose content, of a period or of one conversation, why, and until when."""

    email: Annotated[str, Field(max_length=320)]
    conversation_id: UUID | None = None
    from_at: AwareDatetime | None = None
    to_at: AwareDatetime | None = None
    reason: ReadingReason
    words: _Words
    ends_at: AwareDatetime
    delay: NewDelay | None = None


class ReadingDecision(_Written):
    """The answer of the second person."""

    outcome: Literal["approved", "declined"]


class ReadingOpening(BaseModel):
    """One conversation opened once."""

    conversation_id: UUID
    opened_at: datetime


class _Reading(BaseModel):
    id: UUID
    conversation_id: UUID | None
    from_at: datetime | None
    to_at: datetime | None
    reason: ReadingReason
    words: str | None
    state: ReadingState
    ends_at: datetime
    requested_by: str | None = Field(description="Name; null once that person is erased")
    requested_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    ended_at: datetime | None
    openings: list[ReadingOpening]


class OwnReading(_Reading):
    """What the person concerned is told."""

    is_new: bool = Field(description="The person has not said yet that they saw it")


class OwnReadings(BaseModel):
    """Readings of one's own content, the newest first."""

    items: list[OwnReading]


class ReadingOut(_Reading):
    """A request, for those who ask, decide, or manage data protection."""

    subject: str | None = Field(description="Name of the person concerned; null once erased")
    is_mine: bool = Field(description="The caller asked for it, and alone reads")
    may_decide: bool
    may_read: bool
    delay_ground: DelayGround | None
    delayed_until: datetime | None
    told_at: datetime | None


class ReadingList(BaseModel):
    """Requests, the newest first; the bounds that a new one must keep."""

    items: list[ReadingOut]
    may_ask: bool
    longest_days: int
    longest_delay_days: int


class ReadableConversation(BaseModel):
    """A conversation within the scope: neither its title nor a word of it."""

    id: UUID
    created_at: datetime
    updated_at: datetime
    turns: int
    level: Level
    categories: list[Category]


class ReadableConversations(BaseModel):
    """What may be opened, each opening being journalled and told to the person."""

    items: list[ReadableConversation]


class ReadTurn(BaseModel):
    """A question and its answer."""

    id: UUID
    created_at: datetime
    state: str
    model: str | None
    question: str
    answer: str
    attachments: list[str] = Field(description="Names; the files themselves are not opened")


class ReadConversation(BaseModel):
    """A conversation as it is read under a request."""

    id: UUID
    title: str | None
    level: Level
    categories: list[Category]
    turns: list[ReadTurn]
