"""Routes of deep research."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.research import export, offering, service, taking
from chatelet.research.schemas import (
    ConfirmedPlan,
    MoreSearches,
    NewResearch,
    ReportPublication,
    ResearchGoOn,
    ResearchList,
    ResearchOffer,
    ResearchOut,
    ResearchSourceText,
)
from chatelet.research.services import ResearchServices

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ASKING: Final[dict[int | str, dict[str, Any]]] = {
    404: _CODED,
    409: _CODED,
    422: _CODED,
    429: _CODED,
    503: _CODED,
}
_INERT: Final = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    404: _CODED,
    409: _CODED,
}
router = APIRouter(prefix="/api/research", tags=["research"], responses={401: _CODED, 403: _CODED})


async def research_services(request: Request) -> ResearchServices:
    """Return what research needs of the process."""
    services: ResearchServices = request.app.state.research
    return services


async def asker(principal: DetachedPrincipal) -> Principal:
    """Return the caller, who may ask models."""
    if not principal.rights.holds_somewhere(Right.CHAT):
        raise Forbidden(right=Right.CHAT.value)
    return principal


Services = Annotated[ResearchServices, Depends(research_services)]
Asker = Annotated[Principal, Depends(asker)]


@router.get("/offer")
async def read_research_offer(_principal: DetachedPrincipal, services: Services) -> ResearchOffer:
    """Tell whom research may ask here, up to which sensitivity, and what it may use."""
    return offering.offer_of(services)


@router.post("", status_code=201, responses=_ASKING)
async def ask_research(body: NewResearch, principal: Asker, services: Services) -> ResearchOut:
    """Ask a question: a plan is written, and nothing leaves before it is confirmed."""
    return await service.ask(services, principal, body)


@router.get("")
async def list_researches(session: Transaction, principal: CurrentPrincipal, services: Services) -> ResearchList:
    """Return the caller's last researches, the newest first."""
    return await service.list_researches(session, services, principal)


@router.get("/{research_id}", responses={404: _CODED})
async def read_research(
    research_id: UUID, session: Transaction, principal: CurrentPrincipal, services: Services
) -> ResearchOut:
    """Return a research with what was found so far."""
    return await service.read(session, services, principal, research_id)


@router.post("/{research_id}/confirm", responses=_ASKING)
async def confirm_research(research_id: UUID, body: ConfirmedPlan, principal: Asker, services: Services) -> ResearchOut:
    """Confirm the plan: exactly these words leave, within this budget."""
    return await service.confirm(services, principal, research_id, body)


@router.post("/{research_id}/searches", responses=_ASKING)
async def add_searches(research_id: UUID, body: MoreSearches, principal: Asker, services: Services) -> ResearchOut:
    """Confirm searches to add to a research that has ended."""
    return await service.add(services, principal, research_id, body)


@router.post("/{research_id}/stop", responses={404: _CODED, 409: _CODED})
async def stop_research(
    research_id: UUID, session: Transaction, principal: CurrentPrincipal, services: Services
) -> ResearchOut:
    """Stop a research; what was found stays."""
    return await service.stop(session, services, principal, research_id)


@router.post("/{research_id}/resume", responses=_ASKING)
async def resume_research(research_id: UUID, body: ResearchGoOn, principal: Asker, services: Services) -> ResearchOut:
    """Go on with a research, with more to use when it is given; no search is asked twice."""
    return await service.go_on(services, principal, research_id, body.budget)


@router.get("/{research_id}/sources/{number}", responses={404: _CODED})
async def open_research_source(
    research_id: UUID,
    number: Annotated[int, Path(ge=1, le=100_000)],
    session: Transaction,
    principal: CurrentPrincipal,
    services: Services,
) -> ResearchSourceText:
    """Open what was read, as it was: nothing is asked of its site."""
    return await service.source(session, services, principal, research_id, number)


@router.get("/{research_id}/report", response_class=Response, responses=_FILE)
async def download_report(
    research_id: UUID,
    principal: DetachedPrincipal,
    services: Services,
    form: Annotated[export.Form, Query(alias="format")] = "docx",
) -> Response:
    """Download the report, marked as written by a machine."""
    return _downloaded(await taking.report(services, principal, research_id, form), form)


@router.post("/{research_id}/publication", response_class=Response, responses={**_FILE, 422: _CODED})
async def publish_report(
    research_id: UUID, body: ReportPublication, principal: DetachedPrincipal, services: Services
) -> Response:
    """Take the report away to publish it, with the label that its readers see, and who reviewed it."""
    publication = body.by(principal.name)
    return _downloaded(await taking.published(services, principal, research_id, body.form, publication), body.form)


def _downloaded(data: bytes, form: export.Form) -> Response:
    named = {"content-disposition": f'attachment; filename="recherche.{form}"'}
    return Response(data, media_type=export.MEDIA[form], headers={**_INERT, **named})


@router.delete("/{research_id}", status_code=204, responses={404: _CODED})
async def remove_research(research_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Destroy a research with all it holds."""
    await service.remove(session, principal, research_id)
