"""The edge: headers on every answer, refusal of other sites, bounded bodies, coded errors."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import Edge, install_error_handlers

app = FastAPI(openapi_url=None)
install_error_handlers(app)


@app.post("/api/echo")
async def echo(body: dict[str, int]) -> dict[str, int]:
    return body


@app.get("/api/read")
async def read() -> dict[str, str]:
    return {"read": "yes"}


@app.get("/page")
async def page() -> PlainTextResponse:
    return PlainTextResponse("page")


@app.get("/api/forbidden")
async def forbidden() -> None:
    raise Forbidden


@app.get("/api/broken")
async def broken() -> None:
    raise RuntimeError("the secret is out")


edge = Edge(app, address="https://ia.exemple.fr", body_limits={"/api/echo": 1_000})


async def call(
    method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, chunks: int = 1
) -> tuple[int, dict[str, str], Any]:
    sent: list[dict[str, Any]] = []
    size = max(1, len(body) // chunks)
    parts = [body[start : start + size] for start in range(0, len(body), size)] or [b""]
    given = {"host": "inner:8000", "content-type": "application/json", **(headers or {})}

    async def receive() -> dict[str, Any]:
        part = parts.pop(0) if parts else b""
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http", "client": ("10.0.0.9", 1),
        "server": ("inner", 8000), "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    try:
        await edge(scope, receive, send)
    except RuntimeError:
        assert path == "/api/broken"  # Starlette raises it again once it is answered, for the server's log
    raw = b"".join(message.get("body", b"") for message in sent[1:])
    headers_out = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers_out, json.loads(raw) if raw[:1] == b"{" else raw.decode()


@pytest.mark.parametrize("path", ["/api/read", "/page", "/api/forbidden", "/api/broken", "/nothing"])
async def test_security_headers_are_on_every_answer(path: str) -> None:
    _, headers, _ = await call("GET", path)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert len(headers["x-request-id"]) == 36
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/api/echo", {}, 200),
        ("POST", "/api/echo", {"origin": "https://ia.exemple.fr"}, 200),
        ("POST", "/api/echo", {"origin": "http://inner:8000"}, 200),
        ("POST", "/api/echo", {"origin": "https://ia.exemple.fr.evil.example"}, 403),
        ("POST", "/api/echo", {"origin": "null"}, 403),
        ("POST", "/api/echo", {"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ("POST", "/api/echo", {"origin": "null", "sec-fetch-site": "none"}, 403),
        ("POST", "/api/echo", {"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ("POST", "/api/echo", {"sec-fetch-site": "cross-site"}, 403),
        ("POST", "/api/echo", {"sec-fetch-site": "same-site"}, 403),
        ("POST", "/api/echo", {"sec-fetch-site": "same-origin"}, 200),
        ("GET", "/api/read", {"sec-fetch-site": "cross-site"}, 403),
        ("GET", "/api/read", {"sec-fetch-site": "none"}, 200),
        ("GET", "/api/read", {"origin": "https://evil.example", "accept": "text/event-stream"}, 403),
        ("GET", "/api/read", {"origin": "https://ia.exemple.fr", "accept": "text/event-stream"}, 200),
        ("GET", "/page", {"sec-fetch-site": "cross-site"}, 200),
    ],
)
async def test_another_site_is_refused(method: str, path: str, headers: dict[str, str], status: int) -> None:
    found, _, body = await call(method, path, b'{"a": 1}' if method == "POST" else b"", headers)
    assert found == status
    if status == 403:
        assert body["code"] == "cross_site_request"


@pytest.mark.parametrize("chunks", [1, 7])
async def test_a_body_beyond_the_limit_is_refused_declared_or_not(chunks: int) -> None:
    body = b'{"a": ' + b"1" * 1_200 + b"}"
    declared = {"content-length": str(len(body))}
    assert (await call("POST", "/api/echo", body, declared))[2]["code"] == "body_too_large"
    status, _, answer = await call("POST", "/api/echo", body, chunks=chunks)
    assert (status, answer["code"]) == (413, "body_too_large")
    for wrong in ("-1", "x", "9" * 30):
        assert (await call("POST", "/api/echo", b"{}", {"content-length": wrong}))[0] == 413


async def test_errors_are_coded_and_tell_nothing_else() -> None:
    status, headers, body = await call("GET", "/api/broken")
    assert (status, body["code"]) == (500, "internal_error")
    assert "secret" not in json.dumps(body)
    assert body["request_id"] == headers["x-request-id"]
    assert (await call("POST", "/api/echo", b'{"a": "x"}'))[2]["code"] == "invalid_request"
    assert (await call("POST", "/api/echo", b"\xff"))[0] == 400
    assert (await call("GET", "/nothing"))[2]["code"] == "not_found"
    assert (await call("PUT", "/api/read"))[0] == 405
