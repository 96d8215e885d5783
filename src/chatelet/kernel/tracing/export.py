"""Ended spans leave from time to time, together: to a collector that speaks OTLP/HTTP (JSON), or to a file.

They wait in memory, a bounded number of them: a collector that is away costs the oldest spans, never an answer.
"""

import asyncio
import json
import os
from collections import deque
from pathlib import Path
from typing import Any, Final

from chatelet import __version__
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import SPANS
from chatelet.kernel.outbound import Endpoint, Outbound
from chatelet.kernel.outbound_errors import OutboundError
from chatelet.kernel.tracing import spans
from chatelet.kernel.tracing.spans import Span
from chatelet.sections import TracesSettings

_MOST_WAITING: Final = 10_000
_AT_ONCE: Final = 500
_EVERY_SECONDS: Final = 2.0
_WITHIN_SECONDS: Final = 5.0
_NAME: Final = "traces"
_KINDS: Final = {"internal": 1, "server": 2, "client": 3, "producer": 4, "consumer": 5}
_OK, _ERROR = 0, 2
log = get_logger(__name__)


class Exporter:
    """One per process, while traces are on."""

    def __init__(self, settings: TracesSettings, outbound: Outbound) -> None:
        self._file = settings.file
        self._outbound = outbound if settings.endpoint is not None else None
        self._waiting: deque[Span] = deque()
        self._task: asyncio.Task[None] | None = None
        self._ratio = settings.ratio
        if settings.endpoint is not None:
            bearer = settings.token_file.read_text("utf-8").strip() if settings.token_file is not None else None
            endpoint = Endpoint(settings.endpoint, bearer=bearer, ca_file=settings.ca_file, purpose=Purpose.TRACES)
            outbound.declare(_NAME, endpoint)

    def start(self) -> None:
        """Have spans kept from now on, and sent."""
        spans.install(self.take, self._ratio)
        self._task = asyncio.create_task(self._send_forever(), name="traces")

    async def stop(self) -> None:
        """Keep no more; send what waits, once."""
        spans.install(None)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            await self._send()

    def take(self, ended: Span) -> None:
        """Keep a span until it is sent; beyond so many, the oldest goes."""
        if len(self._waiting) >= _MOST_WAITING:
            self._waiting.popleft()
            SPANS.labels("dropped").inc()
        self._waiting.append(ended)

    async def _send_forever(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            await self._send()

    async def _send(self) -> None:
        taken = list(self._waiting)
        self._waiting.clear()
        for some in batched_of(taken, _AT_ONCE):
            try:
                await self._put(json.dumps(resource_spans(some), separators=(",", ":")).encode())
            except (OutboundError, OSError) as error:
                SPANS.labels("dropped").inc(len(some))
                log.warning("traces_not_sent", error=type(error).__name__, spans=len(some))
            else:
                SPANS.labels("sent").inc(len(some))

    async def _put(self, body: bytes) -> None:
        if self._file is not None:
            await asyncio.to_thread(_append, self._file, body + b"\n")
        if self._outbound is not None:
            incoming = await self._outbound.post(
                _NAME, "/v1/traces", body, accept="application/json", within=_WITHIN_SECONDS
            )
            status = incoming.status
            incoming.close()
            if status >= 300:
                raise OSError(f"the collector answered {status}")


def resource_spans(ended: list[Span]) -> dict[str, Any]:
    """Return spans as `ExportTraceServiceRequest` of OTLP 1, in its JSON form."""
    about = {"service.name": "chatelet", "service.version": __version__, "process.pid": os.getpid()}
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": [_attribute(name, value) for name, value in about.items()]},
                "scopeSpans": [{"scope": {"name": "chatelet"}, "spans": [_span(one) for one in ended]}],
            }
        ]
    }


def batched_of(ended: list[Span], most: int) -> list[list[Span]]:
    """Return spans in groups of at most `most`."""
    return [ended[start : start + most] for start in range(0, len(ended), most)]


def _span(ended: Span) -> dict[str, Any]:
    return {
        "traceId": ended.trace,
        "spanId": ended.span,
        **({"parentSpanId": ended.parent} if ended.parent else {}),
        "name": ended.name,
        "kind": _KINDS[ended.kind],
        "startTimeUnixNano": str(ended.began),
        "endTimeUnixNano": str(ended.began + ended.length),
        "attributes": [_attribute(f"chatelet.{name}", value) for name, value in ended.attributes.items()],
        "status": {"code": _ERROR if ended.failed else _OK},
    }


def _attribute(name: str, value: str | float | bool) -> dict[str, Any]:  # noqa: FBT001
    if isinstance(value, bool):
        return {"key": name, "value": {"boolValue": value}}
    if isinstance(value, int):
        return {"key": name, "value": {"intValue": str(value)}}
    if isinstance(value, float):
        return {"key": name, "value": {"doubleValue": value}}
    return {"key": name, "value": {"stringValue": value}}


def _append(path: Path, line: bytes) -> None:
    with path.open("ab") as file:
        file.write(line)
