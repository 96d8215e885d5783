"""The rows of a turn: opened in one short transaction, flushed while it runs, closed exactly once.

open_turn   rights, branch, question and turn `running`           (transaction 1)
flush       partial answers and heartbeat of all turns of a worker, one statement
close_turn  answer, state, usage; nothing if it is closed already (transaction 2)
reap        turns whose worker died become `interrupted`, with what was flushed
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import branches, content, queries, titles, turn_queries
from chatelet.conversations.branches import PastTurn
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.errors import ConversationBusy, ConversationNotFound, TooManyTurnsRunning, TurnNotFound
from chatelet.conversations.messages import insert_message
from chatelet.conversations.parts import Given, Part, TextPart, given_of, text_of
from chatelet.conversations.schemas import TurnModel
from chatelet.conversations.tables import Turn
from chatelet.conversations.turn_queries import BranchTurn, ClosedRow, OpenedRow
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Executor
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.sensitivity import Label, Level

FinalState = Literal["answered", "refused", "stopped", "failed", "interrupted"]
FollowHead = Literal["head"]
_JSON: Final = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class NewTurn:
    """What a person asks. `parent_id` "head" follows the branch being read; `retry_of` asks the same question again."""

    text: str | None
    parent_id: UUID | FollowHead | None = "head"
    retry_of: UUID | None = None
    client_key: UUID | None = None
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedTurn:
    """A turn ready to run. `repeated` tells that `client_key` was seen before: follow that turn, do not run it."""

    turn_id: UUID
    conversation_id: UUID
    question_id: UUID
    answer_id: UUID
    parent_id: UUID | None
    question: str
    label: Label
    key: ConversationKey
    history: tuple[PastTurn, ...]
    created_at: datetime
    raised_from: Label | None = None
    model: TurnModel | None = None
    repeated: bool = False
    given: tuple[Given, ...] = ()
    kept: Label = field(default_factory=Label)  # what of `label` no replacement of names lowers


@dataclass(frozen=True, slots=True)
class ClosedTurn:
    """How a turn ended; tokens, Wh and euros are None when nothing was measured."""

    state: FinalState
    text: str
    error_code: str | None = None
    error_params: dict[str, str | int | float] = field(default_factory=dict[str, str | int | float])
    notices: tuple[dict[str, object], ...] = ()
    citations: tuple[dict[str, object], ...] = ()
    model_id: str | None = None
    model_name: str | None = None
    zone: dict[str, str] | None = None
    label: Label | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    energy_wh: float | None = None
    cost_euros: float | None = None
    first_token_ms: int | None = None


async def open_turn(
    executor: Executor,
    keyring: Keyring,
    person_id: UUID,
    conversation_id: UUID,
    new: NewTurn,
    *,
    worker_id: UUID,
    running_limit: int,
    found: Label,
    marked: Label,
    beginning: Label = Label(Level.PUBLIC),  # noqa: B008 (a frozen value)
    ceiling: Level,
    model_for: Callable[[Label, Label], TurnModel | None],
) -> OpenedTurn:
    """Store the question and the turn; return what the turn needs, history included.

    The conversation takes the label `found` in the question, if it did not cover it; what is `marked` of it stays
    whatever names are replaced. One without any turn takes `beginning` too. `model_for` tells, for that label and what
    stays of it, which model will be asked: stored before anything leaves.

    Raises `ConversationNotFound`, `TurnNotFound`, `ConversationBusy`, `TooManyTurnsRunning`, `InvalidRequest`,
    `LevelNotAllowed`.
    """
    conversation = await turn_queries.lock(executor, person_id, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    key = content.unwrap(keyring, conversation_id, conversation.wrapped_key)
    turns = conversation.turns
    if new.client_key is not None:
        seen = next((turn for turn in turns.values() if turn.client_key == new.client_key), None)
        if seen is not None:
            return _repeated(conversation_id, seen, key)
    if conversation.running >= running_limit:
        raise TooManyTurnsRunning(limit=running_limit, retry_after=5)
    retried = turns.get(new.retry_of) if new.retry_of else None
    parent_id = _parent(conversation.head_turn_id, turns, new, retried)
    path = branches.path(turns, parent_id)
    if any(turn.state == "running" for turn in path) or (retried is not None and retried.state == "running"):
        raise ConversationBusy
    history_before = await branches.read(executor, key, conversation_id, path)
    asked_before = await branches.question_of(executor, key, conversation_id, retried) if retried is not None else []
    if not turns:
        found, marked = found.join(beginning), marked.join(beginning)
    label, kept = conversation.label.join(found), conversation.kept.join(marked)
    check_ceiling(label, ceiling)
    opened = OpenedTurn(
        turn_id=uuid7(),
        conversation_id=conversation_id,
        model=model_for(label, kept),
        question_id=retried.question_id if retried else uuid7(),
        answer_id=uuid7(),
        parent_id=parent_id,
        question=text_of(asked_before) if retried else new.text or "",
        label=label,
        kept=kept,
        raised_from=conversation.label if label != conversation.label else None,
        key=key,
        history=history_before,
        created_at=clock.now(),
        given=given_of(asked_before) if retried else new.given,
    )
    if retried is None:
        parts: list[Part] = [TextPart(opened.question), *new.given]
        await insert_message(executor, key, conversation_id, opened.turn_id, opened.question_id, "user", parts)
    title = None if conversation.is_titled else titles.provisional(opened.question)
    await turn_queries.open_turn(executor, _opened_row(opened, person_id, worker_id, new.client_key, title))
    return opened


async def flush(executor: Executor, worker_id: UUID, partials: Iterable[tuple[UUID, bytes | None]]) -> None:
    """Store partial answers (sealed; None leaves what is stored) and the heartbeat of this worker's turns."""
    rows = list(partials)
    await turn_queries.flush(executor, worker_id, [row[0] for row in rows], [row[1] for row in rows])


