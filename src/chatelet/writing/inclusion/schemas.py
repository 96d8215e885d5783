"""Request and response types of rules of inclusive writing."""

from uuid import UUID

from pydantic import BaseModel, Field

from chatelet.writing.task import Inclusive
from chatelet.writing.works.schemas import WriteModel


class RuleOut(BaseModel):
    """The rule that holds, and the unit that decided it; none did: each writes as they wish."""

    rule: Inclusive
    unit_id: UUID | None
    unit_name: str | None


class UnitRuleOut(BaseModel):
    """What a unit decided (null: nothing), and what holds in it then."""

    rule: Inclusive | None
    above: RuleOut


class NewRule(WriteModel):
    """What a unit decides."""

    rule: Inclusive | None = Field(description="Null: what the units above decided holds")
