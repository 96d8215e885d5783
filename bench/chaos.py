"""`make chaos`: kill -9 of each process of an installation at random instants of a mixed load, then look for what is lost.

    load goes on -> wait a random while -> kill one -> wait until it is ready again, noting how long -> … -> stop the load
    -> wait for the end of what runs -> read everything as persons do -> compare with what was acknowledged -> audit verify

The web process and the model server are started again by this program, as systemd does; the embedded PostgreSQL by the
service itself. Everything is durable, as in production. The seed is told: the instants can be played again.
"""

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

import aiohttp

from bench import machine, model_server
from bench.history import History, check
from bench.installation import Installation, installation
from bench.mixed_load import Reading, Worker, read_all

VICTIMS: Final = ("web", "worker", "postmaster", "backend", "model")
_READY_WITHIN: Final = 90.0


@dataclass
class Campaign:
    """One run: what is alive, and how long each came back after."""

    service: Installation
    model_port: int
    chance: random.Random
    history: History = field(default_factory=History)
    recovered: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    model: "subprocess.Popen[bytes] | None" = None
    worker: "subprocess.Popen[bytes] | None" = None
    workers: int = 0
    logs: Path | None = None

    def start_model(self) -> None:
        """Start the scripted model server, at the port it had."""
        command = [sys.executable, model_server.__file__, "--port", str(self.model_port), "--tokens", "30"]
        self.model = subprocess.Popen([*command, "--rate", "60"], stdout=subprocess.DEVNULL)

    def start_worker(self) -> None:
        """Start a second process that runs jobs."""
        command, log = [sys.executable, "-m", "chatelet", "worker"], self.service.folder / "worker.log"
        with log.open("ab") as output:
            self.worker = subprocess.Popen(command, env=self.service.variables(), stdout=output, stderr=output)

    async def until_worker(self) -> None:
        """Wait until the worker is at work: before that, alone, it would start the database by itself."""
        self.workers += 1
        told = "SELECT count(*) FROM journal_events WHERE name = 'service.started' AND object_id = 'worker'"
        limit = time.perf_counter() + _READY_WITHIN
        while time.perf_counter() < limit:
            connection = await self.service.connect()
            try:
                if await connection.fetchval(told) >= self.workers:
                    return
            finally:
                await connection.close()
            await asyncio.sleep(0.1)
        raise TimeoutError("the worker did not start")

    async def kill(self, victim: str) -> None:
        """Kill one process and have it back; note the seconds until the service is ready, a real write and read."""
        began = time.perf_counter()
        await _KILLS[victim](self)
        await self.until_ready()
        self.recovered[victim].append(time.perf_counter() - began)

    async def until_ready(self) -> None:
        """Wait for the readiness of the service."""
        limit = time.perf_counter() + _READY_WITHIN
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
            while time.perf_counter() < limit:
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    async with http.get(f"{self.address()}/api/health/ready") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)
        raise TimeoutError("the service did not come back")

    def address(self) -> str:
        """Where the service listens now."""
        return f"http://127.0.0.1:{self.service.port}"


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _end(process: "subprocess.Popen[bytes] | None") -> None:
    assert process is not None
    process.kill()
    process.wait(20)


async def _kill_web(run: Campaign) -> None:
    _end(run.service.process)
    await asyncio.to_thread(run.service.start, 90)


async def _kill_worker(run: Campaign) -> None:
    _end(run.worker)
    run.start_worker()
    await run.until_worker()


async def _kill_model(run: Campaign) -> None:
    _end(run.model)
    run.start_model()


async def _kill_postmaster(run: Campaign) -> None:
    os.kill(run.service.database_pid, signal.SIGKILL)
    await asyncio.sleep(0.2)  # readiness must be of the one that comes after


async def _kill_backend(run: Campaign) -> None:
    serving = [pid for pid in machine.descendants(run.service.database_pid) if "chatelet_app" in _command_of(pid)]
    if serving:
        with contextlib.suppress(ProcessLookupError):
            os.kill(run.chance.choice(serving), signal.SIGKILL)
    await asyncio.sleep(0.2)


