"""SQL of a turn's path, said to the driver as it is (docs/adr/0012): opened, closed, read as a branch.

Like every read of conversations, these start from whose the conversation is, or from one already found readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from chatelet.conversations.parts import Role
from chatelet.kernel.database import Executor, execute, fetch
from chatelet.policy.sensitivity import Label

_LOCK_CONVERSATION: Final = """
WITH locked AS (
    SELECT id, wrapped_key, level, categories, coalesce(kept_level, level) AS kept_level,
           CASE WHEN kept_level IS NULL THEN categories ELSE kept_categories END AS kept_categories,
           head_turn_id, title_sealed IS NOT NULL AS is_titled
    FROM conversations WHERE id = $1 AND person_id = $2 AND deleted_at IS NULL FOR UPDATE
)
SELECT locked.wrapped_key, locked.level, locked.categories, locked.kept_level, locked.kept_categories,
       locked.head_turn_id, locked.is_titled,
       (SELECT count(*) FROM turns WHERE person_id = $2 AND state = 'running'),
       turns.id, turns.parent_id, turns.question_id, turns.answer_id, turns.client_key, turns.state, turns.level,
       turns.categories, turns.model_id, turns.summary_sealed, turns.created_at
FROM locked LEFT JOIN turns ON turns.conversation_id = locked.id ORDER BY turns.id
"""
_BRANCH_TURNS: Final = """
SELECT id, parent_id, question_id, answer_id, client_key, state, level, categories, model_id, summary_sealed,
       created_at
