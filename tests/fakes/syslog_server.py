"""A collector of this machine: syslog framed by octet counts, over TLS, that can be down, cut, slow or restarted.

With blocking sockets in threads: how a connection ends is the matter, and the streams of asyncio decide that alone.
"""

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import Literal


@dataclass
class Collector:
    """`received`: whole messages, as they came. The fault holds for the connections that follow, after `after` bytes.

    reset: hangs up at once; leaves: ends TLS in order, unasked, and closes with bytes unread; silent: reads all and
    closes without ending TLS; stuck: reads no more, and does not close.
    """

    tls: ssl.SSLContext | None = None
    fault: Literal["reset", "leaves", "silent", "stuck"] | None = None
    after: int = 0
    pause: float = 0.0
    received: list[bytes] = field(default_factory=list)
    connections: int = 0
    client: str | None = None
    port: int = 0
    _listening: socket.socket | None = None
    _open: list[socket.socket] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Listen; on the port of before when there was one."""
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listening.getsockname()[1]
        self._run(self._accept, self._listening)

    def stop(self) -> None:
        """End everything at once, as a process that is killed."""
        if self._listening is not None:
            with contextlib.suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
        for held in self._open:
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        self._listening, self._open, self._threads = None, [], []

    async def wait_for(self, count: int, seconds: float = 30) -> list[bytes]:
        """Wait until so many different messages came."""
        async with asyncio.timeout(seconds):
            while len(set(self.received)) < count:
                await asyncio.sleep(0.01)
        return self.received

    def _run(self, work: "object", held: socket.socket) -> None:
        thread = threading.Thread(target=work, args=(held,), daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                held, _ = listening.accept()
                self.connections += 1
                self._run(self._serve, held)

    def _serve(self, held: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self.tls is not None:
                held = self.tls.wrap_socket(held, server_side=True, suppress_ragged_eofs=False)
            self._open.append(held)
            self._read(held)
        held.close()

    def _read(self, held: socket.socket) -> None:
        pending, total, fault = b"", 0, self.fault
        if isinstance(held, ssl.SSLSocket) and (shown := held.getpeercert()):
            self.client = str(shown["subject"])
        while data := held.recv(1_024):
            total += len(data)
            if fault in {"reset", "leaves", "stuck"} and total >= self.after:
                self._fail(held, fault)
                return
            pending = self._take(pending + data)
            time.sleep(self.pause)
        if isinstance(held, ssl.SSLSocket) and fault != "silent":
            held.unwrap()

    def _fail(self, held: socket.socket, fault: str | None) -> None:
        if fault == "stuck":
            time.sleep(0.5)
        elif fault == "reset":
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif isinstance(held, ssl.SSLSocket):
            held.setblocking(False)
            held.unwrap()  # says its end, does not wait for the other's

    def _take(self, data: bytes) -> bytes:
        """Keep the whole messages of `data`; return what remains."""
        while (space := data.find(b" ")) > 0:
            length = int(data[:space])
            if len(data) < space + 1 + length:
                break
            self.received.append(data[space + 1 : space + 1 + length])
            data = data[space + 1 + length :]
        return data
