"""Readers told by the place: who reads a document here, wherever it is read, searched or counted (TA-025, TA-034)."""

import random
from dataclasses import replace
from typing import Any
from uuid import UUID

from chatelet.connectors.contract import PlaceBroken
from chatelet.identity.principal import Principal
from chatelet.identity.sessions import authenticate
from chatelet.knowledge.engines.contract import Question, Scope
from chatelet.knowledge.engines.memory import MemoryEngine
from chatelet.knowledge.finding import find
from chatelet.policy.clearance import clear
from chatelet.policy.sensitivity import Label, Level
from tests.knowledge.collection_world import Someone
from tests.knowledge.conftest import WORDS, made, sentence
from tests.knowledge.sources.conftest import Institution, Sql

_QUESTIONS = 300
ADA, BOB = "person:ada@chatelet.fr", "person:bob@chatelet.fr"


async def test_nothing_of_what_others_read_is_found(institution: Institution) -> None:
    """Twin documents in one collection, each for one of two readers: an answer is what it is without the other's."""
    source = random.Random(20261122)
    ada, bob = await institution.reader("Ada"), await institution.reader("Bob")
    texts = [sentence(source) for _ in range(12)]
    for number, text in enumerate(texts):
        institution.places.put(f"ada/{number}.txt", text.encode(), ADA)
    followed = await institution.source()
    await institution.work()
    alone = await _ask_all(institution, ada)
    shown = await _told(institution, ada)
    for number, text in enumerate([*texts, *(sentence(source) for _ in range(6))]):
        institution.places.put(f"bob/{number}.txt", text.encode(), BOB)
    await institution.run(followed)
    assert await _ask_all(institution, ada) == alone  # neither order, nor score, nor count
    assert await _told(institution, ada) == shown
    files = {one for answer in alone for one, _score, _name in answer}
    assert files
    theirs = await _ask_all(institution, bob)
    assert files.isdisjoint(one for answer in theirs for one, _score, _name in answer)
    assert len(await institution.names(bob)) == 18
    assert await institution.names() == []  # who curates is not a reader there
    assert all(not answer for answer in await _ask_all(institution, institution.curator))


async def test_whatever_is_read_of_a_document_asks_for_its_readers(institution: Institution) -> None:
    ada, bob = await institution.reader("Ada"), await institution.reader("Bob")
    institution.places.put("secret.txt", "Le budget secret de la comète.".encode(), ADA)
    await institution.source()
    await institution.work()
    document = await institution.document("secret.txt", ada)
    file = document["version"]["file_id"]
    assert document["narrowed"]
    for path in (f"files/{file}/pages/1", f"documents/{document['id']}/versions"):
        await ada.do("GET", path, status=200)
        assert await bob.do("GET", path) in {"file_not_found", "document_not_found"}
    assert (await ada.client.call("GET", f"/api/files/{file}/original")).status == 200
    for path in (f"files/{file}/pages/1/image", f"files/{file}/original"):
        assert await bob.do("GET", path) == "file_not_found"
    assert len((await ada.do("GET", "files/views", params={"id": file}))["items"]) == 1
    assert (await bob.do("GET", "files/views", params={"id": file}))["items"] == []
    mine, theirs = [await one.do("GET", f"collections/{institution.base}/documents") for one in (ada, bob)]
    assert (mine["total"], mine["found"], mine["folders"]) == (1, 1, ["Suivi"])
    assert (theirs["total"], theirs["found"], theirs["folders"], theirs["badly_read"]) == (0, 0, [], 0)
    assert (await ada.do("GET", f"collections/{institution.base}"))["documents"] == 1
    assert (await bob.do("GET", f"collections/{institution.base}"))["documents"] == 0


async def test_readers_that_change_move_the_document_without_reading_it_again(
    institution: Institution, sql: Sql
) -> None:
    ada, bob = await institution.reader("Ada"), await institution.reader("Bob")
    institution.places.put("note.txt", "La comète revient.".encode(), ADA)
    followed = await institution.source()
    await institution.work()
    before = await sql("SELECT id, collection_id FROM passages")
    assert (await _found(institution, ada), await _found(institution, bob)) == (["note.txt"], [])
    institution.places.put("note.txt", "La comète revient.".encode(), BOB)
    await institution.run(followed)
    assert (await _found(institution, ada), await _found(institution, bob)) == ([], ["note.txt"])
    institution.places.put("note.txt", "La comète revient.".encode())
    await institution.run(followed)
    assert (await _found(institution, ada), await _found(institution, bob)) == (["note.txt"], ["note.txt"])
    after = await sql("SELECT id, collection_id FROM passages")
    assert [one["id"] for one in after] == [one["id"] for one in before]
    assert [str(one["collection_id"]) for one in after] == [institution.base]
    assert institution.places.read == ["note.txt"]
    assert await sql("SELECT id FROM circles") == []
    counted = await sql("SELECT collection_id::text AS id, passages FROM collection_statistics")
    assert [(one["id"], one["passages"]) for one in counted] == [(institution.base, 1)]


