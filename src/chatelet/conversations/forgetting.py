"""The end of conversations' time: keys first, then whole months of messages, then what is left, batch after batch.

    condemn (keys destroyed, out of sight at once) -> drop months where nothing lives -> remove the rest

Each step is a short transaction and may be cut: the next run goes on where this one stopped, since a conversation
without key has nothing left to lose. How long people keep things is said by the caller.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.selectable import Subquery

from chatelet.conversations.tables import Conversation, Message, Turn
from chatelet.documents.files import service as files
from chatelet.kernel.database import affected
from chatelet.kernel.identifiers import uuid7_at

_MONTHS: Final = """
SELECT relname, substring(pg_get_expr(relpartbound, pg_class.oid) FROM 'TO \\(''([0-9a-f-]{36})''\\)') AS upper
FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid WHERE inhparent = 'messages'::regclass
ORDER BY relname
"""
_KEYLESS: Final = Conversation.wrapped_key == b""


@dataclass(frozen=True, slots=True)
class Removed:
    """What one batch removed."""

    conversations: int = 0
    turns: int = 0
    messages: int = 0
    files: tuple[UUID, ...] = ()


async def condemn(session: AsyncSession, kept: Subquery, shortest: int, moment: datetime, limit: int) -> int:
    """Destroy the keys of conversations whose time is over, at most `limit`; they are out of sight at once.

    `kept` has (person_id, days); nobody has less than `shortest` days. One that is being answered waits.
    """
    old = _before(moment, shortest)
    over = or_(
        and_(Conversation.updated_at < _since(moment, kept), Conversation.id < _bound(moment, kept)),
        Conversation.temporary_until < moment,
    )
    found = (
        select(Conversation.id)
        .join(kept, kept.c.person_id == Conversation.person_id)
        .where(or_(Conversation.updated_at < old, Conversation.temporary_until < moment), over, ~_KEYLESS)
        .where(~exists().where(Turn.conversation_id == Conversation.id, Turn.state == "running"))
        .limit(limit)
        .with_for_update(of=Conversation, skip_locked=True)
    )
    destroyed = (
        update(Conversation)
        .where(Conversation.id.in_(found.scalar_subquery()))
        .values(wrapped_key=b"", title_sealed=None, pinned_at=None, folder_id=None, deleted_at=moment)
    )
    return await affected(session, destroyed)


async def destroy_keys(session: AsyncSession, ids: Collection[UUID], moment: datetime) -> int:
    """Destroy the keys of conversations that were destroyed once already, and came back with a backup."""
    gone = {"wrapped_key": b"", "title_sealed": None, "pinned_at": None, "folder_id": None, "deleted_at": moment}
    return await affected(session, update(Conversation).where(Conversation.id.in_(ids)).values(gone))


async def months_over(session: AsyncSession, moment: datetime) -> list[str]:
    """Return the partitions of messages whose month is over."""
    now = uuid7_at(moment)
    rows = await session.execute(text(_MONTHS))
    return [name for name, upper in rows if upper is not None and UUID(upper) <= now]


async def drop_month(session: AsyncSession, name: str) -> int | None:
    """Drop a month of messages when no living conversation has any there; return how many, None when it stays."""
    gone = await session.scalar(text("SELECT drop_forgotten_month(CAST(:name AS regclass))"), {"name": name})
    return None if gone is None or gone < 0 else int(gone)


async def remove(session: AsyncSession, limit: int) -> Removed:
    """Remove conversations without key, with their turns, messages and files; nothing left says zero conversations."""
    found = select(Conversation.id).where(_KEYLESS).limit(limit).with_for_update(skip_locked=True)
    ids = list(await session.scalars(found))
    if not ids:
        return Removed()
    held = await files.held(session, ids)
    if held:
        await files.delete_held(session, ids, actor=None)
    among = any_(bindparam(None, ids, type_=ARRAY(Uuid())))  # one parameter, where IN would have thousands
    messages = await affected(session, delete(Message).where(Message.conversation_id == among))
    turns = await affected(session, delete(Turn).where(Turn.conversation_id == among))
    await affected(session, delete(Conversation).where(Conversation.id == among))
    return Removed(len(ids), turns, messages, tuple(held))


def _before(moment: datetime, days: int) -> ColumnElement[datetime]:
    return cast(moment, Conversation.updated_at.type) - func.make_interval(0, 0, 0, days, type_=INTERVAL())


def _since(moment: datetime, kept: Subquery) -> ColumnElement[datetime]:
    return cast(moment, Conversation.updated_at.type) - func.make_interval(0, 0, 0, kept.c.days, type_=INTERVAL())


def _bound(moment: datetime, kept: Subquery) -> ColumnElement[UUID]:
    """Return the first identifier of what came late enough to stay: an import brings old dates with it."""
    return func.partition_bound(_since(moment, kept), type_=Conversation.id.type)
