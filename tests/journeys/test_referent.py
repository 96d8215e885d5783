"""A referent cannot see the neighbour unit: not in a list, not by its identifier, not in a file (TA-030, TA-034)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

ADMIN = "/api/admin"


class Institution:
    """Two laboratories under one institute; one person in each, and a referent of the first."""

    def __init__(self, administrator: Visitor) -> None:
        self.administrator = administrator
        self.suffix = uuid4().hex[:8]

    async def unit(self, name: str, parent: str | None) -> str:
        body = {"code": f"{name}-{self.suffix}", "name": f"{name} {self.suffix}", "parent_id": parent}
        return str(await self.done("POST", f"{ADMIN}/units", body, "id"))

    async def place(self, visitor: Visitor, unit: str) -> str:
        person = str((await visitor.get("/api/sessions/current"))["person"]["id"])
        await self.done("POST", f"{ADMIN}/persons/{person}/units", {"unit_id": unit})
        return person

    async def done(self, method: str, path: str, body: Any, field: str | None = None) -> Any:
        answer = await self.administrator.call(method, path, body)
        assert answer.status in {200, 201}, answer.body
        return answer.body[field] if field else answer.body


@pytest.fixture
async def institution(new_visitor: NewVisitor) -> Institution:
    return Institution(await new_visitor(administrator=True))


async def test_a_referent_cannot_see_the_neighbour_unit(institution: Institution, new_visitor: NewVisitor) -> None:
    root = await institution.unit("INSTITUT", None)
    ours, neighbour = await institution.unit("OURS", root), await institution.unit("VOISINE", root)
    below = await institution.unit("VOISINE-BAS", neighbour)
    referent, colleague, stranger = await new_visitor(), await new_visitor(), await new_visitor()
    who = await institution.place(referent, ours)
    mate = await institution.place(colleague, ours)
    foreign = await institution.place(stranger, below)
    roles = {one["code"]: one["id"] for one in (await institution.administrator.get(f"{ADMIN}/roles"))["items"]}
    given = {"role_id": roles["referent"], "unit_id": ours}
    grants = await institution.done("POST", f"{ADMIN}/persons/{foreign}/roles", {**given, "unit_id": below})
    email = (await as_seen(institution, foreign))["email"]
    await institution.done("POST", f"{ADMIN}/persons/{who}/roles", given)
    await referent.sign_in((await as_seen(institution, who))["email"])

    # Lists hold what is theirs.
    seen = [one["id"] for one in (await referent.get(f"{ADMIN}/persons"))["items"]]
    assert sorted(seen) == sorted([who, mate])
    [top] = (await referent.get(f"{ADMIN}/units"))["items"]
    assert (top["id"], top["units"], top["persons"]) == (root, 1, None)  # what is above one's own, and nothing beside
    [own] = (await referent.get(f"{ADMIN}/units?parent={root}"))["items"]
    assert (own["id"], own["units"], own["persons"]) == (ours, 0, 2)
    for query in (f"units?parent={neighbour}", f"units?q=VOISINE-{institution.suffix}", f"persons?unit={neighbour}"):
        assert (await referent.get(f"{ADMIN}/{query}"))["items"] == [], query
    file = (await referent.call("GET", f"{ADMIN}/persons.csv")).body.decode()
    assert email not in file
    assert "VOISINE" not in file

    # The right identifiers of what is not theirs lead nowhere, and are not told from wrong ones.
    grant = grants["items"][0]["id"]
    asked = [
        ("GET", f"persons/{foreign}", None),
        ("GET", f"persons/{foreign}/units", None),
        ("GET", f"persons/{foreign}/roles", None),
        ("GET", f"units/{neighbour}", None),
        ("GET", f"units/{below}", None),
    ]
    for method, path, body in asked:
        for identifier in (path, path.replace(foreign, str(uuid4())).replace(neighbour, str(uuid4()))):
            answer = await referent.call(method, f"{ADMIN}/{identifier}", body)
            assert answer.status == 404, (method, path, answer.body)

    # Nothing is changed there either.
    refused = [
        ("PATCH", f"persons/{foreign}", {"state": "disabled"}),
        ("POST", f"persons/{foreign}/units", {"unit_id": ours}),
        ("POST", f"persons/{mate}/units", {"unit_id": neighbour}),
        ("POST", f"persons/{foreign}/roles", given),
        ("DELETE", f"persons/{foreign}/roles/{grant}", None),
        ("PATCH", f"units/{neighbour}", {"name": "Prise"}),
        ("POST", f"units/{neighbour}/merge", {"into_id": ours}),
        ("DELETE", f"units/{below}", None),
    ]
    for method, path, body in refused:
        answer = await referent.call(method, f"{ADMIN}/{path}", body)
        assert answer.status in {403, 404}, (method, path, answer.body)
        assert "VOISINE" not in str(answer.body)
    state = await as_seen(institution, foreign)
    assert (state["state"], state["unit"]["id"]) == ("active", below)


async def test_a_manager_is_told_nothing_of_the_neighbour(institution: Institution, new_visitor: NewVisitor) -> None:
    """With every right that can be delegated on their own unit, the neighbour answers 404, not 403."""
    root = await institution.unit("INSTITUT", None)
    ours, neighbour = await institution.unit("OURS", root), await institution.unit("VOISINE", root)
    manager, stranger = await new_visitor(), await new_visitor()
    who, foreign = await institution.place(manager, ours), await institution.place(stranger, neighbour)
    rights = ["persons.read", "persons.manage", "units.manage", "roles.grant"]
    code = f"manager_{institution.suffix}"
    role = await institution.done(
        "POST", f"{ADMIN}/roles", {"code": code, "name_fr": "Gérante", "name_en": "Manager", "rights": rights}, "id"
    )
    await institution.done("POST", f"{ADMIN}/persons/{who}/roles", {"role_id": role, "unit_id": ours})
    await manager.sign_in((await as_seen(institution, who))["email"])
    for method, path, body in (
        ("PATCH", f"persons/{foreign}", {"state": "disabled"}),
        ("POST", f"persons/{foreign}/units", {"unit_id": ours}),
        ("POST", f"persons/{who}/units", {"unit_id": neighbour}),
        ("POST", f"persons/{foreign}/roles", {"role_id": role, "unit_id": ours}),
        ("POST", f"persons/{who}/roles", {"role_id": role, "unit_id": neighbour}),
        ("PATCH", f"units/{neighbour}", {"name": "Prise"}),
        ("POST", f"units/{neighbour}/merge", {"into_id": ours}),
        ("POST", f"units/{ours}/merge", {"into_id": neighbour}),
        ("POST", "units", {"code": f"X-{institution.suffix}", "name": "X", "parent_id": neighbour}),
        ("DELETE", f"units/{neighbour}", None),
    ):
        answer = await manager.call(method, f"{ADMIN}/{path}", body)
        # Leaving one's own unit needs a right above it: that one is refused before the neighbour is looked for.
        wanted = 403 if path == f"units/{ours}/merge" else 404
        assert answer.status == wanted, (method, path, answer.body)


async def as_seen(institution: Institution, person: str) -> dict[str, Any]:
    """Return a person as the administrator sees them."""
    seen: dict[str, Any] = await institution.administrator.get(f"{ADMIN}/persons/{person}")
    return seen
