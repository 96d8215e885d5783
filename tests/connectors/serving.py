"""A server of a test's own on a free loopback port, which answers what the test says and keeps what it was asked."""

import inspect
from collections.abc import Awaitable, Callable

from aiohttp import web

Answer = Callable[[web.Request], web.StreamResponse | Awaitable[web.StreamResponse]]


class Served:
    def __init__(self) -> None:
        self.answer: Answer = lambda _: web.Response(status=404)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.url = ""

    async def start(self) -> None:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append((request.method, request.raw_path, headers))
        answer = self.answer(request)
        return await answer if inspect.isawaitable(answer) else answer
