"""From rows to what the page shows: the words of a request opened, names instead of identifiers."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from chatelet.conversations.schemas import ConversationOut
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.privacy.break_glass.queries import Named
from chatelet.privacy.break_glass.schemas import (
    DelayGround,
    OwnReading,
    ReadConversation,
    ReadingOpening,
    ReadingOut,
    ReadTurn,
)
from chatelet.privacy.break_glass.tables import ContentOpening, ContentReading


def seal_words(keyring: Keyring, reading_id: UUID, words: str) -> bytes:
    """Seal what the requester wrote."""
    return keyring.seal(words.encode(), _context(reading_id))


def is_open(reading: ContentReading) -> bool:
    """Tell whether it lets anything be read now."""
    return reading.state == "approved" and reading.ends_at > clock.now()


def holds_both(principal: Principal) -> bool:
    """Tell whether a person holds the two rights that exclude one another."""
    return all(principal.rights.holds(right) for right in (Right.CONTENT_REQUEST, Right.CONTENT_APPROVE))


def may_decide(principal: Principal, reading: ContentReading) -> bool:
    """Tell whether this person may be the second one."""
    involved = principal.person_id in (reading.requested_by, reading.subject_id)
    able = principal.rights.holds(Right.CONTENT_APPROVE) and not holds_both(principal)
    return able and not involved and reading.state == "asked" and reading.ends_at > clock.now()


def may_read(principal: Principal, reading: ContentReading) -> bool:
    """Tell whether this person may open what the request covers."""
    able = principal.rights.holds(Right.CONTENT_REQUEST) and not holds_both(principal)
    return able and reading.requested_by == principal.person_id and is_open(reading)


def listed(principal: Principal, keyring: Keyring, found: Named, openings: Sequence[ContentOpening]) -> ReadingOut:
    """Return a request as those in charge see it."""
    row = found.reading
    return ReadingOut(
        **_told(keyring, found, openings),
        subject=found.subject,
        is_mine=row.requested_by == principal.person_id,
        may_decide=may_decide(principal, row),
        may_read=may_read(principal, row),
        delay_ground=cast("DelayGround | None", row.delay_ground),
        delayed_until=row.delayed_until,
        told_at=row.told_at,
    )


def own(keyring: Keyring, found: Named, openings: Sequence[ContentOpening]) -> OwnReading:
    """Return a reading as the person concerned sees it."""
    return OwnReading(**_told(keyring, found, openings), is_new=found.reading.seen_at is None)


def conversation(whole: ConversationOut) -> ReadConversation:
    """Return the questions and answers of a conversation, of the turns that were kept."""
    messages = {message.id: message for message in whole.messages}
    turns: list[ReadTurn] = []
    for turn in whole.turns:
        asked, answered = messages.get(turn.question_id), messages.get(turn.answer_id)
        turns.append(
            ReadTurn(
                id=turn.id,
                created_at=turn.created_at,
                state=turn.state,
                model=turn.model.display_name if turn.model else None,
                question=asked.text if asked else "",
                answer=answered.text if answered else "",
                attachments=[one.name for one in asked.attachments] if asked else [],
            )
        )
    return ReadConversation(id=whole.id, title=whole.title, level=whole.level, categories=whole.categories, turns=turns)


def _told(keyring: Keyring, found: Named, openings: Sequence[ContentOpening]) -> dict[str, Any]:
    row = found.reading
    words = None if row.words_sealed is None else keyring.open(row.words_sealed, _context(row.id)).decode()
    ended = row.state == "approved" and not is_open(row)
    return {
        "id": row.id,
        "conversation_id": row.conversation_id,
        "from_at": row.from_at,
        "to_at": row.to_at,
        "reason": row.reason,
        "words": words,
        "state": "ended" if ended else row.state,
        "ends_at": row.ends_at,
        "requested_by": found.requester,
        "requested_at": row.requested_at,
        "decided_by": found.decider,
        "decided_at": row.decided_at,
        "ended_at": row.ended_at,
        "openings": [ReadingOpening(conversation_id=one.conversation_id, opened_at=one.opened_at) for one in openings],
    }


def _context(reading_id: UUID) -> bytes:
    return b"reading:" + reading_id.bytes
