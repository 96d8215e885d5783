"""Runs of a source: what is new, changed and gone in a place, failures of an entry and of the place, interruptions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from chatelet.connectors.contract import EntryGone, PlaceBroken, PlaceUnreachable
from chatelet.knowledge.sources import bringing, following, lease, tasks
from tests.knowledge.sources.conftest import Institution, Sql


async def test_a_source_brings_follows_and_deletes(institution: Institution, sql: Sql) -> None:
    institution.places.put("Rapport.txt", b"La com\xc3\xa8te revient en 1759.")
    institution.places.put("Notes/2026/Avis.txt", b"Le pont est ferm\xc3\xa9.")
    source = await institution.source()
    assert (source["state"], source["running"]) == ("new", False)
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["error"], told["listed"], told["added"]) == ("done", None, 2, 2)
    assert await institution.names() == ["Suivi/Notes/2026/Avis.txt", "Suivi/Rapport.txt"]
    report = await institution.document("Rapport.txt")
    assert (report["followed"], report["narrowed"], report["version"]["state"]) == (True, False, "indexed")
    institution.places.put("Rapport.txt", b"La com\xc3\xa8te est revenue.")
    del institution.places.kept["Notes/2026/Avis.txt"]
    told = await institution.run(source)
    assert (told["listed"], told["added"], told["changed"], told["removed"]) == (1, 0, 1, 1)
    changed = await institution.document("Rapport.txt")
    assert (changed["id"], changed["version"]["number"]) == (report["id"], 2)
    assert await institution.names() == ["Suivi/Rapport.txt"]
    told = await institution.run(source)
    assert (told["added"], told["changed"], told["removed"]) == (0, 0, 0)
    assert institution.places.read == ["Notes/2026/Avis.txt", "Rapport.txt", "Rapport.txt"]
    left = await sql("SELECT count(*) AS n FROM files")
    assert left[0]["n"] == 2  # the two versions that are left
    kept = await sql("SELECT data::text FROM journal_events WHERE name = 'source.ran' ORDER BY id")
    assert len(kept) == 3
    assert "Rapport" not in str(kept)


async def test_one_entry_fails_alone(institution: Institution) -> None:
    institution.places.put("a.txt", failure=EntryGone)
    institution.places.put("b.txt", failure=PlaceBroken)
    institution.places.put("c.txt", b"x" * (101 * 1024**2))
    institution.places.put("d.txt")
    institution.places.put("D:.txt")
    institution.places.put("D_.txt")
    source = await institution.source()
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["added"], told["failed"]) == ("done", 2, 4)
    failed = await institution.curator.do("GET", f"sources/{source['id']}/failures")
    assert {one["path"]: one["error"] for one in failed["items"]} == {
        "D_.txt": "entry_name_taken",
        "a.txt": "entry_gone",
        "b.txt": "place_broken",
        "c.txt": "entry_too_large",
    }
    assert failed["hidden"] == 0
    institution.places.put("b.txt", b"Revenu.")
    assert (await institution.run(source))["failed"] == 3


async def test_a_listing_that_breaks_off_deletes_nothing(institution: Institution) -> None:
    for number in range(4):
        institution.places.put(f"{number}.txt")
    source = await institution.source()
    await institution.work()
    institution.places.failure, institution.places.broken_after = PlaceUnreachable, 1
    told = await institution.run(source)
    assert (told["state"], told["error"], told["removed"]) == ("failed", "place_unreachable", 0)
    assert len(await institution.names()) == 4
    first = datetime.fromisoformat(told["due_at"]) - datetime.now(UTC)
    assert timedelta(minutes=3) < first < timedelta(minutes=6)
    told = await institution.run(source)
    assert datetime.fromisoformat(told["due_at"]) - datetime.now(UTC) > timedelta(minutes=8)  # later each time
    institution.places.failure = None
    told = await institution.run(source)
    assert (told["state"], told["error"]) == ("done", None)
    assert datetime.fromisoformat(told["due_at"]) - datetime.now(UTC) > timedelta(hours=5)


async def test_a_place_that_stops_answering_ends_the_run(institution: Institution) -> None:
    for number in range(9):
        institution.places.put(f"{number}.txt", failure=PlaceUnreachable)
    source = await institution.source()
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["error"], told["failed"]) == ("failed", "place_unreachable", 5)


async def test_most_documents_do_not_go_without_a_word(institution: Institution) -> None:
    for number in range(30):
        institution.places.put(f"{number:02}.txt")
    source = await institution.source()
    await institution.work(but=frozenset({"read_file"}))
    kept = dict(institution.places.kept)
    institution.places.kept = {path: one for path, one in kept.items() if path < "08"}
    told = await institution.run(source)
    assert (told["state"], told["leaving"], told["removed"]) == ("asking", 22, 0)
    assert len(await institution.names()) == 30
    institution.places.kept = {path: one for path, one in kept.items() if path < "05"}
    confirm = f"sources/{source['id']}/confirmation"
    await institution.curator.do("POST", confirm, {"documents": 22}, status=200)
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["leaving"]) == ("asking", 25)  # more than the curator was told
    await institution.curator.do("POST", confirm, {"documents": 25}, status=200)
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["leaving"], told["removed"]) == ("done", 0, 25)
    assert len(await institution.names()) == 5


async def test_a_run_that_was_killed_goes_on(institution: Institution, sql: Sql) -> None:
    """The process dies with the lease, after some entries: nothing is lost, nothing is read twice."""
    for number in range(6):
        institution.places.put(f"{number}.txt", f"Note {number}.".encode())
    source = await institution.source()
    run = await lease.claim(institution.services, _id(source))
    assert run is not None
    async with following.opened(institution.services, run.declared, run.credential, run.path) as place:
        await following.listing.list_all(institution.services, run, place)
        items = await bringing._waiting(institution.services, run)
        for item in items[:3]:
            await bringing._bring(institution.services, run, place, item, counts=False)
    await institution.work()  # another process: the lease still lives
    assert len(institution.places.read) == 3
    assert await tasks.ask_due(institution.services) == 0
    await sql("UPDATE sources SET lease_until = now() - interval '1 second'")
    assert await tasks.ask_due(institution.services) == 1
    await institution.work()
    told = await institution.told(source)
    assert (told["state"], told["added"]) == ("done", 3)
    assert sorted(institution.places.read) == [f"{number}.txt" for number in range(6)]
    assert len(await institution.names()) == 6


async def test_a_run_that_lost_its_lease_writes_nothing(institution: Institution) -> None:
    institution.places.put("a.txt")
    source = await institution.source()
    run = await lease.claim(institution.services, _id(source))
    assert run is not None
    await institution.curator.do("PATCH", f"sources/{source['id']}", {"paused": True}, status=200)
    await following.carry(institution.services, run)
    assert await institution.names() == []
    assert (await institution.told(source))["state"] == "unfinished"
    again = await institution.curator.do("POST", f"sources/{source['id']}/runs")
    assert again == "source_paused"
    await institution.curator.do("PATCH", f"sources/{source['id']}", {"paused": False}, status=200)
    await institution.work()
    assert await institution.names() == ["Suivi/a.txt"]


async def test_a_long_run_lets_others_go_first(institution: Institution) -> None:
    for number in range(3):
        institution.places.put(f"{number}.txt")
    source = await institution.source()
    run = await lease.claim(institution.services, _id(source))
    assert run is not None
    async with following.opened(institution.services, run.declared, run.credential, run.path) as place:
        await following.listing.list_all(institution.services, run, place)
        is_whole = await bringing.bring_all(institution.services, run, place, budget=-1)
    await lease.end(institution.services, run, is_whole=is_whole)
    told = await institution.told(source)
    assert (told["state"], told["added"]) == ("unfinished", 0)
    assert await tasks.ask_due(institution.services) == 1
    await institution.work()
    assert (await institution.told(source))["state"] == "done"


async def test_a_unit_that_keeps_enough_stops_the_run(institution: Institution) -> None:
    for number in range(3):
        institution.places.put(f"{number}.txt")
    source = await institution.source()
    kept = institution.services.documents
    limits = kept.settings.documents.model_copy(update={"unit_files": 0})
    documents = replace(kept, settings=kept.settings.model_copy(update={"documents": limits}))
    await following.follow(replace(institution.services, documents=documents), _id(source))
    told = await institution.told(source)
    assert (told["state"], told["error"], told["added"]) == ("failed", "file_quota_reached", 0)
    assert await institution.names() == []


async def test_only_what_is_under_the_path_is_followed(institution: Institution, sql: Sql) -> None:
    """A site is opened whole: what is beside the path is left out."""
    declared = {"kind": "site", "address": "https://cloud.exemple.fr/aide/"}
    body = {"name": "Aide", "unit_id": institution.unit, "declared": declared}
    place = (await institution.world.boss.do("POST", "admin/places", body, status=201))["id"]
    institution.places.put("guides/un.html", b"<p>Un</p>")
    institution.places.put("guides-prives/deux.html", b"<p>Deux</p>")
    await institution.source(place_id=place, path="guides", folder="Aide/Guides")
    await institution.work()
    assert await institution.names() == ["Aide/Guides/un.html"]


def _id(source: dict[str, Any]) -> UUID:
    return UUID(source["id"])
