"""A question put to papers, by the one door: cleared, within quotas, counted, journalled; what none holds is left out.

words read by detectors ─ label of the base ─▶ clearance ─▶ model ─▶ sentences checked against the passages given
└ held: kept, numbered │ not: dropped, counted
"""

import re
from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

from chatelet.identity.principal import Principal
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.knowledge.papers.service import shown
from chatelet.policy.rules.book import Policies
from chatelet.writing.papers import opening, reading
from chatelet.writing.papers.checking import Checked, check
from chatelet.writing.papers.numbering import renumbered
from chatelet.writing.papers.reading import Chosen, OfPaper
from chatelet.writing.papers.schemas import CellIn, CellOut, HeldOut, ReferenceOut, SynthesisIn, SynthesisOut
from chatelet.writing.services import WritingServices

_CELL_TOKENS: Final = 300
_TEXT_TOKENS: Final = 1_200
_NUMBER: Final = re.compile(r"\[(\d{1,3})\]")


async def cell(
    services: WritingServices, policies: Policies, principal: Principal, collection_id: UUID, asked: CellIn
) -> CellOut:
    """Return what a paper says to a question, or that it does not.

    Raises `CollectionNotFound`, `PaperNotFound`, `MarkingRefused`, a `Refusal`, `QuotaReached`, `ModelError`,
    `NoModelAvailable`, and the errors of the gates.
    """
    found, checked = await _ask(services, policies, principal, collection_id, [asked.paper_id], asked.question, "cell")
    text, held = renumbered(checked.text, held_of(found[1], checked))
    return CellOut(text=text if held else "", is_said=bool(held), held=held, dropped=len(checked.dropped))


async def synthesis(
    services: WritingServices, policies: Policies, principal: Principal, collection_id: UUID, asked: SynthesisIn
) -> SynthesisOut:
    """Return a text on a subject that rests on these papers alone, with its references. Raises as `cell`."""
    found, checked = await _ask(
        services, policies, principal, collection_id, asked.paper_ids, asked.subject, "synthesis"
    )
    chosen, given = found
    held = held_of(given, checked)
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
    purpose: Literal["cell", "synthesis"],
) -> tuple[tuple[Chosen, list[OfPaper]], Checked]:
    opened = await opening.open_papers(services, policies, principal, collection_id, papers, question, purpose)
    chosen, choice = opened.chosen, opened.choice
    longest = _CELL_TOKENS if purpose == "cell" else _TEXT_TOKENS
    given = await reading.passages(services, chosen, question, opening.room(choice.first, longest))
    if not given:
        return (chosen, given), Checked("", frozenset(), ())
    told = [one.passage for one in given]
    request = ChatRequest((Message("user", opening.words_of(told, question, purpose, principal.language)),), longest)
    answer = await opening.asking(services, opened, principal).ask(request)
    return (chosen, given), check(answer.text, told)


def held_of(given: Sequence[OfPaper], checked: Checked) -> list[HeldOut]:
    """Return the passages that hold what was kept."""
    return told_of([one for one in given if one.passage.number in checked.used])


def told_of(given: Sequence[OfPaper]) -> list[HeldOut]:
    """Return passages as they are shown."""
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
        if one.passage.file_id is not None
    ]
