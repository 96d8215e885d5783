"""Pages of a large installation: what each costs to someone with a long history, in time, CPU and SQL statements.

One request at a time, on a kept connection, as the page makes them. SQL is counted by PostgreSQL itself (its log of
statements, switched on for the count alone), BEGIN and COMMIT left out; the least of several counts is kept, because
the service's own routines use the same log.
"""

import asyncio
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import aiohttp
import uvloop

from bench import machine, seed
from bench.client import percentiles
from bench.installation import Installation, Person, installation
from bench.machine import OTHER_CORE

_STATEMENT: Final = re.compile(rb"duration: [\d.]+ ms  (?:execute [^:]*|statement): (\w+)")
_NOT_COUNTED: Final = frozenset({b"BEGIN", b"COMMIT", b"ROLLBACK", b"SAVEPOINT", b"RELEASE", b"DEALLOCATE"})
_COUNTS: Final = 5
_WARMING: Final = 3
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the installation is, and how often each page is asked."""

    persons: int = 100_000
    conversations_each: int = 2
    conversations: int = 1_000
    turns: int = 4
    long_turns: int = 500
    repeats: int = 100
    patience: float = 60.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page or one of its requests: the paths it asks for, one after the other."""

    name: str
    paths: Sequence[str]
    share: float = 1.0  # of the repeats


def measure(plan: Plan) -> list[Figures]:
    """Fill, then read; one row for each page."""
    if machine.can_pin():
        os.sched_setaffinity(0, {OTHER_CORE})
    return uvloop.run(_measure(plan))


async def _measure(plan: Plan) -> list[Figures]:
    with installation(CHATELET_EMBEDDED__MODE="never") as service:
        await asyncio.to_thread(service.start)
        await seed.fill(service, plan.persons, plan.conversations_each)
        person, administrator = (await service.sign_in(1))[0], (await service.sign_in(1, is_administrator=True))[0]
        history = seed.write_history(service, person, plan.conversations, plan.turns)
        ordinary = history.add(plan.turns, age=timedelta(minutes=2))
        longest = history.add(plan.long_turns, age=timedelta(minutes=1))
        await history.write()
        rows = [await read(service, person, page, plan) for page in pages_of(str(ordinary), str(longest))]
        rows += [await read(service, administrator, page, plan) for page in _ADMINISTRATION]
        delegate = (await service.sign_in(1))[0]
        await service.tell(seed.DELEGATE, delegate.id)
        return [*rows, *[await read(service, delegate, page, plan) for page in _DELEGATED]]


_ADMINISTRATION: Final = (
    Page("administration: persons", ["/api/admin/persons"]),
    Page("administration: a person by name", ["/api/admin/persons?q=hypatie"]),
    Page("administration: units", ["/api/admin/units"]),
    Page("administration: a unit by name", ["/api/admin/units?q=unite+1789"]),
)
_DELEGATED: Final = (
    Page("delegated: persons of one's units", ["/api/admin/persons"]),
    Page("delegated: a person by name", ["/api/admin/persons?q=hypatie"]),
    Page("authorisation alone", ["/api/sessions/current"]),
)


def pages_of(ordinary: str, longest: str) -> list[Page]:
    first = ["/api/installation", "/api/sessions/current", "/api/models", "/api/conversations"]
    return [
        Page("first load (4 requests)", first),
        Page("first load on a conversation", [*first, f"/api/conversations/{ordinary}"]),
        Page("conversation list", ["/api/conversations"]),
        Page("conversation of 4 turns", [f"/api/conversations/{ordinary}"]),
        Page("conversation of 500 turns", [f"/api/conversations/{longest}"], 0.3),
        Page("search, common word", [f"/api/conversations/search?q={seed.COMMON}"], 0.3),
        Page("search, rare word", [f"/api/conversations/search?q={seed.RARE}"], 0.3),
        Page("search, absent word", [f"/api/conversations/search?q={seed.ABSENT}"], 0.3),
    ]


async def read(service: Installation, person: Person, page: Page, plan: Plan) -> Figures:
    headers = {"Cookie": person.cookie}
    address = f"http://127.0.0.1:{service.port}"
    repeats = max(5, round(plan.repeats * page.share))

    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers=headers) as http:

        async def load() -> int:
            size = 0
            for path in page.paths:
                async with http.get(address + path) as answer:
                    assert answer.status == 200, (path, answer.status, await answer.text())
                    size += len(await answer.read())
            return size

        for _ in range(_WARMING):
            size = await load()
        busy = await asyncio.to_thread(machine.wait_until_quiet, plan.patience)
        before = _spent(service)
        lasted: list[float] = []
        for _ in range(repeats):
            began = time.perf_counter()
            await load()
            lasted.append((time.perf_counter() - began) * 1000)
        web, database = (after - then for after, then in zip(_spent(service), before, strict=True))
        statements = await _counted(service, load)
    return {
        "page": page.name,
        "ms": percentiles(lasted),
        "web_cpu_ms": round(web / repeats * 1000, 1),
        "database_cpu_ms": round(database / repeats * 1000, 1),
        "sql": statements,
        "kilobytes": round(size / 1000, 1),
        "busy_before": busy,
    }


def _spent(service: Installation) -> tuple[float, float]:
    return machine.cpu_seconds(service.pid), machine.cpu_seconds(service.database_pid, tree=True)


async def _counted(service: Installation, load: Any) -> int:
    """Return how many statements one load makes."""
    await _log_statements(service, "0")
    counts: list[int] = []
    for _ in range(_COUNTS):
        before = _statements(service)
        await load()
        await asyncio.sleep(0.2)
        counts.append(_statements(service) - before)
    await _log_statements(service, "-1")
    return min(counts)


async def _log_statements(service: Installation, least_duration: str) -> None:
    connection = await service.connect("postgres")
    try:
        await connection.execute(f"ALTER SYSTEM SET log_min_duration_statement = {least_duration}")
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()
    await asyncio.sleep(0.5)


def _statements(service: Installation) -> int:
    logs = (service.data_dir / "postgres/log").glob("*.log")
    said = (found for log in logs for found in _STATEMENT.findall(log.read_bytes()))
    return sum(word.upper() not in _NOT_COUNTED for word in said)
