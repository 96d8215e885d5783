"""Import of an export: all or nothing, new identifiers, the importer as owner."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from typing import Literal
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.conversations import content, queries, service, views
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.errors import ImportUnreadable
from chatelet.conversations.exchange import (
    ExportedConversation,
    ExportedFile,
    ExportedPart,
    ExportedTurn,
    exported,
    file_name,
    markdown,
    to_file,
)
from chatelet.conversations.messages import insert_message
from chatelet.conversations.parts import Part, TextPart
from chatelet.conversations.schemas import ConversationOut, ConversationSummary
from chatelet.conversations.tables import Conversation, Turn
from chatelet.identity.principal import Principal
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.guardrails.detection import ALL_KINDS
from chatelet.policy.guardrails.examination import examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.retention.lasting import conversation_days
from chatelet.policy.sensitivity import Label, Level, join_all


async def export_all(session: AsyncSession, keyring: Keyring, principal: Principal) -> ExportedFile:
    """Return every conversation of the person as one file."""
    file = await whole_history(session, keyring, principal.person_id)
    event = events.ConversationExported(format="json", conversations=len(file.conversations))
    await journal.record(session, event, actor=principal.person_id)
    return file


async def whole_history(session: AsyncSession, keyring: Keyring, person_id: UUID) -> ExportedFile:
    """Return every conversation of a person as one file, without a journal line."""
    folders = {folder.id: service.folder_name(keyring, folder) for folder in await queries.folders(session, person_id)}
    return to_file(
        [
            exported(shown, folders.get(shown.folder_id) if shown.folder_id else None)
            async for shown in _everything(session, keyring, person_id)
        ]
    )


async def readable_history(session: AsyncSession, keyring: Keyring, person_id: UUID) -> AsyncGenerator[tuple[str, str]]:
    """Yield (file name, Markdown) for every conversation of a person, without a journal line."""
    async for shown in _everything(session, keyring, person_id):
        yield file_name(shown, "md"), markdown(shown)


async def _everything(session: AsyncSession, keyring: Keyring, person_id: UUID) -> AsyncGenerator[ConversationOut]:
    days = await conversation_days(session, person_id)
    for conversation in (await session.scalars(queries.readable_by(person_id))).all():
        turns = await queries.turns_of(session, conversation.id)
        messages = await queries.messages_of(session, conversation.id)
        yield views.whole(keyring, conversation, turns, messages, days=days)


async def export_one(
    session: AsyncSession,
    keyring: Keyring,
    principal: Principal,
    conversation_id: UUID,
    form: Literal["json", "markdown"],
) -> tuple[ConversationOut, ExportedFile]:
    """Return one conversation, as it is read and as a file."""
    conversation = await service.read(session, keyring, principal, conversation_id)
    folder = None
    if conversation.folder_id is not None:
        row = await queries.folder(session, principal.person_id, conversation.folder_id)
        folder = service.folder_name(keyring, row) if row else None
    event = events.ConversationExported(conversation_id=conversation_id, format=form)
    await journal.record(session, event, actor=principal.person_id)
    return conversation, to_file([exported(conversation, folder)])


async def import_file(
    session: AsyncSession,
    keyring: Keyring,
    principal: Principal,
    body: bytes,
    *,
    ceiling: Level,
    detectors: Collection[Kind] = ALL_KINDS,
) -> list[ConversationSummary]:
    """Create the conversations of a file: what it says of their labels counts, and what its words hold besides.

    Raises `ImportUnreadable`, `LevelNotAllowed`, `MarkingRefused`, `DetectionFailed`.
    """
    try:
        file = ExportedFile.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise ImportUnreadable(field=".".join(str(part) for part in first["loc"])[:200], reason=first["type"]) from None
    folders = {
        service.folder_name(keyring, folder): folder.id
        for folder in await queries.folders(session, principal.person_id)
    }
    made: list[ConversationSummary] = []
    for item in file.conversations:
        label = item.label.join(await asyncio.to_thread(_label_found, item, detectors))
        check_ceiling(label, ceiling)
        folder_id = None
        if item.folder is not None:
            if item.folder not in folders:
                folders[item.folder] = (await service.add_folder(session, keyring, principal, item.folder)).id
            folder_id = folders[item.folder]
        made.append(await _import_one(session, keyring, principal, item, label, folder_id))
    await journal.record(session, events.ConversationImported(conversations=len(made)), actor=principal.person_id)
    return made


def _label_found(item: ExportedConversation, detectors: Collection[Kind]) -> Label:
    """Return the label of the words of a conversation: a file edited elsewhere cannot lower it (TA-105)."""
    said = [part.text for turn in item.turns for part in (*(turn.question or ()), *turn.answer)]
    found = [examine(text, detectors) for text in (item.title or "", *said)]
    for one in found:
        one.require_kept()
    return join_all(one.label for one in found)


async def _import_one(
    session: AsyncSession,
    keyring: Keyring,
    principal: Principal,
    item: ExportedConversation,
    label: Label,
    folder_id: UUID | None,
) -> ConversationSummary:
    person_id = principal.person_id
    conversation = await service.insert_conversation(session, keyring, person_id, label, folder_id)
    key = content.key_of(keyring, conversation)
    if item.title is not None:
        conversation.title_sealed = key.seal_text("title", conversation.id, item.title)
        conversation.titled_by = "person"
    conversation.created_at, conversation.updated_at = item.created_at, item.updated_at
    conversation.pinned_at = item.updated_at if item.pinned else None
    turns: dict[str, Turn] = {}
    for turn in item.turns:
        if turn.key in turns:
            raise ImportUnreadable(field="turns.key", reason="repeated")
        turns[turn.key] = await _import_turn(session, key, conversation, turn, turns)
    if item.head is not None:
        if item.head not in turns:
            raise ImportUnreadable(field="head", reason="unknown")
        conversation.head_turn_id = turns[item.head].id
    await session.flush()
    days = await conversation_days(session, person_id)
    return views.summary(keyring, conversation, running=False, days=days)


async def _import_turn(
    session: AsyncSession, key: ConversationKey, conversation: Conversation, item: ExportedTurn, known: dict[str, Turn]
) -> Turn:
    for reference in (item.parent, item.retry_of):
        if reference is not None and reference not in known:
            raise ImportUnreadable(field="turns.parent", reason="unknown")
    turn = Turn(
        id=uuid7(),
        conversation_id=conversation.id,
        person_id=conversation.person_id,
        parent_id=known[item.parent].id if item.parent else None,
        question_id=known[item.retry_of].question_id if item.retry_of else uuid7(),
        answer_id=uuid7(),
        state="interrupted" if item.state == "running" else item.state,
        model_name=item.model,
        level=conversation.level,
        categories=list(conversation.categories),
        notices=[],
        citations=[],
        heartbeat_at=item.created_at,
        created_at=item.created_at,
        closed_at=item.closed_at or item.created_at,
    )
    session.add(turn)
    if item.retry_of is None:
        if not item.question:
            raise ImportUnreadable(field="turns.question", reason="missing")
        await insert_message(session, key, conversation.id, turn.id, turn.question_id, "user", _parts(item.question))
    if item.answer:
        await insert_message(session, key, conversation.id, turn.id, turn.answer_id, "assistant", _parts(item.answer))
    return turn


def _parts(parts: list[ExportedPart]) -> list[Part]:
    return [TextPart(part.text) for part in parts]
