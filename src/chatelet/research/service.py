"""The verbs on researches: ask, confirm, add, stop, go on, look, take away, delete. Doing them is `running`."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.chat import examination
from chatelet.chat.language import language_of
from chatelet.chat.web.errors import WebQueryRefused
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import closing, finding
from chatelet.knowledge import queries as knowledge
from chatelet.knowledge.errors import CollectionNotFound
from chatelet.policy.guardrails.labels import Verdict
from chatelet.policy.sensitivity import Label, Level, join_all
from chatelet.research import offer, queries, views
from chatelet.research.errors import (
    BudgetTooLarge,
    ResearchNotFound,
    ResearchNotReady,
    SourceNotOffered,
    SourceWithdrawn,
    TooManyResearches,
)
from chatelet.research.plan import Item, Plan, Query
from chatelet.research.running import RESEARCH
from chatelet.research.schemas import (
    ConfirmedPlan,
    MoreSearches,
    NewResearch,
    ResearchBudgetIn,
    ResearchItemIn,
    ResearchList,
    ResearchOut,
    ResearchSourceText,
)
from chatelet.research.sealed import Asked, Sealer, Source
from chatelet.research.services import ResearchServices
from chatelet.research.tables import Research

_LISTED: Final = 100
_REFUSED: Final = frozenset({Verdict.BLOCK, Verdict.QUARANTINE})
_MADE_AGAIN: Final = ("conflicts", "proposals")
_ENDED: Final = ("stopped", "done", "partial", "failed")


async def ask(services: ResearchServices, principal: Principal, new: NewResearch) -> ResearchOut:
    """Take a question: a job writes a plan. Nothing is kept of what is refused, and nothing leaves.

    Raises `MarkingRefused`, a `Refusal`, `SourceNotOffered`, `TooManyResearches`, `CollectionNotFound`,
    `ModelNotFound`, `NoModelAvailable`, and the errors of the gates.
    """
    found = await examination.read(services.settings.policy, new.question)
    await examination.require_kept(services.database, principal, found, where="research")
    declared = Label(new.level or Level(services.settings.policy.default_level)).join(found.label)
    async with services.database.transaction() as session:
        await services.chat.pass_gates(session, principal)
        if await queries.under_way(session, principal) >= services.bounds.at_once:
            raise TooManyResearches(limit=services.bounds.at_once)
        bases = await _bases(session, principal, new)
        offer.require(services, offer.cleared(services, principal, declared), new.where)
        label = declared.join(bases)
        choice = offer.choose(services, offer.cleared(services, principal, label), new.model)
        row = _row(services, principal, new, declared, label)
        row.model_id = choice.first.id
        session.add(row)
        await session.flush()
        event = events.ResearchAsked(
            research_id=row.id, level=label.level, sources=tuple(new.where), collections=len(new.collections),
            model=new.model,
        )  # fmt: skip
        await journal.record(session, event, actor=principal.person_id)
        await jobs.enqueue(session, RESEARCH, {"research": str(row.id)})
        return views.shown(services.keyring, row, [])


async def confirm(
    services: ResearchServices, principal: Principal, research_id: UUID, confirmed: ConfirmedPlan
) -> ResearchOut:
    """Freeze the plan as the person read it: these words leave. Raises as `add`."""
    label = await _examined(services, principal, confirmed.items)
    async with services.database.transaction() as session:
        await services.chat.pass_gates(session, principal)
        row = await _own(session, principal, research_id, lock=True)
        if row.state != "proposed" or row.plan_sealed is None:
            raise ResearchNotReady(state=row.state)
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
        proposed = sealer.plan(row.plan_sealed)
        items = tuple(_item(one) for one in confirmed.items if one.queries)
        by = proposed.by if items == proposed.items else "person"
        asked = await _raised(services, principal, row, sealer, label)
        left = offer.cleared(services, principal, Label.of(asked.level, asked.categories))
        _check_sources(asked, items)
        offer.require(services, left, {one.where for item in items for one in item.queries})
        row.plan_sealed = sealer.seal_plan(Plan(items, by))
        await _set_off(session, services, row, confirmed.budget, items, edited=by == "person")
        return views.shown(services.keyring, row, [])


async def add(services: ResearchServices, principal: Principal, research_id: UUID, more: MoreSearches) -> ResearchOut:
    """Add searches that the person confirms to a research that has ended: they are of the label of the whole.

    Raises `ResearchNotFound`, `ResearchNotReady`, `SourceNotOffered`, `WebQueryRefused`, `MarkingRefused`,
    `BudgetTooLarge`, a `Refusal`, and the errors of the gates.
    """
    label = await _examined(services, principal, [more.item])
    async with services.database.transaction() as session:
        await services.chat.pass_gates(session, principal)
        row = await _own(session, principal, research_id, lock=True)
        if row.state not in _ENDED or row.plan_sealed is None:
            raise ResearchNotReady(state=row.state)
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
        asked = await _raised(services, principal, row, sealer, label)
        item = _item(more.item, later=True)
        _check_sources(asked, [item])
        whole = offer.cleared(services, principal, Label.of(row.level, row.categories))
        offer.require(services, whole, {one.where for one in item.queries})
        plan = sealer.plan(row.plan_sealed)
        row.plan_sealed = sealer.seal_plan(Plan((*plan.items, item), plan.by))
        await queries.forget(session, row.id, _MADE_AGAIN)
        await queries.forget(session, row.id, ("section",), names=("all",))
        await _set_off(session, services, row, more.budget, [item], edited=True)
        return views.shown(services.keyring, row, list(await queries.pieces(session, row.id)))


async def stop(
    session: AsyncSession, services: ResearchServices, principal: Principal, research_id: UUID
) -> ResearchOut:
    """Stop a research; what was found stays. Raises `ResearchNotFound`, `ResearchNotReady`."""
    row = await _own(session, principal, research_id, lock=True)
    if row.state not in ("queued", "running"):
        raise ResearchNotReady(state=row.state)
    row.state, row.touched_at, row.token = "stopped", clock.now(), None
    await _tell(session, row, "stopped", principal.person_id)
    return views.shown(services.keyring, row, list(await queries.pieces(session, row.id)))


async def go_on(
    services: ResearchServices, principal: Principal, research_id: UUID, budget: ResearchBudgetIn | None
) -> ResearchOut:
    """Go on with what was stopped, failed or used up; a plan that could not be written is tried again.

    Raises `ResearchNotFound`, `ResearchNotReady`, `BudgetTooLarge`, and the errors of the gates.
    """
    async with services.database.transaction() as session:
        await services.chat.pass_gates(session, principal)
        row = await _own(session, principal, research_id, lock=True)
        if row.state not in ("stopped", "partial", "failed"):
            raise ResearchNotReady(state=row.state)
        if budget is not None:
            _allow(services, row, budget)
        if row.state == "partial":  # more may be found: what was written of the whole is written again
            await queries.forget(session, row.id, ("section", *_MADE_AGAIN))
        row.state = "queued" if row.confirmed_at is not None else "planning"
        row.touched_at, row.token, row.error_code, row.attempts, row.reached = clock.now(), None, None, 0, None
        await jobs.enqueue(session, RESEARCH, {"research": str(row.id)})
        await _tell(session, row, "resumed", principal.person_id)
        return views.shown(services.keyring, row, list(await queries.pieces(session, row.id)))


async def list_researches(session: AsyncSession, services: ResearchServices, principal: Principal) -> ResearchList:
    """Return the caller's last researches."""
    rows = await queries.researches(session, principal, _LISTED)
    return ResearchList(items=[views.line(services.keyring, row) for row in rows])


