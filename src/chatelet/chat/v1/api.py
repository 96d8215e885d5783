"""Routes of `/v1`, for keys only. Bodies are read by `reading`; errors have the format of `kernel.public_errors`."""

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Header, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse, Response

from chatelet.chat.services import ChatServices
from chatelet.chat.v1 import model_list
from chatelet.chat.v1.answering import AnsweringResponse
from chatelet.chat.v1.chat_body import ChatBody
from chatelet.chat.v1.chat_form import ChatForm
from chatelet.chat.v1.embeddings import EmbeddingsBody, EmbeddingsResponse
from chatelet.chat.v1.errors import InvalidParameter
from chatelet.chat.v1.exchange import Exchange, Route
from chatelet.chat.v1.reading import read
from chatelet.chat.v1.rerank import RerankBody, RerankResponse
from chatelet.chat.v1.responses_body import ResponsesBody
from chatelet.chat.v1.responses_form import ResponsesForm
from chatelet.identity.current import DetachedPrincipal, OpenDatabase
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.keys import service as keys
from chatelet.identity.keys.errors import KeyScopeExceeded
from chatelet.identity.keys.scope import KeyScope
from chatelet.identity.principal import Principal
from chatelet.inference.errors import ModelNotFound
from chatelet.kernel.http import ALLOWED_ORIGIN
from chatelet.policy.levels.declared import declared
from chatelet.policy.sensitivity import Label, Level

_HEADER_NAME: Final = re.compile(r"[a-z0-9-]{1,64}")
_FREE: Final[dict[str, Any]] = {"type": "object", "additionalProperties": True}


class PublicErrorOut(BaseModel):
    """Body of every failed request under `/v1`: `{"error": {message, type, param, code}}`."""

    error: dict[str, str | None]


class PublicAnswer(BaseModel):
    """An answer in the public format; see docs/howto/use-the-api.md."""

    model_config = ConfigDict(extra="allow")


_CODED: Final[dict[str, Any]] = {"model": PublicErrorOut}
_ASKING: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": PublicAnswer}, 400: _CODED, 403: _CODED, 404: _CODED, 413: _CODED, 429: _CODED, 503: _CODED
}  # fmt: skip
_BODY: Final[dict[str, Any]] = {"requestBody": {"required": True, "content": {"application/json": {"schema": _FREE}}}}
router = APIRouter(prefix="/v1", tags=["public API"], responses={401: _CODED})


async def keyed(request: Request, principal: DetachedPrincipal) -> Principal:
    """Return the owner of the key, narrowed to it; a browser of an allowed origin may read the answer."""
    if principal.key is None:
        raise NotSignedIn
    if principal.key.origin is not None:
        setattr(request.state, ALLOWED_ORIGIN, principal.key.origin)
    return principal


Keyed = Annotated[Principal, Depends(keyed)]
LevelHeader = Annotated[str | None, Header(alias="x-chatelet-level", max_length=64)]
NamesHeader = Annotated[str | None, Header(alias="x-chatelet-pseudonyms", max_length=8)]


@router.get("/models", responses={200: {"model": PublicAnswer}})
async def list_models(request: Request, principal: Keyed) -> Response:
    """List the models that this key may use."""
    return JSONResponse(model_list.listing(_services(request).gateway.offered(_scope(principal).models)))


@router.get("/models/{model_id}", responses={200: {"model": PublicAnswer}, 404: _CODED})
async def read_model(model_id: str, request: Request, principal: Keyed) -> Response:
    """Describe one model that this key may use."""
    offered = _services(request).gateway.offered(_scope(principal).models)
    found = next((model for model in offered if model.id == model_id), None)
    if found is None:
        raise ModelNotFound(model=model_id[:64])
    return JSONResponse(model_list.described(found))


@router.post("/chat/completions", responses=_ASKING, openapi_extra=_BODY)
async def complete_chat(
    request: Request, principal: Keyed, level: LevelHeader = None, names: NamesHeader = None
) -> Response:
    """Answer a conversation, whole or as a stream; tools are passed through, nothing is kept."""
    body = read(await request.body(), ChatBody)
    asked = body.to_request()
    exchange = _exchange(request, principal, "chat", body.model, level, names)
    form = ChatForm(wants_usage=body.wants_usage)
    return AnsweringResponse(_services(request), exchange, asked, form, streams=bool(body.stream), images=body.images())


@router.post("/responses", responses=_ASKING, openapi_extra=_BODY)
async def respond(request: Request, principal: Keyed, level: LevelHeader = None, names: NamesHeader = None) -> Response:
    """Answer a text or a conversation in the form of responses, whole or as a stream; nothing is kept."""
    body = read(await request.body(), ResponsesBody)
    asked = body.to_request()
    exchange = _exchange(request, principal, "responses", body.model, level, names)
    form, images = ResponsesForm(body), body.images()
    return AnsweringResponse(_services(request), exchange, asked, form, streams=bool(body.stream), images=images)


@router.post("/embeddings", responses=_ASKING, openapi_extra=_BODY)
async def embed_texts(
    request: Request, principal: Keyed, level: LevelHeader = None, names: NamesHeader = None
) -> Response:
    """Return a vector for each text."""
    body = read(await request.body(), EmbeddingsBody)
    texts = body.texts()
    exchange = _exchange(request, principal, "embeddings", body.model, level, names)
    return EmbeddingsResponse(_services(request), exchange, body, texts)


@router.post("/rerank", responses=_ASKING, openapi_extra=_BODY)
async def rank_texts(
    request: Request, principal: Keyed, level: LevelHeader = None, names: NamesHeader = None
) -> Response:
    """Order texts by how well each answers a question."""
    body = read(await request.body(), RerankBody)
    texts = body.texts()
    exchange = _exchange(request, principal, "rerank", body.model, level, names)
    return RerankResponse(_services(request), exchange, body, texts)


@router.options("/{rest:path}", include_in_schema=False)
async def answer_preflight(request: Request, database: OpenDatabase) -> Response:
    """Public. Tell a browser whether a page of its site may ask: only where a living key names that site."""
    origin = request.headers.get("origin", "")
    async with database.driver_connection() as connection:
        if not origin or len(origin) > 300 or not await keys.allows_origin(connection, origin):
            raise KeyScopeExceeded(reason="origin")
    asked = request.headers.get("access-control-request-headers", "").lower().split(",")
    names = [name.strip() for name in asked if _HEADER_NAME.fullmatch(name.strip()) and name.strip() != "cookie"]
    setattr(request.state, ALLOWED_ORIGIN, origin)
    told = {"access-control-allow-methods": "GET, POST", "access-control-max-age": "600"}
    return Response(status_code=204, headers=told | {"access-control-allow-headers": ", ".join(names)})


def _services(request: Request) -> ChatServices:
    services: ChatServices = request.app.state.chat
    return services


def _scope(principal: Principal) -> KeyScope:
    assert principal.key is not None
    return principal.key


def _exchange(
    request: Request, principal: Principal, route: Route, model: str, level: str | None, names: str | None = None
) -> Exchange:
    """Open an exchange where there is room. Raises `InvalidParameter`, `ServerBusy`, `TooManyCalls`."""
    services = _services(request)
    services.exchanges.check_room(principal)
    wanted = level or services.settings.policy.default_level
    if wanted not in declared():
        raise InvalidParameter(field="x-chatelet-level", reason=f"one of {', '.join(declared())}")
    if names not in {None, "on"}:
        raise InvalidParameter(field="x-chatelet-pseudonyms", reason="on, or absent")
    asked = Label(Level(wanted))
    return Exchange(route, principal, _scope(principal), model, asked, pseudonymise=names == "on")
