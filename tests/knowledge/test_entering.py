"""What enters a base: its categories are never lost, its level never goes below its documents, its owner's limits hold."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI

from chatelet.documents.files import queries as files
from chatelet.documents.files import reading
from chatelet.documents.files import service as files_service
from chatelet.documents.services import DocumentServices
from chatelet.knowledge import indexing
from chatelet.knowledge.tables import Collection
from chatelet.settings import DocumentSettings
from tests.identity.conftest import browser, person, settings  # noqa: F401 (fixtures of this file too)
from tests.knowledge.collection_world import Someone
from tests.knowledge.test_collections import ada, app, sql, world  # noqa: F401

Sql = Callable[..., Awaitable[list[Any]]]


@pytest.fixture
def services(app: FastAPI) -> DocumentServices:  # noqa: F811
    found: DocumentServices = app.state.documents
    return found


def limited(services: DocumentServices, limits: DocumentSettings) -> None:
    """Give the services other limits; their folder stays."""
    other = services.settings.model_copy(update={"documents": limits})
    object.__setattr__(services, "settings", other)


async def test_two_documents_that_enter_at_once_each_leave_their_categories(
    services: DocumentServices,
    ada: Someone,  # noqa: F811
) -> None:
    collection = UUID(await ada.collection())
    both = [UUID((await ada.document(str(collection), f"{name}.txt"))["file"]["id"]) for name in ("a", "b")]
    entered = asyncio.Event()

    async def enter(file_id: UUID, category: str, *, first: bool) -> None:
        async with services.database.transaction() as session:
            held = await session.get_one(Collection, collection, with_for_update=True)
            row = await files.by_id(session, file_id)
            assert row is not None
            row.categories = [category]
            await indexing.entered(session, held, row)
            entered.set()
            if first:
                await asyncio.sleep(0.2)  # the other is at the door meanwhile

    one = asyncio.create_task(enter(both[0], "health", first=True))
    await entered.wait()
    await enter(both[1], "personal", first=False)
    await one
    async with services.database.transaction() as session:
        assert sorted((await session.get_one(Collection, collection)).categories) == ["health", "personal"]


async def test_a_base_goes_no_lower_than_what_it_holds(ada: Someone, sql: Sql) -> None:  # noqa: F811
    collection = await ada.collection(level="restricted")
    document = await ada.document(collection)
    await sql("UPDATE files SET given_level = 'restricted' WHERE id = :id", id=document["file"]["id"])
    refused = await ada.do("PATCH", f"collections/{collection}", {"level": "public"}, status=409)
    assert refused == "collection_level_exceeded"
    await sql("UPDATE files SET given_level = 'public' WHERE id = :id", id=document["file"]["id"])
    assert (await ada.do("PATCH", f"collections/{collection}", {"level": "internal"}, status=200))[
        "level"
    ] == "internal"


async def test_one_s_own_base_counts_with_one_s_files(services: DocumentServices, ada: Someone) -> None:  # noqa: F811
    limited(services, DocumentSettings(person_files=3))
    collection = await ada.collection()
    for number in range(2):
        await ada.document(collection, f"{number}.txt")
    body = {"items": [{"file_id": await ada.file("c.txt")}, {"file_id": await ada.file("d.txt")}]}
    assert await ada.do("POST", f"collections/{collection}/documents", body, status=409) == "file_quota_reached"
    [documents] = [(await ada.do("GET", f"collections/{collection}/documents"))["items"]]
    assert len(documents) == 2, "nothing of what was refused was added"


async def test_pages_hold_though_they_are_known_only_once_files_are_read(
    services: DocumentServices,
    ada: Someone,  # noqa: F811
    sql: Sql,  # noqa: F811
) -> None:
    limited(services, DocumentSettings(person_pages=10))
    both = [await ada.file(f"{number}.txt", b"Une page. " * 50) for number in range(2)]
    await sql("UPDATE files SET pages = 10, state = 'read' WHERE id = :id", id=both[0])
    async with services.database.transaction() as session:
        row = await files.by_id(session, UUID(both[1]))
        assert row is not None
        limits = services.settings.documents
        assert not await files_service.has_too_many_pages(session, row, 0, limits)
        assert await files_service.has_too_many_pages(session, row, 1, limits)


async def test_a_file_that_has_not_come_whole_is_held_by_nothing(ada: Someone) -> None:  # noqa: F811
    begun = await ada.do("POST", "files", {"name": "long.txt", "size": 10}, status=201)
    body = {"items": [{"file_id": begun["id"]}]}
    assert await ada.do("POST", f"collections/{await ada.collection()}/documents", body, status=409) == "file_not_ready"


async def test_a_file_deleted_while_it_is_read_leaves_nothing(
    services: DocumentServices,
    ada: Someone,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    identifier = await ada.file("partie.txt", b"Une note de service.")
    read = type(services.reader).read

    async def read_late(*given: Any) -> Any:
        document = await read(*given)
        await ada.do("DELETE", f"files/{identifier}", status=204)
        await services.storage.delete_all(identifier)  # as the job that the deletion asked for
        return document

    monkeypatch.setattr(type(services.reader), "read", read_late)
    assert not await reading.read(services, UUID(identifier))
    assert [one async for one in services.storage.identifiers() if one == identifier] == []


async def test_two_documents_of_one_name_that_come_at_once_are_two_versions(ada: Someone) -> None:  # noqa: F811
    collection = await ada.collection()
    both = [await ada.file("note.txt", f"Version {number}.".encode()) for number in range(6)]
    adding = [ada.do("POST", f"collections/{collection}/documents", {"items": [{"file_id": one}]}) for one in both]
    await asyncio.gather(*adding)
    [document] = (await ada.do("GET", f"collections/{collection}/documents"))["items"]
    assert len((await ada.do("GET", f"documents/{document['id']}/versions"))["items"]) == 6