async def read(
    session: AsyncSession, services: ResearchServices, principal: Principal, research_id: UUID
) -> ResearchOut:
    """Return a research with what was found so far. Raises `ResearchNotFound`."""
    row = await _own(session, principal, research_id)
    return views.shown(services.keyring, row, list(await queries.pieces(session, row.id)))


async def source(
    session: AsyncSession, services: ResearchServices, principal: Principal, research_id: UUID, number: int
) -> ResearchSourceText:
    """Return what was read, as it was; of a base, while it may be read.

    Raises `ResearchNotFound`, `SourceWithdrawn`.
    """
    row = await _own(session, principal, research_id)
    piece = await queries.piece(session, row.id, "source", str(number))
    if piece is None:
        raise ResearchNotFound
    held = Sealer.of(services.keyring, row.id, row.wrapped_key).piece("source", piece.name, piece.sealed)
    assert isinstance(held, Source)
    if held.collection_id is not None:
        clearance = offer.cleared(services, principal, Label.of(row.level, row.categories))
        if not await finding.readable(session, principal, [held.collection_id], clearance):
            raise SourceWithdrawn
        await closing.trace(session, principal, [held.collection_id], "document")
    return views.text_of(held)


async def remove(session: AsyncSession, principal: Principal, research_id: UUID) -> None:
    """Destroy a research with all it holds. Raises `ResearchNotFound`."""
    row = await _own(session, principal, research_id, lock=True)
    await delete_all(session, [row], "deleted", actor=principal.person_id)


