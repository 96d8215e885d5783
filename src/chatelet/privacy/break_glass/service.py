"""The verbs of reading somebody's content. Every check is made again at each step: a right withdrawn closes it.

ask -> decide -> conversations -> open_one (journalled, told) -> end, or the date
"""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.conversations import queries as conversations
from chatelet.conversations import views
from chatelet.conversations.errors import ConversationNotFound
from chatelet.identity.errors import PersonNotFound
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel import clock
from chatelet.kernel.errors import Forbidden, InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.retention.lasting import conversation_days
from chatelet.policy.sensitivity import Label
from chatelet.privacy.break_glass import notices, queries, shown
from chatelet.privacy.break_glass.errors import (
    BothSides,
    ReadingClosed,
    ReadingDecided,
    ReadingNotFound,
    SamePerson,
)
from chatelet.privacy.break_glass.schemas import (
    NewReading,
    OwnReadings,
    ReadableConversation,
    ReadableConversations,
    ReadConversation,
    ReadingDecision,
    ReadingList,
)
from chatelet.privacy.break_glass.tables import ContentOpening, ContentReading
from chatelet.privacy.services import PrivacyServices


async def listed(session: AsyncSession, services: PrivacyServices, principal: Principal) -> ReadingList:
    """Return the requests, for whoever asks, decides or manages data protection. Raises `Forbidden`."""
    rights = (Right.CONTENT_REQUEST, Right.CONTENT_APPROVE, Right.PRIVACY_MANAGE)
    if not any(principal.rights.holds(right) for right in rights):
        raise Forbidden(right=Right.CONTENT_REQUEST.value)
    rows = await queries.all_of_them(session)
    openings = await queries.openings_of(session, [row.reading.id for row in rows])
    return ReadingList(
        items=[shown.listed(principal, services.keyring, row, openings.get(row.reading.id, ())) for row in rows],
        may_ask=principal.rights.holds(Right.CONTENT_REQUEST) and not shown.holds_both(principal),
        longest_days=services.settings.privacy.reading_days,
        longest_delay_days=services.settings.privacy.reading_delay_days,
    )


async def ask(session: AsyncSession, services: PrivacyServices, principal: Principal, new: NewReading) -> ReadingList:
    """Ask to read somebody's content. Raises `BothSides`, `PersonNotFound`, `SamePerson`, `InvalidRequest`."""
    _check_side(principal, Right.CONTENT_REQUEST)
    _check_dates(new, services)
    found = await queries.persons_at(session, new.email)
    if not found:
        raise PersonNotFound
    if len(found) > 1:
        raise InvalidRequest(field="email", reason="ambiguous")
    if found[0] == principal.person_id:
        raise SamePerson
    if new.conversation_id is not None and await conversations.one(session, found[0], new.conversation_id) is None:
        raise ConversationNotFound
    row = _row(services, principal, new, found[0])
    session.add(row)
    await session.flush()
    delay = new.delay.until - row.requested_at if new.delay else timedelta()
    asked = events.ReadingAsked(
        reading_id=row.id,
        subject_id=row.subject_id,
        reason=row.reason,
        scope="conversation" if row.conversation_id else "period",
        hours=round((row.ends_at - row.requested_at).total_seconds() / 3_600),
        ground=row.delay_ground,
        delay_days=delay.days,
    )
    await journal.record(session, asked, actor=principal.person_id)
    return await listed(session, services, principal)


async def decide(
    session: AsyncSession, services: PrivacyServices, principal: Principal, reading_id: UUID, wanted: ReadingDecision
) -> ReadingList:
    """Approve or decline, as the second person; the person concerned is told at once, unless the law puts it off.

    Raises `BothSides`, `SamePerson`, `ReadingNotFound`, `ReadingDecided`.
    """
    _check_side(principal, Right.CONTENT_APPROVE)
    row = await _one(session, reading_id)
    if principal.person_id in (row.requested_by, row.subject_id):
        raise SamePerson
    if not shown.may_decide(principal, row) or row.subject_id is None or row.requested_by is None:
        raise ReadingDecided
    row.state, row.decided_by, row.decided_at = wanted.outcome, principal.person_id, clock.now()
    await session.flush()
    decided = events.ReadingDecided(reading_id=row.id, subject_id=row.subject_id, outcome=wanted.outcome)
    await journal.record(session, decided, actor=principal.person_id)
    await notices.tell_in_page(session, clock.now())
    return await listed(session, services, principal)


async def readable(session: AsyncSession, principal: Principal, reading_id: UUID) -> ReadableConversations:
    """Return what may be opened: no title, no word. Raises `ReadingNotFound`, `ReadingClosed`, `BothSides`."""
    row, subject = await _opened(session, principal, reading_id)
    items: list[ReadableConversation] = []
    for conversation, turns in await queries.within(session, row, subject):
        label = Label.of(conversation.level, conversation.categories)
        items.append(
            ReadableConversation(
                id=conversation.id,
                created_at=conversation.created_at,
                updated_at=conversation.updated_at,
                turns=turns,
                level=label.level,
                categories=label.in_order,
            )
        )
    return ReadableConversations(items=items)


