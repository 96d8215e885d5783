"""One connection to one server of a directory: TLS first, then binds and searches, each within its seconds."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import suppress
from functools import lru_cache
from typing import Final, Self

from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.ldap import messages
from chatelet.kernel.ldap.ber import LdapMalformed
from chatelet.kernel.ldap.messages import Answer, Code, Entry, Result, Search
from chatelet.kernel.ldap.names import LdapServer

_LONGEST_MESSAGE: Final = 8 * 1024 * 1024
_CONNECT_SECONDS: Final = 4.0


class LdapUnavailable(Exception):
    """This server does not serve now, another one may.

    `reason`: connection, certificate, tls, silent, busy, closed, or egress_closed (nothing leaves this installation).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LdapRefused(Exception):
    """The server answered, and not what was asked: `code` is its own (RFC 4511, annex A)."""

    def __init__(self, code: int) -> None:
        super().__init__(f"result {code}")
        self.code = code


class LdapConnection:
    """Made by `open`. After any `LdapUnavailable` it is of no more use."""

    def __init__(self, transport: asyncio.Transport, reader: asyncio.StreamReader, seconds: float) -> None:
        self._transport = transport
        self._reader = reader
        self._seconds = seconds
        self._last = 0

    @classmethod
    async def open(cls, server: LdapServer, ca_certificate: str | None, *, seconds: float) -> Self:
        """Connect and verify the certificate; raise `LdapUnavailable`. `seconds` bound each exchange that follows."""
        try:
            with gate.current().contact(server.host, Purpose.DIRECTORIES, server.port):
                return await cls._open(server, ca_certificate, seconds)
        except gate.EgressClosed as error:
            raise LdapUnavailable(error.code) from None

    @classmethod
    async def _open(cls, server: LdapServer, ca_certificate: str | None, seconds: float) -> Self:
        context = _context(ca_certificate)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                transport, reader = await _connected(server, context if server.tls_at_once else None)
                opened = cls(transport, reader, seconds)
                return opened if server.tls_at_once else await opened._with_tls(server, context)
        except ssl.SSLCertVerificationError:
            raise LdapUnavailable("certificate") from None
        except ssl.SSLError:
            raise LdapUnavailable("tls") from None
        except TimeoutError:
            raise LdapUnavailable("silent") from None
        except OSError:
            raise LdapUnavailable("connection") from None

    async def bind(self, dn: str, password: str) -> Result:
        """Prove who one is; the caller reads `code`. Raises `ValueError` for an empty password, `LdapUnavailable`."""
        return await self._result(messages.bind(self._next(), dn, password))

    async def search(self, wanted: Search) -> AsyncGenerator[Entry]:
        """Give the entries, page after page; raise `LdapUnavailable`, `LdapRefused`.

        A limit of one's own that is reached (`most`) is no refusal; one of the server is: half a list is none.
        """
        cookie = b""
        while True:
            self._send(messages.search(self._next(), wanted, cookie, int(self._seconds) + 1))
            while not isinstance(answer := await self._receive(), Result):
                if answer is not None:
                    yield answer
            if answer.code != Code.SUCCESS and not (wanted.most and answer.code == Code.SIZE_LIMIT_EXCEEDED):
                raise LdapRefused(answer.code)
            cookie = answer.cookie
            if not cookie:
                return
            await asyncio.sleep(0)

    def close(self) -> None:
        """Say farewell and hang up, without waiting."""
        with suppress(OSError, RuntimeError):
            self._transport.write(messages.unbind(self._next()))
        self._transport.close()

    async def _with_tls(self, server: LdapServer, context: ssl.SSLContext) -> Self:
        """Change to TLS. What the server sent in clear before it is thrown away with the old reader (CVE-2011-0411)."""
        loop = asyncio.get_running_loop()
        reader, protocol = _reading()
        try:
            answer = await self._result(messages.start_tls(self._next()))
            _check_ready(answer)
            transport = await loop.start_tls(self._transport, protocol, context, server_hostname=server.host)
        except BaseException:
            self._transport.abort()
            raise
        if transport is None:
            raise LdapUnavailable("tls")
        protocol.connection_made(transport)
        self._transport, self._reader = transport, reader
        return self

    async def _result(self, request: bytes) -> Result:
        self._send(request)
        answer = await self._receive()
        if not isinstance(answer, Result):
            raise LdapUnavailable("closed")
        if answer.code in (Code.BUSY, Code.UNAVAILABLE):
            raise LdapUnavailable("busy")
        return answer

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _send(self, request: bytes) -> None:
        self._transport.write(request)

    async def _receive(self) -> Answer:
        """Read one answer to the last request."""
        try:
            async with asyncio.timeout(self._seconds):
                head = await self._reader.readexactly(2)
                length = head[1]
                if length & 0x80:
                    length = int.from_bytes(await self._reader.readexactly(length & 0x7F), "big")
                if head[0] != 0x30 or length > _LONGEST_MESSAGE:
                    raise LdapUnavailable("closed")
                identifier, answer = messages.read(await self._reader.readexactly(length))
        except TimeoutError:
            raise LdapUnavailable("silent") from None
        except (asyncio.IncompleteReadError, OSError, LdapMalformed):
            raise LdapUnavailable("closed") from None
        if identifier != self._last:  # 0 is the server's own farewell
            raise LdapUnavailable("closed")
        return answer


def _check_ready(answer: Result) -> None:
    if answer.code != Code.SUCCESS:
        raise LdapUnavailable("tls")


async def _connected(
    server: LdapServer, context: ssl.SSLContext | None
) -> tuple[asyncio.Transport, asyncio.StreamReader]:
    reader, protocol = _reading()
    name = server.host if context else None
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(
        lambda: protocol, server.host, server.port, ssl=context, server_hostname=name
    )
    return transport, reader


def _reading() -> tuple[asyncio.StreamReader, asyncio.StreamReaderProtocol]:
    reader = asyncio.StreamReader(limit=1 << 20)
    return reader, asyncio.StreamReaderProtocol(reader)


@lru_cache(maxsize=32)
def _context(ca_certificate: str | None) -> ssl.SSLContext:
    """Return a context that verifies name and chain, by the system's authorities or by a private one."""
    return ssl.create_default_context(cadata=ca_certificate)
