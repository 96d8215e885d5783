"""The only contract with the page while an answer is written: one union, discriminated by `type`, typed in OpenAPI.

Each event of the stream is `id: <position>`, `event: <type>`, `data: <JSON>`. The position counts the characters
(code points) of the answer sent so far: a page that lost its connection sends it back as Last-Event-ID and receives
what it misses, no character lost or repeated. Everything but text is state and may be sent again.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from pydantic import BaseModel, Field, RootModel

from chatelet.conversations.schemas import CitationOut, CodedError, Notice, NoticeCode, Params, TurnModel, Usage
from chatelet.policy.sensitivity import Category, Level

FinalState = Literal["answered", "refused", "stopped", "failed", "interrupted"]
Step = Literal[
    "waiting", "reading_files", "searching", "searching_web", "reading_pages", "searching_works", "loading_model",
    "reading", "summarising", "writing",
]  # fmt: skip


class Opened(BaseModel):
    """First on every connection: which turn this is."""

    type: Literal["opened"] = "opened"
    turn_id: UUID
    conversation_id: UUID
    question_id: UUID
    answer_id: UUID
    parent_turn_id: UUID | None
    model: TurnModel | None
    level: Level
    categories: list[Category]
    created_at: datetime


class Status(BaseModel):
    """What is happening before text comes."""

    type: Literal["status"] = "status"
    step: Step
    position_in_queue: int | None = None
    page: int | None = None
    pages: int | None = None


class NoticeEvent(BaseModel):
    """Something to know about this answer."""

    type: Literal["notice"] = "notice"
    code: NoticeCode
    params: Params


class Citations(BaseModel):
    """The quotations and cited sentences of the answer so far, each verified or not, in order."""

    type: Literal["citations"] = "citations"
    items: list[CitationOut]


class Delta(BaseModel):
    """Text to append to the answer."""

    type: Literal["delta"] = "delta"
    text: str


class Closed(BaseModel):
    """Last event: how the turn ended."""

    type: Literal["closed"] = "closed"
    state: FinalState
    error: CodedError | None
    usage: Usage | None
    title: str | None


TurnEvent = Annotated[Opened | Status | NoticeEvent | Citations | Delta | Closed, Field(discriminator="type")]


class TurnEventStream(RootModel[TurnEvent]):
    """One event of the stream."""


State = Opened | Status | NoticeEvent | Citations

_encode_text = msgspec.json.Encoder().encode


def encode(event: State | Closed, position: int) -> bytes:
    """Encode any event but text."""
    data = event.model_dump_json().encode()
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (position, event.type.encode(), data)


def encode_delta(text: str, position: int) -> bytes:
    """Encode text; `position` is after it. On the per-token path: no model, no copy but the encoding."""
    return b'id: %d\nevent: delta\ndata: {"type":"delta","text":%b}\n\n' % (position, _encode_text(text))


def notice(event: NoticeEvent) -> Notice:
    """Return the stored form of a notice."""
    return Notice(code=event.code, params=event.params)