async def open_one(
    session: AsyncSession, services: PrivacyServices, principal: Principal, reading_id: UUID, conversation_id: UUID
) -> ReadConversation:
    """Read one conversation: the journal and the person's page hold that it was, in the same transaction.

    Raises `ReadingNotFound`, `ReadingClosed`, `BothSides`, `ConversationNotFound`.
    """
    row, subject = await _opened(session, principal, reading_id)
    found = await queries.covered(session, row, subject, conversation_id)
    if found is None:
        raise ConversationNotFound
    conversation, turns = found
    kept = [identifier for turn in turns for identifier in (turn.question_id, turn.answer_id)]
    messages = await conversations.messages_of(session, conversation_id, kept)
    days = await conversation_days(session, subject)
    session.add(ContentOpening(id=uuid7(), reading_id=row.id, conversation_id=conversation_id, opened_at=clock.now()))
    await session.flush()
    opened = events.ContentOpened(
        reading_id=row.id, subject_id=subject, conversation_id=conversation_id, turns=len(turns)
    )
    await journal.record(session, opened, actor=principal.person_id)
    return shown.conversation(views.whole(services.keyring, conversation, turns, messages, days=days))


async def end(session: AsyncSession, services: PrivacyServices, principal: Principal, reading_id: UUID) -> ReadingList:
    """End a reading before its date: whoever may ask, decide, or manages data protection.

    Raises `Forbidden`, `ReadingNotFound`, `ReadingClosed`.
    """
    answer = await listed(session, services, principal)
    if all(one.id != reading_id for one in answer.items):
        raise ReadingNotFound
    row = await _one(session, reading_id)
    if row.state not in ("asked", "approved"):
        raise ReadingClosed
    await _close(session, row, "person", principal.person_id)
    return await listed(session, services, principal)


async def told(session: AsyncSession, services: PrivacyServices, principal: Principal) -> OwnReadings:
    """Return the readings of one's own content that one was told of."""
    rows = await queries.told_to(session, principal.person_id)
    openings = await queries.openings_of(session, [row.reading.id for row in rows])
    return OwnReadings(items=[shown.own(services.keyring, row, openings.get(row.reading.id, ())) for row in rows])


async def acknowledge(session: AsyncSession, services: PrivacyServices, principal: Principal) -> OwnReadings:
    """Say that one saw what was told: the notice leaves the top of the page, the list stays."""
    for row in await queries.told_to(session, principal.person_id):
        row.reading.seen_at = row.reading.seen_at or clock.now()
    await session.flush()
    return await told(session, services, principal)


async def close_overdue(session: AsyncSession) -> int:
    """End what has reached its date; return how many."""
    rows = await queries.overdue(session, clock.now())
    for row in rows:
        await _close(session, row, "date", None)
    return len(rows)


async def _close(session: AsyncSession, row: ContentReading, by: Literal["date", "person"], actor: UUID | None) -> None:
    # Asked and never approved: nothing was read, nobody is told.
    row.state, row.ended_at = "ended" if row.state == "approved" else "declined", clock.now()
    await session.flush()
    openings = len((await queries.openings_of(session, [row.id])).get(row.id, ()))
    ended = events.ReadingEnded(reading_id=row.id, subject_id=row.subject_id, by=by, openings=openings)
    await journal.record(session, ended, actor=actor)


async def _opened(session: AsyncSession, principal: Principal, reading_id: UUID) -> tuple[ContentReading, UUID]:
    _check_side(principal, Right.CONTENT_REQUEST)
    row = await _one(session, reading_id)
    if row.requested_by != principal.person_id:
        raise ReadingNotFound
    if not shown.may_read(principal, row) or row.subject_id is None or row.decided_by is None:
        raise ReadingClosed
    return row, row.subject_id


async def _one(session: AsyncSession, reading_id: UUID) -> ContentReading:
    row = await queries.one(session, reading_id)
    if row is None:
        raise ReadingNotFound
    return row


def _check_side(principal: Principal, right: Right) -> None:
    if not principal.rights.holds(right):
        raise Forbidden(right=right.value)
    if shown.holds_both(principal):
        raise BothSides


def _check_dates(new: NewReading, services: PrivacyServices) -> None:
    moment, limits = clock.now(), services.settings.privacy
    if not moment < new.ends_at <= moment + timedelta(days=limits.reading_days):
        raise InvalidRequest(field="ends_at", reason="out_of_bounds")
    if new.conversation_id is None and (new.from_at is None or new.to_at is None or new.from_at >= new.to_at):
        raise InvalidRequest(field="from_at", reason="out_of_bounds")
    if new.delay and not moment < new.delay.until <= moment + timedelta(days=limits.reading_delay_days):
        raise InvalidRequest(field="delay", reason="out_of_bounds")


def _row(services: PrivacyServices, principal: Principal, new: NewReading, subject: UUID) -> ContentReading:
    identifier, whole = uuid7(), new.conversation_id is None
    return ContentReading(
        id=identifier,
        subject_id=subject,
        conversation_id=new.conversation_id,
        from_at=new.from_at if whole else None,
        to_at=new.to_at if whole else None,
        reason=new.reason,
        words_sealed=shown.seal_words(services.keyring, identifier, new.words),
        state="asked",
        ends_at=new.ends_at,
        requested_by=principal.person_id,
        requested_at=clock.now(),
        delay_ground=new.delay.ground if new.delay else None,
        delayed_until=new.delay.until if new.delay else None,
    )
