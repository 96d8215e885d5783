"""Routes of imports: the file is the body, as it is. Without `apply`, a trial: the same work, taken back."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request

from chatelet.identity.current import holding
from chatelet.identity.imports.persons import import_persons
from chatelet.identity.imports.schemas import ImportReport
from chatelet.identity.imports.units import import_units
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
UNITS_PATH: Final = "/api/admin/imports/units"
PERSONS_PATH: Final = "/api/admin/imports/persons"
LARGEST: Final = 32 * 1024 * 1024
router = APIRouter(tags=["administration"], responses={401: _CODED, 403: _CODED, 409: _CODED, 413: _CODED, 422: _CODED})


@router.post(UNITS_PATH)
async def import_units_table(
    request: Request,
    session: Transaction,
    manager: Annotated[Principal, Depends(holding(Right.UNITS_MANAGE))],
    *,
    apply: bool = False,
) -> ImportReport:
    """Create, change and move units from a table (CSV); all or nothing, and nothing without `apply`."""
    return await import_units(session, manager, await request.body(), apply=apply)


@router.post(PERSONS_PATH)
async def import_persons_table(
    request: Request,
    session: Transaction,
    manager: Annotated[Principal, Depends(holding(Right.PERSONS_MANAGE))],
    *,
    apply: bool = False,
) -> ImportReport:
    """Create, place, change and disable persons from a table (CSV); all or nothing, and nothing without `apply`."""
    return await import_persons(session, manager, await request.body(), apply=apply)
