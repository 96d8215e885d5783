"""THE egress client: the only place that opens HTTP connections to other servers (TA-060).

It reaches declared endpoints only: exact origins that an administrator registered, with a credential that is sent to
that origin and to no other (TA-062, TA-063). Redirects are never followed, cookies never kept, proxies of the
environment never used.

    declare(name, Endpoint) ... post(name, path, body) -> Incoming -> read() ... b"" -> close()

No timer is armed per read: each open answer carries a deadline, and one clock per process closes those that are late.
"""

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from chatelet.kernel.authorization import header_of
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.egress.resolving import Watched
from chatelet.kernel.outbound_errors import (
    BadAnswer,
    Closed,
    Disconnected,
    NotDeclared,
    OutboundError,
    TooLate,
    Unreachable,
)
from chatelet.kernel.targets import exact, joined
from chatelet.kernel.tracing.spans import traceparent

_TICK_SECONDS: Final = 0.25
_KEEP_ALIVE_SECONDS: Final = 20
_STALE_SECONDS: Final = 0.5
_LONGEST_ANSWER: Final = 64 * 1024 * 1024

_FOLLOWED: Final = frozenset({Purpose.MODELS, Purpose.LOCAL_MODELS})  # who else is asked learns nothing of our traces

Method = Literal["GET", "POST", "PUT", "PROPFIND"]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One declared server. `url` is its base address.

    `bearer`, or `basic` (user and password), never leaves for another origin and is never printed.

    The certificate authority that it is verified by is a file, a PEM text, or by default those of the system.
    """

    url: str
    bearer: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    ca_certificate: str | None = field(default=None, repr=False)
    connect_seconds: float = 5.0
    basic: tuple[str, str] | None = field(default=None, repr=False)
    scheme: str = "Bearer"  # of the token
    purpose: Purpose = Purpose.OTHER

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("an endpoint is an http(s) address")
        if parts.username or parts.password or parts.query or parts.fragment or "\\" in self.url:
            raise ValueError("an endpoint holds no credentials, query or fragment")
        header_of(self.bearer, self.basic)

    @property
    def authority(self) -> Path | str | None:
        """Who its certificate is verified by; None: the system's own."""
        return self.ca_file or self.ca_certificate

    @property
    def origin(self) -> str:
        """Scheme, host and port: what the credential belongs to."""
        return origin_of(self.url)

    @property
    def host(self) -> str:
        """The host alone, as the gate judges it."""
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int | None:
        """The port, with which contacts are counted; None for models of this machine, which take another each time."""
        return None if self.purpose is Purpose.LOCAL_MODELS else URL(self.url).port


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an address, in one form: default ports left out, host in lower case."""
    return str(URL(url).origin())


class Incoming:
    """An answer being received. Not shared between tasks."""

    __slots__ = (
        "_content",
        "_deadline",
        "_expired",
        "_limit",
        "_owner",
        "_response",
        "_seen",
        "content_type",
        "status",
    )

    def __init__(self, owner: "Outbound", response: aiohttp.ClientResponse, deadline: float, limit: int) -> None:
        self.status = response.status
        self.content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        self._owner = owner
        self._response = response
        self._content = response.content
        self._deadline = deadline
        self._expired = False
        self._limit = limit
        self._seen = 0

    def header(self, name: str) -> str | None:
        """Return a response header, None when absent."""
        return self._response.headers.get(name)

    def expect_within(self, seconds: float) -> None:
        """Move the deadline: `read` fails with `TooLate` when it passes while nothing comes."""
        self._deadline = time.monotonic() + seconds

    async def read(self) -> bytes:
        """Return what has arrived, waiting for at least one byte; b"" at the end."""
        try:
            data = await self._content.readany()
        except (aiohttp.ClientError, OSError) as error:
            raise self._explain(error) from None
        self._seen += len(data)
        if self._seen > self._limit:
            self.close()
            raise BadAnswer("larger than allowed")
        return data

    async def body(self, limit: int) -> bytes:
        """Return the whole body; raise `BadAnswer` beyond `limit` bytes."""
        parts: list[bytes] = []
        size = 0
        while data := await self.read():
            size += len(data)
            if size > limit:
                self.close()
                raise BadAnswer("larger than allowed")
            parts.append(data)
        return b"".join(parts)

    def close(self) -> None:
        """Let go. An answer read to its end gives its connection back; any other is cut at once."""
        self._owner.forget(self)
        if self._content.at_eof():
            self._response.release()
        else:
            self._response.close()

    def expire_if_late(self, now: float) -> None:
        """Cut the connection when the deadline has passed and nothing waits to be read."""
        if now > self._deadline and self._content.total_bytes == self._seen and not self._content.is_eof():
            self._expired = True
            self._response.close()

    def _explain(self, error: Exception) -> OutboundError:
        self.close()
        return TooLate("silence") if self._expired else Disconnected(type(error).__name__)


class Outbound:
    """One HTTP session per process, opened on first use; connections are kept alive and shared."""

    def __init__(self, *, user_agent: str = "chatelet", resolver: Callable[[], AbstractResolver] = Watched) -> None:
        self._user_agent = user_agent
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None
        self._endpoints: dict[str, Endpoint] = {}
        self._tls: dict[Path | str | None, ssl.SSLContext] = {}
        self._open: set[Incoming] = set()
        self._clock: asyncio.TimerHandle | None = None
        self._next_tick = 0.0

    def declare(self, name: str, endpoint: Endpoint) -> None:
        """Allow `name`, replacing what it meant before. Raises `OSError` when its CA cannot be read."""
        if endpoint.url.startswith("https:") and endpoint.authority not in self._tls:
            self._tls[endpoint.authority] = ssl.create_default_context(
                cafile=endpoint.ca_file, cadata=None if endpoint.ca_file else endpoint.ca_certificate
            )
        gate.current().reserve(endpoint.host, endpoint.purpose)
        self.withdraw(name)
        self._endpoints[name] = endpoint

    def withdraw(self, name: str) -> None:
        """Forbid `name` from now on; answers already coming go on. Its host may be a page, unless it serves still."""
        endpoint = self._endpoints.pop(name, None)
        if endpoint is not None:
            gate.current().release(endpoint.host, endpoint.purpose)

    @property
    def declared(self) -> Mapping[str, str]:
        """Every name with its origin, for `chatelet check`."""
        return {name: endpoint.origin for name, endpoint in self._endpoints.items()}

    async def post(
        self,
        name: str,
        path: str,
        body: bytes,
        *,
        accept: str,
        within: float,
        limit: int = _LONGEST_ANSWER,
        headers: Mapping[str, str] | None = None,
    ) -> Incoming:
        """Send JSON (or what `headers` say) to `path` under the endpoint's base; headers must come `within` seconds."""
        headers = {"content-type": "application/json", "accept": accept, **(headers or {})}
        started = time.monotonic()
        try:
            return await self._send("POST", name, path, body, headers, within, limit)
        except Disconnected:
            if time.monotonic() - started > _STALE_SECONDS:
                raise
        # A kept-alive connection that the other side had just closed: it answered nothing, ask once more.
        return await self._send("POST", name, path, body, headers, within, limit)

    async def get(
        self,
        name: str,
        path: str,
        *,
        within: float,
        limit: int = _LONGEST_ANSWER,
        headers: Mapping[str, str] | None = None,
    ) -> Incoming:
        """Read `path` under the endpoint's base."""
        return await self._send("GET", name, path, None, headers or {}, within, limit)

    async def put(
        self,
        name: str,
        path: str,
        body: bytes,
        *,
        accept: str,
        within: float,
        limit: int = _LONGEST_ANSWER,
        headers: Mapping[str, str] | None = None,
    ) -> Incoming:
        """Send as `post` does, once, what is made under this very path."""
        headers = {"content-type": "application/json", "accept": accept, **(headers or {})}
        return await self._send("PUT", name, path, body, headers, within, limit)

    async def ask(
        self,
        method: Method,
        name: str,
        target: str,
        *,
        within: float,
        body: bytes | None = None,
        limit: int = _LONGEST_ANSWER,
        headers: Mapping[str, str] | None = None,
        redirects: bool = False,
    ) -> Incoming:
        """Send a request for `target`: path and query of the endpoint's *origin*, encoded, sent as they are written.

        For places whose own answers name what is asked next. `redirects`: a redirect is given back to be read, with
        its `location`; it is not followed here either.
        """
        return await self._send(method, name, target, body, headers or {}, within, limit, exact, redirects=redirects)

    def forget(self, incoming: Incoming) -> None:
        """Stop watching an answer."""
        self._open.discard(incoming)

    async def close(self) -> None:
        """Cut everything."""
        for incoming in list(self._open):
            incoming.close()
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _send(
        self,
        method: Method,
        name: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        within: float,
        limit: int,
        addressed: Callable[[str, str], URL] = joined,
        *,
        redirects: bool = False,
    ) -> Incoming:
        endpoint = self._endpoints.get(name)
        if endpoint is None:
            raise NotDeclared(name)
        address = addressed(endpoint.url, path)
        try:
            with gate.current().contact(endpoint.host, endpoint.purpose, endpoint.port):
                return await self._ask(method, endpoint, address, body, headers, within, limit, redirects=redirects)
        except gate.EgressClosed:
            raise Closed(endpoint.origin) from None

    async def _ask(
        self,
        method: Method,
        endpoint: Endpoint,
        address: URL,
        body: bytes | None,
        headers: Mapping[str, str],
        within: float,
        limit: int,
        *,
        redirects: bool,
    ) -> Incoming:
        sent = dict(headers)
        if (proof := header_of(endpoint.bearer, endpoint.basic, endpoint.scheme)) is not None:
            sent["authorization"] = proof
        if endpoint.purpose in _FOLLOWED and (followed := traceparent()) is not None:
            sent["traceparent"] = followed
        deadline = time.monotonic() + within
        try:
            async with asyncio.timeout(within):
                response = await self._opened().request(
                    method,
                    address,
                    data=body,
                    headers=sent,
                    allow_redirects=False,
                    ssl=self._tls.get(endpoint.authority, True) if endpoint.url.startswith("https:") else True,
                    timeout=aiohttp.ClientTimeout(total=None, connect=endpoint.connect_seconds),
                )
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorDNSError) as error:
            raise Unreachable(type(error).__name__) from None
        except TimeoutError:
            raise TooLate("headers") from None
        except (aiohttp.ClientConnectionError, OSError) as error:
            raise Disconnected(type(error).__name__) from None
        except aiohttp.ClientError as error:
            raise BadAnswer(type(error).__name__) from None
        if 300 <= response.status < 400 and not redirects:
            response.close()
            raise BadAnswer("redirect")
        return self._received(response, deadline, limit)

    def _received(self, response: aiohttp.ClientResponse, deadline: float, limit: int) -> Incoming:
        incoming = Incoming(self, response, deadline, limit)
        self._open.add(incoming)
        if self._clock is None:
            self._next_tick = time.monotonic() + _TICK_SECONDS
            self._clock = asyncio.get_running_loop().call_later(_TICK_SECONDS, self._tick)
        return incoming

    def _tick(self) -> None:
        now = time.monotonic()
        if now - self._next_tick < 2 * _TICK_SECONDS:  # a loop that was itself late accuses nobody
            for incoming in list(self._open):
                incoming.expire_if_late(now)
        self._clock = None
        if self._open:
            self._next_tick = now + _TICK_SECONDS
            self._clock = asyncio.get_running_loop().call_later(_TICK_SECONDS, self._tick)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0, limit_per_host=0, keepalive_timeout=_KEEP_ALIVE_SECONDS, resolver=self._resolver()
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"user-agent": self._user_agent, "accept-encoding": "identity"},
                trust_env=False,
                auto_decompress=False,
            )
        return self._session
