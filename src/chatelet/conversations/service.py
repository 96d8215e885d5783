"""The verbs on conversations and folders: every write, for routes, jobs and commands alike."""

import base64
import json
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.conversations import content, queries, views
from chatelet.conversations.errors import (
    ConversationNotFound,
    FolderNotFound,
    KeyMismatch,
    LevelCannotDrop,
    RestoreExpired,
)
from chatelet.conversations.schemas import (
    ConversationChange,
    ConversationOut,
    ConversationPage,
    ConversationSummary,
    FolderChange,
    FolderOut,
    LoweringReason,
    NewConversation,
)
from chatelet.conversations.tables import Conversation, Folder
from chatelet.documents.files import service as files
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring, UnreadableContent
from chatelet.kernel.database import Database
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.clearance import check_ceiling
from chatelet.policy.retention.kinds import TEMPORARY_HOURS
from chatelet.policy.retention.lasting import conversation_days
from chatelet.policy.sensitivity import Label, Level


async def page(
    session: AsyncSession,
    keyring: Keyring,
    principal: Principal,
    *,
    folder_id: UUID | None,
    cursor: str | None,
    limit: int,
) -> ConversationPage:
    """Return one page of the person's conversations and their folders."""
    after = _read_cursor(cursor)
    rows = await queries.page(session, principal.person_id, folder_id=folder_id, after=after, limit=limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1][0] if more else None
    days = await conversation_days(session, principal.person_id)
    return ConversationPage(
        items=[views.summary(keyring, row[0], running=row[1], days=days) for row in rows],
        next_cursor=_write_cursor(last) if last else None,
        folders=[_folder_out(keyring, folder) for folder in await queries.folders(session, principal.person_id)],
    )


async def create(
    session: AsyncSession,
    keyring: Keyring,
    principal: Principal,
    new: NewConversation,
    *,
    default: Level,
    ceiling: Level,
) -> ConversationSummary:
    """Create an empty conversation with its own data key."""
    label = Label(new.level or default)
    check_ceiling(label, ceiling)
    if new.folder_id is not None:
        await _folder(session, principal, new.folder_id)
    conversation = await insert_conversation(
        session, keyring, principal.person_id, label, new.folder_id, temporary=new.temporary
    )
    return await _shown(session, keyring, conversation)


async def insert_conversation(
    session: AsyncSession,
    keyring: Keyring,
    person_id: UUID,
    label: Label,
    folder_id: UUID | None,
    *,
    temporary: bool = False,
) -> Conversation:
    """Insert the row, its key and its journal line."""
    identifier, moment = uuid7(), clock.now()
    _, wrapped = content.new_key(keyring, identifier)
    conversation = Conversation(
        id=identifier,
        person_id=person_id,
        folder_id=folder_id,
        wrapped_key=wrapped,
        level=label.level,
        categories=label.names,
        kept_level=label.level,
        kept_categories=label.names,
        created_at=moment,
        updated_at=moment,
        temporary_until=moment + timedelta(hours=TEMPORARY_HOURS) if temporary else None,
    )
    session.add(conversation)
    await session.flush()
    await journal.record(
        session, events.ConversationCreated(conversation_id=identifier, level=label.level), actor=person_id
    )
    return conversation


async def read(session: AsyncSession, keyring: Keyring, principal: Principal, conversation_id: UUID) -> ConversationOut:
    """Return a conversation with all its branches; a running answer comes with what was stored of it."""
    found = await queries.with_turns(session, principal.person_id, conversation_id)
    if found is None:
        raise ConversationNotFound
    conversation, turns = found
    messages = await queries.messages_of(session, conversation_id)
    days = await conversation_days(session, principal.person_id)
    return views.whole(keyring, conversation, turns, messages, days=days)


