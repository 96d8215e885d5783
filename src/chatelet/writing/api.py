"""Routes of the writing desk: works, their results, glossaries, languages."""

from collections.abc import AsyncIterator, Iterable
from typing import Annotated, Any, Final, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from chatelet.identity.current import CurrentPrincipal, DetachedPrincipal
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.glossaries.schemas import GlossaryKind, GlossaryList, GlossaryOut
from chatelet.writing.services import WritingServices
from chatelet.writing.tongues import NAMES
from chatelet.writing.works import again, choosing, deciding, service
from chatelet.writing.works.schemas import (
    Alternatives,
    DecidedAll,
    LanguageList,
    LanguageOut,
    NewChoice,
    NewDecisions,
    NewWork,
    SegmentList,
    SegmentOut,
    SentenceAt,
    WorkKind,
    WorkList,
    WorkOut,
)

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_BINARY: Final = {"type": "string", "format": "binary"}
INERT: Final = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": _BINARY}}},
    404: _CODED,
    409: _CODED,
    503: _CODED,
}
router = APIRouter(prefix="/api/writing", tags=["writing"], responses={401: _CODED, 403: _CODED})


async def writing_services(request: Request) -> WritingServices:
    """Return what the desk needs of the process."""
    services: WritingServices = request.app.state.writing
    return services


async def writer(principal: DetachedPrincipal) -> Principal:
    """Return the caller, who may ask models."""
    if not principal.rights.holds_somewhere(Right.CHAT):
        raise Forbidden(right=Right.CHAT.value)
    return principal


Number = Annotated[int, Path(ge=0, le=10_000_000)]
CurrentDesk = Annotated[WritingServices, Depends(writing_services)]


@router.get("/languages")
async def list_languages(_principal: DetachedPrincipal) -> LanguageList:
    """Tell the languages that the desk writes."""
    return LanguageList(items=[LanguageOut(code=code, fr=fr, en=en) for code, (fr, en) in NAMES.items()])


