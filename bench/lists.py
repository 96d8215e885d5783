"""Lists of the administration that grow with the institution, and authorisation alone: `python -m bench.lists`.

100,000 persons in 2,051 units, a charter on every other unit of which each was accepted by most, 500 units opened as a
whole, a wave of 35,000 volunteers, a directory that names a tenth of its persons no more. Each list is read as its page
reads it, then searched, ordered and continued. Authorisation is timed within the process, on a connection kept: what a
request pays before its route, without HTTP.
"""

import argparse
import asyncio
import os
import time
from collections.abc import Sequence
from typing import Final

import asyncpg
import uvloop

from bench import machine, seed
from bench.client import percentiles
from bench.installation import Installation, Person, installation
from bench.machine import OTHER_CORE
from bench.pages import Page, Plan, read
from chatelet.identity import credentials
from chatelet.identity.credentials import COOKIE
from chatelet.identity.sessions import authenticate

_REPEATS: Final = 2_000
_FILL: Final = (
    """
    INSERT INTO charters (id, unit_id, version, language, text, hash, published_at)
    SELECT gen_random_uuid(), id, 1, language, 'Lisez.', repeat('a', 64), now() - random() * interval '300 days'
    FROM (SELECT id FROM units WHERE substr(code, 2)::int % 2 = 0 UNION ALL SELECT NULL) AS ruled (id),
         (VALUES ('fr'), ('en')) AS languages (language)
    """,
    """
    INSERT INTO charter_acceptances (person_id, charter_id, hash, language, accepted_at)
    SELECT memberships.person_id, charters.id, charters.hash, 'fr', now()
    FROM memberships JOIN charters ON charters.unit_id = memberships.unit_id AND charters.language = 'fr'
    WHERE memberships.person_id::text > '4'
    """,
    """
    INSERT INTO unit_openings (unit_id, opens_on, created_at)
    SELECT id, now()::date + substr(code, 2)::int % 90, now() FROM units ORDER BY code LIMIT 500
    """,
    """
    INSERT INTO cohorts (id, name, unit_id, capacity, opens_on, closes_on, state, created_at)
    VALUES ('00000000-0000-7000-8000-000000000001', 'Généralisation', NULL, 40000, now()::date, now()::date + 90, 'open',
            now())
    """,
    """
    INSERT INTO volunteers (id, email, name, unit_id, unit_told, uses, language, state, cohort_id, person_id,
                            registered_at, confirmed_at, chosen_at, invited_at, activated_at)
    SELECT gen_random_uuid(), persons.email, persons.name, memberships.unit_id, '', '', 'fr',
           CASE WHEN n % 3 = 0 THEN 'invited' ELSE 'activated' END, '00000000-0000-7000-8000-000000000001',
           CASE WHEN n % 3 > 0 THEN persons.id END, now() - interval '40 days', now(), now(), now(),
           CASE WHEN n % 3 > 0 THEN now() - (n % 30) * interval '1 day' END
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM persons WHERE email LIKE 'p%' ORDER BY id LIMIT 35000)
         AS persons JOIN memberships ON memberships.person_id = persons.id
    """,
    """
    INSERT INTO scim_clients (id, name, issuer, subject_from, token_hash, created_at)
    VALUES ('00000000-0000-7000-8000-000000000002', 'Annuaire', 'https://annuaire.exemple.fr', 'user_name', '\\x00', now())
    """,
    """
    UPDATE persons SET issuer = 'https://annuaire.exemple.fr' WHERE id::text < '19'
    """,
    "ANALYZE",
)
_WAVE: Final = "/api/admin/cohorts/00000000-0000-7000-8000-000000000001/progress"
_ORPHANS: Final = "/api/admin/directories/00000000-0000-7000-8000-000000000002/orphans"
_CHARTERS, _OPENINGS = "/api/admin/charters", "/api/admin/adoption/openings"
_LISTS: Final = tuple(
    Page(f"{name}{', searched' if 'q=' in query else ', ordered' if query else ''}", [path + query], 0.3)
    for name, path, queries in (
        ("charters in force", _CHARTERS, ("", "?q=unite+178", "?order=-published")),
        ("units opened", _OPENINGS, ("", "?q=unite+178", "?order=-unit")),
        ("progress of a wave", _WAVE, ("", "?q=unite+178", "?order=-activated")),
        ("orphans", _ORPHANS, ("", "?q=hypatie", "?order=-last_seen")),
        ("members of the wave", "/api/admin/volunteers", ("?q=hypatie",)),
    )
    for query in queries
)


async def fill(service: Installation, persons: int) -> Person:
    """Fill the installation; return its administrator."""
    await seed.fill(service, persons, 0)
    connection = await service.connect("chatelet_owner")
    try:
        for statement in _FILL:
            await connection.execute(statement, timeout=600)
    finally:
        await connection.close()
    await seed.settle(service)
    [administrator] = await service.sign_in(1, is_administrator=True)
    return administrator


async def authorisation(service: Installation, person: Person) -> None:
    """Print what telling who calls costs, and of this the processor time of this process."""
    presented = credentials.read([(b"cookie", person.cookie.encode())], "/api/conversations", "127.0.0.1")
    assert presented is not None, COOKIE
    connection: asyncpg.Connection = await service.connect()
    lasted: list[float] = []
    try:
        spent = time.process_time()
        for _ in range(_REPEATS):
            began = time.perf_counter()
            await authenticate(connection, presented)
            lasted.append((time.perf_counter() - began) * 1000)
        spent = (time.process_time() - spent) / _REPEATS * 1000
    finally:
        await connection.close()
    found = percentiles(lasted)
    print(f"authorisation: {found['p50']:.2f} / {found['p95']:.2f} ms, {spent:.2f} ms of processor time")


async def main(persons: int, repeats: int, lists: Sequence[Page] = _LISTS) -> None:
    """Fill, then read each list, then time authorisation."""
    with installation(CHATELET_EMBEDDED__MODE="never") as service:
        await asyncio.to_thread(service.start)
        administrator = await fill(service, persons)
        for page in lists:
            told = await read(service, administrator, page, Plan(repeats=repeats, patience=0))
            shown = f"{told['ms']['p50']:.0f} / {told['ms']['p95']:.0f} ms"
            cpu = f"web {told['web_cpu_ms']:.0f} ms, PostgreSQL {told['database_cpu_ms']:.0f} ms"
            print(f"{page.name}: {shown}; {cpu}; {told['sql']} SQL; {told['kilobytes']:.0f} KB", flush=True)
        await authorisation(service, administrator)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=50)
    given = parser.parse_args()
    if machine.can_pin():
        os.sched_setaffinity(0, {OTHER_CORE})
    print(f"load {os.getloadavg()[0]:.0f}")
    uvloop.run(main(given.persons, given.repeats))
