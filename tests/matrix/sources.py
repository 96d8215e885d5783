"""Lines of the matrix for places and for the sources of a collection, and their objects."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.matrix.line import ADMIN, Line, Made, curated, held, just

if TYPE_CHECKING:
    from tests.matrix.world import World

ORIGIN = "http://127.0.0.1:9"
_DECLARED = {"kind": "webdav", "address": f"{ORIGIN}/dav"}
_PLACE, _SOURCE = f"{ADMIN}/places/{{place_id}}", "/api/sources/{source_id}"
_FOLLOWED = {"folder": "Suivi", "cadence": {"kind": "daily", "hour": 5}}

LINES: dict[str, Line] = {
    f"GET {ADMIN}/places": Line("listed", "places.manage"),
    f"POST {ADMIN}/places": held(
        "places.manage",
        lambda made: {"name": "Lieu", "unit_id": made["unit_id"], "declared": _DECLARED},
        needs=("unit_id",),
    ),
    f"PATCH {_PLACE}": held("places.manage", just(name="Changé")),
    f"DELETE {_PLACE}": held("places.manage"),
    f"POST {_PLACE}/trial": held("places.manage", just()),
    "GET /api/collections/{collection_id}/places": curated(needs=("unit_base",)),
    "GET /api/collections/{collection_id}/sources": curated(needs=("unit_base",)),
    "POST /api/collections/{collection_id}/sources": curated(
        lambda made: {"place_id": made["place_id"], **_FOLLOWED}, needs=("place_id", "unit_base")
    ),
    "POST /api/collections/{collection_id}/sources/trial": curated(
        lambda made: {"place_id": made["place_id"]}, needs=("place_id", "unit_base")
    ),
    f"PATCH {_SOURCE}": curated(just(paused=True)),
    f"POST {_SOURCE}/runs": curated(),
    f"POST {_SOURCE}/confirmation": curated(just(documents=1)),
    f"GET {_SOURCE}/failures": curated(),
    f"POST {_SOURCE}/removal": curated(just(documents="keep")),
}


async def _collection(world: "World", made: Made) -> None:
    """One of the owner's unit, in the place of the owner's own."""
    body = {"name": "Confidentiel-3f9a", "unit_id": world.ids["north"]}
    made["collection_id"] = (await world.made("/api/collections", body))["id"]


async def _place(world: "World", made: Made) -> None:
    body = {"name": "Confidentiel-3f9a", "unit_id": world.ids["north"], "declared": _DECLARED}
    made["place_id"] = (await world.made(f"{ADMIN}/places", body))["id"]


async def _source(world: "World", made: Made) -> None:
    await _place(world, made)
    await _collection(world, made)
    path = f"/api/collections/{made['collection_id']}/sources"
    made["source_id"] = (await world.made(path, {"place_id": made["place_id"], **_FOLLOWED}))["id"]


MAKERS: dict[str, Callable[["World", Made], Awaitable[None]]] = {
    "unit_base": _collection,
    "place_id": _place,
    "source_id": _source,
}
