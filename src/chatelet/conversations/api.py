"""Routes of conversations and folders."""

from datetime import timedelta
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from chatelet.conversations import exchange, imports, search, service
from chatelet.conversations.exchange import ExportedFile
from chatelet.conversations.schemas import (
    ConversationChange,
    ConversationOut,
    ConversationPage,
    ConversationSummary,
    Deleted,
    FolderChange,
    FolderOut,
    Imported,
    NewConversation,
    NewFolder,
    SearchResults,
)
from chatelet.identity.current import CurrentPrincipal, CurrentSettings
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.rules.book import Policies
from chatelet.policy.rules.value import default_level
from chatelet.policy.sensitivity import Level
from chatelet.settings import Settings

router = APIRouter(tags=["conversations"], responses={404: {"model": ErrorOut}})
_EXPORTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": ExportedFile, "content": {"text/markdown": {"schema": {"type": "string"}}}}
}
IMPORT_PATH = "/api/conversations/import"


async def keyring_of(request: Request) -> Keyring:
    """Return the installation's keyring."""
    keyring: Keyring = request.app.state.keyring
    return keyring


Keys = Annotated[Keyring, Depends(keyring_of)]


async def policies_of(request: Request) -> Policies:
    """Return the rules of units, as this process holds them."""
    policies: Policies = request.app.state.policies
    return policies


CurrentPolicies = Annotated[Policies, Depends(policies_of)]


@router.get("/api/conversations")
async def page(
    session: Transaction,
    principal: CurrentPrincipal,
    keyring: Keys,
    folder_id: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ConversationPage:
    """List one's conversations: pinned first, then the most recently used."""
    return await service.page(session, keyring, principal, folder_id=folder_id, cursor=cursor, limit=limit)


@router.get("/api/conversations/search")
async def find(
    session: Transaction,
    principal: CurrentPrincipal,
    keyring: Keys,
    q: Annotated[str, Query(min_length=1, max_length=200)],
) -> SearchResults:
    """Search one's own history."""
    return await search.search(session, keyring, principal, q)


@router.get("/api/conversations/export", responses={200: {"model": ExportedFile}}, response_class=Response)
async def export_all(session: Transaction, principal: CurrentPrincipal, keyring: Keys) -> Response:
    """Download all one's conversations as JSON."""
    file = await imports.export_all(session, keyring, principal)
    return _download(file.model_dump_json(indent=1), "application/json", f"chatelet-{file.exported_at:%Y-%m-%d}.json")


@router.post(IMPORT_PATH, status_code=201, responses={403: {"model": ErrorOut}, 422: {"model": ErrorOut}})
async def import_file(
    request: Request, session: Transaction, principal: CurrentPrincipal, keyring: Keys, settings: CurrentSettings
) -> Imported:
    """Create conversations from an export (the JSON body as it was downloaded); all or nothing."""
    ceiling = Level(settings.policy.highest_level)
    detectors = [Kind(name) for name in settings.policy.detectors]
    made = await imports.import_file(
        session, keyring, principal, await request.body(), ceiling=ceiling, detectors=detectors
    )
    return Imported(items=made)


@router.post("/api/conversations", status_code=201)
async def create(
    session: Transaction,
    principal: CurrentPrincipal,
    keyring: Keys,
    settings: CurrentSettings,
    policies: CurrentPolicies,
    body: NewConversation | None = None,
) -> ConversationSummary:
    """Create an empty conversation."""
    policy = settings.policy
    default = default_level(policies.of(principal.units), Level(policy.default_level))
    return await service.create(
        session,
        keyring,
        principal,
        body or NewConversation(),
        default=default,
        ceiling=Level(policy.highest_level),
    )


@router.get("/api/conversations/{conversation_id}")
async def read(
    conversation_id: UUID, session: Transaction, principal: CurrentPrincipal, keyring: Keys
) -> ConversationOut:
    """Read a conversation with all its branches."""
    return await service.read(session, keyring, principal, conversation_id)


@router.patch("/api/conversations/{conversation_id}", responses={409: {"model": ErrorOut}})
async def change(
    conversation_id: UUID,
    body: ConversationChange,
    session: Transaction,
    principal: CurrentPrincipal,
    keyring: Keys,
    settings: CurrentSettings,
) -> ConversationSummary:
    """Rename, pin, file, choose a branch, raise the level."""
    ceiling = Level(settings.policy.highest_level)
    return await service.change(session, keyring, principal, conversation_id, body, ceiling=ceiling)


@router.delete("/api/conversations/{conversation_id}")
async def delete(
    conversation_id: UUID, session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings
) -> Deleted:
    """Delete a conversation; it can be restored for a moment."""
    undo_until = await service.delete(session, principal, conversation_id, undo=_undo(settings))
    return Deleted(undo_until=undo_until)


@router.post("/api/conversations/{conversation_id}/restore", responses={410: {"model": ErrorOut}})
async def restore(
    conversation_id: UUID, session: Transaction, principal: CurrentPrincipal, keyring: Keys, settings: CurrentSettings
) -> ConversationSummary:
    """Undo a deletion."""
    return await service.restore(session, keyring, principal, conversation_id, undo=_undo(settings))


@router.get("/api/conversations/{conversation_id}/export", responses=_EXPORTED, response_class=Response)
async def export_one(
    conversation_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    keyring: Keys,
    format: Literal["json", "markdown"] = "json",  # noqa: A002 (the name in the address)
) -> Response:
    """Download one conversation."""
    conversation, file = await imports.export_one(session, keyring, principal, conversation_id, format)
    if format == "markdown":
        body, media, extension = exchange.markdown(conversation), "text/markdown", "md"
    else:
        body, media, extension = file.model_dump_json(indent=1), "application/json", "json"
    return _download(body, media, exchange.file_name(conversation, extension), conversation.title)


@router.post("/api/folders", status_code=201)
async def add_folder(body: NewFolder, session: Transaction, principal: CurrentPrincipal, keyring: Keys) -> FolderOut:
    """Create a folder."""
    return await service.add_folder(session, keyring, principal, body.name)


@router.patch("/api/folders/{folder_id}")
async def change_folder(
    folder_id: UUID, body: FolderChange, session: Transaction, principal: CurrentPrincipal, keyring: Keys
) -> FolderOut:
    """Rename or move a folder."""
    if not body.model_fields_set:
        raise InvalidRequest(field="body", reason="empty")
    return await service.change_folder(session, keyring, principal, folder_id, body)


@router.delete("/api/folders/{folder_id}", status_code=204)
async def delete_folder(folder_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Delete a folder; its conversations stay."""
    await service.delete_folder(session, principal, folder_id)


def _undo(settings: Settings) -> timedelta:
    return timedelta(seconds=settings.chat.undo_seconds)


def _download(body: str, media: str, name: str, title: str | None = None) -> Response:
    shown = quote(f"{title}.{name.rpartition('.')[2]}" if title else name)
    headers = {
        "content-disposition": f"attachment; filename=\"{name}\"; filename*=UTF-8''{shown}",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return Response(body, media_type=media, headers=headers)
