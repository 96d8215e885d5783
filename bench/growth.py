"""Data that grows: the same pages, the same turns and the same forgetting, in a small installation and then in a large one.

    small: measured -> filled (persons, messages, passages) -> large: measured again -> ratios

One installation, one run, one machine state as far as may be: what counts is the last column. The rows that fill are made
by PostgreSQL itself (`seed`); what is read belongs to one person whose history does not change.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any, Final

import uvloop

from bench import load, machine, pages, report, seed
from bench.forgetting import services_of
from bench.installation import Installation, Person, installation
from bench.machine import OTHER_CORE
from bench.scripted import running_model
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from chatelet.privacy.retention import expiry

_SMALL_PERSONS: Final = 1_000
_TOKENS, _RATE, _STREAMS = 50, 100.0, 40
_OVER: Final = 200  # conversations at the end of their time, each time the same number
_AGE_SOME: Final = """
UPDATE conversations SET updated_at = now() - interval '3 years'
WHERE id IN (SELECT id FROM conversations WHERE person_id <> $1 ORDER BY id LIMIT $2)
"""
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the installation becomes."""

    persons: int = 100_000
    messages: int = 10_000_000
    passages: int = 1_000_000
    repeats: int = 5
    patience: float = 60.0


def measure(plan: Plan) -> Figures:
    """Measure, fill, measure."""
    if machine.can_pin():
        os.sched_setaffinity(0, {OTHER_CORE})
    return uvloop.run(_measure(plan))


async def _measure(plan: Plan) -> Figures:
    with running_model(_TOKENS, _RATE) as (port, model), installation(port) as service:
        await asyncio.to_thread(service.start)
        await seed.fill(service, _SMALL_PERSONS, 2)
        person = (await service.sign_in(1))[0]
        history = seed.write_history(service, person, 50, 4)
        opened = history.add(4, age=timedelta(minutes=1))
        await history.write()
        await seed.settle(service)
        small = await _all(plan, service, model, person, str(opened))
        began = time.perf_counter()
        await seed.add_persons(service, plan.persons - _SMALL_PERSONS)
        await seed.grow(service, max(1, plan.messages // 2 // plan.persons))
        await seed.fill_passages(service, plan.passages)
        await seed.settle(service)
        filled = time.perf_counter() - began
        large = await _all(plan, service, model, person, str(opened))
        return {"small": small, "large": large, "fill_seconds": round(filled), "size": await _size(service)}


async def _all(plan: Plan, service: Installation, model: int, person: Person, conversation: str) -> Figures:
    reading = pages.Plan(repeats=40, patience=plan.patience)
    shown = (
        pages.Page("conversation list", ["/api/conversations"]),
        pages.Page("conversation of 4 turns", [f"/api/conversations/{conversation}"]),
        pages.Page("search in one's history", [f"/api/conversations/search?q={seed.COMMON}"]),
    )
    found: Figures = {}
    for page in shown:
        row = await pages.read(service, person, page, reading)
        found[f"{page.name}: p50, ms"] = row["ms"]["p50"]
        found[f"{page.name}: CPU, ms"] = round(row["web_cpu_ms"] + row["database_cpu_ms"], 2)
    turns = load.Plan(tokens=_TOKENS, rate=_RATE, ramp=2.0)
    await load.run_once(turns, service, model, _STREAMS, "page", ramp=2.0)  # warm
    runs = [await load.run_once(turns, service, model, _STREAMS, "page", ramp=2.0) for _ in range(plan.repeats)]
    for name, told in (("web_us_per_token", "web"), ("database_us_per_token", "PostgreSQL")):
        found[f"a turn: {told} CPU, ms"] = round(median(run[name] for run in runs) * _TOKENS / 1000, 2)
    found[f"retention of {_OVER} conversations, s"] = await _forget(service, person)
    return found


async def _forget(service: Installation, person: Person) -> float:
    """Have some conversations reach the end of their time; return how long forgetting them takes."""
    await service.tell(_AGE_SOME, person.id, _OVER)
    address = application_address(service.data_dir)
    assert address is not None
    database = Database(address, pool_size=2)
    try:
        began = time.perf_counter()
        await expiry.run(services_of(database, service.data_dir))
        return round(time.perf_counter() - began, 2)
    finally:
        await database.close()


async def _size(service: Installation) -> Figures:
    connection = await service.connect()
    try:
        counted: Figures = {
            table: await connection.fetchval(f"SELECT count(*) FROM {table}", timeout=600)
            for table in ("persons", "conversations", "turns", "messages", "passages")
        }
        counted["gigabytes"] = round(await connection.fetchval("SELECT pg_database_size(current_database())") / 1e9, 1)
        return counted
    finally:
        await connection.close()


def table(told: Figures) -> str:
    """Return what grew and what did not, in Markdown."""
    size = ", ".join(f"{count:,} {what}" for what, count in told["size"].items())
    lines: Sequence[Sequence[object]] = [
        (name, small, told["large"][name], f"{told['large'][name] / small:.2f}" if small else "-")
        for name, small in told["small"].items()
    ]
    return f"Large: {size}; filled in {told['fill_seconds']} s.\n\n" + report.table(
        ("what", "small", "large", "ratio"), lines
    )
