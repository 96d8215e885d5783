"""Every other host of the world, as far as the browser can tell: it answers, and remembers who came."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HOST = "pirate.example"
# For what a test itself tries: Chromium may open a connection, and say nothing, before its own rules refuse the rest.
TRIED_HOST = "essai.example"
# With an icon of its own, or Chromium would come back for one in the middle of a later test.
_PAGE = b'<!doctype html><title>Ailleurs</title><link rel="icon" href="data:,"><p>Ailleurs</p>'


@dataclass
class Elsewhere:
    """Chromium resolves `host` to it: any connection, even one that asks for nothing, is seen."""

    host: str = HOST
    port: int = 0
    visits: list[str] = field(default_factory=list)

    @property
    def rule(self) -> str:
        return f"MAP {self.host} 127.0.0.1:{self.port},MAP *.{self.host} 127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(reader.read(65536), 5)
            self.visits.append(head.decode("latin-1"))
            length = f"content-length: {len(_PAGE)}\r\nconnection: close\r\n\r\n".encode()
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n" + length + _PAGE)
            await writer.drain()
        except (TimeoutError, ConnectionError):
            self.visits.append("(connected, and said nothing)")
        finally:
            writer.close()


@asynccontextmanager
async def running_elsewhere(host: str = HOST) -> AsyncIterator[Elsewhere]:
    elsewhere = Elsewhere(host)
    server = await asyncio.start_server(elsewhere.serve, "127.0.0.1", 0)
    elsewhere.port = server.sockets[0].getsockname()[1]
    async with server:
        yield elsewhere
