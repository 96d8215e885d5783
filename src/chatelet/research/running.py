"""Doing a research, by a job: whatever happens to the process, another goes on where it was.

    claim (a token names this run) ─ planning ─▶ a plan is proposed, and nothing more
                                   └ queued   ─▶ carrying, each piece kept as it comes ─▶ closed
                                        └ stopped, taken by another: left at once

A model that is away puts the research off; what nobody mends ends it, and it may be gone on with.
"""

import contextlib
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.connectors.web import sites
from chatelet.documents.errors import ReaderUnavailable
from chatelet.identity.behalf import acting_for
from chatelet.identity.principal import Principal
from chatelet.inference.errors import ModelError, NoModelAvailable
from chatelet.kernel import clock, jobs
from chatelet.kernel.beating import beating
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.sensitivity import Label
from chatelet.research import found, offer, planning, queries
from chatelet.research.asking import Model
from chatelet.research.budget import Limits, Meter
from chatelet.research.carrying import Carrying
from chatelet.research.found import Found
from chatelet.research.sealed import KEPT_ALIVE, Asked, Piece, Sealer, Search
from chatelet.research.searching import Searcher
from chatelet.research.services import ResearchServices
from chatelet.research.tables import Research

RESEARCH: Final = "research"
_BEAT: Final = 3.0  # seconds
_PUT_OFF: Final = timedelta(seconds=15)
_MOST_ATTEMPTS: Final = 5
_MENDS: Final = (ModelError, NoModelAvailable, ReaderUnavailable)
log = get_logger(__name__)


class Left(Exception):
    """It was stopped or deleted, or another process has it: nothing more is done of it here."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A research that this process has; what it finds is kept through it."""

    services: ResearchServices
    row: Research
    token: UUID
    principal: Principal
    sealer: Sealer
    asked: Asked
    found: Found
    meter: Meter
    plans: bool

    @property
    def research_id(self) -> UUID:
        """Which research."""
        return self.row.id

    async def keep(self, kind: str, name: str, piece: Piece) -> None:
        """Keep a piece, with what was used so far. Raises `Left`."""
        sealed = self.sealer.seal_piece(kind, name, piece)
        async with self.services.database.transaction() as session:
            row = await _still_ours(self, await queries.by_id(session, self.row.id, lock=True))
            _count(row, self.meter)
            await queries.keep(session, row.id, kind, name, sealed)

    async def begin(self, name: str, search: Search, event: events.ResearchQueried) -> None:
        """Keep that a search leaves, before it does. Raises `Left`."""
        sealed = self.sealer.seal_piece("search", name, search)
        async with self.services.database.transaction() as session:
            row = await _still_ours(self, await queries.by_id(session, self.row.id, lock=True))
            _count(row, self.meter)
            await queries.keep(session, row.id, "search", name, sealed)
            await journal.record(session, event, actor=row.person_id)

    async def answered(self, name: str, search: Search, event: events.ResearchRead) -> None:
        """Keep what became of a search, whoever has the research now."""
        sealed = self.sealer.seal_piece("search", name, search)
        async with self.services.database.transaction() as session:
            await queries.note_answer(session, self.row.id, name, sealed)
            await journal.record(session, event, actor=self.row.person_id)


async def run(services: ResearchServices, research_id: UUID) -> None:
    """Do a research as far as it goes; never raises but to say that this process ends."""
    claimed = await _claim(services, research_id)
    if claimed is None:
        return
    try:
        async with _held(claimed):
            await (_plan(claimed) if claimed.plans else _carry(claimed))
    except Left:
        log.info("research_left", research=str(research_id))
    except _MENDS as error:
        await _put_off(claimed, error)
    except AppError as error:
        await _end(claimed, "failed", error.code)
    except Exception:
        log.exception("research_failed", research=str(research_id))
        await _end(claimed, "failed", AppError.code)


async def _claim(services: ResearchServices, research_id: UUID) -> _Run | None:
    token, moment = uuid7(), clock.now()
    async with services.database.transaction() as session:
        row = await queries.by_id(session, research_id, lock=True)
        if row is None or row.state not in queries.UNDER_WAY:
            return None
        if row.token is not None and moment - row.touched_at < KEPT_ALIVE:
            return None  # another process has it
        principal = await acting_for(session, row.person_id)
        if principal is None:
            return None
        plans = row.state == "planning"
        row.state = "planning" if plans else "running"
        row.token, row.touched_at, row.error_code = token, moment, None
        sealer = Sealer.of(services.keyring, row.id, row.wrapped_key)
        kept = found.of(sealer, await queries.pieces(session, row.id))
    meter = Meter(
        Limits(row.most_steps, row.most_seconds, row.most_tokens),
        steps=row.steps, before=row.seconds, prompt_tokens=row.prompt_tokens, completion_tokens=row.completion_tokens,
    )  # fmt: skip
    return _Run(services, row, token, principal, sealer, sealer.asked(row.asked_sealed), kept, meter, plans)


