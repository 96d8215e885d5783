"""The unit that somebody writes of themselves leads nowhere until a manager says so; who may register at all."""

from pathlib import Path
from typing import Any

import pytest

from chatelet.settings import AdoptionSettings, Settings
from tests.adoption.conftest import Join, Tree
from tests.adoption.waves import activate, add, choose, choose_all, codes, opened, waiting
from tests.identity.conftest import Answer, Client, MakePerson, OpenBrowser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    adoption = AdoptionSettings(registration=True, registration_domains=("exemple.fr",))
    return Settings(data_dir=tmp_path, institution_name="Observatoire", port=8000, adoption=adoption)


async def register(client: Client, email: str, unit: str = "PHY") -> Answer:
    return await client.call("POST", "/api/registrations", {"email": email, "name": "Nom", "unit": unit})


async def units_of(sql: Any, email: str) -> list[Any]:
    found = await sql(
        "SELECT unit_id, is_main, source FROM memberships JOIN persons ON persons.id = person_id WHERE email = :email",
        email=email,
    )
    return [tuple(row.values()) for row in found]


async def listed(client: Client, wave: str) -> dict[str, Any]:
    answer = await client.call("GET", "/api/admin/volunteers", params={"cohort_id": wave})
    return {one["email"]: one for one in answer.body["items"]}


@pytest.mark.parametrize("rule", ["first_come", "unit_share"])
async def test_a_rule_gives_nobody_the_unit_they_wrote(
    rule: str, administrator: Client, client: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    assert (await register(client, "mallory@exemple.fr")).status == 202
    await add(administrator, "ada@exemple.fr")
    wave = await opened(administrator, unit_id=str(tree.physics))
    preview = await choose(administrator, wave, rule=rule, count=5, preview=True)
    assert (preview.body["count"], preview.body["unconfirmed"]) == (2, 1)
    await choose(administrator, wave, rule=rule, count=5)
    made = await codes(administrator, wave)
    for email, code in made.items():
        assert (await activate(browser(), email, code)).status == 204
    assert await units_of(sql, "mallory@exemple.fr") == []
    assert await units_of(sql, "ada@exemple.fr") == [(tree.physics, True, "wave")], "a manager wrote hers"
    told = {email: one["unit_confirmed"] for email, one in (await listed(administrator, wave)).items()}
    assert told == {"mallory@exemple.fr": False, "ada@exemple.fr": True}


async def test_whoever_is_chosen_by_hand_is_of_the_unit_shown(
    administrator: Client, client: Client, browser: OpenBrowser, tree: Tree, sql: Any
) -> None:
    await register(client, "ada@exemple.fr")
    assert [one["unit_confirmed"] for one in await waiting(administrator)] == [False]
    wave = await opened(administrator)
    assert (await choose_all(administrator, wave)).body["unconfirmed"] == 0
    made = await codes(administrator, wave)
    assert (await activate(browser(), "ada@exemple.fr", made["ada@exemple.fr"])).status == 204
    assert await units_of(sql, "ada@exemple.fr") == [(tree.physics, True, "wave")]
    told = "SELECT data::text FROM journal_events WHERE name = 'membership.given'"
    [line] = await sql(told)
    assert str(tree.physics) in line["data"]


async def test_a_manager_confirms_a_unit_before_or_after_the_account(
    administrator: Client,
    client: Client,
    browser: OpenBrowser,
    person: MakePerson,
    tree: Tree,
    join: Join,
    grant: Any,
    sql: Any,
) -> None:
    for email in ("avant@exemple.fr", "apres@exemple.fr", "jamais@exemple.fr"):
        await register(client, email)
    wave = await opened(administrator)
    await choose(administrator, wave, rule="first_come", count=9)
    people = {email: one["id"] for email, one in (await listed(administrator, wave)).items()}
    stranger = await person()
    await join(stranger, tree.history)
    await grant(stranger, "waves.manage", tree.history)
    elsewhere = browser()
    await elsewhere.sign_in("emilie@chatelet.fr")
    path = "/api/admin/volunteers/{}/unit"
    refused = await elsewhere.call("POST", path.format(people["jamais@exemple.fr"]))
    assert (refused.status, refused.body["code"]) == (404, "volunteer_not_found")
    made = await codes(administrator, wave)
    assert (await administrator.call("POST", path.format(people["avant@exemple.fr"]))).status == 204
    for email, code in made.items():
        assert (await activate(browser(), email, code)).status == 204
    assert await units_of(sql, "apres@exemple.fr") == []
    for _ in range(2):
        assert (await administrator.call("POST", path.format(people["apres@exemple.fr"]))).status == 204
    for email in ("avant@exemple.fr", "apres@exemple.fr"):
        assert await units_of(sql, email) == [(tree.physics, True, "wave")]
    assert await units_of(sql, "jamais@exemple.fr") == []
    told = await sql("SELECT name FROM journal_events WHERE name = 'membership.given'")
    assert len(told) == 2, "once each"


async def test_a_unit_confirmed_late_moves_nobody(
    administrator: Client, client: Client, browser: OpenBrowser, tree: Tree, join: Join, sql: Any
) -> None:
    await register(client, "ada@exemple.fr")
    wave = await opened(administrator)
    await choose(administrator, wave, rule="first_come", count=1)
    made = await codes(administrator, wave)
    await activate(browser(), "ada@exemple.fr", made["ada@exemple.fr"])
    one = (await listed(administrator, wave))["ada@exemple.fr"]
    [account] = await sql("SELECT id FROM persons WHERE email = 'ada@exemple.fr'")
    await join(account["id"], tree.history)
    assert (await administrator.call("POST", f"/api/admin/volunteers/{one['id']}/unit")).status == 204
    assert [unit for unit, *_ in await units_of(sql, "ada@exemple.fr")] == [tree.history]


@pytest.mark.parametrize("email", ["ada@exemple.fr", "ADA@Labo.Exemple.FR"])
async def test_an_address_of_the_institution_registers(email: str, administrator: Client, client: Client) -> None:
    assert (await client.call("GET", "/api/registration")).body["domains"] == ["exemple.fr"]
    assert (await register(client, email)).status == 202
    assert [one["email"] for one in await waiting(administrator)] == [email.lower()]


@pytest.mark.parametrize("email", ["ada@ailleurs.fr", "ada@faux-exemple.fr", "ada@exemple.fr.ailleurs.fr"])
async def test_an_address_from_elsewhere_is_refused(email: str, administrator: Client, client: Client) -> None:
    refused = await register(client, email)
    assert (refused.status, refused.body["code"]) == (403, "registration_elsewhere")
    assert refused.body["params"] == {"domains": "exemple.fr"}
    assert await waiting(administrator) == []
