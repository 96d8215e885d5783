"""The one door to a model for papers: cleared, within quotas, counted, journalled; and what it reads, between tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Final, Literal
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.evidence.passage import Passage
from chatelet.identity.principal import Language, Principal
from chatelet.inference.registry import VISION, Model
from chatelet.inference.routing import Choice
from chatelet.kernel.errors import AppError
from chatelet.kernel.tags import disarmed
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.rules.book import Policies
from chatelet.policy.sensitivity import Label, Level
from chatelet.writing import beginning
from chatelet.writing.asking import Asking
from chatelet.writing.papers import reading
from chatelet.writing.papers.reading import Chosen
from chatelet.writing.services import WritingServices
from chatelet.writing.standins import StandIns

_MOST_CHARACTERS: Final = 24_000
_PER_TOKEN: Final = 2.2  # characters of passages for each token of the window: the rest is for words and the answer
Purpose = Literal["cell", "synthesis", "explanation"]


@dataclass(frozen=True, slots=True)
class Opened:
    """Papers that may be read, the clearance for what they hold, and who answers.

    `replaced`: names are replaced, the clearance is that of the words which are left then, and no picture leaves.
    """

    chosen: Chosen
    clearance: Clearance
    choice: Choice
    replaced: bool = False


async def open_papers(
    services: WritingServices,
    policies: Policies,
    principal: Principal,
    collection_id: UUID,
    papers: Sequence[UUID],
    words: str,
    purpose: Purpose,
) -> Opened:
    """Apply the rules to papers and to the words of the person; write it in the journal.

    For an explanation, one that sees is chosen where one is cleared. Raises `CollectionNotFound`, `PaperNotFound`,
    `MarkingRefused`, a `Refusal`, `NoModelAvailable`, and the errors of the gates.
    """
    read = await beginning.read(services.settings.policy, words)
    read.require_kept()
    async with services.database.transaction() as session:
        await services.pass_gates(session, principal)
        chosen = await reading.choose(session, principal, collection_id, papers)
        label = chosen.label.join(read.label)
        opened = _choose(services, policies, principal, chosen, label, to_see=purpose == "explanation")
        event = events.PapersRead(
            collection_id=collection_id,
            papers=len(chosen.papers),
            kind=purpose,
            level=label.level.value,
            model=opened.choice.first.id,
        )
        await journal.record(session, event, actor=principal.person_id)
    return opened


def asking(services: WritingServices, opened: Opened, principal: Principal) -> Asking:
    """Return what asks, within the quotas of the person."""
    counted = Absent(principal.person_id, frozenset(principal.units))
    if not opened.replaced:
        return Asking(services, opened.clearance, opened.choice, counted)
    of, model = opened.chosen.collection_id, opened.choice.first.id
    standins = StandIns(services, partial(events.PapersPseudonymised, collection_id=of), opened.clearance, model)
    return Asking(services, opened.clearance, opened.choice, counted, standins=standins)


def room(model: Model, longest: int, shown: int = 0) -> int:
    """Return how many characters of passages are read, beside an answer and `shown` tokens of pictures."""
    return min(_MOST_CHARACTERS, int(max(500, model.context_tokens - longest - shown) * _PER_TOKEN))


def words_of(
    passages: Sequence[Passage], question: str, purpose: Purpose, language: Language, *, small: bool = False
) -> str:
    """Return what the model reads: passages between tags that nothing in them can close, then what is asked.

    A small model is asked for their very words: shown how to number passages, it writes out what it was asked instead.
    """
    told = "\n".join(_passage(one) for one in passages)
    return (
        f"<passages>\n{told}\n</passages>\n\n{prompt(f'{purpose}_small' if small else purpose, language)}\n\n{question}"
    )


@cache
def prompt(purpose: str, language: Language) -> str:
    """Return a prompt file of papers."""
    return (files("chatelet.writing") / "prompts" / f"papers_{purpose}.{language}.md").read_text("utf-8").strip()


def _passage(one: Passage) -> str:
    page = f' page="{one.page}"' if one.page else ""
    text = disarmed(one.text, "passage", "passages")
    return f'<passage number="{one.number}"{page}>\n{text}\n</passage>'


def _choose(
    services: WritingServices, policies: Policies, principal: Principal, chosen: Chosen, label: Label, *, to_see: bool
) -> Opened:
    """Return who answers: one that sees where it is cleared for these papers as they are; names replaced if required.

    Of a base, everything stays whatever names are replaced: its curators decided it.
    """
    if to_see:
        ceiling = Level(services.settings.policy.highest_level)
        try:
            clearance = clear(principal.person_id, label, ceiling=ceiling, rules=policies.of(principal.units))
            return Opened(chosen, clearance, services.gateway.choose(clearance, None, ability=VISION))
        except AppError:
            pass  # none that sees is cleared for this content: the text alone is read
    who = beginning.choose_writer(
        services, principal.person_id, label, label, None, units=principal.units, pseudonymise=False
    )
    return Opened(chosen, who.clearance, who.choice, replaced=who.replaced)
