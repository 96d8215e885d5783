"""Routes of whoever publishes the charter, where they hold the right to."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from chatelet.adoption.charter import publication
from chatelet.adoption.charter.schemas import (
    CharterAdmin,
    CharterOrder,
    CharterProgressList,
    NewCharter,
    PublishedCharter,
)
from chatelet.identity.current import CurrentSettings, holding
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.paging import LONGEST_CURSOR

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(
    prefix="/api/admin/charters", tags=["charter"], responses={401: _CODED, 403: _CODED, 404: _CODED, 422: _CODED}
)
_Publisher = Annotated[Principal, Depends(holding(Right.CHARTER_PUBLISH))]


@router.get("")
async def list_charters(
    session: Transaction,
    publisher: _Publisher,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: CharterOrder = "unit",
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> CharterProgressList:
    """List the charters in force where the caller publishes, with the progress of their acceptance."""
    return await publication.progress(session, publisher, q, order, cursor=cursor, limit=limit)


@router.get("/current")
async def read_charter_of_unit(
    session: Transaction, publisher: _Publisher, settings: CurrentSettings, unit_id: UUID | None = None
) -> CharterAdmin:
    """Read what is written for a unit (or the institution), the model, and how many a publication would ask."""
    return await publication.read(session, publisher, settings, unit_id)


@router.post("", status_code=201, responses={409: _CODED})
async def publish_charter(body: NewCharter, session: Transaction, publisher: _Publisher) -> PublishedCharter:
    """Publish a version: everybody it is for is asked to accept it before their next question."""
    return await publication.publish(session, publisher, body)


@router.delete("/current", status_code=204)
async def withdraw_charter(session: Transaction, publisher: _Publisher, unit_id: UUID | None = None) -> None:
    """Take the charter of a unit out of force; the nearest one above is again."""
    await publication.withdraw(session, publisher, unit_id)


@router.get(
    "/acceptances",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export_acceptances(session: Transaction, publisher: _Publisher, unit_id: UUID | None = None) -> Response:
    """Export who accepted what in a unit and all under it, as CSV."""
    told = await publication.export(session, publisher, unit_id)
    headers = {"content-disposition": 'attachment; filename="charter-acceptances.csv"'}
    return Response(told, media_type="text/csv; charset=utf-8", headers=headers)
