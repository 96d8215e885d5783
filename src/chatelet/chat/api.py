"""Routes of a turn: ask, follow again, stop."""

import asyncio
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response

from chatelet.chat import following, given, opening, turn
from chatelet.chat.events import TurnEventStream
from chatelet.chat.live import Listener, Write
from chatelet.chat.publications import asking as publications
from chatelet.chat.running import STOP_CHANNEL
from chatelet.chat.schemas import NewTurnIn
from chatelet.chat.services import ChatServices
from chatelet.chat.stream import EventStream
from chatelet.chat.web import asking
from chatelet.conversations import stored_turn
from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal
from chatelet.identity.open_answers import answer_of
from chatelet.identity.principal import Principal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.notifications import notify

router = APIRouter(prefix="/api/conversations/{conversation_id}/turns", tags=["chat"])

_STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": TurnEventStream, "description": "One event of the stream"},
    403: {"model": ErrorOut},
    404: {"model": ErrorOut},
    409: {"model": ErrorOut},
    429: {"model": ErrorOut},
}


@router.post("", status_code=200, response_class=EventStream, responses=_STREAM)
async def ask(conversation_id: UUID, body: NewTurnIn, request: Request, principal: DetachedPrincipal) -> Response:
    """Ask a question; the answer streams. Closing the connection does not stop it."""
    services: ChatServices = request.app.state.chat
    services.running.check_capacity(principal.person_id)
    received = await given.receive(services, principal, conversation_id, body.attachments, body.collections)
    works = await publications.receive(services, body.publications)
    new = body.to_new_turn((*received, *await asking.receive(services, body.web), *works))
    asked = await opening.open_turn(
        services, principal, conversation_id, new, model=body.model, pseudonymise=body.pseudonymise
    )
    if not asked.opened.repeated:
        live = services.running.launch(
            asked.opened, principal.person_id, lambda live: turn.carry(services, asked, live)
        )
        answer = answer_of(request.scope)
        if answer is not None and answer.person_left:  # disabled while the question was being stored
            asyncio.get_running_loop().call_soon(services.running.stop, asked.opened.turn_id)
        return EventStream(lambda write: live.follow(_listener(request, principal), 0, write))
    return await _follow(request, principal, conversation_id, asked.opened.turn_id, 0)


@router.get("/{turn_id}/events", status_code=200, response_class=EventStream, responses=_STREAM)
async def follow_again(
    conversation_id: UUID,
    turn_id: UUID,
    request: Request,
    principal: DetachedPrincipal,
    last_event_id: Annotated[int | None, Header(ge=0)] = None,
    after: Annotated[int | None, Query(ge=0)] = None,
) -> Response:
    """Follow a turn from where the reader was: from another tab, another device, through another process."""
    return await _follow(request, principal, conversation_id, turn_id, last_event_id or after or 0)


@router.post("/{turn_id}/stop", status_code=202, responses={404: {"model": ErrorOut}})
async def stop(
    conversation_id: UUID, turn_id: UUID, request: Request, principal: CurrentPrincipal, session: Transaction
) -> None:
    """Stop an answer; what is written is kept."""
    services: ChatServices = request.app.state.chat
    await stored_turn.require(session, principal.person_id, conversation_id, turn_id)
    if not services.running.stop(turn_id):
        await notify(session, STOP_CHANNEL, str(turn_id))


async def _follow(request: Request, principal: Principal, conversation_id: UUID, turn_id: UUID, after: int) -> Response:
    services: ChatServices = request.app.state.chat
    async with services.database.transaction() as session:
        await stored_turn.require(session, principal.person_id, conversation_id, turn_id)
    live = services.running.find(turn_id)
    if live is not None:
        return EventStream(lambda write: live.follow(_listener(request, principal), after, write))

    async def follow_stored(write: Write) -> None:
        listener = _listener(request, principal)
        with services.running.listening(listener):
            await following.follow(
                services.database, services.keyring, listener, conversation_id, turn_id, after, write
            )

    return EventStream(follow_stored)


def _listener(request: Request, principal: Principal) -> Listener:
    """Return who reads from now on, cut at once when their session ended since they were let in."""
    answer = answer_of(request.scope)
    return Listener(principal.person_id, principal.session_id, cut=answer is not None and answer.is_cut)
