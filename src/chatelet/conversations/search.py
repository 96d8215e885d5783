"""Search in one's own history: decrypted in memory, for its owner alone, never indexed in clear.

Every word of the question must be in the conversation (title and messages together), without case or accents. What is
compared was folded when the message was stored, so a search only decrypts and looks.
"""

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import content, queries, views
from chatelet.conversations.parts import text_of
from chatelet.conversations.queries import Searchable
from chatelet.conversations.schemas import FoundConversation, SearchResults, Snippet
from chatelet.identity.principal import Principal
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.text import FoldedText, fold
from chatelet.policy.retention.lasting import conversation_days

_SHOWN: Final = 50
_AROUND: Final = 60

Match = tuple[UUID, UUID | None]


async def search(session: AsyncSession, keyring: Keyring, principal: Principal, question: str) -> SearchResults:
    """Return the person's conversations that hold every word of `question`, the most recent first."""
    words = [word.encode() for word in fold(question).split()]
    if not words:
        return SearchResults(items=[])
    rows = await queries.searchable(session, principal.person_id)
    matches = await asyncio.to_thread(_match_all, keyring, rows, words)
    found = {
        row[0].id: row for row in await queries.by_ids(session, principal.person_id, [match[0] for match in matches])
    }
    wanted = [match[1] for match in matches if match[1] is not None]
    messages = {message.id: message for message in await queries.messages_by_ids(session, list(found), wanted)}
    items: list[FoundConversation] = []
    days = await conversation_days(session, principal.person_id)
    for conversation_id, message_id in matches:
        conversation, running = found[conversation_id]
        snippet = None
        if message_id is not None:
            key = content.key_of(keyring, conversation)
            text = text_of(key.open_parts(message_id, messages[message_id].parts_sealed))
            snippet = snippet_of(text, words[0].decode())
        summary = views.summary(keyring, conversation, running=running, days=days)
        items.append(FoundConversation(**summary.model_dump(), snippet=snippet))
    return SearchResults(items=items)


def _match_all(keyring: Keyring, rows: Sequence[Searchable], words: list[bytes]) -> list[Match]:
    matches: list[Match] = []
    for row in rows:
        match = _match(keyring, row, words)
        if match is not None:
            matches.append(match)
            if len(matches) == _SHOWN:
                break
    return matches


def _match(keyring: Keyring, row: Searchable, words: list[bytes]) -> Match | None:
    conversation_id, wrapped, title_sealed, ids, sealed = row
    key = content.unwrap(keyring, conversation_id, wrapped)
    title = fold(key.open_text("title", conversation_id, title_sealed) or "").encode()
    missing = [word for word in words if word not in title]
    if not missing:
        return conversation_id, None
    best: UUID | None = None
    for message_id, value in zip(ids or (), sealed or (), strict=True):
        text = key.open_search(message_id, value)
        if best is None and words[0] in text:
            best = message_id
        missing = [word for word in missing if word not in text]
        if not missing:
            return conversation_id, best or message_id
    return None


def snippet_of(text: str, word: str) -> Snippet:
    """Cut `text` around the first place whose folded form is `word` (itself folded)."""
    flat = " ".join(text.split())
    start, end, _ = FoldedText(flat).find(word) or (0, 0, 0)
    return Snippet(
        before=("…" if start > _AROUND else "") + flat[max(0, start - _AROUND) : start],
        match=flat[start:end],
        after=flat[end : end + _AROUND] + ("…" if len(flat) > end + _AROUND else ""),
    )
