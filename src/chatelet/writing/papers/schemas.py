"""Request and response types of papers compared, and of a figure or a formula explained."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chatelet.knowledge.papers.schemas import PaperOut
from chatelet.writing.papers.checking import Lack
from chatelet.writing.papers.pointing import Kind

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


class PointedOut(BaseModel):
    """A figure, a table or a formula of a paper: its caption (a formula's own line), its page, how often it is named.

    `kind` is `passage` for words that the person chose: its caption is those words, as the paper has them.
    """

    kind: Kind | Literal["passage"]
    number: str
    caption: str | None
    page: int | None
    mentions: int


class PointedList(BaseModel):
    """What a paper captions or names, in the order of numbers; a paper without full text has none."""

    items: list[PointedOut]
    is_reading: bool = Field(description="A text of the paper is there, and not read yet: ask again")


class ExplanationIn(_Given):
    """What is to be explained of a paper: a figure, a table or a formula by its number, or words copied from it."""

    paper_id: UUID
    kind: Kind | Literal["passage"]
    number: Annotated[str, Field(pattern=r"^(?:[A-Z]?\d{1,3}(?:\.\d{1,2})?|[IVX]{1,5})$")] | None = None
    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)] | None = None

    @model_validator(mode="after")
    def _told(self) -> Self:
        is_passage = self.kind == "passage"
        if (self.words is not None) != is_passage or (self.number is None) != is_passage:
            raise ValueError("a passage has words; a figure, a table or a formula has a number")
        return self


class UnheldOut(BaseModel):
    """A sentence that no passage holds: it is told apart, with what it lacks."""

    text: str
    reason: Lack


class ExplanationOut(BaseModel):
    """What a paper says of something in it, each sentence held by a passage; `unheld` those that none holds.

    `quoted`: the paper's own sentences that name it, word for word, whatever the model wrote.
    `seen`: the page itself was shown to the model. Else `unseen` is why: no model that sees may receive this content,
    the text has no pages, or the page could not be drawn.
    """

    about: PointedOut
    text: str
    is_said: bool
    held: list[HeldOut]
    unheld: list[UnheldOut]
    quoted: list[HeldOut]
    seen: bool
    unseen: Literal["no_model", "no_page", "not_drawn"] | None


class TableIn(_Given):
    """A table as it is on the page: a row a paper, a column a question."""

    format: Literal["csv", "odt", "md"]
    columns: Annotated[list[_Cell], Field(min_length=1, max_length=30)]
    rows: Annotated[list[Annotated[list[_Cell], Field(min_length=1, max_length=30)]], Field(max_length=500)]