@router.post(
    "/works",
    status_code=201,
    responses={404: _CODED, 409: _CODED, 413: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def ask_work(body: NewWork, principal: Annotated[Principal, Depends(writer)], services: CurrentDesk) -> WorkOut:
    """Ask for a text, or a file, to be translated or rewritten; a job does it, the page may be closed."""
    return await service.ask(services, principal, body)


@router.get("/works")
async def list_works(
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    kind: Annotated[list[WorkKind] | None, Query(max_length=4)] = None,
) -> WorkList:
    """Return the caller's last works, the newest first; of these kinds only, when some are named."""
    return await service.list_works(session, services, principal, kind or ())


@router.get("/works/{work_id}", responses={404: _CODED})
async def read_work(work_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk) -> WorkOut:
    """Return a work: how far it is, its report once done."""
    return await service.read(session, services, principal, work_id)


@router.get("/works/{work_id}/segments", responses={404: _CODED, 422: _CODED})
async def read_segments(
    work_id: UUID,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    after: Annotated[int, Query(ge=0)] = 0,
) -> SegmentList:
    """Return what was written so far, sentence by sentence beside the source."""
    return await service.segments(session, services, principal, work_id, after)


@router.post(
    "/works/{work_id}/segments/{number}/alternatives",
    responses={404: _CODED, 409: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def ask_alternatives(
    work_id: UUID,
    number: Number,
    body: SentenceAt,
    principal: Annotated[Principal, Depends(writer)],
    services: CurrentDesk,
) -> Alternatives:
    """Ask the model for other translations of a sentence of a text."""
    return await choosing.alternatives(services, principal, work_id, number, body.place)


@router.patch("/works/{work_id}/segments/{number}", responses={404: _CODED, 409: _CODED, 422: _CODED, 503: _CODED})
async def choose_words(
    work_id: UUID,
    number: Number,
    body: NewChoice,
    principal: Annotated[Principal, Depends(writer)],
    services: CurrentDesk,
) -> SegmentOut:
    """Put other words in the place of a sentence; they are kept in the caller's own memory."""
    return await choosing.choose(services, principal, work_id, number, body)


@router.patch(
    "/works/{work_id}/segments/{number}/decisions", responses={404: _CODED, 409: _CODED, 422: _CODED, 503: _CODED}
)
async def decide_changes(
    work_id: UUID,
    number: Number,
    body: NewDecisions,
    principal: Annotated[Principal, Depends(writer)],
    services: CurrentDesk,
) -> SegmentOut:
    """Accept or reject changes of a sentence of a rewriting; what was proposed is kept, and may be taken back."""
    return await deciding.decide(services, principal, work_id, number, body)


@router.patch(
    "/works/{work_id}/decisions", status_code=204, responses={404: _CODED, 409: _CODED, 422: _CODED, 503: _CODED}
)
async def decide_all_changes(
    work_id: UUID, body: DecidedAll, principal: Annotated[Principal, Depends(writer)], services: CurrentDesk
) -> None:
    """Accept or reject every change of a rewriting that nobody decided on yet."""
    await deciding.decide_all(services, principal, work_id, body.decision)


@router.post("/works/{work_id}/{action}", responses={404: _CODED, 409: _CODED, 422: _CODED})
async def change_work(
    work_id: UUID,
    action: Literal["pause", "resume", "cancel"],
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
) -> WorkOut:
    """Pause a work, go on with it, or give it up."""
    return await service.change(session, services, principal, work_id, action)


@router.get("/works/{work_id}/result", response_class=StreamingResponse, responses=_FILE)
async def download_result(work_id: UUID, principal: DetachedPrincipal, services: CurrentDesk) -> Response:
    """Download the file that was made."""
    await again.bring_up(services, principal, work_id)
    name, size, parts = await service.result(services, principal, work_id)
    return _downloaded(parts, name, "application/octet-stream", size)


@router.delete("/works/{work_id}", status_code=204, responses={404: _CODED})
async def remove_work(work_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Destroy a work with all it holds."""
    await service.remove(session, principal, work_id)


@router.get("/glossaries")
async def list_glossaries(session: Transaction, principal: CurrentPrincipal, services: CurrentDesk) -> GlossaryList:
    """Return the glossaries and translation memories that the caller may use."""
    return await glossaries.list_glossaries(session, services, principal)


@router.post(
    "/glossaries",
    status_code=201,
    responses={404: _CODED, 413: _CODED, 422: _CODED},
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}
    },
)
async def add_glossary(
    request: Request,
    session: Transaction,
    principal: CurrentPrincipal,
    services: CurrentDesk,
    name: Annotated[str, Query(min_length=1, max_length=200)],
    source: Annotated[str, Query(max_length=8)],
    target: Annotated[str, Query(max_length=8)],
    kind: GlossaryKind = "terms",
    unit_id: UUID | None = None,
) -> GlossaryOut:
    """Import terms (CSV, TBX) or a translation memory (TMX), for oneself or for a unit."""
    data = await request.body()
    return await glossaries.add(
        session, services, principal,
        kind=kind, name=name, source=source, target=target, unit_id=unit_id, data=data,
    )  # fmt: skip


@router.get("/glossaries/{glossary_id}/file", response_class=StreamingResponse, responses=_FILE)
async def export_glossary(
    glossary_id: UUID, session: Transaction, principal: CurrentPrincipal, services: CurrentDesk
) -> Response:
    """Download a glossary (CSV) or a translation memory (TMX)."""
    name, kind, lines = await glossaries.export(session, services, principal, glossary_id)
    return _downloaded(lines, name, kind)


@router.delete("/glossaries/{glossary_id}", status_code=204, responses={404: _CODED})
async def remove_glossary(glossary_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Delete a glossary or a translation memory."""
    await glossaries.remove(session, principal, glossary_id)


def disposition(name: str) -> str:
    """Return the header that names a download."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in " ._-") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _downloaded(
    parts: AsyncIterator[bytes] | Iterable[str], name: str, kind: str, size: int | None = None
) -> StreamingResponse:
    length = {"content-length": str(size)} if size is not None else {}
    headers = {**INERT, "content-disposition": disposition(name), **length}
    return StreamingResponse(parts, media_type=kind, headers=headers)
