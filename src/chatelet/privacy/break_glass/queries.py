"""Reads of requests, of their openings, and of what a request lets be read: nothing else of the person's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from chatelet.conversations.queries import readable_by
from chatelet.conversations.tables import Conversation, Turn
from chatelet.identity.tables import Person
from chatelet.privacy.break_glass.tables import ContentOpening, ContentReading

_LISTED: Final = 200
_SUBJECT, _REQUESTER, _DECIDER = aliased(Person), aliased(Person), aliased(Person)


class Named(NamedTuple):
    """A request with the names of whom it concerns, who asked and who decided."""

    reading: ContentReading
    subject: str | None
    requester: str | None
    decider: str | None


def _named() -> Select[ContentReading, str, str, str]:
    return (
        select(ContentReading, _SUBJECT.name, _REQUESTER.name, _DECIDER.name)
        .outerjoin(_SUBJECT, _SUBJECT.id == ContentReading.subject_id)
        .outerjoin(_REQUESTER, _REQUESTER.id == ContentReading.requested_by)
        .outerjoin(_DECIDER, _DECIDER.id == ContentReading.decided_by)
        .order_by(ContentReading.id.desc())
        .limit(_LISTED)
    )


async def all_of_them(session: AsyncSession) -> list[Named]:
    """Return the last requests, for those whom the right lets see them."""
    return [Named(*row) for row in await session.execute(_named())]


async def told_to(session: AsyncSession, person_id: UUID) -> list[Named]:
    """Return the readings that a person was told of."""
    told = _named().where(ContentReading.subject_id == person_id, ContentReading.told_at.is_not(None))
    return [Named(*row) for row in await session.execute(told)]


async def openings_of(session: AsyncSession, readings: Sequence[UUID]) -> dict[UUID, list[ContentOpening]]:
    """Return the openings of each reading, the oldest first."""
    found: dict[UUID, list[ContentOpening]] = {}
    query = select(ContentOpening).where(ContentOpening.reading_id.in_(readings)).order_by(ContentOpening.id)
    for row in await session.scalars(query):
        found.setdefault(row.reading_id, []).append(row)
    return found


async def one(session: AsyncSession, reading_id: UUID) -> ContentReading | None:
    """Return a request, locked until the transaction ends: two decisions cannot cross."""
    return await session.get(ContentReading, reading_id, with_for_update=True)


async def persons_at(session: AsyncSession, email: str) -> Sequence[UUID]:
    """Return whose address it is: providers may give the same one to several."""
    return (await session.scalars(select(Person.id).where(Person.email == email.strip().lower()).limit(2))).all()


def _scope(reading: ContentReading, person_id: UUID) -> Select[Conversation]:
    if reading.conversation_id is not None:
        return readable_by(person_id).where(Conversation.id == reading.conversation_id)
    turns = exists().where(Turn.conversation_id == Conversation.id, _covered(reading))
    return readable_by(person_id).where(turns)


def _covered(reading: ContentReading) -> ColumnElement[bool]:
    if reading.conversation_id is not None:
        return true()
    return and_(Turn.created_at >= reading.from_at, Turn.created_at <= reading.to_at)


async def within(session: AsyncSession, reading: ContentReading, person_id: UUID) -> list[tuple[Conversation, int]]:
    """Return the conversations of the scope, with how many of their turns it covers."""
    counted = select(func.count(Turn.id)).where(Turn.conversation_id == Conversation.id, _covered(reading))
    turns = counted.correlate(Conversation).scalar_subquery()
    query = _scope(reading, person_id).add_columns(turns).order_by(Conversation.id)
    return [(row[0], row[1]) for row in await session.execute(query.limit(_LISTED))]


async def covered(
    session: AsyncSession, reading: ContentReading, person_id: UUID, conversation_id: UUID
) -> tuple[Conversation, list[Turn]] | None:
    """Return a conversation of the scope with the turns that it covers, and no other."""
    conversation = await session.scalar(_scope(reading, person_id).where(Conversation.id == conversation_id))
    if conversation is None:
        return None
    turns = select(Turn).where(Turn.conversation_id == conversation_id, _covered(reading))
    rows = await session.scalars(turns.order_by(Turn.id))
    return conversation, list(rows)


async def overdue(session: AsyncSession, moment: datetime) -> Sequence[ContentReading]:
    """Return what is over and not yet closed."""
    query = select(ContentReading).where(ContentReading.state.in_(("asked", "approved")))
    over = query.where(ContentReading.ends_at <= moment).with_for_update(skip_locked=True)
    return (await session.scalars(over)).all()


async def to_tell(session: AsyncSession, moment: datetime) -> Sequence[ContentReading]:
    """Return the approved readings whose person is to be told now."""
    query = select(ContentReading).where(ContentReading.decided_at.is_not(None), ContentReading.told_at.is_(None))
    due = query.where(
        ContentReading.state.in_(("approved", "ended")),
        or_(ContentReading.delayed_until.is_(None), ContentReading.delayed_until <= moment),
    )
    return (await session.scalars(due.with_for_update(skip_locked=True))).all()


async def to_mail(session: AsyncSession) -> list[tuple[ContentReading, Person]]:
    """Return the readings whose person was told in the page, and has an address."""
    query = (
        select(ContentReading, Person)
        .join(Person, Person.id == ContentReading.subject_id)
        .where(ContentReading.told_at.is_not(None), ContentReading.mailed_at.is_(None), Person.email.is_not(None))
    )
    return [(row[0], row[1]) for row in await session.execute(query.limit(_LISTED))]
