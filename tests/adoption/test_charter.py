"""The charter: which text is in force for whom, what accepting keeps, who publishes where."""

import hashlib
from typing import Any
from uuid import uuid4

from chatelet.adoption import personal_data
from chatelet.kernel.database import Database
from tests.adoption.conftest import Join, Tree
from tests.identity.conftest import Client, MakePerson, OpenBrowser

TEXTS = {"fr": "# Charte\n\nRelisez toujours.", "en": "# Charter\n\nAlways check."}


async def publish(client: Client, after: int = 0, unit: Any = None, **texts: str) -> Any:
    body = {"unit_id": str(unit) if unit else None, "after": after, "texts": texts or TEXTS}
    return await client.call("POST", "/api/admin/charters", body)


async def read(client: Client, **query: str) -> dict[str, Any]:
    answer = await client.call("GET", "/api/charter", params=query)
    assert answer.status == 200, answer.body
    return dict(answer.body)


async def accept(client: Client) -> Any:
    charter = await read(client)
    return await client.call("POST", "/api/charter/acceptances", {"charter_id": charter["id"], "hash": charter["hash"]})


async def test_nothing_is_published_by_default_and_the_model_is_shown(administrator: Client) -> None:
    shown = await read(administrator)
    assert (shown["state"], shown["id"], shown["version"]) == ("none", None, 0)
    assert "Observatoire" in shown["text"]
    assert "Vous parlez à une machine" in shown["text"]
    english = await read(administrator, language="en")
    assert "You are talking to a machine" in english["text"]
    listed = (await administrator.call("GET", "/api/admin/charters")).body
    assert (listed["items"], listed["institution"], listed["is_unwritten"]) == ([], True, True)


async def test_an_acceptance_is_of_a_text_and_of_a_version(administrator: Client, sql: Any) -> None:
    assert (await publish(administrator)).body == {"version": 1, "asked": 1}
    shown = await read(administrator)
    assert (shown["state"], shown["version"], shown["languages"]) == ("to_accept", 1, ["fr", "en"])
    assert shown["hash"] == hashlib.sha256(TEXTS["fr"].encode()).hexdigest()
    wrong = {"charter_id": shown["id"], "hash": "0" * 64}
    assert (await administrator.call("POST", "/api/charter/acceptances", wrong)).body["code"] == "charter_outdated"
    first, again = await accept(administrator), await accept(administrator)
    assert (first.status, first.body) == (201, again.body)
    assert (await read(administrator))["state"] == "accepted"
    assert (await read(administrator, language="en"))["state"] == "accepted", "a version, whatever its language"
    told = await sql("SELECT object_id, data FROM journal_events WHERE name = 'charter.accepted'")
    assert [row["object_id"] for row in told] == [shown["id"]], "accepting twice is told once"
    assert shown["hash"] in told[0]["data"]
    assert (await publish(administrator, after=1, fr="# Autre")).body["version"] == 2
    changed = await read(administrator, language="en")
    assert (changed["state"], changed["language"], changed["languages"]) == ("to_accept", "fr", ["fr"])
    outdated = {"charter_id": shown["id"], "hash": shown["hash"]}
    assert (await administrator.call("POST", "/api/charter/acceptances", outdated)).status == 409


async def test_a_publication_that_overlooks_another_is_refused(administrator: Client) -> None:
    assert (await publish(administrator)).status == 201
    late = await publish(administrator, after=0)
    assert (late.status, late.body["code"], late.body["params"]) == (409, "charter_changed", {"version": 1})
    assert (await publish(administrator, after=1, fr="  \n ")).body["code"] == "charter_empty"
    unknown = await publish(administrator, after=1, unit=uuid4())
    assert (unknown.status, unknown.body["code"]) == (404, "not_found")


async def test_the_nearest_unit_rules_and_the_main_one_first(
    administrator: Client, browser: OpenBrowser, person: MakePerson, tree: Tree, join: Join
) -> None:
    member = await person()
    await join(member, tree.optics)
    await join(member, tree.history, main=False)
    ada = browser()
    await ada.sign_in("emilie@chatelet.fr")
    await publish(administrator, fr="Institution")
    assert (await read(ada))["text"] == "Institution"
    await publish(administrator, unit=tree.history, fr="Histoire")
    assert (await read(ada))["text"] == "Histoire", "more specific than the institution's"
    assert (await publish(administrator, unit=tree.physics, fr="Physique")).body["asked"] == 1
    shown = await read(ada)
    assert (shown["text"], shown["unit"]["name"]) == ("Physique", "Physique"), "above the main unit"
    await accept(ada)
    withdrawn = await administrator.call("DELETE", f"/api/admin/charters/current?unit_id={tree.physics}")
    assert withdrawn.status == 204
    assert (await read(ada))["text"] == "Histoire"
    assert (await publish(administrator, after=1, unit=tree.physics, fr="Physique")).body["version"] == 2
    assert (await read(ada))["state"] == "to_accept", "the same words under another number are another charter"


