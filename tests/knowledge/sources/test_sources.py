"""Sources of a collection: what a curator may follow, what is kept from other hands, and what stays when it stops."""

from datetime import UTC, datetime

import pytest

from chatelet.knowledge.personal_data import KnowledgePersonalData
from chatelet.knowledge.sources.cadence import Cadence, Daily, Hourly, Weekly, next_time
from tests.knowledge.sources.conftest import ORIGIN, Institution, Sql

PARIS = "Europe/Paris"
ADA = "person:ada@chatelet.fr"


@pytest.mark.parametrize(
    ("cadence", "after", "expected"),
    [
        (Hourly(hours=6), "2026-11-22T15:00", "2026-11-22T21:00"),
        (Daily(hour=5), "2026-11-22T03:59", "2026-11-22T04:00"),
        (Daily(hour=5), "2026-11-22T04:00", "2026-11-23T04:00"),
        (Daily(hour=0), "2026-11-22T22:59", "2026-11-22T23:00"),
        (Daily(hour=2), "2027-03-27T02:00", "2027-03-28T01:00"),  # 2 o'clock does not exist that night
        (Daily(hour=5), "2026-10-24T03:30", "2026-10-25T04:00"),  # clocks go back: still 5 o'clock there
        (Weekly(weekday=6, hour=5), "2026-11-22T03:00", "2026-11-22T04:00"),
        (Weekly(weekday=6, hour=5), "2026-11-22T05:00", "2026-11-29T04:00"),
        (Weekly(weekday=0, hour=5), "2026-11-22T05:00", "2026-11-23T04:00"),
    ],
)
def test_the_next_time_follows_the_clocks_of_the_installation(cadence: Cadence, after: str, expected: str) -> None:
    found = next_time(cadence, datetime.fromisoformat(after).replace(tzinfo=UTC), PARIS)
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


async def test_a_curator_follows_only_places_of_the_unit(institution: Institution) -> None:
    other = await institution.world.unit("Sud")
    declared = {"kind": "webdav", "address": f"{ORIGIN}/dav/sud"}
    boss, curator = institution.world.boss, institution.curator
    body = {"name": "Sud", "unit_id": other, "declared": declared}
    foreign = (await boss.do("POST", "admin/places", body, status=201))["id"]
    everyone = (await boss.do("POST", "admin/places", {"name": "Tous", "declared": declared}, status=201))["id"]
    choices = await curator.do("GET", f"collections/{institution.base}/places")
    assert [one["name"] for one in choices["items"]] == ["Nuage", "Tous"]
    assert ORIGIN not in str(choices)
    wanted = {"folder": "X", "cadence": {"kind": "daily", "hour": 5}}
    path = f"collections/{institution.base}/sources"
    assert await curator.do("POST", path, {"place_id": foreign, **wanted}) == "place_not_found"
    assert await curator.do("POST", f"{path}/trial", {"place_id": foreign}) == "place_not_found"
    await curator.do("POST", path, {"place_id": everyone, **wanted}, status=201)
    own = await curator.collection("À moi")
    refused = await curator.do("POST", f"collections/{own}/sources", {"place_id": everyone, **wanted})
    assert refused == "source_needs_unit"


async def test_readers_of_a_base_do_not_see_its_sources(institution: Institution) -> None:
    reader = await institution.reader("Ada")
    stranger = await institution.world.someone("Zoe")
    source = await institution.source()
    base = f"collections/{institution.base}"
    for who, told, gone in (
        (reader, "collection_part_missing", "collection_part_missing"),
        (stranger, "collection_not_found", "source_not_found"),
    ):
        assert await who.do("GET", f"{base}/sources") == told
        assert await who.do("GET", f"{base}/places") == told
        assert await who.do("POST", f"{base}/sources/trial", {"place_id": institution.place}) == told
        for method, path in (("GET", "failures"), ("POST", "runs")):
            assert await who.do(method, f"sources/{source['id']}/{path}") == gone
        assert await who.do("POST", f"sources/{source['id']}/removal", {"documents": "delete"}) == gone


