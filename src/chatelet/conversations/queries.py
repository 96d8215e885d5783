"""All SQL of conversations. Every read of a person's data starts from `readable_by`."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Row, Select, and_, delete, exists, func, or_, select, true, tuple_
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations.tables import Conversation, Folder, Message, Turn

Position = tuple[bool, datetime, UUID]
Searchable = tuple[UUID, bytes, bytes | None, list[UUID] | None, list[bytes] | None]


def readable_by(person_id: UUID) -> Select[Conversation]:
    """Select the conversations that this person may read: their own, not deleted."""
    return select(Conversation).where(Conversation.person_id == person_id, Conversation.deleted_at.is_(None))


_RUNNING = exists().where(Turn.conversation_id == Conversation.id, Turn.state == "running").label("running")
_UNPINNED = Conversation.pinned_at.is_(None)


async def page(
    session: AsyncSession, person_id: UUID, *, folder_id: UUID | None, after: Position | None, limit: int
) -> Sequence[Row[Conversation, bool]]:
    """Return one page, pinned first, then the most recently used; `after` is the last row of the page before."""
    statement = readable_by(person_id).add_columns(_RUNNING)
    if folder_id is not None:
        statement = statement.where(Conversation.folder_id == folder_id)
    if after is not None:
        unpinned, updated_at, identifier = after
        rest = tuple_(Conversation.updated_at, Conversation.id) < (updated_at, identifier)
        statement = statement.where(
            and_(_UNPINNED, rest) if unpinned else or_(_UNPINNED, and_(Conversation.pinned_at.is_not(None), rest))
        )
    order = (_UNPINNED, Conversation.updated_at.desc(), Conversation.id.desc())
    return (await session.execute(statement.order_by(*order).limit(limit))).all()


async def one(
    session: AsyncSession, person_id: UUID, conversation_id: UUID, *, lock: bool = False
) -> Conversation | None:
    """Return one conversation of this person; `lock` holds it until the transaction ends."""
    statement = readable_by(person_id).where(Conversation.id == conversation_id)
    return await session.scalar(statement.with_for_update() if lock else statement)


async def one_deleted(session: AsyncSession, person_id: UUID, conversation_id: UUID) -> Conversation | None:
    """Return a conversation of this person that waits to be purged."""
    statement = select(Conversation).where(
        Conversation.person_id == person_id,
        Conversation.id == conversation_id,
        Conversation.deleted_at.is_not(None),
        Conversation.wrapped_key != b"",
    )
    return await session.scalar(statement.with_for_update())


async def with_turns(
    session: AsyncSession, person_id: UUID, conversation_id: UUID
) -> tuple[Conversation, list[Turn]] | None:
    """Return a conversation with all its turns, oldest first."""
    statement = (
        readable_by(person_id)
        .add_columns(Turn)
        .where(Conversation.id == conversation_id)
        .outerjoin(Turn, Turn.conversation_id == Conversation.id)
        .order_by(Turn.id)
    )
    rows = (await session.execute(statement)).all()
    if not rows:
        return None
    return rows[0][0], [row[1] for row in rows if row[1] is not None]


async def turns_of(session: AsyncSession, conversation_id: UUID) -> Sequence[Turn]:
    """Return the turns of a conversation already found readable, oldest first."""
    return (await session.scalars(select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.id))).all()


async def turn(session: AsyncSession, person_id: UUID, conversation_id: UUID, turn_id: UUID) -> Turn | None:
    """Return one turn of a conversation of this person."""
    readable = readable_by(person_id).where(Conversation.id == conversation_id).exists()
    return await session.scalar(
        select(Turn).where(Turn.id == turn_id, Turn.conversation_id == conversation_id, readable)
    )


async def messages_of(
    session: AsyncSession, conversation_id: UUID, only: Sequence[UUID] | None = None
) -> Sequence[Message]:
    """Return the messages of a conversation already found readable, oldest first."""
    statement = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.id)
    if only is not None:
        statement = statement.where(Message.id.in_(only))
    return (await session.scalars(statement)).all()


async def messages_by_ids(
    session: AsyncSession, conversations: Sequence[UUID], ids: Sequence[UUID]
) -> Sequence[Message]:
    """Return these messages of conversations already found readable."""
    statement = select(Message).where(Message.conversation_id.in_(conversations), Message.id.in_(ids))
    return (await session.scalars(statement)).all()


async def stale_turns(
    session: AsyncSession, stale: timedelta, not_of: UUID, limit: int, of: UUID | None = None
) -> Sequence[Row[Turn, Conversation]]:
    """Lock running turns of other workers without sign of life for `stale`, skipping what another reaper holds.

    `of`: the turns of this worker alone, which is known to be dead.

    Signs of life are dated by the database's clock and judged by it: a node whose own clock jumps ends no one's answer.
    """
    statement = (
        select(Turn, Conversation)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(Turn.state == "running", Turn.heartbeat_at < func.now() - stale, Turn.worker_id != not_of)
        .limit(limit)
        .with_for_update(of=Turn, skip_locked=True)
    )
    if of is not None:
        statement = statement.where(Turn.worker_id == of)
    return (await session.execute(statement)).all()


async def searchable(session: AsyncSession, person_id: UUID) -> Sequence[Searchable]:
    """Return, for each conversation of this person, what a search decrypts: one row a conversation, no ORM object."""
    words = (
        select(
            func.array_agg(aggregate_order_by(Message.id, Message.id)).label("ids"),
            func.array_agg(aggregate_order_by(Message.search_sealed, Message.id)).label("sealed"),
        )
        .where(Message.conversation_id == Conversation.id)
        .correlate(Conversation)
        .lateral("words")
    )
    statement = (
        select(Conversation.id, Conversation.wrapped_key, Conversation.title_sealed, words.c.ids, words.c.sealed)
        .where(Conversation.person_id == person_id, Conversation.deleted_at.is_(None))
        .join(words, onclause=true())
        .order_by(Conversation.updated_at.desc())
    )
    return cast("Sequence[Searchable]", (await session.execute(statement)).all())


async def by_ids(session: AsyncSession, person_id: UUID, ids: Sequence[UUID]) -> Sequence[Row[Conversation, bool]]:
    """Return these conversations of this person, in any order."""
    statement = readable_by(person_id).add_columns(_RUNNING).where(Conversation.id.in_(ids))
    return (await session.execute(statement)).all()


async def folders(session: AsyncSession, person_id: UUID) -> Sequence[Folder]:
    """Return this person's folders in their order."""
    statement = select(Folder).where(Folder.person_id == person_id).order_by(Folder.position, Folder.id)
    return (await session.scalars(statement)).all()


async def folder(session: AsyncSession, person_id: UUID, folder_id: UUID) -> Folder | None:
    """Return one folder of this person."""
    return await session.scalar(select(Folder).where(Folder.person_id == person_id, Folder.id == folder_id))


async def forget_deleted(session: AsyncSession, before: datetime) -> Sequence[Row[UUID, UUID]]:
    """Delete the conversations deleted before `before`, keys first by the same statement; return (id, person).

    Those without key are the expiry's (`forgetting`), which goes by batches.
    """
    statement = (
        delete(Conversation)
        .where(Conversation.deleted_at < before, Conversation.wrapped_key != b"")
        .returning(Conversation.id, Conversation.person_id)
    )
    return (await session.execute(statement)).all()


async def any_conversation(session: AsyncSession) -> Conversation | None:
    """Return some conversation, to check at start that the keys are the right ones."""
    return await session.scalar(select(Conversation).where(Conversation.wrapped_key != b"").limit(1))
