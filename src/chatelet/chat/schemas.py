"""Request types of a turn."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from chatelet.chat.publications.schemas import WorksAsked
from chatelet.chat.web.schemas import WebAsked
from chatelet.conversations.parts import Given
from chatelet.conversations.schemas import WriteModel
from chatelet.conversations.turns import NewTurn

Question = Annotated[str, StringConstraints(min_length=1, max_length=2_000_000, pattern=r"\S")]


class NewTurnIn(WriteModel):
    """A question. Without `parent_turn_id` it follows the branch being read; null starts a new root.

    `web` has the web searched with it, `publications` the scholarly sources; without them, nothing is.
    """

    text: Question | None = None
    model: Annotated[str, Field(max_length=64)] | None = None
    parent_turn_id: UUID | None = None
    retry_of: UUID | None = None
    client_key: UUID | None = None
    attachments: Annotated[list[UUID], Field(max_length=50)] = Field(default_factory=list[UUID])
    pseudonymise: bool = False
    collections: Annotated[list[UUID], Field(max_length=20)] = Field(default_factory=list[UUID])

    web: WebAsked | None = None
    publications: WorksAsked | None = None

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        if (self.text is None) == (self.retry_of is None):
            raise ValueError("either text or retry_of")
        if self.text is None and not (self.web is None and self.publications is None):
            raise ValueError("a question asked again searches with the words that it had")
        return self

    def to_new_turn(self, given: tuple[Given, ...] = ()) -> NewTurn:
        """Return what the domain understands."""
        follows_head = "parent_turn_id" not in self.model_fields_set
        return NewTurn(
            text=self.text,
            parent_id="head" if follows_head else self.parent_turn_id,
            retry_of=self.retry_of,
            client_key=self.client_key,
            given=given,
        )
