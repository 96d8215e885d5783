"""Request and response types of works."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from chatelet.documents.rebuilding.contract import PdfAs
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Category, Level
from chatelet.writing.differences import Why
from chatelet.writing.summary.forms import Form
from chatelet.writing.task import Style

Writing = Literal["translate", "rewrite"]
WorkKind = Literal["translate", "rewrite", "draft", "summarise"]
WorkState = Literal["queued", "running", "paused", "done", "failed", "cancelled"]
Decision = Literal["accepted", "rejected"]
SegmentState = Literal["written", "reused", "copied", "kept"]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$")]
PSEUDONYMISE = "Names are replaced before words leave, and put back in what comes"
_MOST_CHARACTERS = 2_000_000


class WriteModel(BaseModel):
    """A request body: nothing but what is declared is accepted."""

    model_config = ConfigDict(extra="forbid")


class NewWork(WriteModel):
    """A text, or a file of the caller's, to translate or to rewrite."""

    kind: Writing
    text: Annotated[str, StringConstraints(max_length=_MOST_CHARACTERS, pattern=r"^[^\x00]*$")] | None = None
    file_id: UUID | None = None
    to: LanguageCode | None = Field(default=None, description="Language to write; needed to translate")
    source: LanguageCode | None = Field(default=None, description="Language of the text, when it is known")
    style: Style | None = Field(default=None, description="How it is rewritten; needed to rewrite")
    formality: Literal["default", "formal", "informal"] = "default"
    plain: bool = False
    track: bool = Field(default=False, description="Changes are tracked, where the format of the file has them")
    visible_mark: bool = Field(default=False, description="The document says, at its end, that a machine wrote it")
    pdf_as: PdfAs = Field(
        default="docx", description="What a PDF comes back as: a document to edit, or the PDF with the words in place"
    )
    glossary_ids: Annotated[list[UUID], Field(max_length=10)] = []
    memory_id: UUID | None = None
    defaults: bool = Field(
        default=True, description="Glossaries and memories that one's units, and oneself, use by default are used too"
    )
    conversation_id: UUID | None = Field(
        default=None, description="One's own conversation the text is taken from: its label is that of the text too"
    )
    level: DeclaredLevel | None = None
    model: Annotated[str, StringConstraints(max_length=64)] | None = None
    pseudonymise: bool = Field(default=False, description=PSEUDONYMISE)

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.text is None) == (self.file_id is None):
            raise ValueError("a text or a file")
        if (self.kind == "translate") != (self.to is not None) or (self.kind == "rewrite") != (self.style is not None):
            raise ValueError("a language to translate, a style to rewrite")
        return self


class LineOut(BaseModel):
    """A segment to look at."""

    number: int
    kept: bool
    reasons: list[str]
    source: str
    written: str
    page: int | None = None
    part: str = "body"


class WritingReport(BaseModel):
    """Figures of a work, and the segments that a person should look at."""

    model_config = ConfigDict(from_attributes=True)

    segments: int
    written: int
    reused: int
    copied: int
    kept: int
    left: int
    locked: int
    retried: int
    figures_checked: int
    terms_applied: dict[str, int]
    terms_missed: dict[str, int]
    names: dict[str, int]
    reasons: dict[str, int]
    changes: dict[str, int] = {}
    to_look_at: list[LineOut]
    more_to_look_at: int
    left_out: list[str]


class WorkOut(BaseModel):
    """A work as its person sees it. `seconds_left` once its pace is known; `resumes_at` when it goes on by itself."""

    id: UUID
    kind: WorkKind
    state: WorkState
    name: str
    is_file: bool
    source: str
    to: str
    style: Style | None
    form: Form | None = Field(description="What a summary looks like")
    template: str | None = Field(description="The name of the template of a draft")
    level: Level
    categories: list[Category]
    model: str | None
    segments: int
    done: int
    seconds_left: int | None
    error: str | None
    resumes_at: datetime | None
    has_result: bool
    is_open: bool = Field(description="Its changes are accepted or rejected here")
    is_tracked: bool = Field(description="Those that nobody decided on are tracked in the document that it gives back")
    result_name: str | None
    text: str | None
    report: WritingReport | None
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime


class WorkList(BaseModel):
    """The last works of a person."""

    items: list[WorkOut]


class ChangeOut(BaseModel):
    """A stretch of a sentence, before and after; no `why` where it stays. `decision`: what its person made of it."""

    before: str
    after: str
    why: Why | None
    decision: Decision | None


class PairOut(BaseModel):
    """Sentences side by side. `reasons`: why these are doubtful, when that can be told of them alone.

    `changes`, of a text rewritten in its language: the stretches that make both sentences, in order.
    """

    source: str
    written: str
    reasons: list[str] = []
    changes: list[ChangeOut] = []


class SegmentOut(BaseModel):
    """A segment, sentence by sentence, and what is doubtful in it."""

    number: int
    state: SegmentState
    reasons: list[str]
    pairs: list[PairOut]
    page: int | None = None
    part: str = "body"


class SentenceAt(WriteModel):
    """A sentence of a segment, by its place from 0."""

    place: int = Field(ge=0, le=10_000)


class NewChoice(SentenceAt):
    """Other words for a sentence."""

    written: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8_000, pattern=r"^[^\x00]*$")
    ]


_Changes = Annotated[list[Annotated[int, Field(ge=0, le=100_000)]], Field(max_length=5_000)]


class NewDecisions(SentenceAt):
    """What is decided of the changes of a sentence, by their place from 0; those not named are open again."""

    accepted: _Changes = []
    rejected: _Changes = []

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if set(self.accepted) & set(self.rejected):
            raise ValueError("accepted or rejected")
        return self


class DecidedAll(WriteModel):
    """One decision for every change of a work that nobody decided on yet."""

    decision: Decision


class Alternatives(BaseModel):
    """Other translations of a sentence; fewer than three when the model gave nothing else that is sound."""

    items: list[str]


class SegmentList(BaseModel):
    """What was written so far, in reading order; `next` is where the following page begins."""

    items: list[SegmentOut]
    next: int | None


class LanguageOut(BaseModel):
    """A language that the desk writes."""

    code: str
    fr: str
    en: str


class LanguageList(BaseModel):
    """All of them."""

    items: list[LanguageOut]
