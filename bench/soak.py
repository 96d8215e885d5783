"""`make soak`: a mixed load for as long as wanted, then what is left of it: memory, descriptors, connections, orphans.

    warm up -> read what processes hold -> load goes on, read again and again -> stop -> let it rest -> read -> compare

Growth is told between two times of rest, after one collection of what a pool keeps: memory under load says how much is
asked, not what leaks. An hour for a release (`--minutes 60`), a day by hand (`--minutes 1440`); the test lasts a minute.
"""

import argparse
import asyncio
import contextlib
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import aiohttp

from bench import machine
from bench.history import History, check
from bench.installation import Installation, installation
from bench.mixed_load import Reading, Worker, read_all
from bench.report import table
from bench.scripted import running_model
from chatelet.settings import DatabaseSettings

_REST: Final = 12.0
_SPARE_DESCRIPTORS: Final = 10
# What a service keeps open once it was needed, however little it was needed before: its pool, and those that listen.
_KEPT_CONNECTIONS: Final = DatabaseSettings().pool_size + 4
_IDLE_PAGES: Final = 200
_ORPHANS: Final = {
    "turns that run": "SELECT count(*) FROM turns WHERE state = 'running'",
    "jobs taken and not done": "SELECT count(*) FROM pgqueuer WHERE status = 'picked' AND heartbeat < now() - interval '1 minute'",
    "transactions left open": "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
    " AND state_change < now() - interval '5 seconds'",
    "probes of readiness": "SELECT count(*) FROM health_probes WHERE id IS NOT NULL",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What the installation holds at one instant."""

    memory: int
    descriptors: int
    connections: int
    processes: Counter[str]


@dataclass
class Soaked:
    """One run: at rest before, at rest after, and in between."""

    before: Held
    after: Held
    seconds: float
    history: History
    wrong: list[str]
    orphans: dict[str, int] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """How much more memory the web process holds, as a share."""
        return self.after.memory / self.before.memory - 1

    def leaks(self, *, most_growth: float = 0.05) -> list[str]:
        """Return what grew and should not have, each in a sentence."""
        found = [f"{count} {what}" for what, count in self.orphans.items() if count]
        if self.growth > most_growth:
            found.append(f"memory grew by {self.growth:.1%}")
        if self.after.descriptors > self.before.descriptors + _SPARE_DESCRIPTORS:
            found.append(f"descriptors: {self.before.descriptors}, then {self.after.descriptors}")
        if self.after.connections > max(self.before.connections, _KEPT_CONNECTIONS):
            found.append(f"connections to PostgreSQL: {self.before.connections}, then {self.after.connections}")
        found += [
            f"processes: {self.before.processes[name]} of {name}, then {count}"
            for name, count in self.after.processes.items()
            if count > max(self.before.processes[name], 1)  # one may be started when it is first needed
        ]
        return [*found, *self.wrong]


async def soak(seconds: float, *, persons: int = 8, warming: float = 20.0) -> Soaked:
    """Load an installation for so many seconds; return what it held before and after, and what was lost."""
    with running_model(30, 60.0) as (port, _model), installation(port, is_pinned=False) as service:
        await asyncio.to_thread(service.start, 90)
        history = History()
        signed_in = await service.sign_in(persons)
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
            workers = [Worker(http, lambda: f"http://127.0.0.1:{service.port}", one, history) for one in signed_in]
            await _load(workers, service, warming)
            before = await _at_rest(service)
            began = time.perf_counter()
            await _load(workers, service, seconds)
            lasted = time.perf_counter() - began
            after = await _at_rest(service)
            reading = Reading()
            for worker in workers:
                await read_all(worker, reading, history.conversations)
        wrong = check(history, await reading.conclude(service))
        return Soaked(before, after, lasted, history, wrong, await _orphans(service))


async def _load(workers: list[Worker], service: Installation, seconds: float) -> None:
    """Persons at work, beside pages that are open and do nothing."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(worker.work(stop)) for worker in workers]
    tasks.append(asyncio.create_task(_idle_pages(service, stop)))
    await asyncio.sleep(seconds)
    stop.set()
    await asyncio.gather(*tasks)


async def _idle_pages(service: Installation, stop: asyncio.Event) -> None:
    while not stop.is_set():
        pages = [await asyncio.open_connection("127.0.0.1", service.port) for _ in range(_IDLE_PAGES)]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 10)
        for _reader, writer in pages:
            writer.close()


async def _at_rest(service: Installation) -> Held:
    """Wait until nothing is left to do, then read."""
    for _ in range(60):
        if not await service.jobs_left():
            break
        await asyncio.sleep(1)
    await asyncio.sleep(_REST)
    connection = await service.connect()
    try:
        connections = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'chatelet_app' AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()
    return Held(
        memory=machine.resident_bytes(service.pid),
        descriptors=_descriptors(service.pid),
        connections=connections,
        processes=Counter(name for name in map(_command, machine.descendants(service.pid)) if "postgres" not in name),
    )


def _descriptors(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


def _command(pid: int) -> str:
    """Return what a process was started with, or "postgres" (the commonest) for one that has just ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()[:120]
    return "postgres"


async def _orphans(service: Installation) -> dict[str, int]:
    connection = await service.connect("postgres")
    try:
        return {what: await connection.fetchval(query) for what, query in _ORPHANS.items()}
    finally:
        await connection.close()


def report(run: Soaked) -> str:
    """Tell a run in Markdown."""
    known = run.history
    rows: list[tuple[Any, ...]] = [
        ("memory of the web process, MB", f"{run.before.memory / 1e6:.1f}", f"{run.after.memory / 1e6:.1f}"),
        ("descriptors", run.before.descriptors, run.after.descriptors),
        ("connections to PostgreSQL", run.before.connections, run.after.connections),
        ("other processes", run.before.processes.total(), run.after.processes.total()),
    ]
    leaks = run.leaks()
    return "\n".join(
        [
            f"{run.seconds / 60:.1f} minutes: {len(known.questions)} questions, {len(known.answers)} whole answers, "
            f"{len(known.files)} files; {sum(known.faults.values())} requests failed ({dict(known.faults)}).",
            "",
            table(("at rest", "before", "after"), rows),
            "",
            f"Memory grew by {run.growth:.1%}. Leaks, orphans and losses: {len(leaks)}.",
            *(f"- {one}" for one in leaks[:50]),
        ]
    )


def main() -> int:
    """Run from the command line; 1 when something leaks."""
    parser = argparse.ArgumentParser(description="A long mixed load, and what is left of it")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--persons", type=int, default=8)
    parser.add_argument("--warming", type=float, default=120.0, help="seconds, before the first reading")
    chosen = parser.parse_args()
    run = asyncio.run(soak(chosen.minutes * 60, persons=chosen.persons, warming=chosen.warming))
    print(report(run))
    return 1 if run.leaks() else 0


if __name__ == "__main__":
    sys.exit(main())
