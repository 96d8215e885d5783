"""Lines of the matrix for files and collections, and their objects: a collection of the owner's own, with a document."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.journeys import files
from tests.journeys.test_collections import until_indexed
from tests.matrix.line import MINE, Line, Made, just, owned

if TYPE_CHECKING:
    from tests.matrix.world import World

_COLLECTION, _DOCUMENT, _FILE = (
    "/api/collections/{collection_id}",
    "/api/documents/{document_id}",
    "/api/files/{file_id}",
)
MARK_TEXT = b"Confidentiel-3f9a : une phrase de la note."

LINES: dict[str, Line] = {
    "POST /api/files": Line("mine", body=just(name="note.txt", size=12)),
    "GET /api/files": Line("mine", query={"id": "user_id"}),
    "GET /api/files/views": Line("mine", query={"id": "user_id"}),
    f"PUT {_FILE}/parts/{{offset}}": owned(allowed=frozenset({409, 422}), needs=("file_id",)),
    f"POST {_FILE}/read": owned(),
    f"DELETE {_FILE}": owned(),
    f"GET {_FILE}/pages/{{number}}": owned(),
    f"GET {_FILE}/pages/{{number}}/image": owned(allowed=frozenset({404})),
    f"GET {_FILE}/original": owned(),
    "GET /api/collections": MINE,
    "POST /api/collections": Line("mine", body=just(name="Base")),
    "GET /api/collections/units": Line("mine", allowed=frozenset({403})),
    f"GET {_COLLECTION}": owned(),
    f"PATCH {_COLLECTION}": owned(just(name="Prise")),
    f"DELETE {_COLLECTION}": owned(),
    f"GET {_COLLECTION}/grants": owned(),
    f"POST {_COLLECTION}/grants": owned(just(email="personne@exemple.fr", part="reader"), allowed=frozenset({404})),
    f"DELETE {_COLLECTION}/grants/{{share_id}}": owned(),
    f"GET {_COLLECTION}/documents": owned(),
    f"GET {_COLLECTION}/use": owned(),
    f"POST {_COLLECTION}/search": owned(just(question="Quel délai ?")),
    f"POST {_COLLECTION}/documents": owned(lambda made: {"items": [{"file_id": made["file_id"]}]}, needs=("file_id",)),
    f"POST {_COLLECTION}/documents/moves": owned(
        lambda made: {"ids": [made["document_id"]], "folder": "Pris"}, needs=("document_id",)
    ),
    f"POST {_COLLECTION}/documents/removals": owned(
        lambda made: {"ids": [made["document_id"]]}, needs=("document_id",)
    ),
    f"GET {_COLLECTION}/papers": owned(),
    f"POST {_COLLECTION}/papers": owned(just(records=[{"title": "Un travail"}])),
    f"POST {_COLLECTION}/papers/import": owned(just(text="10.5555/a")),
    f"POST {_COLLECTION}/papers/cells": owned(
        lambda made: {"paper_id": made["collection_id"], "question": "Quoi ?"}, allowed=frozenset({404})
    ),
    f"POST {_COLLECTION}/papers/syntheses": owned(
        lambda made: {"paper_ids": [made["collection_id"]], "subject": "Quoi ?"}, allowed=frozenset({404})
    ),
    f"GET {_COLLECTION}/papers/{{paper_id}}/figures": owned(),
    f"POST {_COLLECTION}/papers/explanations": owned(
        lambda made: {"paper_id": made["paper_id"], "kind": "figure", "number": "1"},
        allowed=frozenset({404}),
        needs=("paper_id",),
    ),
    "POST /api/writing/papers/table": Line("mine", body=just(format="md", columns=["a"], rows=[["b"]])),
    f"POST {_DOCUMENT}/read": owned(),
    f"PATCH {_DOCUMENT}": owned(just(name="Pris")),
    f"DELETE {_DOCUMENT}": owned(),
    f"GET {_DOCUMENT}/versions": owned(),
    f"POST {_DOCUMENT}/versions/{{version_id}}/restore": owned(),
}


async def _file(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    made["file_id"] = await files.send(owner, "note.txt", MARK_TEXT)
    made["offset"], made["number"] = str(len(MARK_TEXT)), "1"
    await files.until_read(owner, made["file_id"])


async def _collection(world: "World", made: Made) -> None:
    made["collection_id"] = (await world.made("/api/collections", {"name": "Confidentiel-3f9a"}, by="owner"))["id"]


async def _share(world: "World", made: Made) -> None:
    _, email = await world.person("Lectrice")
    path = f"/api/collections/{made['collection_id']}/grants"
    made["share_id"] = (await world.made(path, {"email": email, "part": "reader"}, by="owner"))["id"]


async def _document(world: "World", made: Made) -> None:
    await _collection(world, made)
    file = await files.send(world.people["owner"], "note.txt", MARK_TEXT)
    await files.until_read(world.people["owner"], file)  # its state is watched: nothing else may change it
    body = {"items": [{"file_id": file}]}
    [document] = (await world.made(f"/api/collections/{made['collection_id']}/documents", body, by="owner"))["items"]
    made["document_id"], made["version_id"] = document["id"], document["version"]["id"]


async def _paper(world: "World", made: Made) -> None:
    await _collection(world, made)
    owner, path = world.people["owner"], f"/api/collections/{made['collection_id']}"
    body = {"records": [{"title": "Confidentiel-3f9a", "identifiers": {"doi": "10.5555/mark"}}]}
    [added] = (await world.made(f"{path}/papers", body, by="owner"))["items"]
    made["paper_id"] = added["paper_id"]
    await until_indexed(owner, made["collection_id"])


MAKERS: dict[str, Callable[["World", Made], Awaitable[None]]] = {
    "file_id": _file,
    "collection_id": _collection,
    "share_id": _share,
    "document_id": _document,
    "paper_id": _paper,
}