async def delete_all(
    session: AsyncSession, rows: Sequence[Research], action: Literal["deleted", "expired"], *, actor: UUID | None
) -> int:
    """Destroy researches; return how many."""
    ids = [row.id for row in rows]
    if ids:
        await queries.remove(session, ids)
        for identifier in ids:
            event = events.ResearchChanged(research_id=identifier, action=action)
            await journal.record(session, event, actor=actor)
            await jobs.forget(session, str(identifier))
    return len(ids)


async def owned(session: AsyncSession, principal: Principal, research_id: UUID) -> Research:
    """Return the row of one's own research. Raises `ResearchNotFound`."""
    return await _own(session, principal, research_id)


async def _bases(session: AsyncSession, principal: Principal, new: NewResearch) -> Label:
    wanted = new.collections if "bases" in new.where else []
    chosen = await knowledge.collections(session, principal, wanted)
    if len(chosen) != len(set(wanted)) or ("bases" in new.where and not wanted):
        raise CollectionNotFound
    closing.require_alone([one.collection for one in chosen])
    return join_all(Label.of(one.collection.level, one.collection.categories) for one in chosen)


def _row(services: ResearchServices, principal: Principal, new: NewResearch, declared: Label, label: Label) -> Research:
    identifier, moment, bounds = uuid7(), clock.now(), services.bounds
    sealer, wrapped = Sealer.make(services.keyring, identifier)
    asked = Asked(
        new.question,
        language_of(new.question, default=principal.language),
        declared.level.value,
        tuple(declared.names),
        tuple(dict.fromkeys(new.where)),
        tuple(one.value for one in dict.fromkeys(new.tiers)),
        tuple(dict.fromkeys(new.collections)),
        new.model,
    )
    return Research(
        id=identifier,
        person_id=principal.person_id,
        state="planning",
        wrapped_key=wrapped,
        asked_sealed=sealer.seal_asked(asked),
        level=label.level.value,
        categories=label.names,
        most_steps=bounds.steps,
        most_seconds=bounds.minutes * 60,
        most_tokens=bounds.tokens,
        steps=0,
        seconds=0,
        prompt_tokens=0,
        completion_tokens=0,
        attempts=0,
        created_at=moment,
        touched_at=moment,
        expires_at=moment + timedelta(days=bounds.days_kept),
    )


