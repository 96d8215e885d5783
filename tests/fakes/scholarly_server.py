"""Scholarly services on one loopback port, a folder each: they answer recordings, late, with errors, or cut the line.

http://127.0.0.1:PORT/hal/search/?…  →  what the test said for "hal", by default its recording
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from chatelet.connectors.scholarly.record import SourceName
from chatelet.connectors.scholarly.recordings.reading import NAMES, recording

Answers = Callable[[str], bytes | None]


@dataclass
class Script:
    """How a service behaves. `statuses` are given first, one a question; `answers` None: by its recording."""

    body: bytes | None = None
    statuses: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    delay: float = 0.0
    dead: bool = False
    answers: Answers | None = None
    """From path and query to a body; None is a 404."""


@dataclass
class ScholarlyServer:
    url: str = ""
    scripts: dict[SourceName, Script] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def base(self, name: SourceName) -> str:
        return f"{self.url}/{name}"

    @property
    def counts(self) -> Counter[str]:
        return Counter(name for name, _target, _headers in self.asked)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name, _slash, _rest = request.path.lstrip("/").partition("/")
        target = request.raw_path.removeprefix(f"/{name}")
        self.asked.append((name, target, {key.lower(): value for key, value in request.headers.items()}))
        script = self.scripts.get(name, Script())  # type: ignore[call-overload]
        if script.dead:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        await asyncio.sleep(script.delay)
        if script.statuses:
            status, headers = script.statuses.pop(0)
            return web.Response(status=status, headers=headers, text="<html>no</html>", content_type="text/html")
        body = script.answers(target) if script.answers is not None else script.body or _recorded(name)
        if body is None:
            return web.Response(status=404, text="Resource not found.")
        return web.Response(body=body, content_type="application/json")


def _recorded(name: str) -> bytes | None:
    return next((recording(file) for source, file in reversed(NAMES) if source == name), None)


@asynccontextmanager
async def running_scholarly_server() -> AsyncIterator[ScholarlyServer]:
    server = ScholarlyServer()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.serve)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()
