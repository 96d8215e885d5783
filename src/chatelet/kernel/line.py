"""A line between a process and the one that started it: JSON objects, one a line, over a pair of connected sockets.

It carries signs of life, figures and word of models, never content. Its end tells each that the other is gone, however
it went: nothing has to be polled, on Linux as on macOS.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any, Final

from chatelet.kernel.logs import get_logger

Message = dict[str, Any]
Subscriber = Callable[[Message], None]
_LONGEST: Final = 8 * 1024 * 1024  # the metrics of a process are about 50 KB
log = get_logger(__name__)


def _nothing() -> None:
    pass


class Line:
    """One end. `subscribe` before `follow`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._subscribers: dict[str, Subscriber] = {}
        self._writer: asyncio.StreamWriter | None = None

    def subscribe(self, kind: str, subscriber: Subscriber) -> None:
        """Call `subscriber(message)` for each message of this kind."""
        self._subscribers[kind] = subscriber

    def send(self, kind: str, **fields: object) -> None:
        """Say something; nothing happens when the other end is gone, or was not reached yet."""
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(json.dumps({"kind": kind, **fields}).encode() + b"\n")

    async def open(self) -> asyncio.StreamReader:
        """Make the line ready to speak; what is returned is for `follow`."""
        reader, self._writer = await asyncio.open_unix_connection(sock=self._connection, limit=_LONGEST)
        return reader

    async def follow(self, reader: asyncio.StreamReader, *, on_any: Callable[[], None] = _nothing) -> None:
        """Hand over what the other end says, until it is gone; `on_any` is called for each message first."""
        try:
            while said := await reader.readline():
                on_any()
                message: Message = json.loads(said)
                subscriber = self._subscribers.get(message["kind"])
                if subscriber is not None:
                    subscriber(message)
        except (OSError, ValueError) as error:
            log.warning("line_lost", error=type(error).__name__)

    def close(self) -> None:
        """Let go of this end."""
        if self._writer is not None:
            self._writer.close()
        else:
            self._connection.close()
