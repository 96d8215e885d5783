"""Routes of the administration of backends and models: administrators only. API keys go in and never come out."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends

from chatelet.audit import events, journal
from chatelet.identity.current import CurrentAdministrator, DetachedPrincipal, OpenDatabase
from chatelet.identity.principal import Principal
from chatelet.inference import catalogue, queries, views
from chatelet.inference.api import OpenInference
from chatelet.inference.errors import BackendNotFound
from chatelet.inference.schemas import (
    BackendChange,
    BackendList,
    BackendOut,
    ModelAdminList,
    ModelAdminOut,
    ModelChange,
    NewBackend,
    NewModel,
    ProbeOut,
)
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})


async def detached_administrator(principal: DetachedPrincipal) -> Principal:
    """Return the caller, an administrator, without holding a transaction: a probe waits for another server."""
    if not principal.is_administrator:
        raise Forbidden
    return principal


@router.get("/backends")
async def list_backends(
    session: Transaction, _administrator: CurrentAdministrator, inference: OpenInference
) -> BackendList:
    """List every declared backend."""
    rows = await queries.all_backends(session)
    return BackendList(items=[views.backend_out(row, inference.health) for row in rows])


@router.post("/backends", status_code=201, responses={409: _CODED, 422: _CODED})
async def add_backend(
    body: NewBackend, session: Transaction, administrator: CurrentAdministrator, inference: OpenInference
) -> BackendOut:
    """Declare an OpenAI-compatible server."""
    row = await catalogue.add_backend(session, administrator, inference.keyring, body)
    await inference.refresh(session)
    return views.backend_out(row, inference.health)


@router.patch("/backends/{name}", responses={404: _CODED, 422: _CODED})
async def change_backend(
    name: str, body: BackendChange, session: Transaction, administrator: CurrentAdministrator, inference: OpenInference
) -> BackendOut:
    """Change a backend; one that comes from chatelet.toml is set again from it at the next start."""
    row = await catalogue.change_backend(session, administrator, inference.keyring, name, body)
    await inference.refresh(session)
    return views.backend_out(row, inference.health)


@router.delete("/backends/{name}", status_code=204, responses={404: _CODED, 409: _CODED})
async def remove_backend(
    name: str, session: Transaction, administrator: CurrentAdministrator, inference: OpenInference
) -> None:
    """Forget a backend that no model uses."""
    await catalogue.remove_backend(session, administrator, name)
    await inference.refresh(session)


@router.post("/backends/{name}/probe", responses={404: _CODED})
async def probe_backend(
    name: str,
    administrator: Annotated[Principal, Depends(detached_administrator)],
    database: OpenDatabase,
    inference: OpenInference,
) -> ProbeOut:
    """Ask an enabled backend how it is, now."""
    backend = next((one for one in inference.registry.snapshot.backends if one.name == name), None)
    if backend is None:
        raise BackendNotFound(name=name)
    condition = inference.health.condition(name) if backend.is_embedded else await inference.health.probe_now(backend)
    async with database.transaction() as session:
        event = events.BackendProbed(backend=name, state=condition.state)
        await journal.record(session, event, actor=administrator.person_id)
    return ProbeOut(state=condition.state, error_code=condition.error_code)


@router.get("/models")
async def list_models(session: Transaction, _administrator: CurrentAdministrator) -> ModelAdminList:
    """List every declared model, offered or not."""
    return ModelAdminList(items=[ModelAdminOut.model_validate(row) for row in await queries.all_models(session)])


@router.post("/models", status_code=201, responses={404: _CODED, 409: _CODED, 422: _CODED})
async def add_model(
    body: NewModel, session: Transaction, administrator: CurrentAdministrator, inference: OpenInference
) -> ModelAdminOut:
    """Offer a model."""
    row = await catalogue.add_model(session, administrator, body)
    await inference.refresh(session)
    return ModelAdminOut.model_validate(row)


@router.patch("/models/{model_id}", responses={404: _CODED, 422: _CODED})
async def change_model(
    model_id: str,
    body: ModelChange,
    session: Transaction,
    administrator: CurrentAdministrator,
    inference: OpenInference,
) -> ModelAdminOut:
    """Change how a model is offered; one that comes from chatelet.toml is set again from it at the next start."""
    row = await catalogue.change_model(session, administrator, model_id, body)
    await inference.refresh(session)
    return ModelAdminOut.model_validate(row)


@router.delete("/models/{model_id}", status_code=204, responses={404: _CODED})
async def remove_model(
    model_id: str, session: Transaction, administrator: CurrentAdministrator, inference: OpenInference
) -> None:
    """Offer a model no more."""
    await catalogue.remove_model(session, administrator, model_id)
    await inference.refresh(session)
