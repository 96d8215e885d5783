"""What the words in the composer would be given as a label, told before they leave. Nothing is kept."""

from typing import Annotated, Final

from pydantic import BaseModel, Field

from chatelet.chat import examination
from chatelet.chat.services import ChatServices
from chatelet.conversations.schemas import WriteModel
from chatelet.policy.guardrails.examination import Examination
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.sensitivity import Category, Level

LONGEST: Final = 200_000  # characters: a longer text is read when it is sent, and once


class Draft(WriteModel):
    """Words not sent yet."""

    text: Annotated[str, Field(max_length=LONGEST)]


class Spotted(BaseModel):
    """Something found, [`start`, `end`) in characters (code points)."""

    kind: Kind
    type: str
    start: int
    end: int


class Look(BaseModel):
    """What was found, and what it asks for: the page joins it with the labels of the rest."""

    level: Level
    categories: list[Category]
    verdict: Verdict
    spotted: list[Spotted]

    @classmethod
    def of(cls, found: Examination) -> "Look":
        """Tell an examination."""
        return cls(
            level=found.label.level,
            categories=found.label.in_order,
            verdict=found.verdict,
            spotted=[Spotted(kind=one.kind, type=one.type, start=one.start, end=one.end) for one in found.findings],
        )


async def look(services: ChatServices, draft: Draft) -> Look:
    """Read the words as sending them would. Raises `DetectionFailed`."""
    return Look.of(await examination.read(services.settings.policy, draft.text))