def _model(claimed: _Run) -> Model:
    row, services = claimed.row, claimed.services
    clearance = offer.cleared(services, claimed.principal, Label.of(row.level, row.categories))
    choice = offer.choose(services, clearance, claimed.asked.model)
    counted = Absent(row.person_id, claimed.principal.units)
    return Model(services, clearance, choice, counted, claimed.asked, claimed.meter)


async def _plan(claimed: _Run) -> None:
    model = _model(claimed)
    proposed = await planning.propose(model)
    async with claimed.services.database.transaction() as session:
        row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
        row.state, row.token, row.model_id = "proposed", None, model.choice.first.id
        row.plan_sealed = claimed.sealer.seal_plan(proposed)
        _count(row, claimed.meter)


async def _carry(claimed: _Run) -> None:
    services, asked = claimed.services, claimed.asked
    assert claimed.row.plan_sealed is not None
    model = _model(claimed)
    async with services.database.transaction() as session:
        lists = await sites.lists_for(session, claimed.principal, services.chat.web.sites)
    leaving = offer.cleared(services, claimed.principal, Label.of(asked.level, asked.categories))
    searcher = Searcher(services, claimed.principal, asked, lists, leaving, model.clearance)
    plan = claimed.sealer.plan(claimed.row.plan_sealed)
    await Carrying(plan, claimed.found, searcher, model, claimed).carry()
    await _end(claimed, "partial" if claimed.meter.reached else "done", None, model=model.choice.first.id)


async def _end(claimed: _Run, state: str, code: str | None, *, model: str | None = None) -> None:
    held, meter = claimed.found, claimed.meter
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state, row.token, row.error_code, row.ended_at = state, None, code, clock.now()
            row.reached, row.model_id = meter.reached if state == "partial" else None, model or row.model_id
            _count(row, meter)
            event = events.ResearchClosed(
                research_id=row.id,
                state="done" if state == "done" else "partial" if state == "partial" else "failed",
                level=row.level,
                model=row.model_id,
                error=code,
                sources=len(held.sources),
                notes=held.noted,
                conflicts=sum(len(one.found) for one in held.conflicts.values()),
                steps=row.steps,
                seconds=row.seconds,
                prompt_tokens=row.prompt_tokens,
                completion_tokens=row.completion_tokens,
            )
            await journal.record(session, event, actor=row.person_id)


async def _put_off(claimed: _Run, error: AppError) -> None:
    """Try again a little later; after so many times, it has failed."""
    if claimed.row.attempts + 1 >= _MOST_ATTEMPTS:
        await _end(claimed, "failed", error.code)
        return
    log.warning("research_put_off", research=str(claimed.row.id), error=error.code)
    with contextlib.suppress(Left):
        async with claimed.services.database.transaction() as session:
            row = await _still_ours(claimed, await queries.by_id(session, claimed.row.id, lock=True))
            row.state = "planning" if claimed.plans else "queued"
            row.token, row.touched_at, row.error_code = None, clock.now() + _PUT_OFF, error.code
            row.attempts += 1
            _count(row, claimed.meter)
            await jobs.enqueue(session, RESEARCH, {"research": str(row.id)}, after=_PUT_OFF)


def _count(row: Research, meter: Meter) -> None:
    row.steps, row.seconds, row.touched_at = meter.steps, round(meter.seconds), clock.now()
    row.prompt_tokens, row.completion_tokens = meter.prompt_tokens, meter.completion_tokens


async def _still_ours(claimed: _Run, row: Research | None) -> Research:
    """Return the row while this process has the research. Raises `Left`."""
    if row is None or row.token != claimed.token or row.state not in queries.HELD:
        raise Left
    return row


def _held(claimed: _Run) -> AbstractAsyncContextManager[None]:
    """Say now and then that it lives; raises `Left` inside as soon as it is no more this process's."""

    async def touch() -> bool:
        async with claimed.services.database.transaction() as session:
            return await queries.touch(session, claimed.row.id, claimed.token, clock.now())

    return beating(touch, every=_BEAT, lost=Left)