FROM turns WHERE conversation_id = $1 ORDER BY id
"""
_SEALED_PARTS: Final = """
SELECT id, parts_sealed FROM messages WHERE conversation_id = $1 AND id = ANY($2::uuid[])
"""
_INSERT_MESSAGE: Final = """
INSERT INTO messages (id, conversation_id, turn_id, role, parts_version, parts_sealed, search_sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_OPEN_TURN: Final = """
WITH led AS (
    UPDATE conversations SET head_turn_id = $1, updated_at = $14, title_sealed = coalesce(title_sealed, $15),
        level = $8, categories = $9::text[], kept_level = CASE WHEN kept_level IS NULL THEN NULL ELSE $16 END,
        kept_categories = CASE WHEN kept_level IS NULL THEN NULL ELSE $17::text[] END
    WHERE id = $2
)
INSERT INTO turns (id, conversation_id, person_id, parent_id, question_id, answer_id, client_key, state, level,
                   categories, model_id, model_name, zone, worker_id, heartbeat_at, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9::text[], $10, $11, $12::text::jsonb, $13, now(), $14)
"""
_LABELS: Final = """
SELECT level, categories, kept_level, kept_categories FROM conversations WHERE id = $1 FOR UPDATE
"""
_COVER: Final = """
UPDATE conversations SET level = $2, categories = $3::text[], kept_level = $4, kept_categories = $5::text[]
WHERE id = $1
"""
_FLUSH: Final = """
UPDATE turns SET heartbeat_at = now(), partial_sealed = coalesce(flushed.sealed, turns.partial_sealed)
FROM unnest($1::uuid[], $2::bytea[]) AS flushed(id, sealed)
WHERE turns.id = flushed.id AND turns.state = 'running' AND turns.worker_id = $3
"""
_CLOSE_TURN: Final = """
WITH closed AS (
    UPDATE turns SET state = $2, error_code = $3, error_params = $4::text::jsonb, notices = $5::text::jsonb,
        citations = $6::text::jsonb, model_id = $7, model_name = $8, zone = $9::text::jsonb, level = $10,
        categories = $11::text[], prompt_tokens = $12, completion_tokens = $13, energy_wh = $14,
        cost_euros = $15::float8, first_token_ms = $16, partial_sealed = NULL, closed_at = $17
    WHERE id = $1 AND state = 'running' RETURNING conversation_id
), touched AS (
    UPDATE conversations SET updated_at = $17 FROM closed WHERE conversations.id = closed.conversation_id
)
SELECT conversation_id FROM closed
"""


class BranchTurn(NamedTuple):
    """A turn as a step of a branch, without its texts."""

    id: UUID
    parent_id: UUID | None
    question_id: UUID
    answer_id: UUID
    client_key: UUID | None
    state: str
    level: str
    categories: list[str]
    model_id: str | None
    summary_sealed: bytes | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LockedConversation:
    """What opening a turn needs of its conversation. `running` counts the answers under way for its person."""

    wrapped_key: bytes
    label: Label
    kept: Label
    head_turn_id: UUID | None
    is_titled: bool
    running: int
    turns: dict[UUID, BranchTurn]


class MessageRow(NamedTuple):
    """The columns of a message, in the order of the statement."""

    id: UUID
    conversation_id: UUID
    turn_id: UUID
    role: Role
    parts_version: int
    parts_sealed: bytes
    search_sealed: bytes


class OpenedRow(NamedTuple):
    """The columns that opening a turn writes, in the order of the statement; `zone` is JSON as text.

    `title_sealed` serves when the conversation has no title yet.
    """

    id: UUID
    conversation_id: UUID
    person_id: UUID
    parent_id: UUID | None
    question_id: UUID
    answer_id: UUID
    client_key: UUID | None
    level: str
    categories: list[str]
    model_id: str | None
    model_name: str | None
    zone: str | None
    worker_id: UUID
    created_at: datetime
    title_sealed: bytes | None
    kept_level: str
    kept_categories: list[str]


class ClosedRow(NamedTuple):
    """The columns that closing a turn writes, in the order of the statement; JSON ones as text."""

    id: UUID
    state: str
    error_code: str | None
    error_params: str | None
    notices: str
    citations: str
    model_id: str | None
    model_name: str | None
    zone: str | None
    level: str
    categories: list[str]
    prompt_tokens: int | None
    completion_tokens: int | None
    energy_wh: float | None
    cost_euros: float | None
    first_token_ms: int | None
    closed_at: datetime


async def lock(executor: Executor, person_id: UUID, conversation_id: UUID) -> LockedConversation | None:
    """Find a conversation of this person with its turns, oldest first, and hold it until the transaction ends."""
    found = await _lock(executor, person_id, conversation_id)
    if found is None or found.head_turn_id is None or found.head_turn_id in found.turns:
        return found
    # It was held by another transaction, which opened a turn: the statement sees the turns as they were before.
    return await _lock(executor, person_id, conversation_id)


async def _lock(executor: Executor, person_id: UUID, conversation_id: UUID) -> LockedConversation | None:
    rows = await fetch(executor, _LOCK_CONVERSATION, conversation_id, person_id)
    if not rows:
        return None
    wrapped_key, level, categories, kept_level, kept_categories, head_turn_id, is_titled, running = rows[0][:8]
    turns = {row[8]: BranchTurn(*row[8:]) for row in rows if row[8] is not None}
    return LockedConversation(
        wrapped_key=wrapped_key,
        label=Label.of(level, categories),
        kept=Label.of(kept_level, kept_categories),
        head_turn_id=head_turn_id,
        is_titled=is_titled,
        running=running,
        turns=turns,
    )


async def branch_turns(executor: Executor, conversation_id: UUID) -> dict[UUID, BranchTurn]:
    """Return the turns of a conversation already found readable, oldest first."""
    turns = [BranchTurn(*row) for row in await fetch(executor, _BRANCH_TURNS, conversation_id)]
    return {turn.id: turn for turn in turns}


async def sealed_parts(executor: Executor, conversation_id: UUID, ids: Sequence[UUID]) -> Sequence[Sequence[Any]]:
    """Return (message, sealed parts) of a conversation already found readable."""
    return await fetch(executor, _SEALED_PARTS, conversation_id, list(ids))


async def insert_message(executor: Executor, row: MessageRow) -> None:
    """Insert a message."""
    await execute(executor, _INSERT_MESSAGE, *row)


async def open_turn(executor: Executor, row: OpenedRow) -> None:
    """Insert a running turn, and make it the one being read."""
    await execute(executor, _OPEN_TURN, *row)


async def flush(executor: Executor, worker_id: UUID, turns: Sequence[UUID], partials: Sequence[bytes | None]) -> None:
    """Store the heartbeat and partial answers of a worker's turns; None leaves what is stored."""
    await execute(executor, _FLUSH, list(turns), list(partials), worker_id)


async def state_of(executor: Executor, turn_id: UUID) -> str | None:
    """Return what is stored of a turn's state."""
    rows = await fetch(executor, "SELECT state FROM turns WHERE id = $1", turn_id)
    return str(rows[0][0]) if rows else None


async def cover(executor: Executor, conversation_id: UUID, found: Label, marked: Label) -> tuple[Label, Label] | None:
    """Give a conversation a label that covers `found`; return the one before and this one, None when it did already."""
    rows = await fetch(executor, _LABELS, conversation_id)
    if not rows:
        return None
    level, categories, kept_level, kept_categories = rows[0]
    before, kept_before = Label.of(level, categories), Label.of(kept_level or level, kept_categories or ())
    after, kept = before.join(found), kept_before.join(marked)
    if (after, kept) == (before, kept_before):
        return None
    held = (kept.level, kept.names) if kept_level is not None else (None, None)
    await execute(executor, _COVER, conversation_id, after.level, after.names, *held)
    return (before, after) if after != before else None


async def close(executor: Executor, row: ClosedRow) -> bool:
    """Give a running turn its end; False when it had one."""
    return bool(await fetch(executor, _CLOSE_TURN, *row))