async def test_a_referent_publishes_within_their_units_only(
    administrator: Client, browser: OpenBrowser, person: MakePerson, tree: Tree, join: Join, grant: Any
) -> None:
    referent = await person()
    await join(referent, tree.physics)
    await grant(referent, "charter.publish", tree.physics)
    client = browser()
    await client.sign_in("emilie@chatelet.fr")
    await publish(administrator, fr="Institution")
    await publish(administrator, unit=tree.history, fr="Histoire")
    mine = (await client.call("GET", "/api/admin/charters")).body
    assert (mine["items"], mine["institution"], mine["is_unwritten"]) == ([], False, False)
    assert (await publish(client, unit=tree.optics, fr="Optique")).status == 201
    assert (await publish(client, unit=tree.history, after=1)).status == 404
    refused = await publish(client, after=1)
    assert (refused.status, refused.body["params"]) == (403, {"right": "charter.publish"})
    for path in ("current", "acceptances"):
        assert (await client.call("GET", f"/api/admin/charters/{path}?unit_id={tree.history}")).status == 404
    (listed,) = (await client.call("GET", "/api/admin/charters")).body["items"]
    assert listed["unit"]["name"] == "Optique"


async def test_what_the_administrator_reads_before_publishing(
    administrator: Client, person: MakePerson, tree: Tree, join: Join
) -> None:
    await join(await person(), tree.optics)
    page = (await administrator.call("GET", "/api/admin/charters/current")).body
    assert (page["version"], page["in_force"], page["would_ask"], page["texts"]) == (0, False, 2, {"fr": "", "en": ""})
    assert page["model"]["fr"].startswith("# Charte d’usage")
    await publish(administrator, unit=tree.physics, fr="Physique")
    page = (await administrator.call("GET", f"/api/admin/charters/current?unit_id={tree.physics}")).body
    assert (page["version"], page["in_force"], page["would_ask"], page["texts"]["fr"]) == (1, True, 1, "Physique")
    assert (await administrator.call("GET", "/api/admin/charters/current")).body["would_ask"] == 1


async def test_progress_never_tells_of_fewer_than_five(
    administrator: Client, browser: OpenBrowser, person: MakePerson
) -> None:
    names = [f"p{number}@chatelet.fr" for number in range(10)]
    for name in names:
        await person(name, f"Personne {name}")
    await publish(administrator)
    told = []
    for name in names:
        client = browser()
        await client.sign_in(name)
        assert (await accept(client)).status == 201
        (item,) = (await administrator.call("GET", "/api/admin/charters")).body["items"]
        told.append((item["persons"], item["accepted"]))
    assert told == [(11, n if 5 <= n <= 6 else None) for n in range(1, 11)]


async def test_the_export_proves_and_runs_nothing(
    administrator: Client, browser: OpenBrowser, person: MakePerson, tree: Tree, join: Join, sql: Any
) -> None:
    member = await person("formule@chatelet.fr", '=HYPERLINK("http://ailleurs";"ici")')
    await join(member, tree.optics)
    await publish(administrator, unit=tree.physics, fr="Physique")
    client = browser()
    await client.sign_in("formule@chatelet.fr")
    accepted = (await accept(client)).body
    answer = await administrator.call("GET", f"/api/admin/charters/acceptances?unit_id={tree.physics}")
    assert answer.headers["content-disposition"].startswith("attachment")
    lines = answer.raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Nom;Adresse;Unité;Charte")
    assert lines[1].startswith('"\'=HYPERLINK(""http://ailleurs"";""ici"")";formule@chatelet.fr;Optique;Physique;1;fr;')
    assert accepted["hash"] in lines[1]
    assert lines[2:] == [""], "the administrator does not belong there"
    whole = (await administrator.call("GET", "/api/admin/charters/acceptances")).raw.decode()
    assert "Voltaire Arouet;admin@chatelet.fr;;;;;;" in whole, "nothing is in force for whom belongs nowhere"
    told = await sql("SELECT data FROM journal_events WHERE name = 'charter.exported'")
    assert len(told) == 2


async def test_one_s_acceptances_are_exported_and_erased(
    administrator: Client, database: Database, person: MakePerson, browser: OpenBrowser
) -> None:
    member = await person()
    await publish(administrator)
    client = browser()
    await client.sign_in("emilie@chatelet.fr")
    await accept(client)
    async with database.transaction() as session:
        exported: Any = await personal_data.export(session, member)
        assert [one["version"] for one in exported["charter_acceptances"]] == [1]
        assert await personal_data.erase(session, member) == 1
        emptied: Any = await personal_data.export(session, member)
        assert emptied["charter_acceptances"] == []


async def test_the_model_says_how_long_this_institution_keeps(administrator: Client) -> None:
    assert "180 jours" in (await read(administrator))["text"]
    rule = {"kind": "conversations", "days": 97}
    assert (await administrator.call("POST", "/api/admin/retention", rule)).status in {200, 201}
    assert "97 jours" in (await read(administrator))["text"]
    page = (await administrator.call("GET", "/api/admin/charters/current")).body
    assert "97 days" in page["model"]["en"]
