"""Request and response types of the search of the web."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from chatelet.connectors.web.contract import LONGEST_QUERY, EngineName
from chatelet.connectors.web.tiers import Tier
from chatelet.conversations.schemas import WriteModel
from chatelet.policy.sensitivity import Level


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise ValueError("one line of printable characters is expected")
    return value


Query = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=2, max_length=LONGEST_QUERY),
    AfterValidator(_one_line),
]


class WebAsked(WriteModel):
    """A search to make with a question: exactly these words leave. `tiers` are the only kinds of sites wanted."""

    query: Query
    tiers: Annotated[list[Tier], Field(max_length=len(Tier))] = Field(default_factory=list[Tier])


class EngineOut(BaseModel):
    """Who receives a query."""

    name: EngineName
    operator: str
    country: str


class WebSearchOut(BaseModel):
    """What the search of the web is here: no engine, no search. Above `highest_level` no query leaves."""

    engines: list[EngineOut]
    highest_level: Level
    reads_pages: bool


class Drafted(WriteModel):
    """Words not sent yet, the conversation that they are written in, and the files given with them."""

    text: Annotated[str, Field(max_length=200_000)]
    conversation_id: UUID | None = None
    files: Annotated[list[UUID], Field(max_length=100)] = Field(default_factory=list[UUID])


class QueryOut(BaseModel):
    """A query proposed for a draft, and the types of what was taken out of it. Nothing is kept."""

    query: str
    removed: dict[str, int]
