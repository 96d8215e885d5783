"""One act on everybody of a large installation, seen, done by a job and undone: `python -m bench.acts`.

On a real service of its own, over HTTP. Prints seconds, CPU time of the service and of PostgreSQL, and how the rest of the
service answers meanwhile; `--persons` for fewer.
"""

import argparse
import asyncio
import time
from typing import Any, Final

import aiohttp

from bench import seed
from bench.client import percentiles
from bench.installation import Installation, Person, installation
from bench.machine import cpu_seconds

_ACTS: Final = "/api/admin/person-acts"
_PAUSE: Final = 0.5


async def main(service: Installation, persons: int) -> None:
    [boss] = await service.sign_in(1, is_administrator=True)
    await seed.fill(service, persons, 0)
    await seed.settle(service)
    connection = await service.connect()
    unit = str(await connection.fetchval("SELECT id FROM units WHERE code = 'U60'"))
    await connection.close()
    jar, headers = aiohttp.DummyCookieJar(), {"Cookie": boss.cookie}
    async with aiohttp.ClientSession(f"http://127.0.0.1:{service.port}", cookie_jar=jar, headers=headers) as http:
        for act in ({"kind": "disable"}, {"kind": "place", "unit_id": unit, "is_main": True}):
            body = {"filter": {}, "act": act}
            seen = await _timed(service, f"{act['kind']}, seen", _post(http, f"{_ACTS}/preview", body))
            made = await _timed(
                service, f"{act['kind']}, confirmed", _post(http, _ACTS, {**body, "seen": seen["seen"]})
            )
            done = await _timed(service, f"{act['kind']}, done", _followed(http, made["id"], boss))
            print(f"  {done['done']} done, {done['refused']} refused", flush=True)
            await _post(http, f"{_ACTS}/{made['id']}/undo", None)
            undone = await _timed(service, f"{act['kind']}, undone", _followed(http, made["id"], boss))
            print(f"  {undone['undone']} undone, {undone['kept']} kept", flush=True)


async def _timed(service: Installation, what: str, work: Any) -> Any:
    began, before = time.perf_counter(), _cpu(service)
    result = await work
    web, database = (after - earlier for after, earlier in zip(_cpu(service), before, strict=True))
    told = f"{time.perf_counter() - began:.1f} s; CPU: service {web:.1f} s, PostgreSQL {database:.1f} s"
    print(f"{what}: {told}", flush=True)
    return result


def _cpu(service: Installation) -> tuple[float, float]:
    return cpu_seconds(service.pid), cpu_seconds(service.database_pid, tree=True)


async def _post(http: aiohttp.ClientSession, path: str, body: Any) -> Any:
    async with http.post(path, json=body) as answer:
        assert answer.status in (200, 202), await answer.text()
        return await answer.json()


async def _followed(http: aiohttp.ClientSession, act_id: str, boss: Person) -> Any:
    """Wait for the end of an act; print how the list of persons answers meanwhile."""
    times: list[float] = []
    while True:
        began = time.perf_counter()
        async with http.get("/api/admin/persons", params={"q": "emilie"}) as answer:
            assert answer.status == 200, boss.id
            await answer.read()
        times.append(time.perf_counter() - began)
        async with http.get(f"{_ACTS}/{act_id}") as answer:
            act = await answer.json()
        if act["state"] not in ("waiting", "running", "undoing"):
            break
        await asyncio.sleep(_PAUSE)
    found = percentiles([one * 1000 for one in times])
    print(f"  a person by name meanwhile: {found['p50']:.0f} / {found['p95']:.0f} ms", flush=True)
    return act


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--persons", type=int, default=100_000)
    wanted = arguments.parse_args()
    with installation(None, is_pinned=False, CHATELET_EMBEDDED__MODE="never") as made:
        made.start(120)
        asyncio.run(main(made, wanted.persons))
