"""Routes of the governance file, for whoever answers for data protection or for security."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from chatelet.documents.composing.writing import MEDIA, Form, write
from chatelet.identity.current import CurrentPrincipal, CurrentSettings
from chatelet.kernel.egress.destinations import Declares
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.egress.admin import declarers
from chatelet.privacy.governance import service
from chatelet.privacy.governance.schemas import FileVersions
from chatelet.privacy.governance.writing import document

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_BINARY: Final[dict[str, Any]] = {"schema": {"type": "string", "format": "binary"}}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": dict.fromkeys(MEDIA.values(), _BINARY)},
    404: _CODED,
    422: _CODED,
}
router = APIRouter(prefix="/api/admin/privacy/file", tags=["administration"], responses={401: _CODED, 403: _CODED})
_Declarers = Annotated[Sequence[Declares], Depends(declarers)]


@router.get("")
async def list_file_versions(
    session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings, declared: _Declarers
) -> FileVersions:
    """List the versions of the file, and what changed since the newest."""
    service.check_may(principal)
    return await service.versions(session, settings, declared)


@router.post("", status_code=201)
async def generate_file(
    session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings, declared: _Declarers
) -> FileVersions:
    """Make a version from the running configuration; when nothing changed, the newest stands."""
    service.check_may(principal)
    await service.generate(session, settings, declared, actor=principal.person_id)
    return await service.versions(session, settings, declared)


@router.get("/{governance_file_id}", response_class=Response, responses=_FILE)
async def download_file(
    governance_file_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    form: Form = "odt",
    language: Literal["fr", "en"] = "fr",
) -> Response:
    """Download a version, written from the facts it keeps."""
    service.check_may(principal)
    version = await service.version_of(session, governance_file_id)
    body = await asyncio.to_thread(write, document(version, language), form)
    name = service.file_name(version.number, language, form)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "private, no-store"}
    return Response(body, media_type=MEDIA[form], headers=headers)
