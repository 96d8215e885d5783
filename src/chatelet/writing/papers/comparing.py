"""A question put to papers, by the one door: cleared, within quotas, counted, journalled; what none holds is left out.

words read by detectors ─ label of the base ─▶ clearance ─▶ model ─▶ sentences checked against the passages given
└ held: kept, numbered │ not: dropped, counted
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.evidence.passage import Passage
from chatelet.identity.principal import Principal
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.knowledge.papers.service import shown
from chatelet.policy.clearance import clear
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.rules.book import Policies
from chatelet.policy.sensitivity import Level
from chatelet.writing import beginning
from chatelet.writing.asking import Asking
from chatelet.writing.papers import reading
from chatelet.writing.papers.checking import Checked, check
from chatelet.writing.papers.reading import Chosen, OfPaper
from chatelet.writing.papers.schemas import CellIn, CellOut, HeldOut, ReferenceOut, SynthesisIn, SynthesisOut
from chatelet.writing.services import WritingServices

_CELL_TOKENS: Final = 300
_TEXT_TOKENS: Final = 1_200
_MOST_CHARACTERS: Final = 24_000
_PER_TOKEN: Final = 2.2  # characters of passages for each token of the window: the rest is for words and the answer
_TAG: Final = re.compile(r"<(?=\s*/?\s*(?:passage|passages)\b)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\[(\d{1,3})\]")
Purpose = Literal["cell", "synthesis"]


async def cell(
    services: WritingServices, policies: Policies, principal: Principal, collection_id: UUID, asked: CellIn
) -> CellOut:
    """Return what a paper says to a question, or that it does not.

    Raises `CollectionNotFound`, `PaperNotFound`, `MarkingRefused`, a `Refusal`, `QuotaReached`, `ModelError`,
    `NoModelAvailable`, and the errors of the gates.
    """
    found, checked = await _ask(services, policies, principal, collection_id, [asked.paper_id], asked.question, "cell")
    held = _held(found[1], checked)
    return CellOut(text=checked.text if held else "", is_said=bool(held), held=held, dropped=len(checked.dropped))


async def synthesis(
    services: WritingServices, policies: Policies, principal: Principal, collection_id: UUID, asked: SynthesisIn
) -> SynthesisOut:
    """Return a text on a subject that rests on these papers alone, with its references. Raises as `cell`."""
    found, checked = await _ask(
        services, policies, principal, collection_id, asked.paper_ids, asked.subject, "synthesis"
    )
    chosen, given = found
    held = _held(given, checked)
    of = {one.number: one.paper_id for one in held}
    cited = list(dict.fromkeys(of[int(one)] for one in _NUMBER.findall(checked.text) if int(one) in of))
    rank = {paper_id: number for number, paper_id in enumerate(cited, 1)}
    text = _NUMBER.sub(lambda one: f"[{rank[of[int(one[1])]]}]" if int(one[1]) in of else one[0], checked.text)
    by_id = {paper.id: paper for paper in chosen.papers}
    return SynthesisOut(
        text=re.sub(r"(\[\d+\])(?:\s*\1)+", r"\1", text) if held else "",
        references=[ReferenceOut(number=rank[one], paper=shown(by_id[one])) for one in cited],
        held=[one.model_copy(update={"number": rank[one.paper_id]}) for one in held if one.paper_id in rank],
        dropped=len(checked.dropped),
    )


async def _ask(
    services: WritingServices,
    policies: Policies,
    principal: Principal,
    collection_id: UUID,
    papers: Sequence[UUID],
    question: str,
    purpose: Purpose,
) -> tuple[tuple[Chosen, list[OfPaper]], Checked]:
    read = await beginning.read(services.settings.policy, question)
    read.require_kept()
    async with services.database.transaction() as session:
        await services.pass_gates(session, principal)
        chosen = await reading.choose(session, principal, collection_id, papers)
        label = chosen.label.join(read.label)
        ceiling = Level(services.settings.policy.highest_level)
        clearance = clear(principal.person_id, label, ceiling=ceiling, rules=policies.of(principal.units))
        choice = services.gateway.choose(clearance, None)
        event = events.PapersRead(
            collection_id=collection_id,
            papers=len(chosen.papers),
            kind=purpose,
            level=label.level.value,
            model=choice.first.id,
        )
        await journal.record(session, event, actor=principal.person_id)
    longest = _CELL_TOKENS if purpose == "cell" else _TEXT_TOKENS
    window = max(500, choice.first.context_tokens - longest)
    given = await reading.passages(services, chosen, question, min(_MOST_CHARACTERS, int(window * _PER_TOKEN)))
    if not given:
        return (chosen, given), Checked("", frozenset(), ())
    asking = Asking(services, clearance, choice, Absent(principal.person_id, frozenset(principal.units)))
    request = ChatRequest((Message("user", _words(given, question, purpose, principal)),), longest)
    answer = await asking.ask(request)
    return (chosen, given), check(answer.text, [one.passage for one in given])


def _words(given: Sequence[OfPaper], question: str, purpose: Purpose, principal: Principal) -> str:
    """Return what the model reads: passages between tags that nothing in them can close, then what is asked."""
    told = "\n".join(_passage(one.passage) for one in given)
    return f"<passages>\n{told}\n</passages>\n\n{_prompt(purpose, principal.language)}\n\n{question}"


def _passage(one: Passage) -> str:
    page = f' page="{one.page}"' if one.page else ""
    return f'<passage number="{one.number}"{page}>\n{_TAG.sub("‹", one.text)}\n</passage>'


@cache
def _prompt(purpose: Purpose, language: Literal["fr", "en"]) -> str:
    return (files("chatelet.writing") / "prompts" / f"papers_{purpose}.{language}.md").read_text("utf-8").strip()


def _held(given: Sequence[OfPaper], checked: Checked) -> list[HeldOut]:
    return [
        HeldOut(
            number=one.passage.number,
            paper_id=one.paper_id,
            file_id=one.passage.file_id,
            page=one.passage.page,
            start=one.passage.offset,
            end=one.passage.offset + len(one.passage.text),
            text=one.passage.text,
        )
        for one in given
        if one.passage.number in checked.used and one.passage.file_id is not None
    ]
