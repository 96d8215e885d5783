"""The verbs on pages read: keep them with a turn, list them, open one; the conversation's owner alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.scholarly.schemas import RecordOut
from chatelet.conversations import queries
from chatelet.conversations.content import ConversationKey, key_of
from chatelet.conversations.errors import ConversationNotFound, PageNotFound
from chatelet.conversations.snapshots.schemas import PageOfWeb, PageOfWebText, PagesOfWeb
from chatelet.conversations.snapshots.snapshot import DECODER, ENCODER, Snapshot
from chatelet.conversations.snapshots.tables import WebSnapshot
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring

_KIND = "page"


async def keep(
    session: AsyncSession,
    key: ConversationKey,
    conversation_id: UUID,
    turn_id: UUID,
    pages: Mapping[UUID, Snapshot],
) -> None:
    """Keep pages as they were read for a turn, under the identifiers that their passages bear."""
    moment = clock.now()
    for identifier, page in pages.items():
        sealed = key.seal_text(_KIND, identifier, ENCODER.encode(page).decode())
        session.add(
            WebSnapshot(
                id=identifier, conversation_id=conversation_id, turn_id=turn_id, sealed=sealed, created_at=moment
            )
        )
    await session.flush()


async def listed(session: AsyncSession, keyring: Keyring, principal: Principal, conversation_id: UUID) -> PagesOfWeb:
    """Return what was read in a conversation. Raises `ConversationNotFound`."""
    key = await _key(session, keyring, principal, conversation_id)
    rows = await session.scalars(
        select(WebSnapshot).where(WebSnapshot.conversation_id == conversation_id).order_by(WebSnapshot.id)
    )
    return PagesOfWeb(items=[PageOfWeb(**_told(key, row)) for row in rows])


async def opened(
    session: AsyncSession, keyring: Keyring, principal: Principal, conversation_id: UUID, page_id: UUID
) -> PageOfWebText:
    """Return a page as it was read. Raises `ConversationNotFound`, `PageNotFound`."""
    key = await _key(session, keyring, principal, conversation_id)
    row = await session.scalar(
        select(WebSnapshot).where(WebSnapshot.conversation_id == conversation_id, WebSnapshot.id == page_id)
    )
    if row is None:
        raise PageNotFound
    return PageOfWebText(**_told(key, row), text=_open(key, row).text)


async def of_person(session: AsyncSession, keyring: Keyring, person_id: UUID) -> list[PageOfWebText]:
    """Return every page read in a person's conversations, with its text: for their own access to their data."""
    pages: list[PageOfWebText] = []
    for conversation in (await session.scalars(queries.readable_by(person_id))).all():
        key = key_of(keyring, conversation)
        rows = select(WebSnapshot).where(WebSnapshot.conversation_id == conversation.id).order_by(WebSnapshot.id)
        pages += [PageOfWebText(**_told(key, row), text=_open(key, row).text) for row in await session.scalars(rows)]
    return pages


async def _key(session: AsyncSession, keyring: Keyring, principal: Principal, conversation_id: UUID) -> ConversationKey:
    conversation = await queries.one(session, principal.person_id, conversation_id)
    if conversation is None:
        raise ConversationNotFound
    return key_of(keyring, conversation)


def _open(key: ConversationKey, row: WebSnapshot) -> Snapshot:
    return DECODER.decode(key.open_text(_KIND, row.id, row.sealed) or "")


def _told(key: ConversationKey, row: WebSnapshot) -> dict[str, Any]:
    page = _open(key, row)
    return {
        "id": row.id,
        "turn_id": row.turn_id,
        "address": page.address,
        "title": page.title,
        "site": page.site,
        "tier": page.tier,
        "published": page.published,
        "author": page.author,
        "language": page.language,
        "wall": page.wall,
        "work": RecordOut.of(page.work) if page.work else None,
        "read_at": row.created_at,
    }
