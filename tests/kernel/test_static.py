"""The built page: what is kept and for how long, and the smallest form that the browser takes."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.exceptions import HTTPException

from chatelet.kernel.static import WebPage

FILES = {
    "index.html": b"<p>page</p>",
    "index.html.br": b"small page",
    "assets/chat-1f.js": b"the whole script",
    "assets/chat-1f.js.br": b"small",
    "assets/chat-1f.js.gz": b"rather small",
    "assets/font-2e.woff2": b"font",
    "mark.svg": b"<svg/>",
}


@pytest.fixture
def page(tmp_path: Path) -> WebPage:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return WebPage(tmp_path)


async def get(page: WebPage, path: str, accept: str = "", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()  # a browser that stays
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"spec_version": "2.4"},
        "method": method,
        "path": path,
        "headers": [(b"accept-encoding", accept.encode())],
    }
    await page(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    ("accept", "coding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", b"small"),
        ("gzip;q=1.0, br;q=0", "gzip", b"rather small"),
        ("br;q=0.000, gzip;q=0.5", "gzip", b"rather small"),
        ("br; q=0.1", "br", b"small"),
        ("BR", "br", b"small"),
        ("identity", None, b"the whole script"),
        ("", None, b"the whole script"),
        ("brotli, xgzip", None, b"the whole script"),
    ],
)
async def test_a_script_comes_in_the_smallest_form_that_is_taken(
    page: WebPage, accept: str, coding: str | None, body: bytes
) -> None:
    status, headers, received = await get(page, "/assets/chat-1f.js", accept)
    assert (status, received, headers.get("content-encoding")) == (200, body, coding)
    assert headers["content-type"].startswith("text/javascript")
    assert headers["content-length"] == str(len(body))
    assert headers["vary"] == "accept-encoding"
    assert headers["cache-control"] == "public, max-age=31536000"


@pytest.mark.parametrize("path", ["/", "/conversations/1", "/index.html.br", "/chat.js"])
async def test_every_other_address_is_the_page_which_is_never_kept(page: WebPage, path: str) -> None:
    status, headers, body = await get(page, path, "br")
    assert (status, body, headers["content-type"]) == (200, b"small page", "text/html; charset=utf-8")
    if path != "/index.html":
        assert headers["cache-control"] == "no-store"


async def test_what_was_not_compressed_comes_as_it_is(page: WebPage) -> None:
    _, headers, body = await get(page, "/assets/font-2e.woff2", "br, gzip")
    assert (body, headers.get("content-encoding")) == (b"font", None)
    assert (await get(page, "/mark.svg"))[1]["cache-control"] == "public, max-age=3600"


async def test_the_head_alone(page: WebPage) -> None:
    status, headers, body = await get(page, "/assets/chat-1f.js", "br", method="HEAD")
    assert (status, headers["content-length"], body) == (200, "5", b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/none"), ("GET", "/assets/old.js"), ("GET", "/assets/chat-1f.js.br"), ("POST", "/")],
)
async def test_no_page_stands_for_what_is_missing(page: WebPage, method: str, path: str) -> None:
    with pytest.raises(HTTPException) as refused:
        await get(page, path, method=method)
    assert refused.value.status_code == 404


async def test_a_page_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    status, _, body = await get(WebPage(tmp_path), "/")
    assert status == 503
    assert b"make install" in body
