"""TA-027: a collection, an index or a tenant named by the caller reaches no other base, and overwrites nothing.

Its identifier in the path is what is asked for, and that of somebody else's is of nothing (CVE-2026-44554).
"""

import json
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from tests.architecture.sources import ROOT
from tests.knowledge.collection_world import Someone
from tests.knowledge.test_collections import ada, app, bob, browser, person, settings, sql, world

__all__ = ["ada", "app", "bob", "browser", "person", "settings", "sql", "world"]
NAMES = ("collection", "index", "tenant", "namespace", "overwrite")
_BODIES: dict[str, dict[str, Any]] = {
    "collections": {"name": "Autre"},
    "collections/{mine}/search": {"question": "Que dit la note ?"},
    "collections/{mine}/documents": {"items": [{"file_id": str(UUID(int=1))}]},
    "collections/{mine}/documents/moves": {"ids": [str(UUID(int=1))], "folder": "x"},
    "files": {"name": "a.txt", "size": 1},
}


async def state(owner: Someone, collection: str) -> Any:
    listed = await owner.do("GET", f"collections/{collection}/documents", status=200)
    return listed["items"], await owner.do("GET", f"collections/{collection}", status=200)


@pytest.mark.parametrize("path", _BODIES)
async def test_in_a_body_they_are_refused(path: str, ada: Someone, bob: Someone) -> None:
    mine, his = await ada.collection("À moi"), await bob.collection("À lui")
    await bob.document(his)
    before = await state(bob, his)
    for name in NAMES:
        for value in (his, True):
            body = {**_BODIES[path], name: value}
            answer = await ada.client.call("POST", f"/api/{path.format(mine=mine)}", body)
            assert (answer.status, answer.body["code"]) == (422, "invalid_request"), (name, answer.body)
            assert name in json.dumps(answer.body["params"]), answer.body
    assert await state(bob, his) == before
    assert await ada.names() == ["À moi"]


async def test_in_a_query_they_are_ignored(ada: Someone, bob: Someone) -> None:
    mine, his = await ada.collection("À moi"), await bob.collection("À lui")
    await bob.document(his, "secret.txt")
    before = await state(bob, his)
    named = dict.fromkeys(NAMES, his)
    assert await ada.names(**named) == ["À moi"]
    begun = await ada.do("POST", "files", {"name": "mienne.txt", "size": 0}, status=201, params=named)
    items = {"items": [{"file_id": begun["id"]}]}
    [made] = (await ada.do("POST", f"collections/{mine}/documents", items, status=201, params=named))["items"]
    assert await ada.names(f"collections/{mine}/documents", **named) == [made["name"]] == ["mienne.txt"]
    assert await state(bob, his) == before


async def test_somebody_else_s_base_is_as_none(ada: Someone, bob: Someone, app: FastAPI) -> None:
    """With its true identifier: the same words as for one that was never made, whatever is asked."""
    his = await bob.collection("À lui")
    document = await bob.document(his)
    before = await state(bob, his)
    file = await ada.file()
    app.state.inference = SimpleNamespace(gateway=None)  # never reached
    for there in (his, str(uuid4())):
        for method, path, body in (
            ("GET", "", None), ("PATCH", "", {"name": "Prise"}), ("DELETE", "", None), ("GET", "/documents", None),
            ("POST", "/documents", {"items": [{"file_id": file}]}), ("POST", "/search", {"question": "Que dit-il ?"}),
            ("POST", "/documents/removals", {"ids": [document["id"]]}),
        ):  # fmt: skip
            answer = await ada.client.call(method, f"/api/collections/{there}{path}", body)
            assert (answer.status, answer.body["code"]) == (404, "collection_not_found"), (method, path, answer.body)
    assert await state(bob, his) == before


def test_no_route_takes_such_a_name_in_its_query() -> None:
    described = json.loads((ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8"))
    asked = {
        (path, one["name"])
        for path, operations in described["paths"].items()
        for operation in operations.values()
        for one in operation.get("parameters", ())
        if one["in"] != "path"
    }
    assert not [one for one in asked if one[1] in NAMES]
    assert len(asked) > 100
