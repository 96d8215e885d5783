"""Lines of the matrix for the writing desk, and its objects: a work of the owner's and a glossary."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.matrix.line import MINE, Line, Made, just, owned

if TYPE_CHECKING:
    from tests.matrix.world import World

_WORK, _GLOSSARY = "/api/writing/works/{work_id}", "/api/writing/glossaries/{glossary_id}"
MARK_TEXT = "Confidentiel-3f9a : une phrase de la note."
WATCHED = (
    "SELECT id, person_id, created_at FROM works",
    "SELECT id, person_id, lines FROM glossaries",
)

LINES: dict[str, Line] = {
    "GET /api/writing/languages": MINE,
    "GET /api/writing/works": MINE,
    "POST /api/writing/works": Line("mine", body=just(kind="translate", to="en", text=" "), allowed=frozenset({422})),
    f"GET {_WORK}": owned(),
    f"GET {_WORK}/segments": owned(),
    f"POST {_WORK}/{{action}}": owned(allowed=frozenset({409})),
    f"GET {_WORK}/result": owned(allowed=frozenset({409})),
    f"DELETE {_WORK}": owned(),
    "GET /api/writing/glossaries": MINE,
    "POST /api/writing/glossaries": Line("mine", allowed=frozenset({422})),
    f"GET {_GLOSSARY}/file": owned(),
    f"DELETE {_GLOSSARY}": owned(),
}


async def _work(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    body = {"kind": "translate", "to": "en", "text": MARK_TEXT}
    asked = await owner.call("POST", "/api/writing/works", body)
    assert asked.status == 201, asked.body
    made["work_id"], made["action"] = asked.body["id"], "cancel"
    async with asyncio.timeout(30):  # its file is watched: nothing else may make it
        while (await owner.get(f"/api/writing/works/{made['work_id']}"))["state"] not in ("done", "failed"):
            await asyncio.sleep(0.1)


async def _glossary(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    address = f"{owner.address}/api/writing/glossaries?name=termes.csv&source=fr&target=en"
    async with owner.http.post(address, data=b"fr;en\nnote;memo\n", headers=owner.headers) as response:
        assert response.status == 201, await response.text()
        made["glossary_id"] = (await response.json())["id"]


MAKERS: dict[str, Callable[["World", Made], Awaitable[None]]] = {"work_id": _work, "glossary_id": _glossary}
