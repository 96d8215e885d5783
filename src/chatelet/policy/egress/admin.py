"""The page of the network's exits, for whoever answers for security."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from chatelet.identity.current import CurrentSettings, OpenDatabase, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.egress.destinations import Declares
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.egress import keeping, service
from chatelet.policy.egress.schemas import ExitsOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}}}
}
router = APIRouter(prefix="/api/admin", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Officer = Annotated[Principal, Depends(holding(Right.SECURITY_MANAGE))]
_Days = Annotated[int, Query(ge=1, le=service.KEPT_DAYS)]


async def declarers(request: Request) -> Sequence[Declares]:
    """Return what tells the destinations of each domain, as the composition root put them together."""
    found: Sequence[Declares] = request.app.state.declarers
    return found


@router.get("/egress")
async def read_exits(
    session: Transaction,
    _officer: _Officer,
    settings: CurrentSettings,
    database: OpenDatabase,
    declared: Annotated[Sequence[Declares], Depends(declarers)],
    days: _Days = 30,
) -> ExitsOut:
    """List every host that may be contacted, why and by what declaration, with what was contacted."""
    await keeping.store_counts(database)
    return await service.exits(session, settings, declared, days)


@router.get("/egress/export", responses=_FILE, response_class=Response)
async def export_contacts(session: Transaction, _officer: _Officer, days: _Days = 30) -> Response:
    """Download what was contacted, day after day, as CSV."""
    body = await service.export(session, days)
    headers = {"content-disposition": 'attachment; filename="network-egress.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
