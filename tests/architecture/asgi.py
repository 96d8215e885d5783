"""Calls an ASGI application without a network, as a browser without a cookie would."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


async def call(
    app: ASGIApp,
    method: str,
    path: str,
    *,
    cookie: str | None = None,
    body: Any = None,
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> Answer:
    """Send one request; return the whole answer."""
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), *headers]
    if cookie is not None:
        headers.append((b"cookie", cookie.encode()))
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    sent = [{"type": "http.request", "body": content, "more_body": False}]
    received: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return sent.pop(0) if sent else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        received.append(message)

    route, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": route, "raw_path": route.encode(), "query_string": query.encode(), "root_path": "", "headers": headers,
        "client": ("192.0.2.1", 40000), "server": ("localhost", 80), "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    start = next(message for message in received if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in received if message["type"] == "http.response.body")
    return Answer(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, content)
