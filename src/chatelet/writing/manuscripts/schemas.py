"""What the routes of drafts give, and take back to export it: nothing of it is kept here in between."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chatelet.connectors.scholarly.references.checking import Flaw, Verdict
from chatelet.connectors.scholarly.schemas import CheckedOut, RecordBody
from chatelet.evidence.passage import Reason
from chatelet.writing.manuscripts.claims import Claim, Told
from chatelet.writing.manuscripts.pairing import Paired
from chatelet.writing.manuscripts.proposals import proposal
from chatelet.writing.manuscripts.service import Report

_Line = Annotated[str, Field(max_length=4_000)]
_Place = Annotated[int, Field(ge=0, le=1_000)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ListedReference(CheckedOut):
    """A reference of the list. `calls`: how often it is called; `proposal`: the entry put right."""

    label: str | None
    calls: int
    proposal: str | None


class AbsentCall(_Given):
    """A call that names no reference of the list. `near`: the one of the same author, of another year."""

    written: _Line
    near: _Place | None = None

    @classmethod
    def of(cls, paired: Paired) -> "AbsentCall":
        """Tell a call."""
        return cls(written=paired.call.written, near=paired.near)


class ClaimBody(_Given):
    """A sentence that cites a work, and what its abstract tells of it."""

    sentence: _Line
    reference: _Place
    told: Told
    reason: Reason | None = None
    extract: _Line = ""

    @classmethod
    def of(cls, claim: Claim) -> "ClaimBody":
        """Tell a claim."""
        return cls(
            sentence=claim.sentence,
            reference=claim.reference,
            told=claim.told,
            reason=claim.reason,
            extract=claim.extract,
        )


class ManuscriptOut(BaseModel):
    """The report on a draft. `calls`: how many were read in the text; `has_heading`: the list was found under one."""

    references: list[ListedReference]
    calls: int
    absent: list[AbsentCall]
    uncalled: list[int]
    claims: list[ClaimBody]
    left_out: list[str]
    has_heading: bool

    @classmethod
    def of(cls, report: Report) -> "ManuscriptOut":
        """Tell a report."""
        counts = [sum(place in one.references for one in report.paired) for place in range(len(report.checked))]
        listed = [
            ListedReference(
                **CheckedOut.of(one).__dict__, label=one.reference.label, calls=count, proposal=proposal(one)
            )
            for one, count in zip(report.checked, counts, strict=True)
        ]
        return cls(
            references=listed,
            calls=len(report.paired),
            absent=[AbsentCall.of(one) for one in report.paired if one.missing],
            uncalled=list(report.uncalled),
            claims=[ClaimBody.of(one) for one in report.claims],
            left_out=list(report.manuscript.left_out),
            has_heading=report.manuscript.has_heading,
        )


class ReportedReference(_Given):
    """A reference of a report, as it was given."""

    written: _Line
    key: Annotated[str, Field(max_length=400)] | None = None
    label: Annotated[str, Field(max_length=40)] | None = None
    verdict: Verdict
    flaws: Annotated[list[Flaw], Field(max_length=10)] = []
    proposal: _Line | None = None
    work: RecordBody | None = None


class ReportIn(_Given):
    """A report to write as a file, as the route of the check gave it."""

    format: Literal["odt", "csv", "bibtex"]
    language: Literal["fr", "en"]
    references: Annotated[list[ReportedReference], Field(min_length=1, max_length=500)]
    absent: Annotated[list[AbsentCall], Field(max_length=2_000)] = []
    uncalled: Annotated[list[_Place], Field(max_length=500)] = []
    claims: Annotated[list[ClaimBody], Field(max_length=500)] = []
