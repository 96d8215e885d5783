"""TA-129: what a deleted document must have taken with it is looked for each night, deleted, and told."""

import json

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from chatelet.documents.files import orphans as blobs
from chatelet.documents.services import DocumentServices
from chatelet.kernel import metrics
from chatelet.kernel.identifiers import uuid7
from chatelet.knowledge import orphans
from tests.identity.conftest import browser, person, settings  # noqa: F401 (fixtures of this file too)
from tests.knowledge.collection_world import Someone
from tests.knowledge.test_collections import ada, app, world  # noqa: F401


@pytest.fixture
def services(app: FastAPI) -> DocumentServices:  # noqa: F811
    found: DocumentServices = app.state.documents
    return found


async def told(services: DocumentServices) -> list[tuple[str, dict[str, int]]]:
    async with services.database.transaction() as session:
        rows = await session.execute(
            text("SELECT result, data FROM journal_events WHERE name = 'orphans.checked' ORDER BY id")
        )
        return [(row[0], json.loads(row[1])) for row in rows]


def measured() -> dict[str, float | None]:
    kinds = ("passages", "files", "blobs")
    return {kind: metrics.REGISTRY.get_sample_value("chatelet_orphans_found", {"kind": kind}) for kind in kinds}


async def test_what_was_deleted_leaves_nothing_to_find(services: DocumentServices, ada: Someone) -> None:  # noqa: F811
    collection = await ada.collection()
    kept = await ada.document(collection, "gardé.txt")
    other = await ada.document(collection, "aussi gardé.txt")
    gone = await ada.collection("Partie")
    await ada.document(gone, "parti.txt")
    assert (await orphans.check(services)).counts == {"passages": 0, "files": 0, "blobs": 0}

    await ada.do("DELETE", f"collections/{gone}", status=204)
    # No job runs here: the blobs of what was deleted are still there, and the night finds them.
    assert (await orphans.check(services)).counts == {"passages": 0, "files": 0, "blobs": 1}
    assert (await orphans.check(services)).counts == {"passages": 0, "files": 0, "blobs": 0}
    assert [result for result, _ in await told(services)] == ["done", "failed", "done"]
    left = {one async for one in services.storage.identifiers()}
    assert left == {one["file"]["id"] for one in (kept, other)}


async def test_what_was_left_behind_is_found_deleted_and_told(
    services: DocumentServices,
    ada: Someone,  # noqa: F811
) -> None:
    await ada.document(await ada.collection())
    left, passage = await ada.file("oublié.txt"), uuid7()
    async with services.database.transaction() as session:
        insert = (
            "INSERT INTO passages (id, collection_id, document_id, version_id, ordinal, starts, ends, language, title,"
            " headings, text) VALUES (:id, :id, :id, :id, 0, 0, 3, 'fr', '', '{}', 'mot')"
        )
        await session.execute(text(insert), {"id": passage})
        terms = "INSERT INTO passage_terms (passage_id, collection_id, length, terms) VALUES (:id, :id, 1, '{1}')"
        await session.execute(text(terms), {"id": passage})
        held = "UPDATE files SET holder_kind = 'document', holder_id = :holder WHERE id = :id"
        await session.execute(text(held), {"id": left, "holder": uuid7()})
    await services.storage.put(f"{uuid7()}/part-00000", b"sealed")

    found = await orphans.check(services)

    # The file's own blobs go the same night, whatever becomes of the job that its deletion asked for.
    assert found.counts == {"passages": 1, "files": 1, "blobs": 2}
    assert await told(services) == [("failed", found.counts)]
    assert measured() == found.counts
    async with services.database.transaction() as session:
        for table in ("passages", "passage_terms"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table
        assert await session.scalar(text("SELECT count(*) FROM files WHERE id = :id"), {"id": left}) == 0
    assert await blobs.delete_blobs(services) == 0
    assert (await orphans.check(services)).result == "done"
    assert set(measured().values()) == {0}