async def test_what_was_written_for_some_does_not_reach_others(institution: Institution) -> None:
    """A text made public by a new version: its earlier one, for Ada, is not public for an instant."""
    ada, bob = await institution.reader("Ada"), await institution.reader("Bob")
    institution.places.put("note.txt", b"Le nom du lanceur d'alerte.", ADA)
    followed = await institution.source()
    await institution.work()
    secret = (await institution.document("note.txt", ada))["version"]["file_id"]
    institution.places.put("note.txt", b"Version publique.")
    await institution.curator.do("POST", f"sources/{followed['id']}/runs", status=200)
    await institution.work(but=frozenset({"read_file", "index_document"}))  # the new version is not read yet
    assert await _found(institution, bob, "lanceur alerte") == []
    assert await bob.do("GET", f"files/{secret}/pages/1") == "file_not_found"
    await institution.work()
    assert await _found(institution, bob, "version publique") == ["note.txt"]
    assert await bob.do("GET", f"files/{secret}/pages/1") == "file_not_found"
    document = await institution.document("note.txt", bob)
    assert len((await bob.do("GET", f"documents/{document['id']}/versions"))["items"]) == 1


async def test_a_reader_taken_away_loses_a_document_that_cannot_be_read_again(institution: Institution) -> None:
    ada, bob = await institution.reader("Ada"), await institution.reader("Bob")
    institution.places.put("note.txt", b"Ancien texte.", ADA, BOB)
    followed = await institution.source()
    await institution.work()
    assert len(await institution.names(bob)) == 1
    institution.places.put("note.txt", b"Nouveau texte.", ADA, "person:zoe@chatelet.fr", failure=PlaceBroken)
    await institution.run(followed)
    assert (len(await institution.names(ada)), await institution.names(bob)) == (1, [])


async def test_people_are_known_by_names_that_somebody_vouches_for(institution: Institution, sql: Sql) -> None:
    """An address that a provider only repeats is nobody's; a unit's code is a group, in any case, unless it is two."""
    ada, bob, zoe = [await institution.reader(name) for name in ("Ada", "Bob", "Zoe")]
    await sql("UPDATE persons SET issuer = 'https://idp.exemple.fr', subject = 'b1' WHERE id = :id", id=bob.id)
    await sql("UPDATE persons SET issuer = 'ldap:annuaire', subject = 'zdupont' WHERE id = :id", id=zoe.id)
    institution.places.put("bob.txt", b"x", "person:Bob@Chatelet.fr")
    institution.places.put("login.txt", b"y", "person:zdupont")
    institution.places.put("unit.txt", b"z", "group:dsi")
    institution.places.put("nobody.txt", b"w", "group:inconnu", "person:")
    followed = await institution.source()
    await institution.work()
    assert await institution.names(bob) == ["Suivi/unit.txt"]
    await sql("UPDATE persons SET verified_email = 'bob@chatelet.fr' WHERE id = :id", id=bob.id)
    assert await institution.names(bob) == ["Suivi/bob.txt", "Suivi/unit.txt"]
    assert await institution.names(zoe) == ["Suivi/login.txt", "Suivi/unit.txt"]
    assert await institution.names(ada) == ["Suivi/unit.txt"]
    await institution.world.unit("dsi")
    assert await institution.names(ada) == []
    assert (await institution.told(followed))["added"] == 4


