"""The antivirus that every file passes before anything reads it: clamd's INSTREAM, or ICAP (RFC 3507) RESPMOD.

It fails closed: no answer, or an answer that is not understood, is `AntivirusUnavailable`, and the file waits.
"""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import SplitResult, urlsplit

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.errors import AppError

_CHUNK: Final = 64 * 1024
_CONNECT_SECONDS: Final = 5
_ANSWER_SECONDS: Final = 120
DEFAULT_PORTS: Final = {"clamd": 3310, "icap": 1344}
_NO_CONTENT: Final = 204  # ICAP: nothing to modify


Scan = Callable[[bytes], Awaitable[None]]  # raises FileInfected, AntivirusUnavailable


class FileInfected(AppError):
    """The antivirus refused the file; its bytes are deleted."""

    code = "file_infected"
    status = 422


class AntivirusUnavailable(AppError):
    """The antivirus does not answer: nothing passes until it does."""

    code = "antivirus_unavailable"
    status = 503


def scanner(address: str | None) -> Scan | None:
    """Return the scan of `clamd://…` or `icap://…`; None without an address."""
    if address is None:
        return None
    parts = urlsplit(address)
    speak = _clamd if parts.scheme == "clamd" else _icap
    port = parts.port or DEFAULT_PORTS[parts.scheme]

    async def scan(data: bytes) -> None:
        try:
            with gate.current().contact(parts.hostname, Purpose.ANTIVIRUS, port):
                async with asyncio.timeout(_ANSWER_SECONDS):
                    clean = await speak(parts, data)
        except (gate.EgressClosed, OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            raise AntivirusUnavailable from error
        if not clean:
            raise FileInfected

    return scan


async def _clamd(parts: SplitResult, data: bytes) -> bool:
    connecting = (
        asyncio.open_connection(parts.hostname, parts.port or DEFAULT_PORTS["clamd"])
        if parts.hostname
        else asyncio.open_unix_connection(parts.path)
    )
    reader, writer = await asyncio.wait_for(connecting, _CONNECT_SECONDS)
    try:
        writer.write(b"zINSTREAM\0")
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            writer.write(struct.pack("!I", len(chunk)) + chunk)
            await writer.drain()
        writer.write(struct.pack("!I", 0))
        await writer.drain()
        answer = (await reader.readuntil(b"\0")).rstrip(b"\0").strip()
    finally:
        writer.close()
    if answer.endswith(b"FOUND"):
        return False
    if answer == b"stream: OK":
        return True
    raise ValueError("clamd answered otherwise")


async def _icap(parts: SplitResult, data: bytes) -> bool:
    host, port = parts.hostname or "", parts.port or DEFAULT_PORTS["icap"]
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), _CONNECT_SECONDS)
    try:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data)
        writer.write(
            f"RESPMOD icap://{host}:{port}{parts.path or '/avscan'} ICAP/1.0\r\nHost: {host}\r\nAllow: 204\r\n"
            f"Encapsulated: res-hdr=0, res-body={len(head)}\r\nConnection: close\r\n\r\n".encode()
            + head
        )
        for start in range(0, len(data), _CHUNK):
            chunk = data[start : start + _CHUNK]
            writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        status = (await reader.readline()).split()
        headers = await reader.readuntil(b"\r\n\r\n")
    finally:
        writer.close()
    code = int(status[1]) if len(status) > 1 and status[0].startswith(b"ICAP/") else 0
    if code == _NO_CONTENT:
        return True
    if code in {200, 201} and b"\nx-infection-found" in b"\n" + headers.lower():
        return False
    raise ValueError("the ICAP server answered otherwise")
