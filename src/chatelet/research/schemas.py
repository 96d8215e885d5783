"""Request and response types of deep research."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from chatelet.chat.web.schemas import EngineOut, Query
from chatelet.connectors.scholarly.record import SourceName
from chatelet.connectors.web.tiers import Tier
from chatelet.conversations.schemas import WriteModel
from chatelet.documents.publication import PublicationIn
from chatelet.evidence.conflicts import Kind
from chatelet.evidence.passage import Reason
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.sensitivity import Category, Level
from chatelet.research.budget import Reached
from chatelet.research.plan import MOST_ITEMS, MOST_QUERIES, By, Where
from chatelet.research.sealed import SearchState

State = Literal["planning", "proposed", "queued", "running", "stopped", "done", "partial", "failed"]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=4_000, pattern=r"^[^\x00]*$")]
_SubQuestion = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]


class NewResearch(WriteModel):
    """A question, and where it may be looked for. Nothing leaves before its plan is confirmed."""

    question: _Words
    where: Annotated[list[Where], Field(min_length=1, max_length=3)]
    tiers: Annotated[list[Tier], Field(max_length=len(Tier))] = Field(default_factory=list[Tier])
    collections: Annotated[list[UUID], Field(max_length=20)] = Field(default_factory=list[UUID])
    level: DeclaredLevel | None = None
    model: Annotated[str, StringConstraints(max_length=64)] | None = None


class ResearchQueryIn(WriteModel):
    """Words to search: exactly these leave."""

    where: Where
    words: Query


class ResearchItemIn(WriteModel):
    """A sub-question and its searches."""

    question: _SubQuestion
    queries: Annotated[list[ResearchQueryIn], Field(max_length=MOST_QUERIES)]


class ResearchBudgetIn(WriteModel):
    """What a research may use, in all."""

    steps: Annotated[int, Field(ge=1, le=5_000)]
    minutes: Annotated[int, Field(ge=1, le=1_440)]
    tokens: Annotated[int, Field(ge=1, le=500_000_000)]


class ConfirmedPlan(WriteModel):
    """The plan as the person read it: these words, and no others, leave."""

    items: Annotated[list[ResearchItemIn], Field(min_length=1, max_length=MOST_ITEMS)]
    budget: ResearchBudgetIn


class MoreSearches(WriteModel):
    """Searches to add, once more confirmed by the person."""

    item: ResearchItemIn
    budget: ResearchBudgetIn


class ResearchGoOn(WriteModel):
    """Go on with what was stopped, failed or used up; with more to use, when it is given."""

    budget: ResearchBudgetIn | None = None


class ResearchBudget(BaseModel):
    """What may be used, or what was."""

    steps: int
    seconds: int
    tokens: int


class ResearchOffer(BaseModel):
    """What research may ask here. A level of None: this source is closed."""

    engines: list[EngineOut]
    web_highest: Level | None
    scholarly: list[SourceName]
    scholarly_highest: Level | None
    default_level: Level
    proposed: ResearchBudget
    most: ResearchBudget


class ResearchQuery(BaseModel):
    """A search of the plan, and what became of it. `silent` are the engines or services that did not answer."""

    where: Where
    words: str
    state: SearchState | None
    results: int
    sources: list[int]
    missed: dict[str, int]
    silent: dict[str, str]
    reason: str | None


class ResearchItem(BaseModel):
    """A sub-question."""

    question: str
    later: bool
    queries: list[ResearchQuery]


class ResearchSource(BaseModel):
    """What was read. Its address is the one it was read at, or that its record gives."""

    number: int
    where: Where
    title: str
    address: str
    site: str
    tier: Tier
    published: str | None
    year: int | None
    authors: list[str]
    licence: str | None
    doi: str | None
    retracted: bool
    abstract_only: bool
    wall: str | None
    file_page: int | None


class ResearchSourceText(ResearchSource):
    """What was read, with its text as it was: citations are positions (code points) in it."""

    text: str


class ResearchNote(BaseModel):
    """Words of a source, verbatim; `told` is what the model says they tell, when they do."""

    item: int
    source: int
    rank: int
    start: int
    end: int
    quote: str
    told: str
    by: Literal["model", "code"]


class ResearchConflict(BaseModel):
    """Two notes that disagree."""

    item: int
    first: ResearchNote
    second: ResearchNote
    kind: Kind
    by: Literal["model", "code"]


class ResearchCited(BaseModel):
    """Where a sentence stands in a source."""

    source: int
    start: int
    end: int


class ResearchSentence(BaseModel):
    """A sentence of the report; without `cited`, it states nothing that could be checked."""

    text: str
    cited: list[ResearchCited]


class ResearchLeftOut(BaseModel):
    """A sentence that no source supports: not part of the report."""

    text: str
    reason: Reason


class ResearchSection(BaseModel):
    """What is reported of a sub-question; of the whole when `item` is None."""

    item: int | None
    paragraphs: list[list[ResearchSentence]]
    left_out: list[ResearchLeftOut]
    by: Literal["model", "code"]


class ResearchProposal(BaseModel):
    """A search that the model would make: it leaves only if the person confirms it."""

    where: Where
    words: str


class ResearchLine(BaseModel):
    """A research in the list."""

    id: UUID
    state: State
    question: str
    created_at: datetime


class ResearchOut(ResearchLine):
    """A research, with all that was found so far."""

    level: Level
    categories: list[Category]
    where: list[Where]
    tiers: list[Tier]
    language: Literal["fr", "en"] = Field(description="That of the report")
    model: str | None
    plan_by: By | None
    items: list[ResearchItem]
    budget: ResearchBudget
    spent: ResearchBudget
    reached: Reached | None
    error: str | None
    sources: list[ResearchSource]
    notes: list[ResearchNote]
    refused_quotations: int
    conflicts: list[ResearchConflict]
    sections: list[ResearchSection]
    proposals: list[ResearchProposal]
    ended_at: datetime | None
    expires_at: datetime


class ReportPublication(PublicationIn):
    """A report to publish, in one of the forms of a file."""

    form: Literal["docx", "odt", "md"] = "docx"


class ResearchList(BaseModel):
    """The last researches of a person."""

    items: list[ResearchLine]
