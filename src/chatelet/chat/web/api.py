"""Routes of the search of the web: what it is here, and the query proposed for words not sent yet."""

import asyncio

from fastapi import APIRouter, Depends, Request

from chatelet.chat.services import ChatServices
from chatelet.chat.web import around, query
from chatelet.chat.web.schemas import Drafted, EngineOut, QueryOut, WebSearchOut
from chatelet.identity.current import DetachedPrincipal, holding
from chatelet.identity.rights import Right
from chatelet.kernel.egress import gate
from chatelet.kernel.http import ErrorOut
from chatelet.policy.guardrails.detection import DetectorFailed
from chatelet.policy.guardrails.examination import DetectionFailed
from chatelet.policy.sensitivity import Level

router = APIRouter(
    prefix="/api/web-search",
    tags=["chat"],
    dependencies=[Depends(holding(Right.CHAT))],
    responses={403: {"model": ErrorOut}},
)


@router.get("")
async def read_web_search(request: Request) -> WebSearchOut:
    """Tell who receives queries, and up to which sensitivity."""
    services: ChatServices = request.app.state.chat
    web = services.web
    return WebSearchOut(
        engines=[
            EngineOut(name=one.card.name, operator=one.card.operator, country=one.card.country) for one in web.engines
        ],
        highest_level=Level(web.settings.highest_level),
        reads_pages=gate.current().posture.mode == "open" or bool(web.settings.inside_origins),
    )


@router.post("/query", responses={404: {"model": ErrorOut}, 503: {"model": ErrorOut}})
async def propose_web_query(body: Drafted, request: Request, principal: DetachedPrincipal) -> QueryOut:
    """Propose the words to search for, from a draft: names, identifiers, secrets and quotations are taken out.

    So are the names met in the conversation that it is written in, and what is copied from its files.
    """
    services: ChatServices = request.app.state.chat
    try:
        known = await around.known(services, principal, body.conversation_id, body.files)
        found = await asyncio.to_thread(query.propose, body.text, known)
    except DetectorFailed as failure:
        raise DetectionFailed(kind=failure.kind.value) from None
    return QueryOut(query=found.query, removed=found.removed)
