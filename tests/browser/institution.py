"""A small institution to look at: a tree of units, persons placed in it, a role given on one of them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.browser.conftest import Person
from tests.journeys.visitor import Visitor


@dataclass(frozen=True)
class Institution:
    """Identifiers of what was made; names carry a suffix of their own, for the installation is shared by tests."""

    suffix: str
    root: str
    north: str
    south: str
    bureau: str

    def name(self, words: str) -> str:
        return f"{words} {self.suffix}"


async def found(boss: Person) -> Institution:
    """Make the tree: a ministry, two directorates, a bureau under the first."""
    suffix = uuid4().hex[:6]

    async def unit(code: str, name: str, kind: str, parent: str | None) -> str:
        body = {"code": f"{code}-{suffix}", "name": f"{name} {suffix}", "kind": kind, "parent_id": parent}
        return str((await done(boss.visitor, "POST", "/api/admin/units", body))["id"])

    root = await unit("MIN", "Ministère", "ministère", None)
    north = await unit("NORD", "Direction du Nord", "direction", root)
    south = await unit("SUD", "Direction du Sud", "direction", root)
    return Institution(suffix, root, north, south, await unit("EAU", "Bureau de l’Eau", "bureau", north))


async def person_id(person: Person) -> str:
    return str((await person.visitor.get("/api/sessions/current"))["person"]["id"])


async def place(boss: Person, person: Person, unit: str) -> None:
    await done(boss.visitor, "POST", f"/api/admin/persons/{await person_id(person)}/units", {"unit_id": unit})


async def give(boss: Person, person: Person, role: str, unit: str | None) -> None:
    """Give a role; the person, whose sessions it ends, signs in again."""
    roles = (await boss.visitor.get("/api/admin/roles"))["items"]
    body = {"role_id": next(one["id"] for one in roles if one["code"] == role), "unit_id": unit}
    await done(boss.visitor, "POST", f"/api/admin/persons/{await person_id(person)}/roles", body)
    await person.visitor.sign_in(person.email)


async def done(visitor: Visitor, method: str, path: str, body: Any = None) -> Any:
    answer = await visitor.call(method, path, body)
    assert answer.status in {200, 201, 204}, answer.body
    return answer.body
