"""The ladder: 1 to 1,000 streams at once through the real API, beside the same client straight on the model server.

    core 0: the service            core 1: scripted model server, this client, PostgreSQL

Each rung has a new service, measured idle, then warmed, then loaded several times. Figures of CPU and memory are the
web process's own unless said; times are the client's, from the instant a stream was due.
"""

import asyncio
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import uvloop

from bench import client, machine, model_server
from bench.client import Target
from bench.installation import Installation, installation
from bench.machine import OTHER_CORE, SERVICE_CORE, Moment
from bench.scripted import QUESTION, running_model, stats, straight

LADDER: Final = (1, 10, 50, 100, 250, 500)
_WARMING: Final = 20
_SIDE_JOBS_SECONDS: Final = 10
Figures = dict[str, Any]
Door = Literal["page", "v1"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do on each rung."""

    ladder: tuple[int, ...] = LADDER
    doors: tuple[Door, ...] = ("page",)
    tokens: int = 200
    rate: float = 50.0
    ramp: float = 4.0
    repeats: int = 3
    patience: float = 60.0
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def longest(self) -> float:
        """How long a stream may last before it counts as lost, in seconds."""
        return 60.0 + 4 * self.tokens / self.rate


def measure(plan: Plan) -> list[Figures]:
    """Climb the ladder; one row for each rung."""
    os.sched_setaffinity(0, {OTHER_CORE if machine.can_pin() else SERVICE_CORE})
    rows: list[Figures] = []
    for streams, door in [(streams, door) for streams in plan.ladder for door in plan.doors]:
        row = uvloop.run(_rung(plan, streams, door))
        rows.append(row)
        told = (
            f"{row['complete']} complete, added p95 {row['added_ms']['p95']} ms, {row['web_us_per_token']} µs a token"
        )
        print(
            f"bench: {streams} streams, {door}: {told}, others used {row['others_on_service_core']:.0%}",
            file=sys.stderr,
        )
    return rows


async def _rung(plan: Plan, streams: int, door: Door) -> Figures:
    with (
        running_model(plan.tokens, plan.rate) as (model_port, model_pid),
        installation(model_port, **plan.settings) as service,
    ):
        await asyncio.to_thread(service.start)
        await asyncio.sleep(1)
        idle = machine.resident_bytes(service.pid)
        await run_once(plan, service, model_pid, _WARMING, door, ramp=1.0)
        warm = machine.resident_bytes(service.pid)
        runs: list[Figures] = []
        for _ in range(plan.repeats):
            load = await asyncio.to_thread(machine.wait_until_quiet, plan.patience)
            alone = client.summary(
                await client.drive(straight(model_port, plan.tokens), streams, ramp=plan.ramp, patience=plan.longest)
            )
            run = await run_once(plan, service, model_pid, streams, door, ramp=plan.ramp)
            runs.append(run | {"straight": alone, "busy_before": load, "model": stats(model_port)})
        grown = max(run["peak_resident"] for run in runs) - warm
        return _row(streams, runs) | {
            "door": door,
            "idle_mb": round(idle / 1e6, 1),
            "warm_mb": round(warm / 1e6, 1),
            "peak_mb": round((warm + grown) / 1e6, 1),
            "memory_kb_per_stream": round(grown / 1000 / streams, 1),
        }


async def run_once(
    plan: Plan, service: Installation, model_pid: int, streams: int, door: Door, *, ramp: float
) -> Figures:
    """Ask `streams` questions of as many persons, and account for what it cost everyone."""
    persons = await service.sign_in(streams)
    if door == "page":
        cookies = [person.header for person in persons]
        target = through(plan, service, cookies, await service.conversations(persons))
    else:
        target = _through_v1(plan, service, await service.keys(persons))
    await asyncio.sleep(1.5)
    watching = asyncio.create_task(_peak(service.pid))
    before, spent_before = Moment.now(), _spent(service, model_pid)
    readings = await client.drive(target, streams, ramp=ramp, patience=plan.longest)
    after, spent = Moment.now(), _spent(service, model_pid)
    watching.cancel()
    used = {name: spent[name] - spent_before[name] for name in spent}
    title_ms = await _title_ms(service)
    told = client.summary(readings)
    tokens = max(int(str(told["complete"])), 1) * plan.tokens
    wall = after.wall - before.wall
    core_used = used["database"] + used["model"] + used["client"]
    return told | {
        "web_us_per_token": round(used["web"] / tokens * 1e6, 1),
        "database_us_per_token": round(used["database"] / tokens * 1e6, 1),
        "model_us_per_token": round(used["model"] / tokens * 1e6, 1),
        "client_us_per_token": round(used["client"] / tokens * 1e6, 1),
        "web_busy": round(used["web"] / wall, 2),
        "other_core_busy": round(core_used / wall, 2),
        "others_on_service_core": round(after.busy_since(before, SERVICE_CORE) - used["web"] / wall, 2),
        "others_on_other_core": round(after.busy_since(before, OTHER_CORE) - core_used / wall, 2),
        "title_ms": title_ms,
        "peak_resident": max(_PEAKS.pop(service.pid, 0), machine.resident_bytes(service.pid)),
    }


_PEAKS: Final[dict[int, int]] = {}


async def _peak(process: int) -> None:
    while True:
        _PEAKS[process] = max(_PEAKS.get(process, 0), machine.resident_bytes(process))
        await asyncio.sleep(0.1)


def _spent(service: Installation, model_pid: int) -> dict[str, float]:
    return {
        "web": machine.cpu_seconds(service.pid),
        "database": machine.cpu_seconds(service.database_pid, tree=True),
        "model": machine.cpu_seconds(model_pid),
        "client": time.process_time(),
    }


async def _title_ms(service: Installation) -> float | None:
    """Let side jobs run for a while; return the web process's CPU for one of them, then drop those that still wait."""
    waiting, before, began = await service.jobs_left(), machine.cpu_seconds(service.pid), time.monotonic()
    for _ in range(_SIDE_JOBS_SECONDS):
        left = await service.jobs_left()
        if not left:
            break
        await asyncio.sleep(1)
    spent, seconds = machine.cpu_seconds(service.pid) - before, time.monotonic() - began
    await service.drop_jobs()
    await asyncio.sleep(1.5)
    idle_before = machine.cpu_seconds(service.pid)
    await asyncio.sleep(2)
    idle = (machine.cpu_seconds(service.pid) - idle_before) / 2
    return round((spent - idle * seconds) * 1000 / (waiting - left), 1) if waiting > left else None


def through(plan: Plan, service: Installation, cookies: list[str], conversations: list[str]) -> Target:
    expected = model_server.text_of(plan.tokens)

    def request(number: int) -> bytes:
        return client.post(
            f"/api/conversations/{conversations[number]}/turns", {"text": QUESTION}, cookies[number % len(cookies)]
        )

    def fault(response: bytes) -> str | None:
        status, body = client.body_of(response)
        if status != 200:
            return f"status {status}"
        events = [json.loads(line[6:]) for line in body.split(b"\n") if line.startswith(b"data: ")]
        if not events or events[-1]["type"] != "closed":
            return "cut"
        if events[-1]["state"] != "answered":
            return str(events[-1]["error"]["code"] if events[-1]["error"] else events[-1]["state"])
        return None if "".join(e["text"] for e in events if e["type"] == "delta") == expected else "other text"

    return Target(service.port, request, b"event: delta", fault)


def _through_v1(plan: Plan, service: Installation, keys: list[str]) -> Target:
    expected = model_server.text_of(plan.tokens)
    body = {"model": "scripted", "messages": [{"role": "user", "content": QUESTION}], "stream": True}

    def request(number: int) -> bytes:
        return client.post("/v1/chat/completions", body, f"Authorization: Bearer {keys[number % len(keys)]}")

    def fault(response: bytes) -> str | None:
        status, told = client.body_of(response)
        if status != 200:
            return f"status {status}"
        lines = [line[6:] for line in told.split(b"\n") if line.startswith(b"data: ")]
        if not lines or lines[-1] != b"[DONE]":
            return "cut"
        deltas = [json.loads(line)["choices"][0]["delta"] for line in lines[:-1]]
        return None if "".join(delta.get("content", "") for delta in deltas) == expected else "other text"

    return Target(service.port, request, b'"content":', fault)


def _row(streams: int, runs: list[Figures]) -> Figures:
    """Take the median of the runs, figure by figure."""

    def median(*path: str) -> float:
        return round(statistics.median(_at(run, path) for run in runs), 2)

    ranks = ("p50", "p95", "p99")
    return {
        "streams": streams,
        "complete": min(int(run["complete"]) for run in runs),
        "open_at_once": max(int(run["open_at_once"]) for run in runs),
        "faults": {fault: n for run in runs for fault, n in run["faults"].items()},
        "first_ms": {rank: median("first_ms", rank) for rank in ranks},
        "added_ms": {
            rank: round(statistics.median(run["first_ms"][rank] - run["straight"]["first_ms"][rank] for run in runs), 1)
            for rank in ranks
        },
        "gap_ms": {"p95": median("gap_ms", "p95"), "straight_p95": median("straight", "gap_ms", "p95")},
        **{name: median(name) for name in runs[0] if name.endswith(("_per_token", "_busy", "_core", "_before"))},
        "title_ms": min((run["title_ms"] for run in runs if run["title_ms"] is not None), default=None),
        "runs": runs,
    }


def _at(run: Figures, path: tuple[str, ...]) -> float:
    value: Any = run
    for name in path:
        value = value[name]
    return float(value)
