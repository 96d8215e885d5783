"""The HTTP edge of every route: request identifier, security headers, cross-site refusal, errors, transactions.

Edge (pure ASGI, wraps everything, streams included)
  -> refuses cross-site writes and oversized bodies, adds headers, counts, logs one line
     -> routes -> `Transaction`: one per request, committed before the response leaves
"""

import re
import time
from collections.abc import AsyncIterator
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatelet.kernel.database import MAYBE_LOST, Database, is_database_full, is_database_loss
from chatelet.kernel.errors import (
    AppError,
    BodyTooLarge,
    CrossSiteRequest,
    DatabaseFull,
    Forbidden,
    HeadersTooLarge,
    InvalidRequest,
    NotFound,
    ServiceUnavailable,
)
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import HTTP_REQUESTS
from chatelet.kernel.public_errors import is_public, public_error
from chatelet.kernel.requests import RequestContext, current_request, enter_request
from chatelet.kernel.tracing import spans

log = get_logger(__name__)

DIRECT_SEND: Final = "chatelet.send"  # in the scope: the server's own, for what follows the first message of a stream
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_BODY_LIMIT: Final = 4 * 1024 * 1024
_HEADERS_LIMIT: Final = 64 * 1024
ALLOWED_ORIGIN: Final = "chatelet_allowed_origin"  # in the request's state: the web origin that may read the answer
_CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types chatelet dompurify",
    )
)
_SECURITY_HEADERS: Final = (
    (b"content-security-policy", _CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"strict-transport-security", b"max-age=31536000"),
)


class ErrorOut(BaseModel):
    """Body of every failed request. `message` is for developers; the page shows its own sentence for `code`."""

    code: str
    message: str
    params: dict[str, str | int | float]
    request_id: str


class Edge:
    """Outermost ASGI layer. Adds no task and no copy to a stream: it only looks at the first message.

    `returns` are the paths that another site may send a browser back to (single sign-on), by navigating to them.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        address: str = "",
        body_limits: dict[str, int] | None = None,
        returns: re.Pattern[str] | None = None,
    ) -> None:
        self._app = app
        self._returns = returns
        self._host = urlsplit(address).netloc
        self._body_limits = body_limits or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value for name, value in scope["headers"] if name in _READ_HEADERS}
        client = scope.get("client")
        request_id = str(uuid7())
        enter_request(RequestContext(request_id=request_id, origin=client[0] if client else None))
        if not spans.is_on():
            await self._serve(scope, receive, send, headers, request_id)
            return
        within = headers.get(b"traceparent", b"").decode("latin-1")
        with spans.root("request", "server", within=within, request_id=request_id, method=scope["method"]) as span:
            status = await self._serve(scope, receive, send, headers, request_id)
            span.note(status=status, route=getattr(scope.get("route"), "path", None))

    async def _serve(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes], request_id: str
    ) -> int:
        """Serve one request; return its status."""
        started = time.perf_counter()
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _complete_headers(message["headers"], scope, request_id)
            await send(message)

        scope[DIRECT_SEND] = send
        try:
            limit = self._body_limits.get(scope["path"], _DEFAULT_BODY_LIMIT)
            refusal = self._refusal(scope, headers, limit)
            if refusal is not None:
                await _error_response(refusal, scope["path"])(scope, receive, send_with_headers)
            else:
                await self._app(scope, _limited(receive, limit), send_with_headers)
        finally:
            method = scope["method"]
            HTTP_REQUESTS.labels(method, str(status)).inc()
            elapsed = round((time.perf_counter() - started) * 1000, 1)
            log.info("request", method=method, path=_loggable(scope["path"]), status=status, milliseconds=elapsed)
        return status

    def _refusal(self, scope: Scope, headers: dict[bytes, bytes], body_limit: int) -> AppError | None:
        """Refuse what another site asks of the API, even to read (TA-014, TA-095), and what is too long.

        /v1 takes no cookie, so that another site has nothing to abuse there: its keys say which origins may use them.
        """
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _HEADERS_LIMIT:
            return HeadersTooLarge(limit=_HEADERS_LIMIT)
        path = scope["path"]
        guarded = not is_public(path) and (scope["method"] not in _SAFE_METHODS or path.startswith("/api/"))
        if guarded and self._is_cross_site(headers) and not self._is_return(scope, headers):
            return CrossSiteRequest()
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > body_limit:
            return BodyTooLarge(limit=body_limit)
        return None

    def _is_return(self, scope: Scope, headers: dict[bytes, bytes]) -> bool:
        """Tell whether the browser comes back to one of the paths made for it: a whole page, never a part of one."""
        if self._returns is None or scope["method"] != "GET" or not self._returns.fullmatch(scope["path"]):
            return False
        return headers.get(b"sec-fetch-mode") == b"navigate" and headers.get(b"sec-fetch-dest") == b"document"

    def _is_cross_site(self, headers: dict[bytes, bytes]) -> bool:
        site = headers.get(b"sec-fetch-site")
        if site is not None and site not in {b"same-origin", b"none"}:
            return True
        origin = headers.get(b"origin")
        if origin is None or (origin == b"null" and site == b"same-origin"):  # a form of ours, under no-referrer
            return False
        ours = {self._host, headers.get(b"host", b"").decode("latin-1")}  # behind a proxy, Host may be an inner name
        return urlsplit(origin.decode("latin-1")).netloc not in ours


_READ_HEADERS: Final = frozenset(
    {b"host", b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"sec-fetch-dest", b"content-length", b"traceparent"}
)


def _complete_headers(headers: list[tuple[bytes, bytes]], scope: Scope, request_id: str) -> list[tuple[bytes, bytes]]:
    present = {name for name, _ in headers}
    added = [pair for pair in _SECURITY_HEADERS if pair[0] not in present]
    path = scope["path"]
    if (path.startswith("/api/") or is_public(path)) and b"cache-control" not in present:
        added.append((b"cache-control", b"no-store"))
    origin = scope.get("state", {}).get(ALLOWED_ORIGIN)
    if origin is not None:
        added += [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"origin")]
    return [*headers, *added, (b"x-request-id", request_id.encode())]


def _limited(receive: Receive, limit: int) -> Receive:
    received = 0

    async def receive_within_limit() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise BodyTooLarge(limit=limit)
        return message

    return receive_within_limit


def _loggable(path: str) -> str:
    return path.encode("ascii", "backslashreplace").decode()[:200]


async def open_transaction(request: Request) -> AsyncIterator[AsyncSession]:
    """Open the request's transaction; it commits when the route returns, before the response is sent."""
    database: Database = request.app.state.database
    async with database.transaction() as session:
        yield session