async def change(
    session: AsyncSession,
    keyring: Keyring,
    principal: Principal,
    conversation_id: UUID,
    wanted: ConversationChange,
    *,
    ceiling: Level,
) -> ConversationSummary:
    """Rename, pin, file, choose a branch, raise the label, or lower it with a right and a reason."""
    conversation = await _mine(session, principal, conversation_id)
    given = wanted.model_fields_set
    if wanted.title is not None:
        conversation.title_sealed = content.key_of(keyring, conversation).seal_text(
            "title", conversation.id, wanted.title
        )
        conversation.titled_by = "person"
    if wanted.pinned is not None:
        conversation.pinned_at = clock.now() if wanted.pinned else None
    if "folder_id" in given:
        if wanted.folder_id is not None:
            await _folder(session, principal, wanted.folder_id)
        conversation.folder_id = wanted.folder_id
    if wanted.head_turn_id is not None:
        if await queries.turn(session, principal.person_id, conversation_id, wanted.head_turn_id) is None:
            raise InvalidRequest(field="head_turn_id", reason="unknown")
        conversation.head_turn_id = wanted.head_turn_id
    if wanted.level is not None or wanted.categories is not None:
        held = label_of(conversation)
        categories = held.categories if wanted.categories is None else frozenset(wanted.categories)
        label = Label(wanted.level or held.level, categories)
        if label.covers(held):
            chosen = Label(label.level if label.level != held.level else Level.PUBLIC, categories - held.categories)
            await raise_label(session, principal.person_id, conversation, label, ceiling, kept=chosen)
        else:
            await _lower_label(session, principal, conversation, label, wanted.lowered_because)
    await session.flush()
    running = any(turn.state == "running" for turn in await queries.turns_of(session, conversation_id))
    return await _shown(session, keyring, conversation, running=running)


async def delete(session: AsyncSession, principal: Principal, conversation_id: UUID, *, undo: timedelta) -> datetime:
    """Put a conversation out of sight; return until when it can be restored."""
    conversation = await _mine(session, principal, conversation_id)
    deleted_at = conversation.deleted_at = clock.now()
    await journal.record(
        session, events.ConversationDeleted(conversation_id=conversation_id), actor=principal.person_id
    )
    return deleted_at + undo


