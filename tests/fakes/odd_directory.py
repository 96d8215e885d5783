"""An LDAP server that answers as it is told: what no slapd says (codes of Active Directory), and what no server should."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from chatelet.kernel.ldap import ber
from chatelet.kernel.ldap.messages import Code

GUID = bytes(range(16))
Reply = Callable[[str], bytes]


def result(tag: int, code: int, told: str = "") -> bytes:
    """Write the end of an operation."""
    parts = (ber.integer(code, ber.ENUMERATED), ber.octets(b""), ber.octets(told.encode()))
    return ber.sequence(*parts, tag=tag)


def entry(dn: str, **attributes: bytes) -> bytes:
    """Write an entry."""
    listed = [
        ber.sequence(ber.octets(name.encode()), ber.sequence(ber.octets(value), tag=0x31))
        for name, value in attributes.items()
    ]
    return ber.sequence(ber.octets(dn.encode()), ber.sequence(*listed), tag=0x64)


@dataclass
class OddDirectory:
    """`bind` says how a bind as this name ends; `searched` are the filters asked for, in bytes."""

    port: int
    bind: Callable[[str], bytes] = field(default=lambda _dn: result(0x61, Code.SUCCESS))
    searched: list[bytes] = field(default_factory=list)
    raw: bytes | None = None

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                identifier, tag, body = await _request(reader)
                if self.raw is not None:
                    writer.write(self.raw)
                elif tag == 0x60:
                    dn = list(ber.elements(body))[1][1].decode()
                    writer.write(ber.sequence(ber.integer(identifier), self.bind(dn)))
                elif tag == 0x63:
                    self.searched.append(body)
                    found = entry("cn=Ada,dc=ad", objectGUID=GUID, cn=b"Ada", mail=b"ada@ad.fr")
                    if len(self.searched) % 2 == 1:
                        writer.write(ber.sequence(ber.integer(identifier), found))
                    writer.write(ber.sequence(ber.integer(identifier), result(0x65, Code.SUCCESS)))
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    head = await reader.readexactly(2)
    length = head[1]
    if length & 0x80:
        length = int.from_bytes(await reader.readexactly(length & 0x7F), "big")
    (_, number), (tag, body), *_ = ber.elements(await reader.readexactly(length))
    return ber.number(number), tag, body


@asynccontextmanager
async def running_odd_directory(tls: ssl.SSLContext) -> AsyncIterator[OddDirectory]:
    odd = OddDirectory(0)
    server = await asyncio.start_server(odd.speak, "127.0.0.1", 0, ssl=tls)
    odd.port = server.sockets[0].getsockname()[1]
    try:
        yield odd
    finally:
        server.close()
