"""One server of a place, asked through the egress client: its origin, its credential, and errors of the contract only.

The endpoint is declared when the place is opened and withdrawn when it is closed.
"""

import time
from collections.abc import AsyncGenerator, Mapping
from typing import Final
from uuid import uuid4

from chatelet.connectors.contract import EntryTooLarge, PlaceBroken, PlaceError, PlaceRefused, PlaceUnreachable
from chatelet.connectors.declared import Login, Token
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.errors import AppError
from chatelet.kernel.outbound import (
    Disconnected,
    Endpoint,
    Incoming,
    Method,
    Outbound,
    OutboundError,
    TooLate,
    Unreachable,
    origin_of,
)

_HEADERS_SECONDS: Final = 60.0
_CONNECT_SECONDS: Final = 10.0
_SILENCE_SECONDS: Final = 30.0
_WHOLE_SECONDS: Final = 900.0
_LONGEST: Final = 1 << 40  # `pieces` counts, by the limit of each question


class Server:
    """A declared server, for one run."""

    def __init__(
        self,
        outbound: Outbound,
        address: str,
        credential: Login | Token | None,
        ca_certificate: str | None,
        *,
        patience: float = _HEADERS_SECONDS,
    ) -> None:
        self.origin = origin_of(address)
        self._outbound = outbound
        self._name = f"place-{uuid4().hex}"
        self._patience = patience
        endpoint = Endpoint(
            self.origin,
            bearer=credential.token if isinstance(credential, Token) else None,
            basic=(credential.user, credential.password) if isinstance(credential, Login) else None,
            ca_certificate=ca_certificate,
            connect_seconds=min(_CONNECT_SECONDS, patience),
            purpose=Purpose.PLACES,
        )
        outbound.declare(self._name, endpoint)

    async def ask(
        self,
        method: Method,
        target: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        redirects: bool = False,
    ) -> Incoming:
        """Return the answer to a request for a path and query of the origin. Raises `PlaceError`."""
        try:
            return await self._outbound.ask(
                method,
                self._name,
                target,
                within=self._patience,
                body=body,
                limit=_LONGEST,
                headers=headers,
                redirects=redirects,
            )
        except (OutboundError, AppError, ValueError) as error:
            raise _coded(error) from None

    async def pieces(self, incoming: Incoming, limit: int) -> AsyncGenerator[bytes]:
        """Give the body of an answer, and let go of it. Raises `EntryTooLarge` beyond the limit, `PlaceError`."""
        seen, spent = 0, 0.0
        try:
            if _length(incoming) > limit:
                raise EntryTooLarge
            while True:
                incoming.expect_within(min(_SILENCE_SECONDS, self._patience))
                begun = time.monotonic()
                data = await incoming.read()
                seen, spent = seen + len(data), spent + time.monotonic() - begun
                if seen > limit:
                    raise EntryTooLarge
                if spent > _WHOLE_SECONDS:
                    raise PlaceUnreachable
                if not data:
                    return
                yield data
        except OutboundError as error:
            raise _coded(error) from None
        finally:
            incoming.close()

    def close(self) -> None:
        """Let the endpoint be reached no more."""
        self._outbound.withdraw(self._name)


def refusal_of(status: int) -> PlaceError:
    """Return what a status that is no success means."""
    if status in {401, 403, 407}:
        return PlaceRefused()
    if status in {404, 408, 410, 425, 429} or status >= 500:
        return PlaceUnreachable()
    return PlaceBroken()


def _length(incoming: Incoming) -> int:
    told = incoming.header("content-length") or ""
    return int(told) if told.isascii() and told.isdigit() else 0


def _coded(error: Exception) -> PlaceError:
    if isinstance(error, (Unreachable, Disconnected, TooLate, AppError)):
        return PlaceUnreachable()
    return PlaceBroken()
