"""Routes of the sources of a collection, for those who curate it."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.knowledge.sources import service, trying
from chatelet.knowledge.sources.schemas import (
    Confirmation,
    FailedEntries,
    NewSource,
    PlaceChoices,
    Removal,
    RemovalOut,
    SourceChange,
    SourceList,
    SourceOut,
    SourceTrial,
    TrialOut,
)
from chatelet.knowledge.sources.services import SourceServices

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(prefix="/api", tags=["sources"], responses={401: _CODED, **_ANSWERS})


async def current_sources(request: Request) -> SourceServices:
    """Return what following places needs of the process."""
    services: SourceServices = request.app.state.sources
    return services


CurrentSources = Annotated[SourceServices, Depends(current_sources)]


@router.get("/collections/{collection_id}/places")
async def list_choices(collection_id: UUID, session: Transaction, principal: CurrentPrincipal) -> PlaceChoices:
    """List the places that a collection may follow."""
    return await service.choices(session, principal, collection_id)


@router.get("/collections/{collection_id}/sources")
async def list_sources(collection_id: UUID, session: Transaction, principal: CurrentPrincipal) -> SourceList:
    """List the sources of a collection, with how their last run went."""
    return await service.list_sources(session, principal, collection_id)


@router.post("/collections/{collection_id}/sources", status_code=201)
async def make_source(
    collection_id: UUID,
    body: NewSource,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentSources,
) -> SourceOut:
    """Have a folder of a collection follow a path of a place."""
    return await service.make(session, services, principal, collection_id, body)


@router.post("/collections/{collection_id}/sources/trial")
async def try_source(
    collection_id: UUID, body: SourceTrial, principal: DetachedPrincipal, services: CurrentSources
) -> TrialOut:
    """Look at the first entries under a path of a place."""
    return await trying.try_source(services, principal, collection_id, body)


@router.patch("/sources/{source_id}")
async def change_source(
    source_id: UUID, body: SourceChange, session: Transaction, principal: CurrentPrincipal, services: CurrentSources
) -> SourceOut:
    """Change when a source runs, whether rights are followed, or pause it."""
    return await service.change(session, services, principal, source_id, body)


@router.post("/sources/{source_id}/runs")
async def run_source(source_id: UUID, session: Transaction, principal: CurrentPrincipal) -> SourceOut:
    """Run a source at once."""
    return await service.run_now(session, principal, source_id)


@router.post("/sources/{source_id}/confirmation")
async def confirm_removals(
    source_id: UUID, body: Confirmation, session: Transaction, principal: CurrentPrincipal
) -> SourceOut:
    """Let the documents go that the last run did not dare to delete."""
    return await service.confirm(session, principal, source_id, body)


@router.get("/sources/{source_id}/failures")
async def list_failures(source_id: UUID, session: Transaction, principal: CurrentPrincipal) -> FailedEntries:
    """List the entries that could not be brought, and why."""
    return await service.failures(session, principal, source_id)


@router.post("/sources/{source_id}/removal")
async def remove_source(
    source_id: UUID, body: Removal, session: Transaction, principal: CurrentPrincipal
) -> RemovalOut:
    """Stop following, and keep or delete the documents. It cannot be undone."""
    return await service.remove(session, principal, source_id, body)