async def is_closed_as(executor: Executor, opened: OpenedTurn, closed: ClosedTurn) -> bool:
    """Tell whether a turn that was closed already has this very end: its commit was done, the word of it was lost."""
    return await turn_queries.state_of(executor, opened.turn_id) == closed.state


async def cover(executor: Executor, conversation_id: UUID, found: Label, marked: Label) -> tuple[Label, Label] | None:
    """Have a conversation's label cover what was `found` in an answer; return the change, if there is one."""
    return await turn_queries.cover(executor, conversation_id, found, marked)


async def close_turn(executor: Executor, opened: OpenedTurn, closed: ClosedTurn) -> bool:
    """Store the answer and the final state; return False when the turn was closed already (by the reaper, say)."""
    label = closed.label or opened.label
    row = ClosedRow(
        id=opened.turn_id,
        state=closed.state,
        error_code=closed.error_code,
        error_params=_json(closed.error_params or None),
        notices=_JSON.encode(closed.notices).decode(),
        citations=_JSON.encode(closed.citations).decode(),
        model_id=closed.model_id,
        model_name=closed.model_name,
        zone=_json(closed.zone),
        level=label.level,
        categories=label.names,
        prompt_tokens=closed.prompt_tokens,
        completion_tokens=closed.completion_tokens,
        energy_wh=closed.energy_wh,
        cost_euros=closed.cost_euros,
        first_token_ms=closed.first_token_ms,
        closed_at=clock.now(),
    )
    if not await turn_queries.close(executor, row):
        return False
    if closed.text:
        parts: list[Part] = [TextPart(closed.text)]
        await insert_message(
            executor, opened.key, opened.conversation_id, opened.turn_id, opened.answer_id, "assistant", parts
        )
    return True


Look = Callable[[str], tuple[Label, Label]]  # of what was written: what it asks for, and what of it is marked


def _nothing(_text: str) -> tuple[Label, Label]:
    return Label(Level.PUBLIC), Label(Level.PUBLIC)


@dataclass(frozen=True, slots=True)
class Reaped:
    """A turn that was closed for a worker that died; `raised`: the label of its conversation before, and now."""

    turn_id: UUID
    conversation_id: UUID
    person_id: UUID
    raised: tuple[Label, Label] | None = None