async def restore(
    session: AsyncSession, keyring: Keyring, principal: Principal, conversation_id: UUID, *, undo: timedelta
) -> ConversationSummary:
    """Undo a deletion while it is possible."""
    conversation = await queries.one_deleted(session, principal.person_id, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    if conversation.deleted_at is None or conversation.deleted_at + undo < clock.now():
        raise RestoreExpired
    conversation.deleted_at = None
    await journal.record(
        session, events.ConversationRestored(conversation_id=conversation_id), actor=principal.person_id
    )
    return await _shown(session, keyring, conversation)


async def purge(session: AsyncSession, *, undo: timedelta) -> int:
    """Really delete what was deleted longer ago than `undo`: the wrapped key goes first, with every row."""
    gone = await queries.forget_deleted(session, clock.now() - undo)
    await files.delete_held(session, [conversation_id for conversation_id, _person_id in gone], actor=None)
    for conversation_id, _person_id in gone:
        await journal.record(session, events.ConversationPurged(conversation_id=conversation_id), actor=None)
    return len(gone)


async def require(session: AsyncSession, principal: Principal, conversation_id: UUID) -> None:
    """Raise `ConversationNotFound` unless the conversation is the caller's."""
    await _mine(session, principal, conversation_id)


async def owned(session: AsyncSession, principal: Principal, conversation_id: UUID) -> Conversation:
    """Return a conversation of the caller's, to be read. Raises `ConversationNotFound`."""
    conversation = await queries.one(session, principal.person_id, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    return conversation


async def cover(
    session: AsyncSession, principal: Principal, conversation_id: UUID, label: Label, *, kept: Label, ceiling: Level
) -> None:
    """Raise the conversation's label to cover what enters it, `kept` whatever is replaced. Raises `LevelNotAllowed`."""
    conversation = await _mine(session, principal, conversation_id)
    whole = label_of(conversation).join(label)
    await raise_label(session, principal.person_id, conversation, whole, ceiling, kept=kept)


async def add_folder(session: AsyncSession, keyring: Keyring, principal: Principal, name: str) -> FolderOut:
    """Create a folder, last in the list."""
    position = len(await queries.folders(session, principal.person_id))
    identifier = uuid7()
    sealed = keyring.seal(name.encode(), b"folder:" + identifier.bytes)
    await session.execute(
        insert(Folder).values(
            id=identifier, person_id=principal.person_id, name_sealed=sealed, position=position, created_at=clock.now()
        )
    )
    return FolderOut(id=identifier, name=name, position=position)


async def change_folder(
    session: AsyncSession, keyring: Keyring, principal: Principal, folder_id: UUID, wanted: FolderChange
) -> FolderOut:
    """Rename or move a folder."""
    folder = await _folder(session, principal, folder_id)
    if wanted.name is not None:
        folder.name_sealed = keyring.seal(wanted.name.encode(), b"folder:" + folder.id.bytes)
    if wanted.position is not None:
        folder.position = wanted.position
    await session.flush()
    return _folder_out(keyring, folder)


async def delete_folder(session: AsyncSession, principal: Principal, folder_id: UUID) -> None:
    """Delete a folder; its conversations stay, out of any folder."""
    await session.delete(await _folder(session, principal, folder_id))


async def _shown(
    session: AsyncSession, keyring: Keyring, conversation: Conversation, *, running: bool = False
) -> ConversationSummary:
    days = await conversation_days(session, conversation.person_id)
    return views.summary(keyring, conversation, running=running, days=days)


async def _mine(session: AsyncSession, principal: Principal, conversation_id: UUID) -> Conversation:
    conversation = await queries.one(session, principal.person_id, conversation_id, lock=True)
    if conversation is None:
        raise ConversationNotFound
    return conversation


async def _folder(session: AsyncSession, principal: Principal, folder_id: UUID) -> Folder:
    folder = await queries.folder(session, principal.person_id, folder_id)
    if folder is None:
        raise FolderNotFound
    return folder


def label_of(conversation: Conversation) -> Label:
    """Return the label of a conversation: that of all that entered it."""
    return Label.of(conversation.level, conversation.categories)


def kept_of(conversation: Conversation) -> Label:
    """Return what of its label no replacement of names lowers."""
    if conversation.kept_level is None:
        return label_of(conversation)
    return Label.of(conversation.kept_level, conversation.kept_categories or ())


async def raise_label(
    session: AsyncSession, person_id: UUID, conversation: Conversation, label: Label, ceiling: Level, *, kept: Label
) -> None:
    """Give a conversation a label that covers its own; nothing when it is the same. Raises `LevelNotAllowed`."""
    before = label_of(conversation)
    check_ceiling(label, ceiling)
    if conversation.kept_level is not None:
        whole = kept_of(conversation).join(kept)
        conversation.kept_level, conversation.kept_categories = whole.level, whole.names
    if label != before:
        await journal.record(session, raised(conversation.id, before, label), actor=person_id)
        conversation.level, conversation.categories = label.level, label.names


async def _lower_label(
    session: AsyncSession,
    principal: Principal,
    conversation: Conversation,
    label: Label,
    reason: LoweringReason | None,
) -> None:
    """Give a conversation of one's own a label that does not cover it: a right, a reason and a line of the journal."""
    before = label_of(conversation)
    if reason is None or not principal.rights.holds_somewhere(Right.LEVELS_LOWER):
        raise LevelCannotDrop(level=before.level)
    event = events.LevelLowered(
        conversation_id=conversation.id,
        before=before.level,
        after=label.level,
        categories_before=tuple(before.names),
        categories=tuple(label.names),
        reason=reason,
    )
    await journal.record(session, event, actor=principal.person_id)
    conversation.level, conversation.categories = label.level, label.names
    if conversation.kept_level is None or not label.covers(kept_of(conversation)):
        conversation.kept_level, conversation.kept_categories = label.level, label.names


def raised(conversation_id: UUID, before: Label, after: Label) -> events.LevelRaised:
    """Return the journal's line of a label raised."""
    return events.LevelRaised(
        conversation_id=conversation_id, before=before.level, after=after.level, categories=tuple(after.names)
    )


def folder_name(keyring: Keyring, folder: Folder) -> str:
    """Open the name of a folder."""
    return keyring.open(folder.name_sealed, b"folder:" + folder.id.bytes).decode()


def _folder_out(keyring: Keyring, folder: Folder) -> FolderOut:
    return FolderOut(id=folder.id, name=folder_name(keyring, folder), position=folder.position)


def _write_cursor(last: Conversation) -> str:
    position = [last.pinned_at is None, last.updated_at.isoformat(), str(last.id)]
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _read_cursor(cursor: str | None) -> queries.Position | None:
    if cursor is None:
        return None
    try:
        unpinned, moment, identifier = json.loads(base64.urlsafe_b64decode(cursor))
        return bool(unpinned), datetime.fromisoformat(moment), UUID(identifier)
    except (ValueError, TypeError, AttributeError):
        raise InvalidRequest(field="cursor", reason="unreadable") from None


async def check_keyring(database: Database, keyring: Keyring) -> None:
    """Raise `KeyMismatch` when the key-encryption key is not the one that wrapped what is stored."""
    async with database.transaction() as session:
        conversation = await queries.any_conversation(session)
    if conversation is not None:
        try:
            content.key_of(keyring, conversation)
        except UnreadableContent:
            raise KeyMismatch from None
