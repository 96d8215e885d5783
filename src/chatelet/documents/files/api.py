"""Routes by which people send files, see how far they are, and delete them. Looking inside: `knowledge.viewing`."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from chatelet.documents.files import service
from chatelet.documents.files.schemas import FileList, FileOut, NewFile
from chatelet.documents.services import DocumentServices
from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/files", tags=["files"], responses={401: _CODED})


async def document_services(request: Request) -> DocumentServices:
    """Return what files need of the process."""
    services: DocumentServices = request.app.state.documents
    return services


CurrentDocuments = Annotated[DocumentServices, Depends(document_services)]
_BYTES: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
}


@router.post("", status_code=201, responses={403: _CODED, 409: _CODED, 413: _CODED, 422: _CODED})
async def begin_file(
    body: NewFile,
    session: Transaction,
    principal: Annotated[Principal, Depends(holding(Right.CHAT))],
    services: CurrentDocuments,
) -> FileOut:
    """Announce a file: its parts follow, each where the answer says."""
    return await service.begin(session, services, principal, body)


@router.put(
    "/{file_id}/parts/{offset}",
    responses={403: _CODED, 404: _CODED, 409: _CODED, 413: _CODED, 422: _CODED, 503: _CODED},
    openapi_extra=_BYTES,
)
async def send_part(
    file_id: UUID, offset: int, request: Request, principal: DetachedPrincipal, services: CurrentDocuments
) -> FileOut:
    """Send the part that begins at `offset`; sent twice, it counts once."""
    if not principal.rights.holds_somewhere(Right.CHAT):
        raise Forbidden(right=Right.CHAT.value)
    return await service.append(services, principal, file_id, offset, await request.body())


@router.get("", responses={422: _CODED})
async def list_files(
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
    id: Annotated[list[UUID], Query(min_length=1, max_length=200)],  # noqa: A002 (the name in the address)
) -> FileList:
    """Tell how far these files of one's own are."""
    return await service.own(session, services, principal, id)


@router.post("/{file_id}/read", responses={404: _CODED})
async def read_again(
    file_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDocuments
) -> FileOut:
    """Read a file that could not be, once more."""
    return await service.read_again(session, services, principal, file_id)


@router.delete("/{file_id}", status_code=204, responses={404: _CODED, 409: _CODED})
async def delete_file(file_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Delete a file that no conversation nor document holds."""
    await service.remove(session, principal, file_id)
