"""The tree of a real directory, imported: tried, applied, again; who is gone is reported; many entries, page by page."""

import csv
import io
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.ldap_server import BASE, LdapServer
from tests.identity.conftest import Client

from .conftest import PROVIDERS, Directories
from .tree import ADA, encoded, person

pytestmark = pytest.mark.servers
Enter = Callable[..., Any]
_COUNTS = ("created", "moved", "changed", "unchanged", "refused")


def counts(answer: Any) -> tuple[int, ...]:
    return tuple(answer["report"][name] for name in _COUNTS)


async def test_units_then_persons_twice_the_same(directories: Directories, sql: Any, enter: Enter) -> None:
    await directories.declare()
    tried = await directories.read("units", apply=False)
    assert (counts(tried), tried["report"]["applied"]) == ((3, 0, 0, 0, 0), False)
    assert await sql("SELECT code FROM units") == []
    assert counts(await directories.read("units", apply=True)) == (3, 0, 0, 0, 0)
    placed = await sql(
        "SELECT u.code, u.name, p.code AS parent FROM units u LEFT JOIN units p ON p.id = u.parent_id ORDER BY u.code"
    )
    assert [tuple(row.values()) for row in placed] == [
        ("EQ1", "Équipe Lune", "LAB1"),
        ("LAB1", "Laboratoire des marées", None),
        ("LAB2", "Laboratoire des comètes", None),
    ]
    assert counts(await directories.read("units", apply=True)) == (0, 0, 0, 3, 0)
    assert counts(await directories.read("persons", apply=True)) == (6, 0, 0, 0, 0)
    assert counts(await directories.read("persons", apply=True)) == (0, 0, 0, 6, 0)
    told = await sql("SELECT name FROM journal_events WHERE name IN ('units.imported', 'persons.imported')")
    assert sorted(row["name"] for row in told) == ["persons.imported"] * 2 + ["units.imported"] * 2
    persons = await sql(
        "SELECT p.name, p.state, p.language, u.code FROM persons p JOIN memberships m ON m.person_id = p.id"
        " JOIN units u ON u.id = m.unit_id WHERE p.issuer = 'ldap:annuaire' ORDER BY p.sort_name"
    )
    assert [tuple(row.values()) for row in persons] == [
        ("Ada Lovelace", "active", "en", "LAB1"),
        ("Émilie du Châtelet", "active", "fr", "EQ1"),
        ("Nom Étrange", "active", "fr", "LAB2"),
        ("Personne Partie", "disabled", "fr", "LAB2"),
        ("Premier Jumeau", "active", "fr", "LAB1"),
        ("Second Jumeau", "active", "fr", "LAB2"),
    ]
    assert (await enter("ada"))[1].status == 204
    assert len(await sql("SELECT id FROM persons WHERE name = 'Ada Lovelace'")) == 1, "imported, then recognised"


async def test_an_attribute_may_name_the_unit(directories: Directories, sql: Any) -> None:
    await directories.declare(person_unit="departmentNumber", import_filter="(departmentNumber=*)")
    await directories.read("units", apply=True)
    assert counts(await directories.read("persons", apply=True)) == (2, 0, 0, 0, 0)
    found = await sql("SELECT u.code FROM memberships m JOIN units u ON u.id = m.unit_id ORDER BY u.code")
    assert [row["code"] for row in found] == ["EQ1", "LAB1"]


async def test_one_bad_line_and_nothing_is_done_and_the_entry_is_named(directories: Directories, sql: Any) -> None:
    await directories.declare(import_filter="(departmentNumber=*)")
    told = await directories.read("persons", apply=True)
    assert (counts(told)[-1], told["report"]["applied"]) == (2, False), "their units are not here"
    assert {problem["code"] for problem in told["report"]["problems"]} == {"unit_unknown"}
    assert ADA in told["entries"].values()
    assert await sql("SELECT id FROM persons WHERE issuer <> 'local'") == []


