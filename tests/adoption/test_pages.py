"""Lists of the administration that grow with the institution: searched, ordered and cut into pages by the server.

No figure below five comes out of a search, of an order nor of a page that the whole list does not tell.
"""

from typing import Any

import pytest

from tests.adoption.conftest import Join, Tree
from tests.adoption.waves import add, choose_all, codes, cohort, day, opened, page_by_page
from tests.identity.conftest import Client, MakePerson

CHARTERS, OPENINGS, LITERACY = "/api/admin/charters", "/api/admin/adoption/openings", "/api/admin/adoption/literacy"
COHORTS = "/api/admin/cohorts"


async def read(client: Client, path: str, **query: str) -> dict[str, Any]:
    answer = await client.call("GET", path, params=query)
    assert answer.status == 200, answer.body
    return dict(answer.body)


@pytest.fixture
async def charters(administrator: Client, tree: Tree) -> None:
    """The institution's, then physics', then history's, of which it is the second version."""
    for unit, after in ((None, 0), (tree.physics, 0), (tree.history, 0), (tree.history, 1)):
        body = {"unit_id": str(unit) if unit else None, "after": after, "texts": {"fr": "Lisez.", "en": ""}}
        assert (await administrator.call("POST", CHARTERS, body)).status == 201


@pytest.mark.usefixtures("charters")
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("unit", [None, "Histoire", "Physique"]),
        ("-unit", ["Physique", "Histoire", None]),
        ("published", [None, "Physique", "Histoire"]),
    ],
)
async def test_charters_are_ordered_then_cut(administrator: Client, order: str, expected: list[str | None]) -> None:
    told = (await read(administrator, CHARTERS, order=order))["items"]
    names = [one["unit"] and one["unit"]["name"] for one in told]
    assert names == expected
    versions = [one["version"] for one in (await read(administrator, CHARTERS, order="-version"))["items"]]
    assert versions == [2, 1, 1]
    assert await page_by_page(administrator, CHARTERS, "items", order=order) == told


@pytest.mark.usefixtures("charters")
async def test_charters_are_found_by_unit_and_count_whom_they_are_for(
    administrator: Client, person: MakePerson, tree: Tree, join: Join
) -> None:
    """A charter found alone has the figures that it has among all."""
    for number in range(3):
        await join(await person(f"o{number}@chatelet.fr"), tree.optics)
    await join(await person("h@chatelet.fr"), tree.history)
    told = {one["unit"] and one["unit"]["name"]: one for one in (await read(administrator, CHARTERS))["items"]}
    assert {name: one["persons"] for name, one in told.items()} == {None: 1, "Physique": 3, "Histoire": 1}
    for words in ("phys", "PHY"):
        found = await read(administrator, CHARTERS, q=words)
        assert found["items"] == [told["Physique"]]
        assert not found["is_unwritten"], "the institution's is in force, though not found"
    await administrator.call("DELETE", f"{CHARTERS}/current")
    assert (await read(administrator, CHARTERS, q="phys"))["is_unwritten"]


async def test_a_cursor_of_another_order_is_refused(administrator: Client, charters: None) -> None:
    first = await read(administrator, CHARTERS, order="unit", limit="1")
    for order in ("published", "version"):
        query = {"order": order, "cursor": first["next_cursor"]}
        answer = await administrator.call("GET", CHARTERS, params=query)
        assert (answer.status, answer.body["params"]) == (422, {"field": "cursor"})


async def test_openings_are_found_ordered_and_cut(administrator: Client, tree: Tree) -> None:
    for unit, offset in ((tree.physics, 3), (tree.history, 1), (tree.optics, 2)):
        await administrator.call("POST", OPENINGS, {"unit_id": str(unit), "opens_on": day(offset)})
    for order, names in (
        ("day", ["Histoire", "Optique", "Physique"]),
        ("-day", ["Physique", "Optique", "Histoire"]),
        ("-unit", ["Physique", "Optique", "Histoire"]),
    ):
        told = (await read(administrator, OPENINGS, order=order))["items"]
        assert [one["unit"]["name"] for one in told] == names
        assert await page_by_page(administrator, OPENINGS, "items", order=order) == told
    assert [one["unit"]["name"] for one in (await read(administrator, OPENINGS, q="op"))["items"]] == ["Optique"]


