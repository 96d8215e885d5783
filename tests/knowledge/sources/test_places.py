"""Places: who declares them, what may be declared, and the credential that is never told nor sent elsewhere."""

from chatelet.connectors.contract import PlaceRefused
from chatelet.connectors.declared import Login
from tests.knowledge.sources.conftest import ORIGIN, Institution, Sql

LOGIN = {"kind": "login", "user": "chatelet", "password": "mot-de-passe"}
WEBDAV = {"kind": "webdav", "address": f"{ORIGIN}/dav/dsi"}


async def test_only_what_the_settings_list_is_declared(institution: Institution) -> None:
    boss = institution.world.boss
    for declared in (
        {"kind": "folder", "root": "/etc"},
        {"kind": "folder", "root": "/srv/partages-prives"},
        {"kind": "site", "address": "http://127.0.0.1:8333/"},
        {"kind": "webdav", "address": f"{ORIGIN}:8443/dav"},
        {"kind": "bucket", "endpoint": "http://169.254.169.254", "bucket": "notes"},
    ):
        assert await boss.do("POST", "admin/places", {"name": "X", "declared": declared}) == "place_not_allowed"
    for declared in (
        {"kind": "folder", "root": "/srv/partages/../../etc"},
        {"kind": "webdav", "address": f"{ORIGIN}@127.0.0.1/"},
        {"kind": "webdav", "address": f"https://compte:secret@{ORIGIN.removeprefix('https://')}/"},
    ):
        assert await boss.do("POST", "admin/places", {"name": "X", "declared": declared}) == "invalid_request"
    made = {"name": "Partage", "declared": {"kind": "folder", "root": "/srv/partages/rh"}}
    await boss.do("POST", "admin/places", made, status=201)
    listed = await boss.do("GET", "admin/places")
    assert ([one["name"] for one in listed["items"]], listed["folders"], listed["origins"]) == (
        ["Nuage", "Partage"],
        ["/srv/partages"],
        [ORIGIN],
    )


async def test_a_credential_is_never_told_nor_sent_elsewhere(institution: Institution, sql: Sql) -> None:
    boss, path = institution.world.boss, f"admin/places/{institution.place}"
    assert "mot-de-passe" not in str(await boss.do("GET", "admin/places"))
    kept = await sql("SELECT declared::text, credential_sealed FROM places")
    assert "mot-de-passe" not in str(kept)
    assert "chatelet" not in kept[0]["declared"]
    await boss.do("PATCH", path, {"name": "Nuage commun"}, status=200)
    elsewhere = {"kind": "site", "address": f"{ORIGIN}/"}
    assert await boss.do("PATCH", path, {"declared": elsewhere}) == "place_credential_needed"
    assert await boss.do("PATCH", path, {"declared": {**WEBDAV, "address": f"{ORIGIN}/dav/autre"}}, status=200)
    await boss.do("POST", f"{path}/trial", {}, status=200)
    assert institution.places.credentials[-1] == Login(user="chatelet", password="mot-de-passe")
    gone = await boss.do("PATCH", path, {"credential": None}, status=200)
    assert gone["has_credential"] is False
    told = await sql("SELECT data::text FROM journal_events WHERE name = 'place.changed'")
    assert ORIGIN not in str(told)
    assert "mot-de-passe" not in str(told)


async def test_an_administrator_of_a_unit_declares_for_it_alone(institution: Institution) -> None:
    north, south = await institution.world.unit("Nord"), await institution.world.unit("Sud")
    chief = await institution.world.someone("Chef", north, "administrator")
    body = {"name": "Nord", "declared": WEBDAV, "unit_id": north}
    made = await chief.do("POST", "admin/places", body, status=201)
    assert await chief.do("POST", "admin/places", {**body, "unit_id": south}) == "unit_not_found"
    assert await chief.do("POST", "admin/places", {**body, "unit_id": None}) == "forbidden"
    assert [one["id"] for one in (await chief.do("GET", "admin/places"))["items"]] == [made["id"]]
    assert await chief.do("PATCH", f"admin/places/{institution.place}", {"name": "Pris"}) == "place_not_found"
    assert await chief.do("DELETE", f"admin/places/{institution.place}") == "place_not_found"
    assert await institution.curator.do("GET", "admin/places") == "forbidden"


async def test_a_place_tried_shows_its_first_entries_or_why_not(institution: Institution) -> None:
    boss, path = institution.world.boss, f"admin/places/{institution.place}/trial"
    assert await boss.do("POST", path, {}) == {"entries": [], "hidden": 0, "more": False, "error": None}
    for number in range(14):
        institution.places.put(f"{number:02}.txt")
    told = await boss.do("POST", path, {})
    assert ([one["path"] for one in told["entries"]][-1], len(told["entries"]), told["more"]) == ("09.txt", 10, True)
    institution.places.failure = PlaceRefused
    assert (await boss.do("POST", path, {}))["error"] == "place_refused"
    assert await boss.do("POST", path, {"path": "../autre"}) == "invalid_request"


async def test_a_place_withdrawn_stops_what_follows_it_and_leaves_the_documents(institution: Institution) -> None:
    institution.places.put("note.txt")
    await institution.source()
    await institution.work()
    listed = await institution.world.boss.do("GET", "admin/places")
    assert [one["sources"] for one in listed["items"]] == [1]
    await institution.world.boss.do("DELETE", f"admin/places/{institution.place}", status=204)
    assert (await institution.curator.do("GET", f"collections/{institution.base}/sources"))["items"] == []
    document = await institution.document("note.txt")
    assert document["followed"] is False
    await institution.curator.do("DELETE", f"documents/{document['id']}", status=204)
