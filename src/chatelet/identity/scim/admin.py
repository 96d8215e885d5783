"""Routes of the administration of directories: who provisions is a matter of the installation as a whole."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from chatelet.identity.current import CurrentAdministrator
from chatelet.identity.finding import LONGEST_WORDS
from chatelet.identity.scim import clients, orphans
from chatelet.identity.scim.api import Base
from chatelet.identity.scim.schemas import (
    DirectoryGroup,
    DirectoryGroupPage,
    DirectoryList,
    DirectoryToken,
    GroupMapping,
    GroupOrder,
    NewDirectory,
    OrphanOrder,
    OrphanPage,
)
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(prefix="/api/admin/directories", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Cursor = Annotated[str | None, Query(max_length=2000)]
_Limit = Annotated[int, Query(ge=1, le=200)]


@router.get("")
async def list_directories(session: Transaction, _administrator: CurrentAdministrator, base: Base) -> DirectoryList:
    """List the directories that provision persons and groups."""
    return await clients.directories(session, address=base)


@router.post("", status_code=201, responses=_CHANGED)
async def connect_directory(
    body: NewDirectory, session: Transaction, administrator: CurrentAdministrator, base: Base
) -> DirectoryToken:
    """Connect a directory; its token is shown this once."""
    return await clients.connect(session, administrator, body, address=base)


@router.post("/{directory_id}/token", status_code=201, responses=_CHANGED)
async def renew_token(
    directory_id: UUID, session: Transaction, administrator: CurrentAdministrator, base: Base
) -> DirectoryToken:
    """Give a directory another token; the one before is refused from now on."""
    return await clients.renew(session, administrator, directory_id, address=base)


@router.delete("/{directory_id}", status_code=204, responses=_CHANGED)
async def revoke_directory(directory_id: UUID, session: Transaction, administrator: CurrentAdministrator) -> None:
    """Revoke the token of a directory."""
    await clients.revoke(session, administrator, directory_id)


@router.get("/{directory_id}/groups", responses=_CHANGED)
async def list_groups(
    directory_id: UUID,
    session: Transaction,
    _administrator: CurrentAdministrator,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: GroupOrder = "name",
    cursor: _Cursor = None,
    limit: _Limit = 100,
) -> DirectoryGroupPage:
    """List the groups of a directory, all or by words of their names, and what each leads to."""
    return await clients.groups_page(session, directory_id, q, order, cursor=cursor, limit=limit)


@router.patch("/{directory_id}/groups/{group_id}", responses=_CHANGED)
async def map_group(
    directory_id: UUID, group_id: UUID, body: GroupMapping, session: Transaction, administrator: CurrentAdministrator
) -> DirectoryGroup:
    """Say what a group leads to: a unit, a role on a unit or everywhere, or nothing."""
    return await clients.map_group(session, administrator, directory_id, group_id, body)


@router.get("/{directory_id}/orphans", responses=_CHANGED)
async def list_orphans(
    directory_id: UUID,
    session: Transaction,
    _administrator: CurrentAdministrator,
    q: Annotated[str, Query(max_length=LONGEST_WORDS)] = "",
    order: OrphanOrder = "name",
    cursor: _Cursor = None,
    limit: _Limit = 100,
) -> OrphanPage:
    """List who may sign in here although the directory does not name them, no longer does, or says them inactive."""
    return await orphans.orphans_page(session, directory_id, q, order, cursor=cursor, limit=limit)


@router.get(
    "/{directory_id}/orphans.csv",
    responses={**_CHANGED, 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    response_class=Response,
)
async def export_orphans(directory_id: UUID, session: Transaction, _administrator: CurrentAdministrator) -> Response:
    """Download the same list, whole, for a spreadsheet."""
    headers = {"content-disposition": f'attachment; filename="orphans-{directory_id}.csv"'}
    return Response(await orphans.orphans_csv(session, directory_id), media_type="text/csv", headers=headers)
