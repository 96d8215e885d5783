"""Routes of reading somebody's content: the one way there is. What each may do is checked by the verb."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter

from chatelet.identity.current import CurrentPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.privacy.api import CurrentPrivacy
from chatelet.privacy.break_glass import service
from chatelet.privacy.break_glass.schemas import (
    NewReading,
    ReadableConversations,
    ReadConversation,
    ReadingDecision,
    ReadingList,
)

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin/privacy/readings", tags=["administration"], responses={401: _CODED, 403: _CODED})


@router.get("")
async def list_readings(session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy) -> ReadingList:
    """List the requests to read somebody's content."""
    return await service.listed(session, services, principal)


@router.post("", status_code=201, responses={404: _CODED, 409: _CODED, 422: _CODED})
async def ask_reading(
    body: NewReading, session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> ReadingList:
    """Ask to read the content of a person, of a period or of one conversation, until a date."""
    return await service.ask(session, services, principal, body)


@router.post("/{reading_id}/decision", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def decide_reading(
    reading_id: UUID, body: ReadingDecision, session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> ReadingList:
    """Approve or decline, as a second person of another right; the person concerned is told."""
    return await service.decide(session, services, principal, reading_id, body)


@router.get("/{reading_id}/conversations", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def list_readable(reading_id: UUID, session: Transaction, principal: CurrentPrincipal) -> ReadableConversations:
    """List what the request covers, without a word of it: its requester only, until its end."""
    return await service.readable(session, principal, reading_id)


@router.get("/{reading_id}/conversations/{conversation_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def open_conversation(
    reading_id: UUID,
    conversation_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentPrivacy,
) -> ReadConversation:
    """Read one conversation. Each opening is journalled, and shown to the person concerned."""
    return await service.open_one(session, services, principal, reading_id, conversation_id)


@router.post("/{reading_id}/end", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def end_reading(
    reading_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentPrivacy
) -> ReadingList:
    """End a reading, or take a request back, before its date."""
    return await service.end(session, services, principal, reading_id)
