"""One question to one service, over the egress client: who asks is said, pauses are kept, `Retry-After` is obeyed.

    pause ─▶ get ─▶ 200: bytes │ 404: nothing │ 429, 503: wait what is asked, if the deadline allows, once more │ error

A service is declared once a process; its address is that of the catalogue unless the installation names another.
"""

import asyncio
import email.utils
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from chatelet.connectors.scholarly.contract import LARGEST_ANSWER, Courtesy, Service
from chatelet.connectors.scholarly.errors import SourceBroken, SourceDead, SourceError, SourceLate, SourceRefused
from chatelet.kernel.clock import now
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.errors import AppError
from chatelet.kernel.outbound import BadAnswer, Endpoint, Incoming, Outbound, OutboundError, TooLate, origin_of
from chatelet.kernel.outbound_errors import Closed

_TRIES: Final = 3
_LEAST_WAIT: Final = 0.2
_LONGEST_WAIT: Final = 3_600.0
_CONNECT_SECONDS: Final = 3.0
_NOTHING: Final = frozenset({400, 404, 410, 422})  # of an identifier: the service knows no such work
_AGAIN: Final = frozenset({429, 502, 503, 504})


@dataclass
class Asked:
    """A service as this process asks it."""

    service: Service
    base: str
    courtesy: Courtesy
    next_at: float = field(default=0.0)

    @property
    def endpoint(self) -> str:
        """Return the name that it is declared under."""
        return f"scholarly-{self.service.name}"


def declare(outbound: Outbound, asked: Asked) -> None:
    """Let the service be asked."""
    origin = origin_of(asked.base)
    outbound.declare(asked.endpoint, Endpoint(origin, connect_seconds=_CONNECT_SECONDS, purpose=Purpose.SCHOLARLY))


async def get(outbound: Outbound, asked: Asked, target: str, deadline: float, *, exact: bool) -> tuple[bytes, str]:
    """Return the body and its type; b"" where an identifier is unknown. Raises `SourceError`."""
    whole = urlsplit(asked.base).path.rstrip("/") + target
    for left in range(_TRIES - 1, -1, -1):
        await _pause(asked, deadline)
        try:
            incoming = await _sent(outbound, asked, whole, deadline)
        except SourceDead:
            if left == 0 or time.monotonic() + _LEAST_WAIT > deadline:
                raise
            await asyncio.sleep(_LEAST_WAIT)
            continue
        if incoming.status in _AGAIN:  # whoever asks next waits too, were this the last try
            wait = _asked_wait(incoming)
            asked.next_at = max(asked.next_at, time.monotonic() + wait)
            if left:
                incoming.close()
                if time.monotonic() + wait > deadline:
                    raise SourceLate
                continue
        return await _read(incoming, deadline, exact=exact)
    raise SourceDead


async def _sent(outbound: Outbound, asked: Asked, target: str, deadline: float) -> Incoming:
    headers = {"user-agent": asked.courtesy.user_agent, "accept": asked.service.accept, **_key(asked)}
    try:
        within = max(deadline - time.monotonic(), 0.01)
        return await outbound.ask("GET", asked.endpoint, target, within=within, headers=headers, limit=LARGEST_ANSWER)
    except (OutboundError, AppError, ValueError) as error:
        raise _coded(error) from None


async def _read(incoming: Incoming, deadline: float, *, exact: bool) -> tuple[bytes, str]:
    status, kind = incoming.status, incoming.content_type
    if status != 200:
        incoming.close()
        if exact and status in _NOTHING:
            return b"", kind
        raise SourceRefused if status in {401, 403, 407, 429} else SourceDead if status >= 500 else SourceBroken
    try:
        incoming.expect_within(max(deadline - time.monotonic(), 0.01))
        return await incoming.body(LARGEST_ANSWER), kind
    except OutboundError as error:
        raise _coded(error) from None
    finally:
        incoming.close()


async def _pause(asked: Asked, deadline: float) -> None:
    """Keep the least time between two questions, whoever asks them. Raises `SourceLate` when it goes beyond."""
    at = max(asked.next_at, time.monotonic())
    if at > deadline:
        raise SourceLate
    asked.next_at = at + asked.service.pause
    await asyncio.sleep(max(at - time.monotonic(), 0))


def _key(asked: Asked) -> Mapping[str, str]:
    header, key = asked.service.key_header, asked.courtesy.key
    return {header: key} if header is not None and key is not None else {}


def _asked_wait(incoming: Incoming) -> float:
    """Return the seconds that `Retry-After` asks for, an hour at most: a number, or a date (RFC 9110)."""
    told = (incoming.header("retry-after") or "").strip()
    try:
        if told.isascii() and told.isdigit():
            wait = float(told)
        else:
            wait = (email.utils.parsedate_to_datetime(told) - now()).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 2 * _LEAST_WAIT
    return min(max(wait, _LEAST_WAIT), _LONGEST_WAIT)


def _coded(error: Exception) -> SourceError:
    match error:
        case Closed():
            return SourceRefused()
        case TooLate():
            return SourceLate()
        case BadAnswer() | ValueError():
            return SourceBroken()
        case AppError():
            return SourceRefused()
        case _:
            return SourceDead()
