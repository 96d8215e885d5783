"""TRANSACTION 2 of a turn: answer, state, usage, journal, jobs, whatever happened before; then the last word.

A database that restarts at this very moment is waited for: the text is still in memory, and what was flushed is stored.
"""

import asyncio
import time
from dataclasses import replace
from typing import Final

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat import allowance, tasks
from chatelet.chat.errors import TurnInterrupted
from chatelet.chat.events import Closed, notice
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.chat.progress import Progress
from chatelet.chat.services import ChatServices
from chatelet.chat.written import held
from chatelet.conversations import service as conversations
from chatelet.conversations import turns
from chatelet.conversations.schemas import CodedError, Usage
from chatelet.conversations.turns import ClosedTurn
from chatelet.inference import usage as inference_usage
from chatelet.kernel import jobs
from chatelet.kernel.database import Executor, is_database_loss
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import TURNS_CLOSED
from chatelet.knowledge import uses
from chatelet.knowledge.uses import Use
from chatelet.policy.sensitivity import Label

_PATIENCE: Final = (0.2, 0.5, 1, 2, 4, 8)
log = get_logger(__name__)


async def close(services: ChatServices, asked: AskedTurn, live: LiveTurn, progress: Progress) -> None:
    """Store the end of a turn exactly once, and tell it: an answer that could not be stored is never told as one."""
    if progress.written is not None:
        progress.label = (progress.label or asked.opened.label).join(
            held(services.settings.policy, progress.written[0])
        )
    closed, is_stored = _closed_turn(live, progress), False
    for pause in (*_PATIENCE, None):
        try:
            async with services.database.driver_transaction() as connection:
                is_written = await _store(connection, services, asked, closed, progress)
            is_stored = is_written  # only now: the commit could have been lost
            break
        except Exception as error:
            if pause is None or not is_database_loss(error):
                log.exception("turn_not_closed", turn=str(asked.opened.turn_id))
                break
            await asyncio.sleep(pause)
    if not is_stored:
        progress.end("interrupted", TurnInterrupted())
    TURNS_CLOSED.labels(progress.state).inc()
    if is_stored and progress.raised is not None:
        label = progress.raised
        live.tell(live.opened_event.model_copy(update={"level": label.level, "categories": label.in_order}))
    live.finish(_last_word(progress))
    if progress.use is not None and progress.state == "answered":
        await _count(services, live, progress.use)


async def _count(services: ChatServices, live: LiveTurn, use: Use) -> None:
    """Count what the answer was given of collections: a transaction of its own, that costs nothing when it fails."""
    cited = frozenset(one.file_id for one in live.citations if one.verified and one.file_id is not None)
    try:
        async with services.database.driver_transaction() as connection:
            zone = services.settings.usage.time_zone
            await uses.record(connection, replace(use, cited=cited), time_zone=zone)
    except Exception:
        log.exception("use_not_counted")


async def _store(
    executor: Executor, services: ChatServices, asked: AskedTurn, closed: ClosedTurn, progress: Progress
) -> bool:
    if not await turns.close_turn(executor, asked.opened, closed):
        # Another process found this one dead and closed the turn with what was flushed; or we did, a moment ago.
        return await turns.is_closed_as(executor, asked.opened, closed)
    opened = asked.opened
    event = journal_events.TurnClosed(
        turn_id=opened.turn_id,
        conversation_id=opened.conversation_id,
        state=closed.state,
        model=closed.model_id,
        error=closed.error_code,
        prompt_tokens=closed.prompt_tokens,
        completion_tokens=closed.completion_tokens,
        energy_wh=closed.energy_wh,
        cost_euros=closed.cost_euros,
        first_token_ms=closed.first_token_ms,
        duration_ms=_duration(progress),
    )
    await journal.record(executor, event, actor=asked.principal.person_id)
    if progress.written is not None:
        await _raise(executor, services, asked, progress, progress.written)
    if progress.usage is not None and progress.model is not None:
        await inference_usage.record(
            executor,
            person_id=asked.principal.person_id,
            model_id=progress.model.id,
            purpose="turn",
            usage=progress.usage,
        )
    if asked.allowance.is_held:
        await allowance.settle(executor, services, opened.turn_id, progress.usage)
    if closed.state == "answered":
        payload = {
            "turn": str(opened.turn_id),
            "conversation": str(opened.conversation_id),
            "person": str(asked.principal.person_id),
        }
        if asked.pseudonymise:
            payload["pseudonymise"] = "yes"
        if not opened.history:
            await jobs.enqueue(executor, tasks.TITLE, payload)
        if progress.wants_summary:
            await jobs.enqueue(executor, tasks.SUMMARY, payload)
    return True


async def _raise(
    executor: Executor, services: ChatServices, asked: AskedTurn, progress: Progress, written: tuple[Label, Label]
) -> None:
    """Give the conversation a label that covers what the model wrote: never a lower one."""
    found, marked = (held(services.settings.policy, label) for label in written)
    change = await turns.cover(executor, asked.opened.conversation_id, found, marked)
    if change is not None:
        line = conversations.raised(asked.opened.conversation_id, *change)
        await journal.record(executor, line, actor=asked.principal.person_id)
        progress.raised = change[1]


def _closed_turn(live: LiveTurn, progress: Progress) -> ClosedTurn:
    model, usage = progress.model, progress.usage
    return ClosedTurn(
        state=progress.state,
        text=live.text,
        error_code=progress.error.code if progress.error else None,
        error_params=progress.error.params if progress.error else {},
        notices=tuple(notice(told).model_dump() for told in live.notices),
        citations=tuple(citation.model_dump(mode="json") for citation in live.citations),
        label=progress.label,
        model_id=model.id if model else None,
        model_name=model.display_name if model else None,
        zone=model.zone.model_dump() if model else None,
        prompt_tokens=usage.prompt_tokens if usage else None,
        completion_tokens=usage.completion_tokens if usage else None,
        energy_wh=usage.energy_wh if usage else None,
        cost_euros=usage.cost_euros if usage else None,
        first_token_ms=progress.first_token_ms,
    )


def _last_word(progress: Progress) -> Closed:
    usage = progress.usage
    return Closed(
        state=progress.state,
        error=CodedError(code=progress.error.code, params=progress.error.params) if progress.error else None,
        usage=Usage(
            prompt_tokens=usage.prompt_tokens if usage else None,
            completion_tokens=usage.completion_tokens if usage else None,
            energy_wh=usage.energy_wh if usage else None,
            cost_euros=usage.cost_euros if usage else None,
            first_token_ms=progress.first_token_ms,
            duration_ms=_duration(progress),
        ),
        title=None,
    )


def _duration(progress: Progress) -> int:
    return round((time.perf_counter() - progress.started) * 1000)
