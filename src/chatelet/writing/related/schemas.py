"""What the routes of related work take and give: the page keeps the draft's sentences, and gives them back."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chatelet.connectors.scholarly.references.extraction import Reference
from chatelet.connectors.scholarly.schemas import AskedSourceOut, RecordOut
from chatelet.writing.manuscripts.reading import Manuscript
from chatelet.writing.related.outline import MOST_STATEMENTS, Outline
from chatelet.writing.related.ranking import Proposal
from chatelet.writing.related.service import Related, Searched, SearchState

MOST_ASKED = 8
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
_Line = Annotated[str, Field(max_length=4_000)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CitedBody(_Given):
    """A reference of the draft's own list, so that what it cites already is told apart."""

    written: _Line
    title: _Line | None = None
    authors: Annotated[list[_Line], Field(max_length=30)] = []
    years: Annotated[list[int], Field(max_length=20)] = []
    doi: _Line | None = None
    arxiv: _Line | None = None

    @classmethod
    def of(cls, one: Reference) -> Self:
        """Tell a reference."""
        return cls(
            written=one.written, title=one.title, authors=list(one.authors), years=list(one.years)[:20], doi=one.doi,
            arxiv=one.arxiv,
        )  # fmt: skip

    def reference(self) -> Reference:
        """Return the reference itself."""
        return Reference(self.written, self.title, tuple(self.authors), tuple(self.years), self.doi, self.arxiv)


class OutlineOut(BaseModel):
    """A draft in sentences, what may be looked for, and what it cites. Nothing of it left, nothing is kept."""

    searches: list[str]
    statements: list[str]
    cited: list[CitedBody]

    @classmethod
    def of(cls, manuscript: Manuscript, outline: Outline) -> Self:
        """Tell an outline."""
        return cls(
            searches=list(outline.searches),
            statements=list(outline.statements),
            cited=[CitedBody.of(one) for one in manuscript.references if not manuscript.whole],
        )


class RelatedIn(_Given):
    """What to look for, as the person confirmed it. Sentences and references stay here: they rank what comes."""

    searches: Annotated[list[_Words], Field(min_length=1, max_length=MOST_ASKED)]
    statements: Annotated[list[_Line], Field(min_length=1, max_length=MOST_STATEMENTS)]
    cited: Annotated[list[CitedBody], Field(max_length=400)] = []


class ProposalOut(BaseModel):
    """A work that a source gave, and why: a sentence of the draft, words they share, a sentence of the abstract."""

    work: RecordOut
    statement: int
    shared: list[str]
    extract: str
    cited: int | None

    @classmethod
    def of(cls, one: Proposal) -> Self:
        """Tell a proposal."""
        return cls(
            work=RecordOut.of(one.work), statement=one.statement, shared=list(one.shared), extract=one.extract,
            cited=one.cited,
        )  # fmt: skip


class SearchedOut(BaseModel):
    """What became of one search."""

    words: str
    state: SearchState
    sources: list[AskedSourceOut]

    @classmethod
    def of(cls, one: Searched) -> Self:
        """Tell a search."""
        return cls(words=one.words, state=one.state, sources=[AskedSourceOut.of(answer) for answer in one.answers])


class RelatedOut(BaseModel):
    """Works beside the sentences of the draft, best first."""

    proposals: list[ProposalOut]
    searches: list[SearchedOut]

    @classmethod
    def of(cls, found: Related) -> Self:
        """Tell what was found."""
        return cls(
            proposals=[ProposalOut.of(one) for one in found.proposals],
            searches=[SearchedOut.of(one) for one in found.searches],
        )