async def _examined(services: ResearchServices, principal: Principal, items: Sequence[ResearchItemIn]) -> Label:
    """Return the label of what a plan says. Raises `MarkingRefused`, `WebQueryRefused`, `DetectionFailed`."""
    policy, labels = services.settings.policy, list[Label]()
    for item in items:
        whole = "\n\n".join([item.question, *(one.words for one in item.queries)])
        found = await examination.read(policy, whole)
        await examination.require_kept(services.database, principal, found, where="research")
        labels.append(found.label)
        for one in item.queries:
            said = await examination.read(policy, one.words)
            if one.where != "bases" and (said.verdict in _REFUSED or not Level.INTERNAL.covers(said.label.level)):
                raise WebQueryRefused(found=" ".join(said.types))
    return join_all(labels)


async def _raised(
    services: ResearchServices, principal: Principal, row: Research, sealer: Sealer, found: Label
) -> Asked:
    """Join what a plan says to the labels of the question and of the whole. Raises a `Refusal`."""
    asked = sealer.asked(row.asked_sealed)
    question = Label.of(asked.level, asked.categories).join(found)
    whole = Label.of(row.level, row.categories).join(found)
    offer.cleared(services, principal, whole)
    asked = msgspec.structs.replace(asked, level=question.level.value, categories=tuple(question.names))
    row.level, row.categories, row.asked_sealed = whole.level.value, whole.names, sealer.seal_asked(asked)
    return asked


def _check_sources(asked: Asked, items: Sequence[Item]) -> None:
    """Raise `SourceNotOffered` for a source that was not chosen with the question."""
    for item in items:
        for one in item.queries:
            if one.where not in asked.where:
                raise SourceNotOffered(source=one.where, level=asked.level)
    if not any(item.queries for item in items):
        raise ResearchNotReady(state="proposed")


def _allow(services: ResearchServices, row: Research, budget: ResearchBudgetIn) -> None:
    bounds = services.bounds
    pairs = (
        (budget.steps, bounds.most_steps),
        (budget.minutes, bounds.most_minutes),
        (budget.tokens, bounds.most_tokens),
    )
    if any(wanted > most for wanted, most in pairs):
        raise BudgetTooLarge(steps=bounds.most_steps, minutes=bounds.most_minutes, tokens=bounds.most_tokens)
    row.most_steps, row.most_seconds, row.most_tokens = budget.steps, budget.minutes * 60, budget.tokens


async def _set_off(
    session: AsyncSession,
    services: ResearchServices,
    row: Research,
    budget: ResearchBudgetIn,
    items: Sequence[Item],
    *,
    edited: bool,
) -> None:
    _allow(services, row, budget)
    moment = clock.now()
    row.state, row.confirmed_at, row.touched_at, row.token = "queued", moment, moment, None
    row.error_code, row.attempts, row.ended_at, row.reached = None, 0, None, None
    await session.flush()
    counts = Counter(one.where for item in items for one in item.queries)
    event = events.ResearchConfirmed(
        research_id=row.id, level=row.level, web=counts["web"], scholarly=counts["scholarly"], bases=counts["bases"],
        edited=edited, steps=budget.steps, minutes=budget.minutes, tokens=budget.tokens,
    )  # fmt: skip
    await journal.record(session, event, actor=row.person_id)
    await jobs.enqueue(session, RESEARCH, {"research": str(row.id)})


def _item(given: ResearchItemIn, *, later: bool = False) -> Item:
    return Item(given.question, tuple(Query(one.where, one.words) for one in given.queries), later)


async def _tell(
    session: AsyncSession, row: Research, action: Literal["stopped", "resumed", "exported"], actor: UUID
) -> None:
    await session.flush()
    await journal.record(session, events.ResearchChanged(research_id=row.id, action=action), actor=actor)


async def _own(session: AsyncSession, principal: Principal, research_id: UUID, *, lock: bool = False) -> Research:
    row = await queries.research(session, principal, research_id, lock=lock)
    if row is None:
        raise ResearchNotFound
    return row