async def test_who_is_gone_is_reported_and_someone_back_is_not(
    directories: Directories, ldap: LdapServer, administrator: Client
) -> None:
    await directories.declare()
    await directories.read("units", apply=True)
    new = person("passage", "De Passage", f"ou=LAB2,ou=structures,{BASE}")
    await ldap.change(new.replace("\nobjectClass", "\nchangetype: add\nobjectClass", 1))
    await directories.read("persons", apply=True)
    assert (await directories.ask("GET", "/directory/orphans")).body == {"items": [], "total": 0, "next_cursor": None}
    gone = f"dn:: {encoded(f'uid=passage,ou=LAB2,ou=structures,{BASE}')}\nchangetype: delete\n"
    await ldap.change(gone)
    change = f"dn: {ADA}\nchangetype: modify\n{{}}: employeeType\nemployeeType: parti\n"
    await ldap.change(change.format("add"))
    try:
        found = (await directories.ask("GET", "/directory/orphans")).body
        told = [(one["name"], one["reason"]) for one in found["items"]]
        assert told == [("Ada Lovelace", "said_inactive"), ("De Passage", "no_longer_named")]
        asked = "/directory/orphans?order=-name&limit=1"
        first = (await directories.ask("GET", asked)).body
        then = (await directories.ask("GET", f"{asked}&cursor={first['next_cursor']}")).body
        assert [page["items"][0]["name"] for page in (first, then)] == ["De Passage", "Ada Lovelace"]
        assert (first["total"], then["total"], then["next_cursor"]) == (2, 2, None)
        assert (await directories.ask("GET", "/directory/orphans?order=x")).status == 422
        table = await administrator.call("GET", f"{PROVIDERS}/{directories.ids['annuaire']}/directory/orphans.csv")
        lines = list(csv.reader(io.StringIO(table.raw.decode("utf-8-sig")), delimiter=";"))
        assert [line[1] for line in lines] == ["name", "Ada Lovelace", "De Passage"]
        assert counts(await directories.read("persons", apply=True)) == (0, 0, 1, 5, 0)
        found = (await directories.ask("GET", "/directory/orphans")).body
        assert [one["name"] for one in found["items"]] == ["De Passage"], "a disabled person is no orphan"
    finally:
        await ldap.change(change.format("delete"))


async def test_thousands_of_entries_come_page_by_page(directories: Directories, ldap: LdapServer, sql: Any) -> None:
    """The server gives this reader at most 100 entries at once: without paging, nobody would be read."""
    base = f"ou=foule,{BASE}"
    crowd = [f"dn: {base}\nchangetype: add\nobjectClass: organizationalUnit\nou: foule\n\n"]
    crowd += [
        person(f"agent{number}", f"Agent {number}", base).replace("\nobjectClass", "\nchangetype: add\nobjectClass", 1)
        for number in range(2_000)
    ]
    await ldap.change("".join(crowd))
    try:
        await directories.declare(import_filter="(uid=agent*)", unit_base=None)
        started = time.monotonic()
        assert counts(await directories.read("persons", apply=True)) == (2_000, 0, 0, 0, 0)
        assert time.monotonic() - started < 20
        assert (await directories.ask("GET", "/directory/orphans")).body["total"] == 0
    finally:
        names = [f"uid=agent{number},{base}" for number in range(2_000)]
        await ldap.change("".join(f"dn: {name}\nchangetype: delete\n\n" for name in [*names, base]))


async def test_a_reader_that_is_cut_short_is_told_not_believed(directories: Directories, ldap: LdapServer) -> None:
    await directories.declare(unit_base=f"ou=ailleurs,{BASE}")
    answer = await directories.ask("POST", "/directory/import", {"kind": "units"})
    assert (answer.status, answer.body["code"], answer.body["params"]) == (
        502, "sign_in_provider_misconfigured", {"reason": "base"},
    )  # fmt: skip
    await directories.ask("PATCH", "/directory", {"unit_filter": None, "import_filter": None})
    for kind, reason in (("units", "unit_filter"), ("persons", "import_filter")):
        answer = await directories.ask("POST", "/directory/import", {"kind": kind})
        assert answer.body["params"] == {"reason": reason}
