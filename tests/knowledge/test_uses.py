"""What is never found: counted by document and month, told to curators, and to nobody whose question it was."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right, Rights
from chatelet.kernel import clock
from chatelet.kernel.database import Database, execute, fetch
from chatelet.knowledge.errors import CollectionNotFound, CollectionPartMissing
from chatelet.knowledge.schemas import UseOut
from chatelet.knowledge.uses import Use, never_found, record
from tests.knowledge.library import Shelf, reader, shelf

ZONE = "Europe/Paris"
TEXTS = ["Le recours est recevable.", "La bibliothèque est fermée.", "Les déchets sont ramassés."]


async def _curator(database: Database, made: Shelf) -> Principal:
    ada = await reader(database, made.unit)
    rights = Rights(frozenset({Right.DOCUMENTS_READ, Right.DOCUMENTS_CURATE}), {})
    return Principal(ada.person_id, ada.session_id, rights, ada.units, "fr", "Ada", None, clock.now())


async def _told(database: Database, who: Principal, collection: UUID, days: int = 90) -> UseOut:
    async with database.transaction() as session:
        return await never_found(session, who, collection, days=days, by_size=False, time_zone=ZONE)


async def _answer(database: Database, made: Shelf, *given: UUID, found: bool = True, cited: bool = True) -> None:
    async with database.driver_transaction() as connection:
        files = frozenset(given)
        use = Use(frozenset({made.collection}), files, files if cited else frozenset(), found)
        await record(connection, use, time_zone=ZONE)


async def test_curators_see_what_no_answer_was_given(database: Database) -> None:
    made = await shelf(database, "Nord", TEXTS)
    ada = await _curator(database, made)
    async with database.driver_transaction() as connection:
        await connection.execute("UPDATE documents SET created_at = created_at - interval '400 days'")
        names = {row[0]: row[1] for row in await connection.fetch(
            "SELECT v.file_id, d.name FROM document_versions v JOIN documents d ON d.id = v.document_id"
        )}  # fmt: skip
    found = next(file for file, name in names.items() if name == "Nord 1")
    for number in range(6):
        await _answer(database, made, *([found] if number < 4 else []), found=number < 4, cited=number == 0)
    told = await _told(database, ada, made.collection)
    assert (told.questions, told.unanswered) == (6, 2)
    assert (told.documents, told.passages, told.never_documents, told.never_passages) == (3, 3, 2, 2)
    assert [one.name for one in told.items] == ["Nord 0", "Nord 2"]
    assert told.since == (clock.now() - timedelta(days=90)).date().replace(day=1)
    async with database.transaction() as session:
        rows = await fetch(session, "SELECT given, cited, month FROM document_uses")
        assert [(row[0], row[1], row[2].day) for row in rows] == [(4, 1, 1)]
        await execute(session, "UPDATE document_uses SET month = $1", date(2020, 1, 1))
    assert (await _told(database, ada, made.collection)).never_documents == 3


async def test_of_few_questions_nothing_is_told(database: Database) -> None:
    made = await shelf(database, "Nord", TEXTS)
    ada = await _curator(database, made)
    for _ in range(4):
        await _answer(database, made, *made.files)
    told = await _told(database, ada, made.collection)
    assert (told.questions, told.unanswered, told.documents, told.items) == (None, 0, 0, [])


async def test_what_is_new_is_not_said_to_be_never_found(database: Database) -> None:
    made = await shelf(database, "Nord", TEXTS)
    ada = await _curator(database, made)
    for _ in range(5):
        await _answer(database, made, found=False)
    told = await _told(database, ada, made.collection, days=1)
    assert (told.questions, told.documents, told.never_documents) == (5, 3, 0)


async def test_readers_are_told_nothing(database: Database) -> None:
    made, other = await shelf(database, "Nord", TEXTS), await shelf(database, "Sud", TEXTS)
    bob = await reader(database, made.unit)
    with pytest.raises(CollectionPartMissing):
        await _told(database, bob, made.collection)
    with pytest.raises(CollectionNotFound):
        await _told(database, bob, other.collection)


async def test_what_is_deleted_meanwhile_is_counted_no_more(database: Database) -> None:
    made = await shelf(database, "Nord", TEXTS)
    await _answer(database, made, *made.files)
    async with database.driver_transaction() as connection:
        await connection.execute("DELETE FROM documents")
        assert await connection.fetchval("SELECT count(*) FROM document_uses") == 0
    await _answer(database, made, *made.files)
    async with database.driver_transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM document_uses") == 0
        await connection.execute("DELETE FROM collections")
    await _answer(database, made, *made.files)
    async with database.driver_transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM collection_questions") == 0