async def reap(
    session: AsyncSession,
    keyring: Keyring,
    *,
    stale: timedelta,
    not_of: UUID,
    of: UUID | None = None,
    limit: int = 100,
    look: Look = _nothing,
) -> list[Reaped]:
    """Close as `interrupted` the turns whose worker died, with the label that what was written asks for."""
    reaped: list[Reaped] = []
    for turn, conversation in await queries.stale_turns(session, stale, not_of, limit, of):
        key = content.key_of(keyring, conversation)
        partial = key.open_text("partial", turn.id, turn.partial_sealed) or ""
        found, marked = await asyncio.to_thread(look, partial)
        opened = OpenedTurn(
            turn_id=turn.id,
            conversation_id=conversation.id,
            question_id=turn.question_id,
            answer_id=turn.answer_id,
            parent_id=turn.parent_id,
            question="",
            label=Label.of(turn.level, turn.categories),
            key=key,
            history=(),
            created_at=turn.created_at,
        )
        closed = ClosedTurn(
            state="interrupted",
            text=partial,
            error_code="turn_interrupted",
            label=opened.label.join(found),
            model_id=turn.model_id,
            model_name=turn.model_name,
            zone=turn.zone,
        )
        if await close_turn(session, opened, closed):
            change = await cover(session, conversation.id, found, marked)
            reaped.append(Reaped(turn.id, conversation.id, conversation.person_id, change))
    return reaped


async def store_summary(session: AsyncSession, key: ConversationKey, turn_id: UUID, summary: str) -> None:
    """Keep the summary of the branch up to and including `turn_id`."""
    sealed = key.seal_text("summary", turn_id, summary)
    await session.execute(update(Turn).where(Turn.id == turn_id).values(summary_sealed=sealed))


async def change_model(session: AsyncSession, turn_id: UUID, model: TurnModel) -> None:
    """Store that another model took over a running turn."""
    values = {"model_id": model.id, "model_name": model.display_name, "zone": model.zone.model_dump()}
    await session.execute(update(Turn).where(Turn.id == turn_id, Turn.state == "running").values(**values))


def _repeated(conversation_id: UUID, turn: BranchTurn, key: ConversationKey) -> OpenedTurn:
    return OpenedTurn(
        turn_id=turn.id,
        conversation_id=conversation_id,
        question_id=turn.question_id,
        answer_id=turn.answer_id,
        parent_id=turn.parent_id,
        question="",
        label=Label.of(turn.level, turn.categories),
        key=key,
        history=(),
        created_at=turn.created_at,
        repeated=True,
    )


def _parent(head: UUID | None, turns: dict[UUID, BranchTurn], new: NewTurn, retried: BranchTurn | None) -> UUID | None:
    if new.retry_of is not None:
        if retried is None:
            raise TurnNotFound
        return retried.parent_id
    if new.text is None:
        raise InvalidRequest(field="text", reason="missing")
    parent_id = head if new.parent_id == "head" else new.parent_id
    if parent_id is not None and parent_id not in turns:
        raise TurnNotFound
    return parent_id


def _opened_row(
    opened: OpenedTurn, person_id: UUID, worker_id: UUID, client_key: UUID | None, title: str | None
) -> OpenedRow:
    model = opened.model
    return OpenedRow(
        id=opened.turn_id,
        conversation_id=opened.conversation_id,
        person_id=person_id,
        parent_id=opened.parent_id,
        question_id=opened.question_id,
        answer_id=opened.answer_id,
        client_key=client_key,
        level=opened.label.level,
        categories=opened.label.names,
        model_id=model.id if model else None,
        model_name=model.display_name if model else None,
        zone=_json(model.zone.model_dump()) if model else None,
        worker_id=worker_id,
        created_at=opened.created_at,
        title_sealed=opened.key.seal_text("title", opened.conversation_id, title) if title else None,
        kept_level=opened.kept.level,
        kept_categories=opened.kept.names,
    )


def _json(value: object) -> str | None:
    return None if value is None else _JSON.encode(value).decode()
