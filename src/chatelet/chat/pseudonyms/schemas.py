"""What is shown before words leave: each message as the model would receive it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from chatelet.conversations.schemas import TurnModel, WriteModel
from chatelet.policy.sensitivity import Category, Level

LONGEST = 200_000  # characters


class WordsToSend(WriteModel):
    """A question not sent yet, where it would stand, and the model that would be asked."""

    text: Annotated[str, Field(max_length=LONGEST)]
    model: Annotated[str, Field(max_length=64)] | None = None
    parent_turn_id: UUID | None = None


class PutPlace(BaseModel):
    """A stand-in at [`start`, `end`) of its message, in characters (code points)."""

    start: int
    end: int
    type: str


class MessageAsSent(BaseModel):
    """A message as it would leave."""

    role: Literal["user", "assistant"]
    text: str
    replaced: list[PutPlace]


class Preview(BaseModel):
    """What would leave. `left` is what could not be replaced: then nothing would.

    `model` is who would receive it; None, with `refused`, when none may. Passages of files and bases are chosen when
    the question is asked, and replaced in the same way.
    """

    messages: list[MessageAsSent]
    level: Level
    categories: list[Category]
    replaced: dict[str, int]
    left: list[str]
    model: TurnModel | None
    refused: str | None


class PseudonymState(BaseModel):
    """Whether names were ever replaced in a conversation, and the least label that its words have once they are."""

    used: bool
    level: Level
    categories: list[Category]
