"""The client of the load: one raw connection per stream, which notes when bytes come and reads them only afterwards.

The same client asks the service and, straight, the scripted model server: what differs is what the service adds.
"""

import asyncio
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

_CHUNK: Final = re.compile(rb"([0-9a-fA-F]+)\r\n")


@dataclass(slots=True)
class Reading:
    """One stream as the client saw it; times in seconds of `time.perf_counter`."""

    due: float
    started: float = 0.0
    first: float | None = None
    last: float = 0.0
    largest_gap: float = 0.0
    ended: float = 0.0
    error: str | None = None
    pieces: list[bytes] = field(default_factory=list)


class _Stream(asyncio.Protocol):
    __slots__ = ("_done", "_mark", "_reading", "_request")

    def __init__(self, request: bytes, mark: bytes, reading: Reading, done: "asyncio.Future[None]") -> None:
        self._request = request
        self._mark = mark
        self._reading = reading
        self._done = done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast("asyncio.Transport", transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        reading = self._reading
        reading.pieces.append(data)
        if self._mark in data:
            now = time.perf_counter()
            if reading.first is None:
                reading.first = now
            elif now - reading.last > reading.largest_gap:
                reading.largest_gap = now - reading.last
            reading.last = now

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None:
            self._reading.error = type(exc).__name__
        if not self._done.done():
            self._done.set_result(None)


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask: where, with which bytes for stream number i, what marks text, what is wrong with a whole answer."""

    port: int
    request: Callable[[int], bytes]
    mark: bytes
    fault: Callable[[bytes], str | None]


async def drive(target: Target, streams: int, *, ramp: float, patience: float) -> list[Reading]:
    """Open `streams` streams evenly over `ramp` seconds, read all to their end, then check each."""
    start = time.perf_counter() + 0.2
    readings = [Reading(start + ramp * number / streams) for number in range(streams)]
    async with asyncio.TaskGroup() as group:
        for number, reading in enumerate(readings):
            group.create_task(_one(target, number, reading, patience))
    for reading in readings:
        if reading.error is None:
            reading.error = target.fault(b"".join(reading.pieces))
        reading.pieces.clear()
    return readings


async def _one(target: Target, number: int, reading: Reading, patience: float) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(reading.due - time.perf_counter())
    done: asyncio.Future[None] = loop.create_future()
    request = target.request(number)
    reading.started = time.perf_counter()
    try:
        async with asyncio.timeout(patience):
            await loop.create_connection(lambda: _Stream(request, target.mark, reading, done), "127.0.0.1", target.port)
            await done
    except (OSError, TimeoutError) as error:
        reading.error = type(error).__name__
    reading.ended = time.perf_counter()


def post(path: str, body: object, *headers: str) -> bytes:
    """Return the bytes of a request whose connection ends with its answer."""
    data = json.dumps(body).encode()
    lines = (
        f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(data)}",
        "Connection: close", *headers, "", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode() + data


def body_of(response: bytes) -> tuple[int, bytes]:
    """Return the status and the body of a whole response."""
    head, _, rest = response.partition(b"\r\n\r\n")
    status = int(head[9:12] or 0)
    if b"transfer-encoding: chunked" not in head.lower():
        return status, rest
    body, at = [], 0
    while (size := _CHUNK.match(rest, at)) is not None and int(size[1], 16):
        body.append(rest[size.end() : size.end() + int(size[1], 16)])
        at = size.end() + int(size[1], 16) + 2
    return status, b"".join(body)


def summary(readings: Sequence[Reading]) -> dict[str, object]:
    """Return the figures of one run; milliseconds."""
    well = [reading for reading in readings if reading.error is None]
    faults = Counter(reading.error for reading in readings if reading.error is not None)
    firsts = [(reading.first - reading.due) * 1000 for reading in well if reading.first is not None]
    gaps = [reading.largest_gap * 1000 for reading in well]
    return {
        "complete": len(well),
        "faults": dict(faults),
        "open_at_once": _most_open(readings),
        "first_ms": percentiles(firsts),
        "gap_ms": percentiles(gaps) | {"worst": round(max(gaps, default=0.0), 1)},
        "lasted_ms": percentiles([(reading.ended - reading.due) * 1000 for reading in well]),
        "seconds": round(max(r.ended for r in readings) - min(r.due for r in readings), 2),
    }


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th and the 99th."""
    if len(values) < 2:
        return dict.fromkeys(("p50", "p95", "p99"), round(values[0], 1) if values else 0.0)
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return {name: round(cuts[rank - 1], 1) for name, rank in (("p50", 50), ("p95", 95), ("p99", 99))}


def _most_open(readings: Sequence[Reading]) -> int:
    changes = sorted([(r.started, 1) for r in readings] + [(r.ended, -1) for r in readings])
    now = most = 0
    for _when, change in changes:
        now += change
        most = max(most, now)
    return most
