"""A branch: the turns from the root to one of them, as a model reads them, from the nearest summary on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import content, queries, turn_queries
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.parts import Given, Part, given_of, text_of
from chatelet.conversations.turn_queries import BranchTurn
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Executor
from chatelet.policy.sensitivity import Label


@dataclass(frozen=True, slots=True)
class PastTurn:
    """A turn of the history: its texts, or the summary of everything up to and including it."""

    turn_id: UUID
    question_id: UUID
    question: str
    answer: str
    summary: str | None
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """What a job needs to work on a conversation after a turn."""

    conversation_id: UUID
    label: Label
    kept: Label
    key: ConversationKey
    model_id: str | None
    turns: tuple[PastTurn, ...]


async def read_branch(
    session: AsyncSession, keyring: Keyring, person_id: UUID, conversation_id: UUID, leaf: UUID
) -> Branch | None:
    """Return the branch that ends at turn `leaf`; None when this person has no such conversation or turn any more."""
    conversation = await queries.one(session, person_id, conversation_id)
    rows = await turn_queries.branch_turns(session, conversation_id) if conversation else {}
    if conversation is None or leaf not in rows:
        return None
    key = content.key_of(keyring, conversation)
    turns = await read(session, key, conversation_id, path(rows, leaf))
    label = Label.of(conversation.level, conversation.categories)
    kept = Label.of(conversation.kept_level, conversation.kept_categories or ()) if conversation.kept_level else label
    return Branch(conversation_id, label, kept, key, rows[leaf].model_id, turns)


def path(turns: dict[UUID, BranchTurn], leaf: UUID | None) -> list[BranchTurn]:
    """Walk from `leaf` towards the root, as far as the nearest summary; oldest first."""
    walked: list[BranchTurn] = []
    while leaf is not None and (turn := turns.get(leaf)) is not None:
        walked.append(turn)
        leaf = None if turn.summary_sealed is not None else turn.parent_id
    return walked[::-1]


async def read(
    executor: Executor, key: ConversationKey, conversation_id: UUID, turns: Sequence[BranchTurn]
) -> tuple[PastTurn, ...]:
    """Open the texts of these turns of a conversation already found readable."""
    wanted = [identifier for turn in turns for identifier in (turn.question_id, turn.answer_id)]
    parts = await _parts(executor, key, conversation_id, wanted)
    return tuple(_past(turn, key, parts) for turn in turns)


async def question_of(executor: Executor, key: ConversationKey, conversation_id: UUID, turn: BranchTurn) -> list[Part]:
    """Open the question of a turn."""
    return (await _parts(executor, key, conversation_id, [turn.question_id])).get(turn.question_id, [])


def _past(turn: BranchTurn, key: ConversationKey, parts: dict[UUID, list[Part]]) -> PastTurn:
    return PastTurn(
        turn_id=turn.id,
        question_id=turn.question_id,
        question=text_of(parts.get(turn.question_id, [])),
        answer=text_of(parts.get(turn.answer_id, [])),
        summary=key.open_text("summary", turn.id, turn.summary_sealed),
        given=given_of(parts.get(turn.question_id, [])),
    )


async def _parts(
    executor: Executor, key: ConversationKey, conversation_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, list[Part]]:
    if not ids:
        return {}
    rows = await turn_queries.sealed_parts(executor, conversation_id, ids)
    return {identifier: key.open_parts(identifier, sealed) for identifier, sealed in rows}