async def test_what_a_source_keeps_is_not_changed_by_hand(institution: Institution) -> None:
    institution.places.put("note.txt")
    curator, base = institution.curator, f"collections/{institution.base}"
    await institution.source()
    await institution.work()
    document = await institution.document("note.txt")
    path, ids = f"documents/{document['id']}", {"ids": [document["id"]]}
    assert await curator.do("PATCH", path, {"name": "autre.txt"}) == "document_followed"
    assert await curator.do("PATCH", path, {"folder": "Ailleurs"}) == "document_followed"
    assert await curator.do("DELETE", path) == "document_followed"
    restore = f"{path}/versions/{document['version']['id']}/restore"
    assert await curator.do("POST", restore) == "document_followed"
    assert await curator.do("POST", f"{base}/documents/removals", ids) == "document_followed"
    assert await curator.do("POST", f"{base}/documents/moves", {**ids, "folder": "A"}) == "document_followed"
    await curator.do("PATCH", path, {"tags": ["utile"], "review_on": "2030-01-01"}, status=200)
    for folder in ("Suivi", "Suivi/Dessous"):
        body = {"items": [{"file_id": await curator.file(), "folder": folder}]}
        assert await curator.do("POST", f"{base}/documents", body) == "folder_followed"
    mine = await curator.document(institution.base, folder="Suivi-libre")
    moved = {"ids": [mine["id"]], "folder": "Suivi"}
    assert await curator.do("POST", f"{base}/documents/moves", moved) == "folder_followed"
    assert await curator.do("PATCH", f"documents/{mine['id']}", {"folder": "Suivi/A"}) == "folder_followed"


async def test_a_folder_is_of_one_source_alone(institution: Institution) -> None:
    curator, path = institution.curator, f"collections/{institution.base}/sources"
    await curator.document(institution.base, folder="Versés/Ici")
    await institution.source(folder="A/B")
    body = {"place_id": institution.place, "cadence": {"kind": "daily", "hour": 5}}
    for folder in ("A", "A/B", "A/B/C", "Versés", "Versés/Ici"):
        assert await curator.do("POST", path, {**body, "folder": folder}) == "source_folder_taken"
    assert await curator.do("POST", path, {**body, "folder": ""}) == "invalid_request"
    await curator.do("POST", path, {**body, "folder": "A/Bis"}, status=201)


async def test_rights_that_a_place_requires_are_followed(institution: Institution) -> None:
    boss, curator = institution.world.boss, institution.curator
    source = await institution.source(follows_rights=False)
    await boss.do("PATCH", f"admin/places/{institution.place}", {"rights_required": True}, status=200)
    assert (await institution.told(source))["follows_rights"] is True
    path = f"sources/{source['id']}"
    assert await curator.do("PATCH", path, {"follows_rights": False}) == "source_rights_required"
    body = {"place_id": institution.place, "follows_rights": False}
    trial = f"collections/{institution.base}/sources/trial"
    assert await curator.do("POST", trial, body) == "source_rights_required"


async def test_a_curator_tries_only_what_they_may_read_there(institution: Institution) -> None:
    institution.places.put("ouvert.txt")
    institution.places.put("secret.txt", b"x", ADA)
    trial = f"collections/{institution.base}/sources/trial"
    told = await institution.curator.do("POST", trial, {"place_id": institution.place})
    assert ([one["path"] for one in told["entries"]], told["hidden"]) == (["ouvert.txt"], 1)


async def test_a_source_removed_leaves_its_documents(institution: Institution) -> None:
    ada = await institution.reader("Ada")
    institution.places.put("note.txt", b"x", ADA)
    source = await institution.source()
    await institution.work()
    removal = f"sources/{source['id']}/removal"
    assert await institution.curator.do("POST", removal, {"documents": "keep"}) == {"documents": 1}
    assert (await institution.curator.do("GET", f"collections/{institution.base}/sources"))["items"] == []
    assert await institution.names() == []  # still for Ada alone
    assert (await institution.document("note.txt", ada))["followed"] is False


async def test_a_source_removed_takes_its_documents(institution: Institution, sql: Sql) -> None:
    institution.places.put("note.txt", b"x")
    source = await institution.source()
    await institution.work()
    removal = f"sources/{source['id']}/removal"
    assert await institution.curator.do("POST", removal, {"documents": "delete"}) == {"documents": 1}
    await institution.work()
    for table in ("documents", "files", "passages", "source_items", "sources"):
        assert await sql(f"SELECT 1 FROM {table}") == [], table
    kept = institution.services.documents.settings.data_dir / "files"
    assert [one for one in kept.rglob("*") if one.is_file()] == []


async def test_a_person_erased_is_named_in_no_circle(institution: Institution, sql: Sql) -> None:
    ada = await institution.reader("Ada")
    institution.places.put("note.txt", b"x", ADA, "group:dsi")
    await institution.source()
    await institution.work()
    held = KnowledgePersonalData()
    async with institution.services.documents.database.transaction() as session:
        assert (await held.export(session, ada.id))["circles"] == 1
        await held.erase(session, ada.id)
        assert (await held.export(session, ada.id))["circles"] == 0
    assert [one["readers"] for one in await sql("SELECT readers FROM circles")] == [["group:dsi"]]
