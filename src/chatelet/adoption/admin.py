"""Routes shared by the pages of adoption: the units to choose from."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query

from chatelet.identity.current import CurrentPrincipal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units import choosing
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_RIGHTS: Final = (Right.CHARTER_PUBLISH, Right.WAVES_MANAGE)
router = APIRouter(prefix="/api/admin/adoption", tags=["adoption"], responses={401: _CODED, 403: _CODED, 422: _CODED})


@router.get("/units")
async def find_units(
    session: Transaction, principal: CurrentPrincipal, q: Annotated[str, Query(max_length=100)] = ""
) -> list[UnitName]:
    """Find units where the caller publishes the charter or manages waves, by name or code; fifty at most."""
    if not any(principal.rights.holds_somewhere(right) for right in _RIGHTS):
        raise Forbidden(right=Right.WAVES_MANAGE.value)
    return await choosing.find(session, principal, _RIGHTS, q)
