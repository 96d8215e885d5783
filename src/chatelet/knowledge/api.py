"""Routes of collections, of their documents, and of what a citation opens."""

from typing import Annotated, Any, Final, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from chatelet.documents.files.api import CurrentDocuments
from chatelet.identity.current import CurrentPrincipal, CurrentSettings, DetachedPrincipal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units import choosing
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.knowledge import choices, debugging, documents, service, uses, viewing
from chatelet.knowledge.queries import DocumentFilter
from chatelet.knowledge.schemas import (
    ChoiceOut,
    CollectionChange,
    CollectionOut,
    CollectionPage,
    DocumentChange,
    DocumentChoice,
    DocumentList,
    DocumentMove,
    DocumentOut,
    DocumentPage,
    FileViews,
    NewCollection,
    NewDocuments,
    NewShare,
    PageView,
    SearchIn,
    SearchOut,
    ShareList,
    ShareOut,
    UseOut,
    VersionList,
)

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_CHANGED: Final[dict[int | str, dict[str, Any]]] = {403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
_READ: Final[dict[int | str, dict[str, Any]]] = {404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(prefix="/api", tags=["collections"], responses={401: _CODED})
_BINARY: Final = {"type": "string", "format": "binary"}
_Words = Annotated[str, Query(max_length=200)]
_Cursor = Annotated[str | None, Query(max_length=2_000)]
_Limit = Annotated[int, Query(ge=1, le=200)]
# Bytes of a person's file never run, whatever they are: not in a frame, not guessed at, not in our origin (TA-074).
_INERT: Final = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


@router.get("/collections", responses={422: _CODED})
async def list_collections(
    session: Transaction, principal: CurrentPrincipal, q: _Words = "", cursor: _Cursor = None, limit: _Limit = 100
) -> CollectionPage:
    """List the collections that the caller may read, by name."""
    return await service.list_collections(session, principal, words=q, cursor=cursor, limit=limit)


@router.post("/collections", status_code=201, responses=_CHANGED)
async def create_collection(
    body: NewCollection, session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings
) -> CollectionOut:
    """Make a collection: one's own, or a unit's."""
    return await service.create(session, principal, body, settings.policy)


@router.get("/collections/units", responses={403: _CODED, 422: _CODED})
async def find_units(
    session: Transaction,
    principal: CurrentPrincipal,
    q: _Words = "",
    for_: Annotated[Literal["publish", "curate"], Query(alias="for")] = "publish",
) -> list[UnitName]:
    """Find units with which the caller may share a collection, or that may own one they make; fifty at most."""
    right = Right.DOCUMENTS_PUBLISH if for_ == "publish" else Right.DOCUMENTS_CURATE
    if not principal.rights.holds_somewhere(right):
        raise Forbidden(right=right.value)
    return await choosing.find(session, principal, (right,), q)


@router.get("/collections/{collection_id}", responses=_READ)
async def read_collection(collection_id: UUID, session: Transaction, principal: CurrentPrincipal) -> CollectionOut:
    """Read a collection, and what the caller may do in it."""
    return await service.read(session, principal, collection_id)


@router.patch("/collections/{collection_id}", responses=_CHANGED)
async def change_collection(
    collection_id: UUID,
    body: CollectionChange,
    session: Transaction,
    principal: CurrentPrincipal,
    settings: CurrentSettings,
) -> CollectionOut:
    """Change a collection."""
    return await service.change(session, principal, collection_id, body, settings.policy)


@router.delete("/collections/{collection_id}", status_code=204, responses=_CHANGED)
async def delete_collection(collection_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Delete a collection with all its documents. It cannot be undone."""
    await service.remove(session, principal, collection_id)


@router.get("/collections/{collection_id}/grants", responses=_CHANGED)
async def list_grants(collection_id: UUID, session: Transaction, principal: CurrentPrincipal) -> ShareList:
    """List with whom a collection is shared."""
    return await service.list_grants(session, principal, collection_id)


@router.post("/collections/{collection_id}/grants", status_code=201, responses=_CHANGED)
async def share_collection(
    collection_id: UUID, body: NewShare, session: Transaction, principal: CurrentPrincipal
) -> ShareOut:
    """Share a collection, or change with what part."""
    return await service.share(session, principal, collection_id, body)


@router.delete("/collections/{collection_id}/grants/{share_id}", status_code=204, responses=_CHANGED)
async def unshare_collection(
    collection_id: UUID, share_id: UUID, session: Transaction, principal: CurrentPrincipal
) -> None:
    """Stop sharing a collection with somebody, or with a unit."""
    await service.unshare(session, principal, collection_id, share_id)


@router.post("/collections/{collection_id}/search", responses=_CHANGED)
async def try_question(
    collection_id: UUID, body: SearchIn, request: Request, principal: DetachedPrincipal, services: CurrentDocuments
) -> SearchOut:
    """Try a question in a collection that one curates: what is found, in what order, and why."""
    return await debugging.search(
        services, request.app.state.inference.gateway, principal, collection_id, body.question
    )


@router.get("/collections/{collection_id}/use", responses=_CHANGED)
async def read_use(
    collection_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
    days: Annotated[int, Query(ge=1, le=1_100)] = 90,
    sort: Literal["passages", "name"] = "passages",
) -> UseOut:
    """Tell curators which documents no answer was given since the month that was so many days ago, and how often."""
    zone = services.settings.usage.time_zone
    return await uses.never_found(
        session, principal, collection_id, days=days, by_size=sort == "passages", time_zone=zone
    )


@router.get("/collections/{collection_id}/documents", responses=_READ)
async def list_documents(
    collection_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
    folder: Annotated[str | None, Query(max_length=400)] = None,
    q: _Words = "",
    state: Literal["all", "failed", "badly_read", "due"] = "all",
    sort: Literal["name", "updated"] = "name",
    cursor: _Cursor = None,
    limit: _Limit = 100,
) -> DocumentPage:
    """List the documents of a collection, by name or the last changed first: of one folder (empty: the root), or all.

    `q` is in the name, or is a tag. `failed`: not found by search yet, or never; `badly_read`: not read, in part, or
    recognised with little confidence; `due`: to be reviewed by now.
    """
    wanted = DocumentFilter(folder=folder, words=q, state=state, sort=sort)
    return await documents.list_documents(
        session, services, principal, collection_id, wanted, cursor=cursor, limit=limit
    )


@router.post("/collections/{collection_id}/documents", status_code=201, responses=_CHANGED)
async def add_documents(
    collection_id: UUID,
    body: NewDocuments,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
) -> DocumentList:
    """Add documents from files already sent."""
    return await documents.add(session, services, principal, collection_id, body)


@router.post("/collections/{collection_id}/documents/moves", responses=_CHANGED)
async def move_documents(
    collection_id: UUID, body: DocumentMove, session: Transaction, principal: CurrentPrincipal
) -> ChoiceOut:
    """Move documents of a collection to a folder, or tell what moving them would do."""
    return await choices.move(session, principal, collection_id, body)


@router.post("/collections/{collection_id}/documents/removals", responses=_CHANGED)
async def remove_documents(
    collection_id: UUID, body: DocumentChoice, session: Transaction, principal: CurrentPrincipal
) -> ChoiceOut:
    """Delete documents of a collection with all their versions, or tell what it would do. It cannot be undone."""
    return await choices.remove(session, principal, collection_id, body)


@router.post("/documents/{document_id}/read", responses=_CHANGED)
async def read_document_again(
    document_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDocuments
) -> DocumentOut:
    """Read a document that could not be, once more."""
    return await documents.read_again(session, services, principal, document_id)


@router.patch("/documents/{document_id}", responses=_CHANGED)
async def change_document(
    document_id: UUID,
    body: DocumentChange,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
) -> DocumentOut:
    """Change a document's name, folder, tags or review date."""
    return await documents.change(session, services, principal, document_id, body)


@router.delete("/documents/{document_id}", status_code=204, responses=_CHANGED)
async def delete_document(document_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Delete a document with all its versions. It cannot be undone."""
    await documents.remove(session, principal, document_id)


@router.get("/documents/{document_id}/versions", responses=_READ)
async def list_versions(document_id: UUID, session: Transaction, principal: CurrentPrincipal) -> VersionList:
    """List the versions of a document, newest first."""
    return await documents.list_versions(session, principal, document_id)


@router.post("/documents/{document_id}/versions/{version_id}/restore", responses=_CHANGED)
async def restore_version(
    document_id: UUID,
    version_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
) -> DocumentOut:
    """Have answers drawn from an earlier version again."""
    return await documents.restore(session, services, principal, document_id, version_id)


@router.get("/files/views", responses={422: _CODED})
async def view_files(
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDocuments,
    id: Annotated[list[UUID], Query(min_length=1, max_length=200)],  # noqa: A002 (the name in the address)
) -> FileViews:
    """Tell which of these files the caller may look into, and by what right."""
    return await viewing.views(session, services, principal, id)


@router.get("/files/{file_id}/pages/{number}", responses=_READ)
async def read_page(
    file_id: UUID,
    number: int,
    principal: DetachedPrincipal,
    services: CurrentDocuments,
    start: Annotated[int, Query(ge=0)] = 0,
    end: Annotated[int, Query(ge=0)] = 0,
) -> PageView:
    """Return a page's text, and the boxes of the characters `start`…`end` of the document's text."""
    return await viewing.page(services, principal, file_id, number, (start, end))


@router.get(
    "/files/{file_id}/pages/{number}/image",
    response_class=Response,
    responses={200: {"content": {"image/webp": {"schema": _BINARY}}}, **_READ},
)
async def read_page_image(
    file_id: UUID,
    number: int,
    principal: DetachedPrincipal,
    services: CurrentDocuments,
    width: Annotated[int, Query(ge=100, le=4_000)] = 1_200,
) -> Response:
    """Return the image of a page, about `width` pixels wide."""
    image = await viewing.image(services, principal, file_id, number, width)
    return Response(image, media_type="image/webp", headers={"cache-control": "private, max-age=60"})


@router.get(
    "/files/{file_id}/original",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/octet-stream": {"schema": _BINARY}}}, **_READ},
)
async def download_original(file_id: UUID, principal: DetachedPrincipal, services: CurrentDocuments) -> Response:
    """Download a file as it was given."""
    opened, parts = await viewing.original(services, principal, file_id)
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " ._-") else "_" for char in opened.name)
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(opened.name, safe='')}"
    headers = {**_INERT, "content-disposition": named, "content-length": str(opened.row.size_bytes)}
    return StreamingResponse(parts, media_type="application/octet-stream", headers=headers)
