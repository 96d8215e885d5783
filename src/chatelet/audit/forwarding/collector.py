"""The door to the collector: one connection a batch, which tells whether the other side read all of it.

Syslog has no acknowledgement. A batch is taken as read when, after our end of the stream,
- the collector ended TLS on its side too (close_notify, which nobody else can write; not with `confirmed_by` tcp),
- and TCP ended in order, every byte received: a process that dies or closes with bytes unread resets it instead.
Whatever else happens, the batch is sent again.
"""

import asyncio
import fcntl
import socket
import ssl
import struct
import sys
import termios
from collections.abc import Callable
from typing import Final, Literal

from chatelet.journal_sections import ForwardSettings
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose

_CONNECT_SECONDS: Final = 10.0
_BATCH_SECONDS: Final = 60.0
_CHUNK: Final = 16_384
_LOOK_AGAIN: Final = 0.01


Reason = Literal["egress_closed", "files", "unreachable", "certificate", "tls", "slow", "cut", "unconfirmed"]


class NotTaken(Exception):
    """The collector did not show that it read the batch: it is sent again."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


async def hand_over(settings: ForwardSettings, payload: bytes, *, seconds: float = _BATCH_SECONDS) -> None:
    """Send `payload` and see it read, within `seconds`; raise `NotTaken`."""
    try:
        with gate.current().contact(settings.host, Purpose.JOURNAL, settings.port):
            await _hand_over(settings, payload, seconds)
    except gate.EgressClosed:
        raise NotTaken("egress_closed") from None


async def _hand_over(settings: ForwardSettings, payload: bytes, seconds: float) -> None:
    context = await _context(settings) if settings.has_tls else None
    try:
        async with asyncio.timeout(_CONNECT_SECONDS):
            reader, writer = await asyncio.open_connection(settings.host, settings.port)
    except (OSError, UnicodeError):  # a TimeoutError is the first; the other, a name that is none
        raise NotTaken("unreachable") from None
    try:
        async with asyncio.timeout(seconds):
            if context is not None:
                await _Tls(reader, writer, context, settings.host).send(payload, lenient=settings.confirmed_by == "tcp")
            else:
                await _write(writer, payload)
            await _end(reader, writer)
    except ssl.SSLCertVerificationError:
        raise NotTaken("certificate") from None
    except ssl.SSLError:
        raise NotTaken("tls") from None
    except TimeoutError:
        raise NotTaken("slow") from None
    except OSError:
        raise NotTaken("cut") from None
    finally:
        writer.transport.abort()


async def _context(settings: ForwardSettings) -> ssl.SSLContext:
    """Return a context that verifies name and chain. Made each time: certificates are renewed on disk."""
    try:
        return await asyncio.to_thread(_read_context, settings)
    except (OSError, ValueError):  # an ssl.SSLError is an OSError
        raise NotTaken("files") from None


def _read_context(settings: ForwardSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    if settings.certificate_file is not None:
        context.load_cert_chain(settings.certificate_file, settings.key_file, password=_no_passphrase)
    return context


def _no_passphrase() -> str:
    """Stand for whoever would type it: a service has nobody at its terminal."""
    return ""


async def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    for start in range(0, len(data), _CHUNK):
        writer.write(data[start : start + _CHUNK])
        await writer.drain()


async def _end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """End our side of TCP, wait for the other's, and see that no byte was left unread."""
    writer.write_eof()
    while await reader.read(_CHUNK):
        pass
    opened: socket.socket = writer.get_extra_info("socket")
    while sys.platform == "linux" and _unacknowledged(opened):  # noqa: ASYNC110 (nothing announces it)
        await asyncio.sleep(_LOOK_AGAIN)
    _check_reset(opened)


def _unacknowledged(opened: socket.socket) -> int:
    """Return how many bytes the other machine has not received; raise `OSError` when the connection was reset."""
    _check_reset(opened)
    answered = fcntl.ioctl(opened.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
    return int(struct.unpack("i", answered)[0])


def _check_reset(opened: socket.socket) -> None:
    number = opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        raise OSError(number, "reset")


class _Tls:
    """TLS over a connection, by hand: the streams of asyncio do not tell how the other side ended it."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext, host: str
    ) -> None:
        self._reader, self._writer = reader, writer
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)

    async def send(self, data: bytes, *, lenient: bool) -> None:
        """Send all, then end TLS and wait for the other side's end, without which the batch is `unconfirmed`."""
        await self._do(self._tls.do_handshake)
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            await self._do(lambda chunk=chunk: self._tls.write(chunk))
        try:
            await self._do(self._tls.unwrap)
        except (ssl.SSLEOFError, ssl.SSLSyscallError):
            if not lenient:
                raise NotTaken("unconfirmed") from None

    async def _do(self, act: Callable[[], object]) -> None:
        while True:
            try:
                act()
            except ssl.SSLWantReadError:
                await self._flush()
                received = await self._reader.read(_CHUNK)
                if received:
                    self._incoming.write(received)
                else:
                    self._incoming.write_eof()
            else:
                await self._flush()
                return

    async def _flush(self) -> None:
        await _write(self._writer, self._outgoing.read())
