"""Lines of the matrix for lists of sites, and their objects."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from tests.matrix.line import ADMIN, Line, Made, held

if TYPE_CHECKING:
    from tests.matrix.world import World

LINES: dict[str, Line] = {
    f"GET {ADMIN}/web-sites": Line("listed", "places.manage"),
    f"POST {ADMIN}/web-sites": held(
        "places.manage",
        lambda made: {"pattern": f"{made['fresh']}.example.org", "tier": "official", "unit_id": made["unit_id"]},
        needs=("unit_id",),
    ),
    f"GET {ADMIN}/web-sites/file": Line("listed", "places.manage"),
    f"POST {ADMIN}/web-sites/file": held(
        "places.manage",
        lambda made: {"text": f"{made['fresh']}.example.com;press", "unit_id": made["unit_id"]},
        needs=("unit_id",),
    ),
    f"POST {ADMIN}/web-sites/preview": held(
        "places.manage",
        lambda made: {"address": "https://www.exemple.fr/page", "unit_id": made["unit_id"]},
        needs=("unit_id",),
    ),
    f"DELETE {ADMIN}/web-sites/{{site_id}}": held("places.manage"),
}


async def _site(world: "World", made: Made) -> None:
    body = {"pattern": f"{made['fresh']}.example.net", "tier": "press", "unit_id": world.ids["north"]}
    made["site_id"] = (await world.made(f"{ADMIN}/web-sites", body))["id"]


MAKERS: dict[str, Callable[["World", Made], Awaitable[None]]] = {"site_id": _site}