async def test_directories_of_the_whole_name_people_and_groups(institution: Institution, sql: Sql) -> None:
    ada, bob = await institution.reader("Ada"), await institution.reader("Bob")
    for client, unit in (("a" * 32, None), ("b" * 32, institution.unit)):
        await sql(
            "INSERT INTO scim_clients (id, name, issuer, subject_from, token_hash, unit_id, created_at)"
            " VALUES (CAST(:id AS uuid), 'A', :issuer, 'external_id', CAST(:token AS bytea), CAST(:unit AS uuid), now())",
            id=client, issuer=f"https://{client}", token=client.encode(), unit=unit,
        )  # fmt: skip
    for client, someone, name in (("a" * 32, ada, "ADupont"), ("b" * 32, bob, "directeur")):
        await sql(
            "INSERT INTO scim_users (client_id, person_id, user_name, user_key, emails, active, stopped, version,"
            " created_at, last_modified) VALUES (CAST(:client AS uuid), :person, :name, :name,"
            " CAST(:emails AS jsonb), true, false, 1, now(), now())",
            client=client, person=someone.id, name=name, emails=f'[{{"value": "{name}@rh.exemple.fr"}}]',
        )  # fmt: skip
        await sql(
            "INSERT INTO scim_groups (id, client_id, display_name, group_key, version, created_at, last_modified)"
            " VALUES (CAST(:client AS uuid), CAST(:client AS uuid), 'Finances', 'finances', 1, now(), now())",
            client=client,
        )
        await sql(
            "INSERT INTO scim_group_members (group_id, person_id) VALUES (CAST(:client AS uuid), :person)",
            client=client, person=someone.id,
        )  # fmt: skip
    for name, reader in (
        ("login", "person:adupont"), ("mail", "person:adupont@rh.exemple.fr"), ("group", "group:finances"),
        ("boss", "person:directeur"), ("bossmail", "person:directeur@rh.exemple.fr"),
    ):  # fmt: skip
        institution.places.put(f"{name}.txt", b"x", reader)
    await institution.source()
    await institution.work()
    assert await institution.names(ada) == ["Suivi/group.txt", "Suivi/login.txt", "Suivi/mail.txt"]
    assert await institution.names(bob) == []  # a directory bound to a unit gives nobody a name


async def test_rights_that_are_not_followed_are_those_of_the_collection(institution: Institution) -> None:
    bob = await institution.reader("Bob")
    institution.places.put("note.txt", b"x", ADA)
    followed = await institution.source(follows_rights=False)
    await institution.work()
    assert await institution.names(bob) == ["Suivi/note.txt"]
    await institution.curator.do("PATCH", f"sources/{followed['id']}", {"follows_rights": True}, status=200)
    await institution.work()
    assert await institution.names(bob) == []


async def test_a_document_moves_in_memory_too() -> None:
    engine = MemoryEngine()
    passages = made(["La comète revient."])
    await engine.index(passages)
    shelf = UUID(int=7)
    await engine.move(passages[0].document_id, shelf)
    asked = Question(("comet",))
    assert (await engine.candidates(asked, Scope(frozenset({passages[0].collection_id})))).candidates == ()
    found = await engine.candidates(asked, Scope(frozenset(), frozenset({shelf})))
    assert [one.passage for one in found.candidates] == [replace(passages[0], collection_id=shelf)]


async def _principal(institution: Institution, someone: Someone) -> Principal:
    async with institution.services.documents.database.transaction() as session:
        found = await authenticate(session, someone.client.token)
    assert isinstance(found, Principal)
    return found


async def _find(institution: Institution, someone: Someone, question: str) -> Any:
    person = await _principal(institution, someone)
    clearance = clear(person.person_id, Label(Level.INTERNAL), ceiling=Level.RESTRICTED)
    documents, base = institution.services.documents, UUID(institution.base)
    return await find(documents, institution.gateway, person, [base], question, clearance, fitting=False)


async def _found(institution: Institution, someone: Someone, question: str = "comète") -> list[str]:
    return [hit.name for hit in (await _find(institution, someone, question)).hits]


async def _ask_all(institution: Institution, someone: Someone) -> list[list[tuple[UUID, float, str]]]:
    asked = random.Random(7)  # the same questions each time
    answers: list[list[tuple[UUID, float, str]]] = []
    for _ in range(_QUESTIONS):
        question = " ".join(asked.choices(WORDS, k=asked.randint(1, 5)))
        found = await _find(institution, someone, question)
        answers.append([(hit.file_id, hit.hit.score, hit.name) for hit in found.hits])
    return answers


async def _told(institution: Institution, someone: Someone) -> Any:
    listed = await someone.do("GET", f"collections/{institution.base}/documents")
    return listed, (await someone.do("GET", f"collections/{institution.base}"))["documents"]
