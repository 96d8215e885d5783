"""Imports of 100,000 persons and 10,000 units, and 20,000 persons said twice by a directory: `python -m bench.imports`.

First tables as long of which much is wrong: duplicates, unknown units, a circle of 10,000 units, another encoding. They
are refused whole, line by line.

On a real service of its own, over HTTP. Prints seconds and what came of it; `--persons` and `--users` for fewer.
"""

import argparse
import asyncio
import io
import json
import time
from typing import Any

import aiohttp
from tests.journeys.service import PASSWORD, Service, installation

SCIM = "application/scim+json"


async def main(persons: int, users: int) -> None:
    with installation(None, CHATELET_EMBEDDED__MODE="never") as service:
        await service.start(90)
        await service.create_person("admin@exemple.fr", administrator=True)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            headers = await _signed_in(http, service)
            await _bad_tables(http, service, headers, persons)
            await _tables(http, service, headers, persons)
            await _directory(http, service, headers, users)
        await service.stop()


async def _signed_in(http: aiohttp.ClientSession, service: Service) -> dict[str, str]:
    credentials = {"email": "admin@exemple.fr", "password": PASSWORD}
    async with http.post(f"{service.address}/api/sessions", json=credentials) as answer:
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
    return {"Cookie": cookie}


async def _tables(http: aiohttp.ClientSession, service: Service, headers: dict[str, str], persons: int) -> None:
    units = max(persons // 10, 100)
    tree = "code;name;parent\n" + "".join(f"U{n};Unité {n};{f'U{n // 10}' if n else ''}\n" for n in range(units))
    lines = "\n".join(f"p{n}@exemple.fr;Prénom{n} Nom{n % 977};U{n % units}" for n in range(persons))
    for kind, table in (("units", tree), ("persons", f"email;name;unit\n{lines}")):
        for what, apply in (("trial", "false"), ("first", "true"), ("again", "true")):
            started = time.perf_counter()
            address = f"{service.address}/api/admin/imports/{kind}?apply={apply}"
            async with http.post(address, data=io.BytesIO(table.encode()), headers=headers) as answer:
                report: dict[str, Any] = await answer.json()
            seconds = time.perf_counter() - started
            told = {name: report[name] for name in ("created", "moved", "changed", "unchanged", "refused")}
            print(f"{kind}, {what}: {seconds:.1f} s {told}", flush=True)


async def _bad_tables(http: aiohttp.ClientSession, service: Service, headers: dict[str, str], persons: int) -> None:
    units = max(persons // 10, 100)
    circle = "code;name;parent\n" + "".join(f"C{n};Unité {n};C{(n + 1) % units}\n" for n in range(units))
    lines = "\n".join(
        f"p{n - n % 10 // 9}@exemple.fr;Prénom{n} Désirée;{'INCONNUE' if n % 10 == 5 else ''}" for n in range(persons)
    )
    for kind, table in (("units", circle), ("persons", f"email;name;unit\n{lines}")):
        started = time.perf_counter()
        address = f"{service.address}/api/admin/imports/{kind}?apply=true"
        async with http.post(address, data=io.BytesIO(table.encode("cp1252")), headers=headers) as answer:
            report: dict[str, Any] = await answer.json()
        seconds = time.perf_counter() - started
        told = {name: report[name] for name in ("encoding", "created", "refused", "applied")}
        print(f"{kind}, wrong: {seconds:.1f} s {told}, {len(report['problems'])} told", flush=True)


async def _directory(http: aiohttp.ClientSession, service: Service, headers: dict[str, str], users: int) -> None:
    new = {"name": "Annuaire", "issuer": "https://idp.exemple.fr"}
    async with http.post(f"{service.address}/api/admin/directories", json=new, headers=headers) as answer:
        token = (await answer.json())["token"]
    bearer = {"Authorization": f"Bearer {token}", "Content-Type": SCIM}
    users_address = f"{service.address}/scim/v2/Users"
    ids: dict[int, str] = {}

    async def say(number: int, method: str) -> None:
        body = {
            "userName": f"user{number}", "externalId": f"x{number}", "displayName": f"Prénom{number} Nom",
            "emails": [{"value": f"u{number}@directory.fr", "type": "work"}], "active": True,
        }  # fmt: skip
        address = f"{users_address}/{ids[number]}" if method == "PUT" else users_address
        async with http.request(method, address, json=body, headers=bearer) as answer:
            assert answer.status in (200, 201), await answer.text()
            said = json.loads(await answer.read())
            assert said["meta"]["version"] == 'W/"1"', "said twice, it is the same"
            ids[number] = said["id"]

    for method in ("POST", "PUT"):
        started = time.perf_counter()
        for first in range(0, users, 8):
            await asyncio.gather(*(say(number, method) for number in range(first, min(first + 8, users))))
        print(f"{users} users, {method}: {time.perf_counter() - started:.1f} s", flush=True)
    params = {"count": "100"}
    for what, more in (
        ("first page", {}), ("last page", {"startIndex": str(users - 100)}),
        ("userName eq", {"filter": f'userName eq "user{users // 2}"'}),
        ("emails eq", {"filter": f'emails.value eq "u{users // 2}@directory.fr"'}),
        ("displayName co", {"filter": 'displayName co "nom77"'}),
    ):  # fmt: skip
        times = []
        for _ in range(20):
            started = time.perf_counter()
            async with http.get(users_address, params={**params, **more}, headers=bearer) as answer:
                assert answer.status == 200
                await answer.read()
            times.append((time.perf_counter() - started) * 1000)
        print(f"GET Users of {users}, {what}: {sorted(times)[10]:.0f} ms (median)", flush=True)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--persons", type=int, default=100_000)
    arguments.add_argument("--users", type=int, default=20_000)
    wanted = arguments.parse_args()
    asyncio.run(main(wanted.persons, wanted.users))
