"""A web of one's own on the loopback: sites on ports of their own, and a search engine that speaks SearXNG's JSON.

Each site is an origin that the service is told is inside. What the engine finds is written by the test, by query.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs


@dataclass
class Request:
    """What was asked of a server."""

    method: str
    target: str
    headers: dict[str, str]
    body: str = ""

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body or self.target.partition("?")[2]).items()}


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Server:
    """One origin. `pages` gives the answer of each path; `delay` holds every one of them up; `held`, until it is set."""

    pages: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    delay: float = 0.0
    held: asyncio.Event | None = None
    answer: Callable[[Request], Answer] | None = None
    port: int = 0
    host: str = "127.0.0.1"
    """Any address of the loopback: sites on two of them are two sites."""

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def asked(self) -> list[str]:
        """Paths of pages asked for, robots.txt left out."""
        return [one.target for one in self.requests if one.target != "/robots.txt"]

    def page(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> str:
        """Put a page there; return its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {"content-type": kind}, data)
        return self.origin + path

    def redirect(self, path: str, location: str) -> str:
        self.pages[path] = (302, {"location": location, "content-type": "text/html"}, b"")
        return self.origin + path

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ", 2)
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            asked = Request(method, target, headers, body.decode())
            self.requests.append(asked)
            await asyncio.sleep(self.delay)
            if self.held is not None:
                await self.held.wait()
            missing: Answer = (404, {"content-type": "text/plain"}, b"")
            answer = self.answer(asked) if self.answer else self.pages.get(target.partition("?")[0], missing)
            status, fields, data = answer
            told = {**fields, "content-length": str(len(data)), "connection": "close"}
            lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
            writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode() + data)
            await writer.drain()
        writer.close()


@dataclass
class SearchServer(Server):
    """Answers as SearXNG does. `found` maps words of a query to results; `status` is how it fails."""

    found: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    status: int = 200

    def __post_init__(self) -> None:
        self.answer = self._results

    @property
    def queries(self) -> list[str]:
        return [one.form.get("q", "") for one in self.requests]

    def finds(self, words: str, *addresses: str) -> None:
        self.found[words] = [
            {"url": address, "title": f"Page {number}", "content": "Un extrait.", "engine": "local", "score": 1.0}
            for number, address in enumerate(addresses, 1)
        ]

    def _results(self, asked: Request) -> Answer:
        if self.status != 200:
            return self.status, {"content-type": "text/plain", "retry-after": "30"}, b"Too many requests"
        query = asked.form.get("q", "")
        results = next((found for words, found in self.found.items() if words in query), [])
        body = {"query": query, "number_of_results": 0, "results": results, "unresponsive_engines": []}
        return 200, {"content-type": "application/json"}, json.dumps(body).encode()


@contextlib.asynccontextmanager
async def listening(*servers: Server) -> AsyncIterator[None]:
    """Have servers listen, each on a free port."""
    opened: list[asyncio.Server] = []
    for server in servers:
        one = await asyncio.start_server(server.serve, server.host, server.port)
        server.port = one.sockets[0].getsockname()[1]
        opened.append(one)
    try:
        yield
    finally:
        for one in opened:
            one.close()
            await one.wait_closed()
