"""From sealed rows to what the page receives: pure, no query."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chatelet.conversations import content
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.parts import AttachmentPart, CollectionPart, Given, WebPart, WorksPart, given_of, text_of
from chatelet.conversations.schemas import (
    AskedCollection,
    AskedWeb,
    AskedWorks,
    AttachmentOut,
    CitationOut,
    CodedError,
    ConversationOut,
    ConversationSummary,
    MessageOut,
    Notice,
    TextPartOut,
    TurnModel,
    TurnOut,
    Usage,
    ZoneOut,
)
from chatelet.conversations.tables import Conversation, Message, Turn
from chatelet.kernel.crypto import Keyring
from chatelet.policy.sensitivity import Label


def summary(keyring: Keyring, conversation: Conversation, *, running: bool, days: int) -> ConversationSummary:
    """Open what a list shows; `days` is how long this person keeps a conversation."""
    key, label = content.key_of(keyring, conversation), Label.of(conversation.level, conversation.categories)
    return ConversationSummary(
        id=conversation.id,
        title=key.open_text("title", conversation.id, conversation.title_sealed),
        folder_id=conversation.folder_id,
        pinned=conversation.pinned_at is not None,
        level=label.level,
        categories=label.in_order,
        running=running,
        created_at=conversation.created_at,
        updated_at=conversation.updated_at,
        temporary=conversation.temporary_until is not None,
        expires_at=expires_at(conversation, days),
    )


def expires_at(conversation: Conversation, days: int) -> datetime:
    """Return when a conversation is deleted: so long after its last message, or after it was imported."""
    kept = max(conversation.updated_at, _instant(conversation.id)) + timedelta(days=days)
    return min(kept, conversation.temporary_until or kept)


def whole(
    keyring: Keyring, conversation: Conversation, turns: Iterable[Turn], messages: Iterable[Message], *, days: int
) -> ConversationOut:
    """Open a conversation with its messages; a running answer appears as a message with its partial text."""
    key = content.key_of(keyring, conversation)
    shown_messages = [_message(key, message) for message in messages]
    shown_turns: list[TurnOut] = []
    for turn in turns:
        partial = key.open_text("partial", turn.id, turn.partial_sealed) or ""
        shown_turns.append(turn_out(turn, position=len(partial)))
        if turn.state == "running":
            shown_messages.append(_text_message(turn.answer_id, turn.id, "assistant", partial))
    return ConversationOut(
        **summary(
            keyring, conversation, running=any(turn.state == "running" for turn in shown_turns), days=days
        ).model_dump(),
        head_turn_id=conversation.head_turn_id,
        turns=shown_turns,
        messages=shown_messages,
    )


def turn_out(turn: Turn, *, position: int) -> TurnOut:
    """Return a turn without its texts."""
    model = None
    if turn.model_id and turn.zone:
        model = TurnModel(id=turn.model_id, display_name=turn.model_name or turn.model_id, zone=ZoneOut(**turn.zone))
    return TurnOut(
        id=turn.id,
        parent_id=turn.parent_id,
        question_id=turn.question_id,
        answer_id=turn.answer_id,
        state=turn.state,  # pyright: ignore[reportArgumentType] (closed by a CHECK constraint)
        model=model,
        error=CodedError(code=turn.error_code, params=turn.error_params or {}) if turn.error_code else None,
        notices=[Notice.model_validate(notice) for notice in turn.notices],
        citations=[CitationOut.model_validate(citation) for citation in turn.citations],
        usage=_usage(turn),
        position=position,
        created_at=turn.created_at,
        closed_at=turn.closed_at,
    )


def _usage(turn: Turn) -> Usage | None:
    if turn.closed_at is None:
        return None
    return Usage(
        prompt_tokens=turn.prompt_tokens,
        completion_tokens=turn.completion_tokens,
        energy_wh=turn.energy_wh,
        cost_euros=turn.cost_euros,
        first_token_ms=turn.first_token_ms,
        duration_ms=round((turn.closed_at - turn.created_at).total_seconds() * 1000),
    )


def _message(key: ConversationKey, message: Message) -> MessageOut:
    parts = key.open_parts(message.id, message.parts_sealed)
    return _text_message(message.id, message.turn_id, message.role, text_of(parts), given_of(parts))


def _text_message(identifier: UUID, turn_id: UUID, role: str, words: str, given: tuple[Given, ...] = ()) -> MessageOut:
    return MessageOut(
        id=identifier,
        turn_id=turn_id,
        role="user" if role == "user" else "assistant",
        parts=[TextPartOut(text=words)],
        text=words,
        attachments=[
            AttachmentOut(file_id=one.file_id, name=one.name, size=one.size)
            for one in given
            if isinstance(one, AttachmentPart)
        ],
        collections=[
            AskedCollection(collection_id=one.collection_id, name=one.name)
            for one in given
            if isinstance(one, CollectionPart)
        ],
        web=next((AskedWeb(query=one.query, tiers=list(one.tiers)) for one in given if isinstance(one, WebPart)), None),
        publications=next((AskedWorks(query=one.query) for one in given if isinstance(one, WorksPart)), None),
        created_at=_instant(identifier),
    )


def _instant(identifier: UUID) -> datetime:
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, UTC)
