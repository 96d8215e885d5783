"""Routes of templates and drafts."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal
from chatelet.identity.principal import Principal
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.writing.api import INERT, CurrentDesk, disposition, writer
from chatelet.writing.drafting import service, templates
from chatelet.writing.drafting.schemas import (
    DraftChange,
    DraftForm,
    DraftOut,
    DraftPublication,
    NewDraft,
    NewTemplate,
    TemplateChange,
    TemplateCopy,
    TemplateFull,
    TemplateList,
)

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_BINARY: Final = {"type": "string", "format": "binary"}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": _BINARY}}},
    404: _CODED,
}
_BYTES: Final = {
    "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
}
router = APIRouter(prefix="/api/writing", tags=["writing"], responses={401: _CODED, 403: _CODED})


@router.get("/templates")
async def list_templates(session: Transaction, principal: CurrentPrincipal, services: CurrentDesk) -> TemplateList:
    """Return the templates that the caller may use: their own, their units', the installation's."""
    return await templates.list_templates(session, services, principal)


@router.post("/templates", status_code=201, responses={404: _CODED, 409: _CODED, 422: _CODED})
async def add_template(
    body: NewTemplate, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> TemplateFull:
    """Add a template, written in the page or as a Markdown file, for oneself or for a unit."""
    return await templates.add(session, services, principal, body)


@router.get("/templates/{template_id}", responses={404: _CODED})
async def read_template(
    template_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> TemplateFull:
    """Return a template with its form and its body."""
    return await templates.read(session, services, principal, template_id)


@router.patch("/templates/{template_id}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def change_template(
    template_id: UUID,
    body: TemplateChange,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
) -> TemplateFull:
    """Write a new version of a template."""
    return await templates.change(session, services, principal, template_id, body)


@router.delete("/templates/{template_id}", status_code=204, responses={404: _CODED, 409: _CODED})
async def remove_template(template_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Delete a template; drafts that were made of it stay."""
    await templates.remove(session, principal, template_id)


@router.post("/templates/{template_id}/copies", status_code=201, responses={404: _CODED, 409: _CODED, 422: _CODED})
async def copy_template(
    template_id: UUID, body: TemplateCopy, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> TemplateFull:
    """Copy a template to oneself, or share it with a unit."""
    return await templates.copy(session, services, principal, template_id, body.unit_id)


@router.get("/templates/{template_id}/file", response_class=Response, responses=_FILE)
async def export_template(
    template_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> Response:
    """Download a template as one Markdown file."""
    name, text = await templates.export(session, services, principal, template_id)
    return _downloaded(text.encode(), name, "text/markdown; charset=utf-8")


@router.post(
    "/templates/{template_id}/style",
    responses={404: _CODED, 409: _CODED, 413: _CODED, 422: _CODED, 503: _CODED},
    openapi_extra=_BYTES,
)
async def set_style(
    template_id: UUID,
    request: Request,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    name: Annotated[str, Query(min_length=1, max_length=200)],
) -> TemplateFull:
    """Give a template a style file (DOCX or ODT): its styles, header and footer are those of the drafts."""
    data = await request.body()
    return await templates.set_style(session, services, principal, template_id, name, data or b"-")


@router.delete("/templates/{template_id}/style", responses={404: _CODED, 409: _CODED})
async def remove_style(
    template_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> TemplateFull:
    """Take the style file of a template away."""
    return await templates.set_style(session, services, principal, template_id, "", b"")


@router.post(
    "/drafts",
    status_code=201,
    responses={404: _CODED, 409: _CODED, 413: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def ask_draft(
    body: NewDraft, principal: Annotated[Principal, Depends(writer)], services: CurrentDesk
) -> DraftOut:
    """Ask for a draft; a job writes its parts, the page may be closed."""
    return await service.ask(services, principal, body)


@router.get("/drafts/{draft_id}", responses={404: _CODED})
async def read_draft(
    draft_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> DraftOut:
    """Return a draft as far as it is written, and what must be checked of it."""
    return await service.read(session, services, principal, draft_id)


@router.patch("/drafts/{draft_id}", responses={404: _CODED, 409: _CODED, 413: _CODED, 422: _CODED})
async def change_draft(
    draft_id: UUID, body: DraftChange, principal: DetachedPrincipal, services: CurrentDesk
) -> DraftOut:
    """Keep the text as it was changed by hand; what must be checked is told anew."""
    return await service.change(services, principal, draft_id, body.text)


@router.get(
    "/drafts/{draft_id}/file",
    response_class=Response,
    responses={**_FILE, 409: _CODED, 422: _CODED, 503: _CODED},
)
async def export_draft(
    draft_id: UUID, principal: DetachedPrincipal, services: CurrentDesk, form: DraftForm = "docx"
) -> Response:
    """Download a draft, with the mark that a machine wrote some of it."""
    name, data = await service.export(services, principal, draft_id, form)
    return _downloaded(data, name, "application/octet-stream")


@router.post(
    "/drafts/{draft_id}/publication",
    response_class=Response,
    responses={**_FILE, 409: _CODED, 422: _CODED, 503: _CODED},
)
async def publish_draft(
    draft_id: UUID, body: DraftPublication, principal: DetachedPrincipal, services: CurrentDesk
) -> Response:
    """Take a draft away to publish it, with the label that its readers see, and who reviewed it."""
    name, data = await service.export(services, principal, draft_id, body.form, body.by(principal.name))
    return _downloaded(data, name, "application/octet-stream")


def _downloaded(data: bytes, name: str, kind: str) -> Response:
    return Response(data, media_type=kind, headers={**INERT, "content-disposition": disposition(name)})
