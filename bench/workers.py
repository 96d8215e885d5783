"""What a second web process gives: `python -m bench.workers`, the same answers with 1 and with 2 workers, in turn.

Nothing is pinned: web processes, PostgreSQL, the scripted model and this client share the machine's cores. Two figures
are told: how much faster all is answered, which cannot pass what the other processes leave of the cores, and the CPU
of the web processes for a token, whose growth is what sharing costs.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from typing import Any, Final

import psutil
import uvloop

from bench import client, machine
from bench.installation import Installation, installation
from bench.load import Plan, through
from bench.scripted import running_model

_WORKER: Final = "chatelet.commands.workers.web"
Figures = dict[str, Any]


def web_processes(service: Installation) -> list[int]:
    """Return the processes that answer: the workers, or the service itself when it is alone."""
    children = psutil.Process(service.pid).children()
    return [child.pid for child in children if _WORKER in child.cmdline()] or [service.pid]


async def run(workers: int, streams: int, plan: Plan) -> Figures:
    """Ask `streams` questions at once of a new service with so many workers; the second time counts."""
    with (
        running_model(plan.tokens, plan.rate) as (model_port, _pid),
        installation(model_port, is_pinned=False, CHATELET_WORKERS=str(workers)) as service,
    ):
        await asyncio.to_thread(service.start, 180)
        for _ in range(2):
            persons = await service.sign_in(streams)
            cookies = [person.header for person in persons]
            target = through(plan, service, cookies, await service.conversations(persons))
            processes = web_processes(service)
            spent = [machine.cpu_seconds(process) for process in processes]
            began = time.perf_counter()
            readings = await client.drive(target, streams, ramp=0.5, patience=plan.longest)
            seconds = time.perf_counter() - began
            used = [machine.cpu_seconds(process) - before for process, before in zip(processes, spent, strict=True)]
        told = client.summary(readings)
        tokens = max(int(str(told["complete"])), 1) * plan.tokens
        return {
            "workers": workers,
            "complete": told["complete"],
            "tokens_per_second": round(tokens / seconds),
            "web_us_per_token": round(sum(used) / tokens * 1e6, 1),
            "shares": [round(one / max(sum(used), 1e-9), 2) for one in used],
        }


def main() -> None:
    """Compare, in turn, and print JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--streams", type=int, default=80)
    parser.add_argument("--tokens", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    asked = parser.parse_args()
    plan = Plan(tokens=asked.tokens, rate=2_000.0)
    busy = machine.wait_until_quiet(5.0)
    rows: list[Figures] = []
    for _ in range(asked.repeats):
        for workers in (1, 2):
            rows.append(uvloop.run(run(workers, asked.streams, plan)))
            print(f"bench: {rows[-1]}", file=sys.stderr)
    alone, both = ([row for row in rows if row["workers"] == n] for n in (1, 2))

    def ratio(name: str) -> float:
        return round(statistics.median(r[name] for r in both) / statistics.median(r[name] for r in alone), 2)

    told = {"faster": ratio("tokens_per_second"), "cpu_per_token": ratio("web_us_per_token"), "busy_before": busy}
    print(json.dumps({"machine": machine.described(), "rows": rows, **told}, indent=1))


if __name__ == "__main__":
    main()
