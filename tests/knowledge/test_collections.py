"""Collections: who may do what, sharing and taking back, documents in numbers, and what becomes of them with people."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from chatelet.documents.files import api as files_api
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.identity import admin, api, sessions
from chatelet.identity.keys.scope import KeyScope
from chatelet.identity.roles import admin as roles_admin
from chatelet.identity.units import admin as units_admin
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.http import install_error_handlers
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.storage import Storage
from chatelet.knowledge import api as knowledge_api
from chatelet.knowledge import service
from chatelet.knowledge.personal_data import KnowledgePersonalData
from chatelet.settings import Settings
from tests.identity.conftest import (  # noqa: F401 (fixtures of this file too)
    MakePerson,
    OpenBrowser,
    browser,
    person,
    settings,
    sql,
)
from tests.knowledge.collection_world import Someone, World

Sql = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
def app(database: Database, settings: Settings) -> FastAPI:  # noqa: F811
    made = FastAPI(openapi_url=None)
    for module in (api, admin, units_admin, roles_admin, files_api, knowledge_api):
        made.include_router(module.router)
    install_error_handlers(made)
    made.state.database, made.state.settings = database, settings
    made.state.documents = DocumentServices(
        database=database,
        keyring=Keyring(bytes(range(32))),
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents),
    )
    return made


@pytest.fixture
async def world(browser: OpenBrowser, person: MakePerson) -> World:  # noqa: F811
    email = "admin@chatelet.fr"
    boss = Someone(await person(email, "Voltaire", is_administrator=True), email, browser())
    assert (await boss.client.sign_in(email)).status == 201
    return World(boss, browser, person)


@pytest.fixture
async def ada(world: World) -> Someone:
    return await world.someone("Ada")


@pytest.fixture
async def bob(world: World) -> Someone:
    return await world.someone("Bob")


async def give(owner: Someone, collection: str, part: str, **holder: Any) -> Any:
    return await owner.do("POST", f"collections/{collection}/grants", {"part": part, **holder})


async def test_each_part_may_do_what_those_before_it_may(ada: Someone, bob: Someone) -> None:
    base = await ada.collection()
    document = await ada.document(base)
    tries: list[tuple[str, str, str, Any]] = [
        ("reader", "GET", f"collections/{base}/documents", None),
        ("reader", "GET", f"documents/{document['id']}/versions", None),
        ("contributor", "PATCH", f"documents/{document['id']}", {"tags": ["paie"]}),
        ("contributor", "POST", f"documents/{document['id']}/read", None),
        ("curator", "GET", f"collections/{base}/grants", None),
        ("curator", "PATCH", f"collections/{base}", {"name": "Notes de Bob"}),
    ]
    order = ["nobody", "reader", "contributor", "curator"]
    for held in order:
        if held != "nobody":
            assert (await give(ada, base, held, email=bob.email))["part"] == held
            assert (await bob.do("GET", f"collections/{base}"))["part"] == held
        add = {"items": [{"file_id": await bob.file("la sienne.txt")}]}
        for needed, method, path, body in [*tries, ("contributor", "POST", f"collections/{base}/documents", add)]:
            told = await bob.do(method, path, body)
            if order.index(held) >= order.index(needed):
                assert isinstance(told, dict), (held, method, path, told)
            else:
                missing = {"collection_not_found", "document_not_found"}
                assert told in (missing if held == "nobody" else {"collection_part_missing"}), (held, method, path)
    await bob.do("DELETE", f"collections/{base}", status=204)
    assert await ada.names() == []


async def test_sharing_with_a_unit_reaches_those_under_it(world: World) -> None:
    root, other = await world.unit("ROOT"), await world.unit("OTHER")
    team = await world.unit("TEAM", root)
    chief = await world.someone("Chief", root, "referent")
    member, stranger = await world.someone("Member", team), await world.someone("Stranger", other)
    base = await chief.collection("Circulaires")
    assert await member.names() == []
    assert (await give(chief, base, "reader", unit_id=root))["kind"] == "unit"
    assert await member.names() == ["Circulaires"]
    assert await stranger.names() == []
    assert await give(chief, base, "reader", unit_id=other) == "collection_grantee_unknown"
    assert await member.do("POST", f"collections/{base}/documents", {"items": []}) == "invalid_request"


async def test_taking_back_acts_on_the_next_read(ada: Someone, bob: Someone) -> None:
    base = await ada.collection()
    document = await ada.document(base)
    share = await give(ada, base, "contributor", email=bob.email.upper())
    file = document["version"]["file_id"]
    assert (await bob.do("GET", "files/views", params={"id": file}))["items"][0]["document_id"] == document["id"]
    await ada.do("DELETE", f"collections/{base}/grants/{share['id']}", status=204)
    assert await bob.names() == []
    assert await bob.do("GET", f"collections/{base}") == "collection_not_found"
    assert await bob.do("DELETE", f"documents/{document['id']}") == "document_not_found"
    assert (await bob.do("GET", "files/views", params={"id": file}))["items"] == []
    assert await ada.do("DELETE", f"collections/{base}/grants/{share['id']}") == "collection_grant_not_found"


async def test_a_unit_s_own_collection(world: World, bob: Someone) -> None:
    unit, other = await world.unit("DRH"), await world.unit("DAF")
    referent = await world.someone("Referent", unit, "referent")
    base = await referent.collection("Paie", unit_id=unit)
    assert (await referent.do("GET", f"collections/{base}"))["owner"] == {"kind": "unit", "id": unit, "name": "DRH"}
    assert (await referent.do("GET", "collections"))["items"][0]["part"] == "curator"
    refused = await referent.do("POST", "collections", {"name": "Ailleurs", "unit_id": other})
    assert refused == "collection_grantee_unknown"
    assert await bob.do("POST", "collections", {"name": "Prise", "unit_id": unit}) == "forbidden"
    assert await bob.names() == []


async def test_units_to_choose_from_are_those_where_one_may(world: World, bob: Someone) -> None:
    root = await world.unit("ROOT")
    await world.unit("TEAM", root)
    await world.unit("OTHER")
    referent = await world.someone("Referent", root, "referent")
    for purpose in ("publish", "curate"):
        found = await referent.do("GET", "collections/units", params={"for": purpose})
        assert [one["name"] for one in found] == ["ROOT", "TEAM"], purpose
    found = await referent.do("GET", "collections/units", params={"q": "tea"})
    assert [one["name"] for one in found] == ["TEAM"]
    assert await bob.do("GET", "collections/units") == "forbidden"


async def test_what_is_one_s_own_is_hidden_from_administrators(world: World, ada: Someone) -> None:
    base = await ada.collection("Personnel")
    document = await ada.document(base)
    assert await world.boss.names() == []
    for path in (f"collections/{base}", f"collections/{base}/documents", f"documents/{document['id']}/versions"):
        assert str(await world.boss.do("GET", path)).endswith("_not_found")


async def test_a_key_reaches_only_the_collections_it_names(ada: Someone, database: Database) -> None:
    named, other = await ada.collection("Nommée"), await ada.collection("Autre")
    async with database.transaction() as session:
        principal = await sessions.authenticate(session, ada.client.token)
        scope = KeyScope(key_id=uuid7(), unit_id=None, models=None, collections=frozenset({UUID(named)}))
        keyed = replace(principal, key=scope)
        found = await service.list_collections(session, keyed, words="", cursor=None, limit=10)
        assert [str(one.id) for one in found.items] == [named]
        with pytest.raises(service.CollectionNotFound):
            await service.read(session, keyed, UUID(other))


async def test_merged_units_hand_their_collections_over(world: World) -> None:
    gone, into = await world.unit("GONE"), await world.unit("INTO")
    old, new = await world.someone("Old", gone, "referent"), await world.someone("New", into)
    owned, shared = await old.collection("À l’unité", unit_id=gone), await old.collection("Partagée")
    await give(old, shared, "reader", unit_id=gone)
    await world.boss.do("POST", f"admin/units/{gone}/merge", {"into_id": into}, status=200)
    assert (await old.do("GET", f"collections/{owned}"))["owner"]["name"] == "INTO"
    assert await new.names() == ["Partagée"]


async def test_erasing_a_person_takes_their_own_collections_and_files(
    ada: Someone,
    bob: Someone,
    database: Database,
    sql: Sql,  # noqa: F811
) -> None:
    mine, bobs = await ada.collection("À moi"), await bob.collection("À Bob")
    kept = await bob.document(bobs)
    await ada.document(mine)
    await give(bob, bobs, "reader", email=ada.email)
    async with database.transaction() as session:
        exported = await KnowledgePersonalData().export(session, ada.id)
        assert [one["name"] for one in exported["collections"]] == ["À moi"]  # type: ignore[index,union-attr]
        assert await KnowledgePersonalData().erase(session, ada.id) == 2
    assert [row["id"] for row in await sql("SELECT id FROM files")] == [UUID(kept["version"]["file_id"])]
    assert await sql("SELECT 1 FROM collection_grants") == []
    assert await bob.names() == ["À Bob"]


async def test_a_name_is_one_document_of_its_folder(ada: Someone) -> None:
    base = await ada.collection()
    first = await ada.document(base, "note.txt")
    again = await ada.document(base, "note.txt")
    assert (again["id"], again["version"]["number"]) == (first["id"], 2)
    other = await ada.document(base, "autre.txt", folder="Notes/2026")
    taken = {"name": "note.txt", "folder": ""}
    assert await ada.do("PATCH", f"documents/{other['id']}", taken) == "document_name_taken"
    path = f"documents/{first['id']}/versions"
    [second, earlier] = (await ada.do("GET", path))["items"]
    restored = await ada.do("POST", f"{path}/{earlier['id']}/restore")
    assert (restored["version"]["number"], second["number"]) == (1, 2)


async def test_documents_are_listed_by_what_they_want(ada: Someone, sql: Sql) -> None:  # noqa: F811
    base = await ada.collection()
    path = f"collections/{base}/documents"
    made = {name: await ada.document(base, f"{name}.txt", tags=[name]) for name in ("bien", "mal", "doute", "tard")}
    files = {name: UUID(one["version"]["file_id"]) for name, one in made.items()}
    await sql("UPDATE document_versions SET state = 'indexed'")
    await sql("UPDATE files SET state = 'failed', error_code = 'file_damaged' WHERE id = :id", id=files["mal"])
    report = json.dumps(
        {"status": "read", "pages": 1, "pages_read": 1, "pages_recognised": 1, "confidence": 0.5, "engine": None}
    )
    await sql("UPDATE files SET report = CAST(:r AS jsonb) WHERE id = :id", r=report, id=files["doute"])
    await ada.do("PATCH", f"documents/{made['tard']['id']}", {"review_on": "2020-01-01"})
    page = await ada.do("GET", path)
    assert (page["total"], page["found"], page["badly_read"], page["due"]) == (4, 4, 2, 1)
    assert await ada.names(path, state="badly_read") == ["doute.txt", "mal.txt"]
    assert await ada.names(path, state="due") == ["tard.txt"]
    assert await ada.names(path, state="failed") == []
    assert await ada.names(path, q="bien") == ["bien.txt"]
    assert (await ada.names(path, sort="updated"))[0] == "tard.txt"


async def test_pages_follow_each_other_in_both_orders(ada: Someone) -> None:
    base = await ada.collection()
    path = f"collections/{base}/documents"
    for name in ("b", "a", "c"):
        await ada.document(base, f"{name}.txt")
    for sort, expected in (("name", ["a.txt", "b.txt", "c.txt"]), ("updated", ["c.txt", "a.txt", "b.txt"])):
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            params = {"sort": sort, "limit": 2, **({"cursor": cursor} if cursor else {})}
            page = await ada.do("GET", path, params=params)
            seen += [one["name"] for one in page["items"]]
            cursor = page["next_cursor"]
        assert seen == expected
    first = await ada.do("GET", path, params={"sort": "name", "limit": 1})
    crossed = await ada.do("GET", path, params={"sort": "updated", "cursor": first["next_cursor"]})
    assert crossed == InvalidRequest.code


async def test_documents_chosen_move_after_a_preview(ada: Someone) -> None:
    base = await ada.collection()
    ids = [(await ada.document(base, f"{name}.txt"))["id"] for name in ("a", "b")]
    await ada.document(base, "a.txt", folder="Ici")
    path = f"collections/{base}/documents"
    preview = await ada.do("POST", f"{path}/moves", {"ids": ids, "folder": "Ici", "dry_run": True})
    assert (preview["documents"], preview["taken"]) == (1, ["a.txt"])
    assert await ada.names(path, folder="Ici") == ["a.txt"]
    assert await ada.do("POST", f"{path}/moves", {"ids": ids, "folder": "Ici"}) == preview
    assert await ada.names(path, folder="Ici") == ["a.txt", "b.txt"]
    assert await ada.names(path, folder="") == ["a.txt"]


async def test_documents_chosen_are_deleted_after_a_preview(ada: Someone, bob: Someone, sql: Sql) -> None:  # noqa: F811
    base, elsewhere = await ada.collection(), await ada.collection("Ailleurs")
    first = (await ada.document(base, "a.txt"))["id"]
    await ada.document(base, "a.txt")
    foreign = (await ada.document(elsewhere, "b.txt"))["id"]
    path = f"collections/{base}/documents/removals"
    assert await ada.do("POST", path, {"ids": [first, foreign]}) == "document_not_found"
    await give(ada, base, "reader", email=bob.email)
    assert await bob.do("POST", path, {"ids": [first], "dry_run": True}) == "collection_part_missing"
    preview = await ada.do("POST", path, {"ids": [first], "dry_run": True})
    assert preview == {"documents": 1, "versions": 2, "bytes": 2 * len(b"Une note."), "taken": []}
    assert len(await sql("SELECT id FROM files")) == 3
    assert await ada.do("POST", path, {"ids": [first]}) == preview
    assert len(await sql("SELECT id FROM files")) == 1
    told = await sql("SELECT data FROM journal_events WHERE name = 'document.changed' ORDER BY id DESC LIMIT 1")
    assert json.loads(told[0]["data"])["action"] == "removed"


async def test_any_contributor_has_a_failed_file_read_again(ada: Someone, bob: Someone, sql: Sql) -> None:  # noqa: F811
    base = await ada.collection()
    document = await ada.document(base)
    await give(ada, base, "contributor", email=bob.email)
    await sql("UPDATE files SET state = 'failed', error_code = 'file_damaged'")
    await sql("UPDATE document_versions SET state = 'failed', error_code = 'file_damaged'")
    again = await bob.do("POST", f"documents/{document['id']}/read")
    assert (again["file"]["state"], again["version"]["state"], again["file"]["error"]) == ("received", "waiting", None)