async def test_no_search_nor_order_of_a_wave_tells_of_fewer_than_five(administrator: Client, tree: Tree) -> None:
    """Four units' figures, of which two hidden: alone, ordered or page by page, each is what it is among all."""
    for unit, count in (("PHY", 6), ("OPT", 7), ("HIS", 2), ("INST", 4)):
        await add(administrator, *(f"{unit.lower()}{number}@exemple.fr" for number in range(count)), unit=unit)
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    await codes(administrator, wave)
    path = f"/api/admin/cohorts/{wave}/progress"
    whole = await read(administrator, path)
    told = {one["unit"]["name"]: one["invited"] for one in whole["units"]}
    assert told == {"Histoire": None, "Institut": None, "Optique": 7, "Physique": 6}
    for words, names in (("his", ["Histoire"]), ("i", list(told)), ("opt", ["Optique"]), ("zz", [])):
        found = await read(administrator, path, q=words)
        assert {one["unit"]["name"]: one["invited"] for one in found["units"]} == {name: told[name] for name in names}
        assert (found["total"], found["curve"]) == (whole["total"], whole["curve"]), "the wave's, never the search's"
    for order, known in (("invited", ["Physique", "Optique"]), ("-invited", ["Optique", "Physique"])):
        lines = (await read(administrator, path, order=order))["units"]
        names = [one["unit"]["name"] for one in lines]
        assert [name for name in names if told[name]] == known
        hidden = [one["unit"]["id"] for one in lines if one["invited"] is None]
        assert hidden == sorted(hidden, reverse=order.startswith("-")), "as their identifiers are, whatever they hide"
        assert await page_by_page(administrator, path, "units", order=order) == lines


async def test_volunteers_are_ordered_and_cut(administrator: Client, tree: Tree) -> None:
    people = [("zoe@exemple.fr", "Zoé", "OPT"), ("ada@exemple.fr", "Ada", "PHY"), ("eve@exemple.fr", "Émilie", "HIS")]
    for email, name, unit in people:
        body = {"volunteers": [{"email": email, "name": name, "unit": unit}]}
        assert (await administrator.call("POST", "/api/admin/volunteers", body)).status == 201
    for order, names in (
        ("registered", ["Zoé", "Ada", "Émilie"]),
        ("-registered", ["Émilie", "Ada", "Zoé"]),
        ("name", ["Ada", "Émilie", "Zoé"]),
        ("-unit", ["Ada", "Zoé", "Émilie"]),
        ("state", None),
    ):
        told = (await read(administrator, "/api/admin/volunteers", order=order))["items"]
        assert names is None or [one["name"] for one in told] == names
        assert await page_by_page(administrator, "/api/admin/volunteers", "items", order=order) == told


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("name", ["Éclair", "eclair", "Test", "Zénith"]),
        ("unit", ["Éclair", "eclair", "Test", "Zénith"]),
        ("state", ["Éclair", "Zénith", "eclair", "Test"]),
        ("opens", ["eclair", "Éclair", "Zénith", "Test"]),
        ("members", ["Éclair", "Test", "Zénith", "eclair"]),
        ("activated", ["Éclair", "Test", "eclair", "Zénith"]),
    ],
)
async def test_waves_are_found_ordered_and_cut(
    administrator: Client, tree: Tree, order: str, expected: list[str]
) -> None:
    """Both ways, line by line: waves that an order makes equal are told once each."""
    # The order in which they are made breaks ties.
    waves = {
        "Éclair": await cohort(administrator, name="Éclair", opens_on=day(1)),
        "Test": await cohort(administrator, name="Test", opens_on=day(2), unit_id=str(tree.history)),
        "eclair": await cohort(administrator, name="eclair", unit_id=None),
        "Zénith": await cohort(administrator, name="Zénith", opens_on=day(1), unit_id=str(tree.physics)),
    }
    for name, state in (("eclair", "open"), ("Test", "closed")):
        await administrator.call("PATCH", f"{COHORTS}/{waves[name]['id']}", {"state": state})
    await add(administrator, "a@exemple.fr", "b@exemple.fr")
    await choose_all(administrator, waves["eclair"]["id"])
    told = (await read(administrator, COHORTS, order=order))["items"]
    assert [one["name"] for one in told] == expected
    assert await page_by_page(administrator, COHORTS, "items", order=order) == told
    assert await page_by_page(administrator, COHORTS, "items", order=f"-{order}") == told[::-1]
    assert (await administrator.call("GET", COHORTS, params={"order": "places"})).status == 422
    for query, count in (({"q": "ECLAIR"}, 2), ({"q": "hist"}, 1), ({"q": "%"}, 0), ({"state": "prepared"}, 2)):
        assert len((await read(administrator, COHORTS, **query))["items"]) == count, query


async def test_months_of_the_path_are_found_and_cut(administrator: Client, tree: Tree, sql: Any) -> None:
    for unit, ago, times in ((tree.physics, 0, 9), (tree.optics, 0, 3), (tree.history, 0, 12), (tree.history, 1, 8)):
        await sql(
            "INSERT INTO literacy_months VALUES (:unit, (date_trunc('month', now()) - make_interval(months => :ago))"
            "::date, :times) RETURNING 1",
            unit=unit,
            ago=ago,
            times=times,
        )
    whole = await read(administrator, LITERACY)
    assert [one["completions"] for one in whole["figures"]] == [12, None, None, 8]
    assert await page_by_page(administrator, LITERACY, "figures") == whole["figures"]
    found = await read(administrator, LITERACY, q="phys")
    assert [one["completions"] for one in found["figures"]] == [None], "9 would tell 3, by subtraction"
    assert found["totals"] == whole["totals"]
