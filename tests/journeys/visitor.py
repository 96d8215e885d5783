"""A person at their browser, over HTTP: one cookie, ordinary requests, and streams of turn events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.journeys.service import PASSWORD

COOKIE = "__Host-chatelet"


@dataclass
class Answer:
    """A response read whole."""

    status: int
    headers: Any
    body: Any


@dataclass
class Stream:
    """What a stream of turn events said, as it comes."""

    response: aiohttp.ClientResponse
    events: list[dict[str, Any]] = field(default_factory=list)
    position: int = 0

    @property
    def text(self) -> str:
        return "".join(event["text"] for event in self.events if event["type"] == "delta")

    @property
    def opened(self) -> dict[str, Any]:
        return next(event for event in self.events if event["type"] == "opened")

    @property
    def closed(self) -> dict[str, Any]:
        assert self.events[-1]["type"] == "closed", self.events[-1]
        return self.events[-1]

    def all(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    async def read(self, until: "Callable[[Stream], bool] | None" = None, seconds: float = 30) -> "Stream":
        """Read until `until(self)`, or the end."""
        async with asyncio.timeout(seconds):
            block: dict[str, str] = {}
            while not (until and until(self)):
                line = (await self.response.content.readline()).decode()
                if not line:
                    return self
                if line == "\n":
                    if "data" in block:
                        self.events.append(json.loads(block["data"]))
                        self.position = int(block["id"])
                    block = {}
                elif not line.startswith(":"):
                    name, _, value = line.rstrip("\n").partition(": ")
                    block[name] = value
        return self


@dataclass
class Visitor:
    """Keeps its cookie as a browser does on a secure origin."""

    http: aiohttp.ClientSession
    address: str
    token: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.token}"} if self.token else {}

    async def call(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        headers = {**self.headers, **options.pop("headers", {})}
        async with self.http.request(method, self.address + path, json=body, headers=headers, **options) as response:
            raw = await response.read()
            parsed = json.loads(raw) if raw and response.content_type == "application/json" else raw
            for line in response.headers.getall("Set-Cookie", []):
                name, _, rest = line.partition("=")
                if name == COOKIE:
                    self.token = rest.partition(";")[0].strip('"') or None
            return Answer(response.status, response.headers, parsed)

    async def get(self, path: str, **options: Any) -> Any:
        answer = await self.call("GET", path, **options)
        assert answer.status == 200, answer.body
        return answer.body

    async def sign_in(self, email: str, password: str = PASSWORD) -> None:
        answer = await self.call("POST", "/api/sessions", {"email": email, "password": password})
        assert answer.status == 201, answer.body

    async def conversation(self, **body: Any) -> str:
        answer = await self.call("POST", "/api/conversations", body)
        assert answer.status == 201, answer.body
        return answer.body["id"]

    @asynccontextmanager
    async def asking(self, conversation: str, text: str | None = None, **body: Any) -> AsyncIterator[Stream]:
        """Ask; leave the block to close the tab."""
        wanted = {**({"text": text} if text is not None else {}), **body}
        async with self.http.post(
            f"{self.address}/api/conversations/{conversation}/turns", json=wanted, headers=self.headers
        ) as response:
            assert response.status == 200, await response.text()
            yield Stream(response)

    async def ask(self, conversation: str, text: str | None = None, **body: Any) -> Stream:
        """Ask and read the whole answer."""
        async with self.asking(conversation, text, **body) as stream:
            return await stream.read()

    @asynccontextmanager
    async def following(self, conversation: str, turn: str, after: int = 0) -> AsyncIterator[Stream]:
        """Attach to a turn, as another tab does."""
        headers = {**self.headers, "Last-Event-ID": str(after)}
        path = f"/api/conversations/{conversation}/turns/{turn}/events"
        async with self.http.get(self.address + path, headers=headers) as response:
            assert response.status == 200, await response.text()
            yield Stream(response)

    async def stop(self, conversation: str, turn: str) -> int:
        return (await self.call("POST", f"/api/conversations/{conversation}/turns/{turn}/stop")).status
