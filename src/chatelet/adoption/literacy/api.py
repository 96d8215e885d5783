"""Routes of the path on using a model well."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query

from chatelet.adoption.literacy import service
from chatelet.adoption.literacy.schemas import LiteracyOut
from chatelet.identity.current import CurrentPrincipal, holding
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.kernel.paging import LONGEST_CURSOR

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(tags=["adoption"], responses={401: _CODED, 403: _CODED})


@router.post("/api/literacy/completions", status_code=204)
async def complete_literacy(session: Transaction, principal: CurrentPrincipal) -> None:
    """Count that the path was followed to its end: for a unit and a month, never for a person."""
    await service.count(session, principal)


@router.get("/api/admin/adoption/literacy")
async def read_literacy(
    session: Transaction,
    manager: Annotated[Principal, Depends(holding(Right.WAVES_MANAGE))],
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    cursor: Annotated[str | None, Query(max_length=LONGEST_CURSOR)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> LiteracyOut:
    """Read how often the path was followed, by unit and month; nothing about fewer than five."""
    return await service.read(session, manager, q, cursor=cursor, limit=limit)
