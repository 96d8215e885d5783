"""Waves: who enters, how many places there are whatever happens at once, codes, progress, rights."""

import asyncio
from typing import Any

from chatelet.adoption import personal_data
from chatelet.kernel.database import Database
from tests.adoption.conftest import Join, Tree
from tests.adoption.waves import (
    activate,
    add,
    choose,
    choose_all,
    codes,
    cohort,
    day,
    opened,
    waiting,
)
from tests.identity.conftest import Client, MakePerson, OpenBrowser


async def test_people_enter_a_wave_and_open_their_account_in_their_unit(
    administrator: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    assert (await add(administrator, "Ada@Exemple.fr", "bob@exemple.fr")).body == {"added": 2, "known": 0}
    assert (await add(administrator, "ada@exemple.fr")).body == {"added": 0, "known": 1}
    wave = await opened(administrator)
    assert (await choose_all(administrator, wave)).body == {
        "count": 2,
        "left": 48,
        "unconfirmed": 0,
        "units": [["Physique", 2]],
    }
    made = await codes(administrator, wave)
    client = browser()
    typed = made["ada@exemple.fr"].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (await activate(client, "ADA@exemple.fr", typed)).status == 204
    session = (await client.call("GET", "/api/sessions/current")).body
    assert (session["person"]["email"], session["person"]["name"]) == ("ada@exemple.fr", "Nom 0")
    (belongs,) = await sql("SELECT unit_id, is_main, source FROM memberships")
    assert (belongs["unit_id"], belongs["is_main"], belongs["source"]) == (tree.physics, True, "wave")
    told = (await administrator.call("GET", f"/api/admin/cohorts/{wave}")).body
    assert (told["members"], told["invited"], told["activated"]) == (2, 2, 1)
    names = [row["name"] for row in await sql("SELECT name FROM journal_events ORDER BY id")]
    for name in ("volunteers.added", "cohort.changed", "volunteers.chosen", "codes.made", "volunteer.activated"):
        assert name in names
    assert not await sql("SELECT 1 FROM journal_events WHERE data LIKE '%exemple%' OR data LIKE '%Nom%'")


async def test_a_code_is_for_one_person_and_serves_once(
    administrator: Client, browser: OpenBrowser, tree: Tree
) -> None:
    await add(administrator, "ada@exemple.fr", "bob@exemple.fr")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    first = await codes(administrator, wave)
    made = await codes(administrator, wave)
    client = browser()
    for email, code in (
        ("ada@exemple.fr", first["ada@exemple.fr"]),
        ("ada@exemple.fr", made["bob@exemple.fr"]),
        ("ada@exemple.fr", "null"),
        ("nul@exemple.fr", made["ada@exemple.fr"]),
    ):
        refused = await activate(client, email, code)
        assert (refused.status, refused.body["code"]) == (410, "activation_invalid"), (email, code)
    assert (await activate(client, "ada@exemple.fr", made["ada@exemple.fr"])).status == 204
    assert (await activate(browser(), "ada@exemple.fr", made["ada@exemple.fr"])).status == 410
    assert len(made["bob@exemple.fr"].replace("-", "")) == 28


async def test_guessing_a_code_is_slowed_down(administrator: Client, browser: OpenBrowser) -> None:
    client = browser()
    told = [(await activate(client, "ada@exemple.fr", f"{number:028}")).status for number in range(8)]
    assert told[:6] == [410] * 6
    assert told[-1] == 429


async def test_codes_follow_the_dates_and_the_state_of_the_wave(
    administrator: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    await add(administrator, "ada@exemple.fr")
    wave = (await cohort(administrator, opens_on=day(), closes_on=day(1)))["id"]
    await choose_all(administrator, wave)
    made = await codes(administrator, wave)

    async def tried() -> str:
        answer = await activate(browser(), "ada@exemple.fr", made["ada@exemple.fr"])
        return "open" if answer.status == 204 else str(answer.body["code"])

    path = f"/api/admin/cohorts/{wave}"
    assert await tried() == "cohort_closed", "prepared"
    await administrator.call("PATCH", path, {"state": "open", "opens_on": day(1)})
    assert await tried() == "cohort_closed", "tomorrow"
    wrong = await administrator.call("PATCH", path, {"opens_on": day(2)})
    assert (wrong.status, wrong.body["code"]) == (422, "cohort_dates_invalid")
    await administrator.call("PATCH", path, {"opens_on": day(-3), "closes_on": day(-1)})
    assert await tried() == "cohort_closed", "yesterday"
    await administrator.call("PATCH", path, {"closes_on": day(0)})
    assert await tried() == "open", "the last day is in"


async def test_places_are_never_given_twice(administrator: Client, tree: Tree) -> None:
    await add(administrator, *(f"p{number}@exemple.fr" for number in range(50)))
    wave = await opened(administrator, capacity=20)
    people = [one["id"] for one in await waiting(administrator)]
    answers = await asyncio.gather(*(choose(administrator, wave, ids=[one]) for one in people))
    assert sorted(answer.status for answer in answers) == [200] * 20 + [409] * 30
    assert {answer.body.get("code") for answer in answers if answer.status == 409} == {"cohort_full"}
    assert len(await waiting(administrator)) == 30


async def test_fifty_activations_at_once_for_twenty_places(
    administrator: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    await add(administrator, *(f"p{number}@exemple.fr" for number in range(50)))
    wave = await opened(administrator, capacity=50)
    await choose_all(administrator, wave)
    made = await codes(administrator, wave)
    await administrator.call("PATCH", f"/api/admin/cohorts/{wave}", {"capacity": 20})
    answers = await asyncio.gather(*(activate(browser(), email, code) for email, code in made.items()))
    assert sorted(answer.status for answer in answers) == [204] * 20 + [409] * 30
    (counted,) = await sql("SELECT count(*) AS n FROM persons WHERE issuer = 'local' AND email LIKE 'p%@exemple.fr'")
    assert counted["n"] == 20
    lower = await administrator.call("PATCH", f"/api/admin/cohorts/{wave}", {"capacity": 19})
    assert (lower.status, lower.body["params"]) == (409, {"taken": 20})


async def test_one_code_presented_fifty_times_at_once_opens_one_account(
    administrator: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    made = await codes(administrator, wave)
    answers = await asyncio.gather(*(activate(browser(), *one) for one in list(made.items()) * 20))
    assert [answer.status for answer in answers].count(204) == 1
    assert {answer.status for answer in answers} <= {204, 410, 429}
    assert len(await sql("SELECT 1 FROM persons WHERE email = 'ada@exemple.fr'")) == 1


async def test_rules_choose_the_first_or_a_share_of_each_unit(administrator: Client, tree: Tree) -> None:
    await add(administrator, *(f"phy{number}@exemple.fr" for number in range(6)), unit="PHY")
    await add(administrator, *(f"his{number}@exemple.fr" for number in range(3)), unit="histoire")
    wave = await opened(administrator, capacity=4)
    preview = {"count": 6, "preview": True}
    first = await choose(administrator, wave, rule="first_come", **preview)
    assert first.body == {"count": 4, "left": 0, "unconfirmed": 0, "units": [["Physique", 4]]}
    shared = await choose(administrator, wave, rule="unit_share", **preview)
    assert sorted(shared.body["units"]) == [["Histoire", 2], ["Physique", 2]]
    assert len(await waiting(administrator)) == 9, "a preview changes nothing"
    await choose(administrator, wave, rule="unit_share", count=6)
    members = (await administrator.call("GET", f"/api/admin/volunteers?cohort_id={wave}")).body["items"]
    assert sorted(one["email"] for one in members) == [
        f"{unit}{n}@exemple.fr" for unit in ("his", "phy") for n in (0, 1)
    ]
    back = await administrator.call("POST", f"/api/admin/cohorts/{wave}/removals", {"ids": [members[0]["id"]]})
    assert back.status == 204
    assert len(await waiting(administrator)) == 6


async def test_a_wave_of_a_unit_takes_its_people_only(administrator: Client, tree: Tree) -> None:
    await add(administrator, "opt@exemple.fr", unit="OPT")
    await add(administrator, "his@exemple.fr", unit="HIS")
    await add(administrator, "nulle@exemple.fr", unit="Nulle part")
    wave = await opened(administrator, unit_id=str(tree.physics))
    assert (await choose_all(administrator, wave)).body["units"] == [["Optique", 1]]
    assert (await choose(administrator, wave, rule="first_come", count=9)).body["count"] == 0


async def test_a_referent_manages_their_people_and_waves_only(
    administrator: Client, browser: OpenBrowser, person: MakePerson, tree: Tree, join: Join, grant: Any
) -> None:
    referent = await person()
    await join(referent, tree.physics)
    await grant(referent, "waves.manage", tree.physics)
    client = browser()
    await client.sign_in("emilie@chatelet.fr")
    await add(administrator, "his@exemple.fr", unit="HIS")
    whole = await opened(administrator)
    foreign = (await waiting(administrator))[0]["id"]
    assert (await add(client, "opt@exemple.fr", unit="OPT")).status == 201
    assert (await add(client, "his2@exemple.fr", unit="HIS")).status == 404
    assert (await add(client, "nulle@exemple.fr", unit="Nulle part")).status == 403
    assert [one["email"] for one in await waiting(client)] == ["opt@exemple.fr"]
    assert (await client.call("GET", "/api/admin/cohorts")).body == {"items": [], "next_cursor": None}
    for method, path, body in (
        ("GET", f"cohorts/{whole}", None),
        ("PATCH", f"cohorts/{whole}", {"capacity": 3}),
        ("GET", f"cohorts/{whole}/progress", None),
        ("POST", f"cohorts/{whole}/members", {"ids": [foreign]}),
        ("POST", f"cohorts/{whole}/removals", {"ids": [foreign]}),
        ("POST", f"cohorts/{whole}/codes", None),
        ("POST", f"cohorts/{whole}/messages", {"kind": "invitation"}),
        ("DELETE", f"volunteers/{foreign}", None),
        ("POST", "adoption/openings", {"unit_id": str(tree.history), "opens_on": day()}),
        ("DELETE", f"adoption/openings/{tree.history}", None),
    ):
        assert (await client.call(method, f"/api/admin/{path}", body)).status == 404, path
    assert (await client.call("GET", "/api/admin/adoption/words")).status == 403
    own = await opened(client, unit_id=str(tree.physics))
    assert (await choose(client, own, ids=[foreign])).body["count"] == 0
    assert (
        await client.call(
            "POST", "/api/admin/cohorts", {"name": "X", "capacity": 1, "opens_on": day(), "closes_on": day()}
        )
    ).status == 403
    units = (await client.call("GET", "/api/admin/adoption/units", params={"q": "op"})).body
    assert [unit["name"] for unit in units] == ["Optique"]


async def test_progress_by_unit_tells_nothing_of_fewer_than_five(
    administrator: Client, browser: OpenBrowser, tree: Tree
) -> None:
    await add(administrator, *(f"phy{number}@exemple.fr" for number in range(6)), unit="PHY")
    await add(administrator, *(f"opt{number}@exemple.fr" for number in range(7)), unit="OPT")
    await add(administrator, *(f"his{number}@exemple.fr" for number in range(2)), unit="HIS")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    made = await codes(administrator, wave)
    for email, code in made.items():
        if not email.startswith("phy0"):
            assert (await activate(browser(), email, code)).status == 204
    told = (await administrator.call("GET", f"/api/admin/cohorts/{wave}/progress")).body
    by_unit = {one["unit"]["name"]: (one["invited"], one["activated"], one["active"]) for one in told["units"]}
    assert by_unit == {"Histoire": (None, None, None), "Optique": (7, 7, 7), "Physique": (None, None, None)}
    assert (told["total"]["invited"], told["total"]["activated"]) == (15, 14)
    assert told["curve"] == [{"day": day(), "activated": 14}]


async def test_one_s_registration_is_exported_and_erased(
    administrator: Client, browser: OpenBrowser, tree: Tree, database: Database, sql: Any
) -> None:
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator)
    await choose_all(administrator, wave)
    for email, code in (await codes(administrator, wave)).items():
        await activate(browser(), email, code)
    (row,) = await sql("SELECT id FROM persons WHERE email = 'ada@exemple.fr'")
    async with database.transaction() as session:
        exported: Any = await personal_data.export(session, row["id"])
        assert [one["state"] for one in exported["registrations"]] == ["activated"]
        assert await personal_data.erase(session, row["id"]) == 1
    assert not await sql("SELECT 1 FROM volunteers")
