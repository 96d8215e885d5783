"""A TCP proxy that treats a connection as a bad network does: between the service and its database, a model, a bucket.

    latency, bytes_per_second   every chunk waits, both ways          cut_after  reset once so many bytes came back
    silence() … heal()          nothing passes, and nothing is lost: a route that comes back
    forget()                    connections that stand are dead and nobody says so (a firewall that lost its table)
    reset(), close()            connections that stand are reset, or ended in good order
    refuse() … heal()           nobody listens

`target` is a path (a Unix socket) or a host and a port.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

_CHUNK = 16 * 1024
Target = str | tuple[str, int]


@dataclass(eq=False)
class _Link:
    """One connection through the proxy: its two sides."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    forgotten: bool = False
    given: int = 0  # bytes brought back to the near side

    def reset(self) -> None:
        for side in (self.near, self.far):
            raw = side.get_extra_info("socket")
            with contextlib.suppress(OSError):
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            side.transport.abort()

    def close(self) -> None:
        for side in (self.near, self.far):
            side.close()


@dataclass(eq=False)
class FaultProxy:
    """Listens on a loopback port of its own. Faults are set and taken away while it runs."""

    target: Target
    latency: float = 0.0
    bytes_per_second: float = 0.0
    cut_after: int | None = None
    port: int = 0
    accepted: int = 0
    links: set[_Link] = field(default_factory=set)
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _passing: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        self._passing.set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        await self.refuse()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.reset()

    def silence(self) -> None:
        self._passing.clear()

    async def heal(self) -> None:
        """Take every fault away; what was forgotten stays so, as on a real network."""
        self.latency = self.bytes_per_second = 0.0
        self.cut_after = None
        self._passing.set()
        if self._server is None:
            await self.start()

    def forget(self) -> None:
        for link in self.links:
            link.forgotten = True

    def reset(self) -> None:
        for link in list(self.links):
            link.reset()

    def close(self) -> None:
        for link in list(self.links):
            link.close()

    async def refuse(self) -> None:
        """Stop listening and reset what stands."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        self.reset()

    async def _serve(self, reader: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.accepted += 1
        try:
            await self._passing.wait()
            back, far = await self._reach()
            await self._carry(_Link(near, far), reader, back)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            near.transport.abort()

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self.target, str):
            return await asyncio.open_unix_connection(self.target)
        return await asyncio.open_connection(*self.target)

    async def _carry(self, link: _Link, forth: asyncio.StreamReader, back: asyncio.StreamReader) -> None:
        self.links.add(link)
        ways = [
            asyncio.ensure_future(self._pass(link, forth, link.far, counted=False)),
            asyncio.ensure_future(self._pass(link, back, link.near, counted=True)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self.links.discard(link)
            link.far.transport.abort()

    async def _pass(
        self, link: _Link, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, counted: bool
    ) -> None:
        while data := await source.read(_CHUNK):
            await self._passing.wait()
            if self.latency:
                await asyncio.sleep(self.latency)
            if self.bytes_per_second:
                await asyncio.sleep(len(data) / self.bytes_per_second)
            if link.forgotten:
                continue
            if counted and self.cut_after is not None and link.given + len(data) > self.cut_after:
                sink.write(data[: max(0, self.cut_after - link.given)])
                await sink.drain()
                link.reset()
                return
            link.given += len(data) if counted else 0
            sink.write(data)
            await sink.drain()
        if link.forgotten:
            await asyncio.Event().wait()  # the end of it is not told either


@contextlib.asynccontextmanager
async def fault_proxy(target: Target) -> AsyncIterator[FaultProxy]:
    """Run a proxy for the length of a block."""
    proxy = FaultProxy(target)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.stop()
