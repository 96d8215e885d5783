"""What comes with a question: files, which the conversation then holds, and collections in which to look.

Both ends are checked here, and again when they are used (TA-023): the conversation and the files are the caller's own,
the collections are ones they may read. The conversation takes the highest of their levels.
"""

from collections.abc import Sequence
from uuid import UUID

from chatelet.chat.services import ChatServices
from chatelet.conversations import service as conversations
from chatelet.conversations.parts import AttachmentPart, CollectionPart, Given
from chatelet.documents.files import service as files
from chatelet.documents.files import views as file_views
from chatelet.identity.principal import Principal
from chatelet.knowledge import closing
from chatelet.knowledge import queries as knowledge
from chatelet.knowledge.errors import CollectionNotFound
from chatelet.policy.sensitivity import Label, Level, join_all


async def receive(
    services: ChatServices,
    principal: Principal,
    conversation_id: UUID,
    attachments: Sequence[UUID],
    collections: Sequence[UUID],
) -> tuple[Given, ...]:
    """Give files to the conversation and find the collections; nothing given costs nothing.

    Raises `ConversationNotFound`, `FileNotFound`, `FileInUse`, `CollectionNotFound`, `CollectionAskedAlone`,
    `LevelNotAllowed`.
    """
    if not attachments and not collections:
        return ()
    async with services.database.transaction() as session:
        await conversations.require(session, principal, conversation_id)
        held = await files.hold(session, principal, attachments, kind="conversation", holder_id=conversation_id)
        chosen = await knowledge.collections(session, principal, collections)
        if len(chosen) != len(set(collections)):
            raise CollectionNotFound
        closing.require_alone([row.collection for row in chosen])
        label = join_all([Label.of(one.level, one.categories) for one in [*held, *(row.collection for row in chosen)]])
        ceiling = Level(services.settings.policy.highest_level)
        bases = join_all([Label.of(row.collection.level, row.collection.categories) for row in chosen])
        await conversations.cover(session, principal, conversation_id, label, kept=bases, ceiling=ceiling)
        by_id = {row.id: row for row in held}
        parts: list[Given] = []
        for identifier in dict.fromkeys(attachments):
            name = file_views.name_of(services.documents, by_id[identifier])
            parts.append(AttachmentPart(identifier, name, by_id[identifier].size_bytes))
        parts += [CollectionPart(row.collection.id, row.collection.name) for row in chosen]
        return tuple(parts)
