"""Lines of the matrix for deep research, and its object: a research of the owner's that was proposed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.matrix.line import MINE, Line, Made, just, owned

if TYPE_CHECKING:
    from tests.matrix.world import World

_ONE = "/api/research/{research_id}"
MARK_QUESTION = "Confidentiel-3f9a : quel délai ?"
WATCHED = ("SELECT id, person_id, confirmed_at FROM researches",)
_BUDGET = {"steps": 20, "minutes": 1, "tokens": 10_000}
_ITEM = {"question": "Quel délai ?", "queries": [{"where": "bases", "words": "délai"}]}

LINES: dict[str, Line] = {
    "GET /api/research/offer": MINE,
    "GET /api/research": MINE,
    "POST /api/research": Line("mine", body=just(question="Ici", where=["bases"]), allowed=frozenset({404})),
    f"GET {_ONE}": owned(),
    f"POST {_ONE}/confirm": owned(just(items=[_ITEM], budget=_BUDGET)),
    f"POST {_ONE}/searches": owned(just(item=_ITEM, budget=_BUDGET), allowed=frozenset({409})),
    f"POST {_ONE}/stop": owned(allowed=frozenset({409})),
    f"POST {_ONE}/resume": owned(just(), allowed=frozenset({409})),
    f"GET {_ONE}/sources/{{number}}": owned(allowed=frozenset({404})),
    f"GET {_ONE}/report": owned(allowed=frozenset({409})),
    f"POST {_ONE}/publication": owned(just(label="Texte généré."), allowed=frozenset({409})),
    f"DELETE {_ONE}": owned(),
}


async def _research(world: "World", made: Made) -> None:
    owner = world.people["owner"]
    base = await owner.call("POST", "/api/collections", {"name": "Confidentiel-3f9a base"})
    assert base.status == 201, base.body
    body = {"question": MARK_QUESTION, "where": ["bases"], "collections": [base.body["id"]]}
    asked = await owner.call("POST", "/api/research", body)
    assert asked.status == 201, asked.body
    made["research_id"], made["number"] = asked.body["id"], "1"
    async with asyncio.timeout(40):
        while (await owner.get(f"/api/research/{made['research_id']}"))["state"] not in ("proposed", "failed"):
            await asyncio.sleep(0.1)


MAKERS: dict[str, Callable[["World", Made], Awaitable[None]]] = {"research_id": _research}