Transaction = Annotated[AsyncSession, Depends(open_transaction, scope="function")]


def install_error_handlers(app: FastAPI) -> None:
    """Render every failure as `{code, message, params, request_id}`, those of /v1 as its clients read them."""

    @app.exception_handler(AppError)
    async def on_app_error(request: Request, error: AppError) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _error_response(error, request.url.path)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:  # pyright: ignore[reportUnusedFunction]
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])[:200]
        return _error_response(InvalidRequest(field=field, reason=str(first["type"])), request.url.path)

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:  # pyright: ignore[reportUnusedFunction]
        if isinstance(error.__cause__, AppError):  # raised while the framework read the body
            return _error_response(error.__cause__, request.url.path)
        known = {404: NotFound(), 403: Forbidden()}.get(error.status_code)
        shown = known or InvalidRequest(reason=f"http_{error.status_code}")
        return _error_response(shown, request.url.path, status=error.status_code)

    @app.exception_handler(Exception)
    async def on_any(request: Request, error: Exception) -> Response:
        if is_database_loss(error):
            log.warning("database_unreachable", error=type(error).__name__)
            if is_database_full(error):
                return _error_response(DatabaseFull(retry_after=30), request.url.path)
            return _error_response(ServiceUnavailable(retry_after=2), request.url.path)
        log.error("request_failed", exc_info=error)
        return _error_response(AppError(), request.url.path)

    # By their own classes: what only `Exception` handles is raised again, and the server then cuts the client's
    # connection without a word, at which its next request is lost.
    for kind in MAYBE_LOST:
        app.add_exception_handler(kind, on_any)


def error_body(error: AppError) -> dict[str, object]:
    """Return the JSON body that tells `error`."""
    request_id = current_request().request_id
    message = (type(error).__doc__ or error.code).strip().splitlines()[0]
    return {"code": error.code, "message": message, "params": error.params, "request_id": request_id}


def _error_response(error: AppError, path: str, *, status: int | None = None) -> Response:
    headers = {"retry-after": str(error.params["retry_after"])} if "retry_after" in error.params else None
    if is_public(path):
        told = error.public_status or status or error.status
        return JSONResponse(public_error(error, told), status_code=told, headers=headers)
    return JSONResponse(error_body(error), status_code=status or error.status, headers=headers)
