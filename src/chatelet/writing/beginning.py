"""Before a model is asked anything: the language of a text, what its words hold, which models may read it."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from chatelet.documents.rebuilding.contract import Segment
from chatelet.inference.routing import Choice
from chatelet.knowledge.languages import language_of
from chatelet.policy.clearance import Clearance, clear, clear_replaced
from chatelet.policy.errors import Refusal
from chatelet.policy.guardrails.examination import Examination, examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms.errors import PseudonymsOff
from chatelet.policy.guardrails.pseudonyms.rules import mode_of, rule_of
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import PolicySettings
from chatelet.writing.errors import InclusiveFrenchOnly
from chatelet.writing.giving_back import sample
from chatelet.writing.services import WritingServices
from chatelet.writing.task import Style, Task
from chatelet.writing.tongues import UNKNOWN, LanguageUnknown

_SAMPLED: Final = 4_000  # characters
_SHORT: Final = 8_000  # read at once; more would hold up the answers under way


async def read(policy: PolicySettings, text: str) -> Examination:
    """Read a text with the detectors that are on; a long one beside the loop. Raises `DetectionFailed`."""
    kinds = [Kind(name) for name in policy.detectors]
    return examine(text, kinds) if len(text) <= _SHORT else await asyncio.to_thread(examine, text, kinds)


def language_told(segments: Sequence[Segment], given: str | None) -> str:
    """Return the language of a document: the one given, the one its words are of. Raises `LanguageUnknown`."""
    if given:
        return given
    words = sample(segments, _SAMPLED)
    return language_of(words) if words else UNKNOWN


def require_known(language: str) -> str:
    """Return the language of a text to rewrite. Raises `LanguageUnknown`."""
    if language == UNKNOWN:
        raise LanguageUnknown(language=UNKNOWN)
    return language


def require_rule(task: Task) -> Task:
    """Return a task whose language its style knows. Raises `InclusiveFrenchOnly`."""
    if task.style is Style.INCLUSIVE and task.target != "fr":
        raise InclusiveFrenchOnly
    return task


def choose(
    services: WritingServices, person_id: UUID, label: Label, model: str | None, *, units: Collection[UUID]
) -> tuple[Clearance, Choice]:
    """Apply the rules to a text; `units` are the person's, with all above them.

    Raises a `Refusal`, `ModelNotFound`, `NoModelAvailable`.
    """
    clearance = _cleared(services, person_id, label, units)
    return clearance, services.gateway.choose(clearance, model)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who writes a work; `replaced`: names are, and the clearance is that of the words which are left then."""

    clearance: Clearance
    choice: Choice
    replaced: bool = False


def choose_writer(
    services: WritingServices,
    person_id: UUID,
    label: Label,
    kept: Label,
    model: str | None,
    *,
    units: Collection[UUID],
    pseudonymise: bool,
) -> Chosen:
    """Apply the rules to a work: names are replaced where its person asked, or where a rule requires it.

    `kept` is what of the label stays whatever names are replaced. Raises as `choose`, and `PseudonymsOff`.
    """
    clearance = _cleared(services, person_id, label, units)
    policy = services.settings.policy
    mode = mode_of(policy, clearance.rules)
    if pseudonymise and mode == "off":
        raise PseudonymsOff
    if not pseudonymise:
        try:
            return Chosen(clearance, services.gateway.choose(clearance, model))
        except Refusal:
            if mode != "required":
                raise
    least = clear_replaced(clearance, kept, rule_of(policy))
    return Chosen(least, services.gateway.choose(least, model), replaced=True)


def _cleared(services: WritingServices, person_id: UUID, label: Label, units: Collection[UUID]) -> Clearance:
    ceiling = Level(services.settings.policy.highest_level)
    return clear(person_id, label, ceiling=ceiling, rules=services.documents.policies.of(units))