_KILLS: Final[dict[str, Callable[[Campaign], Awaitable[None]]]] = {
    "web": _kill_web,
    "worker": _kill_worker,
    "postmaster": _kill_postmaster,
    "backend": _kill_backend,
    "model": _kill_model,
}


def _command_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    return ""


async def play(instants: int, seed: int, persons: int = 6, logs: Path | None = None) -> tuple[Campaign, list[str]]:
    """Run a campaign; return it with what is wrong."""
    with _started(seed, logs) as run:
        await run.until_worker()
        async with _workers(run, persons) as workers:
            await _load(run, workers, instants)
            await _settle(run)
            reading = Reading()
            for worker in workers:
                await read_all(worker, reading, run.history.conversations)
            wrong = check(run.history, await reading.conclude(run.service))
        return run, [*wrong, *await asyncio.to_thread(_verified, run.service)]


async def _load(run: Campaign, workers: list[Worker], instants: int) -> None:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(worker.work(stop)) for worker in workers]
    try:
        for number in range(instants):
            await asyncio.sleep(run.chance.uniform(0.3, 2.0))
            await run.kill(VICTIMS[number % len(VICTIMS)])
        await asyncio.sleep(1)
    finally:
        stop.set()
        await asyncio.gather(*tasks)


@contextlib.contextmanager
def _started(seed: int, logs: Path | None) -> Iterator[Campaign]:
    port = _free_port()
    with installation(port, is_pinned=False) as service:
        run = Campaign(service, port, random.Random(seed), logs=logs)
        run.start_model()
        try:
            service.start(90)
            run.start_worker()
            yield run
        finally:
            if run.logs is not None:
                for log in service.folder.glob("*.log"):
                    shutil.copy(log, run.logs)
            for process in (run.model, run.worker):
                if process is not None:
                    _end(process)


@contextlib.asynccontextmanager
async def _workers(run: Campaign, persons: int) -> AsyncIterator[list[Worker]]:
    signed_in = await run.service.sign_in(persons)
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield [Worker(http, run.address, person, run.history) for person in signed_in]


async def _settle(run: Campaign) -> None:
    """Wait until no turn runs: orphans are closed within seconds."""
    await run.until_ready()
    limit = time.perf_counter() + 60
    while time.perf_counter() < limit:
        connection = await run.service.connect()
        try:
            if not await connection.fetchval("SELECT count(*) FROM turns WHERE state = 'running'"):
                return
        finally:
            await connection.close()
        await asyncio.sleep(0.5)


def _verified(service: Installation) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "chatelet", "audit", "verify"],
        env=service.variables(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return [] if done.returncode == 0 else [f"journal: {done.stdout}{done.stderr}"]


def report(run: Campaign, wrong: list[str], seed: int, seconds: float) -> str:
    """Tell a campaign in Markdown."""
    known = run.history
    total = sum(len(times) for times in run.recovered.values())
    lines = [
        f"{total} kills in {seconds:.0f} s, seed {seed}. Acknowledged: {len(known.conversations)} conversations, "
        f"{len(known.questions)} questions, {len(known.answers)} whole answers, {len(known.files)} files. "
        f"Requests that failed meanwhile: {sum(known.faults.values())}.",
        "",
        f"**Lost or twice: {len(wrong)}.**",
        *(f"- {one}" for one in wrong[:50]),
        "",
        "| killed | times | ready again: median | longest |",
        "|---|---|---|---|",
    ]
    for victim, times in run.recovered.items():
        lines.append(f"| {victim} | {len(times)} | {median(times):.1f} s | {max(times):.1f} s |")
    return "\n".join([*lines, ""])


def main() -> int:
    """Run from the command line; 1 when something was lost or is twice."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--instants", type=int, default=200, help="how many kills (200)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the instants")
    parser.add_argument("--persons", type=int, default=6, help="at work at once (6)")
    parser.add_argument("--out", type=Path, help="where to write the report, Markdown")
    parser.add_argument("--logs", type=Path, help="folder to keep the processes' logs in")
    chosen = parser.parse_args()
    began = time.perf_counter()
    run, wrong = asyncio.run(play(chosen.instants, chosen.seed, chosen.persons, chosen.logs))
    told = report(run, wrong, chosen.seed, time.perf_counter() - began)
    print(told)
    if chosen.out:
        chosen.out.write_text(told, "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
