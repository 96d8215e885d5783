"""Every route, called by everybody, with the *correct* identifiers of somebody else's objects (TA-021, TA-022).

    owner, a colleague of the same unit, a neighbour of another unit, the administrator of the neighbouring unit
    (delegate), the administrator of the owner's unit (chief), an auditor, the installation's administrator (boss), somebody
    disabled whose cookie is still there, and nobody

Refusals come first and change nothing; then those who may, each on objects of their own.
"""

import re
from typing import Any

import pytest

from tests.architecture.routes import all_routes
from tests.journeys.visitor import Answer
from tests.matrix.line import Line, Made
from tests.matrix.table import TABLE
from tests.matrix.world import MARK, World

_SIGNED = ("owner", "colleague", "neighbour", "delegate", "chief", "auditor", "boss")
_HIDDEN = {"curated": ("boss", "chief"), "owned": ("owner",)}
_AUDITOR = {"journal.read", "usage.read"}


def expected(line: Line, caller: str) -> int:
    """Return 0 where the caller may, else the status of the refusal."""
    if line.family == "public":
        return 0
    if caller in ("disabled", "anonymous") or line.family == "keyed":
        return 401
    if line.family == "mine":
        return 0
    if line.family == "apart":
        return 403
    if line.family in _HIDDEN:
        return 0 if caller in _HIDDEN[line.family] else 404
    if caller == "boss":
        return 0
    if line.family == "seen":
        return 0 if caller in ("chief", "auditor") else 404
    if caller == "auditor" and line.right in _AUDITOR:
        return 0
    if line.family == "whole" or caller in ("owner", "colleague", "neighbour", "auditor"):
        return 403
    return 404 if line.family == "held" and caller == "delegate" else 0


def test_the_matrix_knows_every_route() -> None:
    missing = set(all_routes()) - set(TABLE)
    assert not missing, f"say in tests/matrix/table.py who may call {sorted(missing)}"
    assert not set(TABLE) - set(all_routes())


@pytest.mark.parametrize("route", sorted(route for route, line in TABLE.items() if line.family != "public"))
async def test_each_caller_gets_what_is_theirs(route: str, world: World) -> None:
    line = TABLE[route]
    callers = (*_SIGNED, "disabled", "anonymous")
    objects = await world.objects(wanted(route, line))
    before = await world.snapshot()
    for caller in callers:
        if status := expected(line, caller):
            answer = await call(world, caller, route, line, objects)
            assert answer.status == status, (caller, answer.body)
            assert MARK not in str(answer.body), (caller, "a refusal tells what it protects")
    assert await world.snapshot() == before, "a refused call changed something"
    for caller in callers:
        if not expected(line, caller):
            objects = await world.objects(wanted(route, line))
            answer = await call(world, caller, route, line, objects)
            assert answer.status < 300 or answer.status in line.allowed, (caller, answer.status, answer.body)
            if caller in ("neighbour", "delegate") and line.family in ("mine", "listed"):
                assert _of_the_owner(world, answer) == [], (caller, "sees what is not theirs")


async def call(world: World, caller: str, route: str, line: Line, objects: Made, other: Any = None) -> Answer:
    method, template = route.split(" ")
    path = re.sub(r"\{(\w+)(?::path)?\}", lambda found: objects[found[1]], template)
    query = {name: objects.get(value, value.removeprefix("=")) for name, value in line.query.items()}
    body: Any = other if other is not None else line.body(objects) if line.body else None
    answer = await world.people[caller].call(method, path, body, params=query)
    if route == "DELETE /api/sessions/current" and answer.status < 300:
        await world.enter(caller, world.ids[f"{caller}@"])
    return answer


def wanted(route: str, line: Line) -> set[str]:
    named = set(re.findall(r"\{(\w+)", route))
    return (
        named | set(line.needs) | ({"conversation_id"} if line.family == "mine" and "conversations" in route else set())
    )


def _of_the_owner(world: World, answer: Answer) -> list[str]:
    told = str(answer.body)
    return [one for one in (world.ids["owner"], world.ids["owner@"], world.ids["north"]) if one in told]
