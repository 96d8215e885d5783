"""A resolver that answers what a test says, a real server on this machine, and the gate opened for visits."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from ipaddress import ip_address

import pytest

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.addresses import Address
from chatelet.kernel.egress.posture import Posture
from chatelet.kernel.egress.reasons import Reason, VisitFailed

Answer = Callable[[str], bytes]


class StubResolver:
    """Answers from a table; a list of lists is answered one after the other, as a rebinding server does."""

    def __init__(self) -> None:
        self.table: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []

    def say(self, name: str, *answers: str) -> None:
        self.table[name] = [answer.split() for answer in answers]

    async def __call__(self, name: str) -> Sequence[Address]:
        self.asked.append(name)
        answers = self.table.get(name)
        if not answers:
            raise VisitFailed(Reason.UNREACHABLE)
        found = answers[0] if len(answers) == 1 else answers.pop(0)
        return [ip_address(text) for text in found]


class Site:
    """A real HTTP server on the loopback; `pages` gives the raw answer of each path."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.delay = 0.0
        self.port = 0

    @property
    def origin(self) -> str:
        return f"http://site.example.org:{self.port}"

    def page(self, path: str, body: bytes, kind: str = "text/html", *lines: str, status: str = "200 OK") -> None:
        head = [f"HTTP/1.1 {status}", f"content-type: {kind}", f"content-length: {len(body)}", *lines, "", ""]
        self.pages[path] = "\r\n".join(head).encode() + body

    def redirect(self, path: str, location: str) -> None:
        self.page(path, b"", "text/html", f"location: {location}", status="302 Found")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.requests.append(head)
        await asyncio.sleep(self.delay)
        writer.write(self.pages.get(head.split()[1], b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"))
        await writer.drain()
        writer.close()


@pytest.fixture
def resolver() -> StubResolver:
    return StubResolver()


@pytest.fixture
async def site(resolver: StubResolver) -> AsyncIterator[Site]:
    found = Site()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    resolver.say("site.example.org", "127.0.0.1")
    yield found
    server.close()
    await server.wait_closed()


@pytest.fixture
def opened() -> Iterator[gate.Gate]:
    """The gate of this process, open to visits; put back afterwards."""
    before = gate.current()
    here = gate.Gate(Posture(mode="open"))
    gate.install(here)
    yield here
    gate.install(before)
