"""Every writing route of the administration leaves a line of the journal, of that very request; changes tell before and after."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.journeys.visitor import Answer
from tests.matrix.line import ADMIN, Made
from tests.matrix.table import TABLE
from tests.matrix.test_matrix import call, wanted
from tests.matrix.world import World

_TESTS = Path(__file__).parent.parent
_WAYS, _COHORT = f"{ADMIN}/sign-in-providers", f"{ADMIN}/cohorts/{{cohort_id}}"
_READING = f"{ADMIN}/privacy/readings"
_TODAY = datetime.now(UTC).date()
_LATER = (_TODAY + timedelta(days=60)).isoformat()
# A question too long for an address: nothing changes.
_ASKING = {
    f"POST {ADMIN}/person-acts/preview",
    f"POST {_WAYS}/{{provider_id}}/rules/dry-run",
    f"POST {_WAYS}/{{provider_id}}/directory/trial",
    f"POST {ADMIN}/web-sites/preview",
    f"POST {ADMIN}/policies/{{policy_id}}/reading",
}
# What this world has not (a directory that answers, a mail server, two officers): the test that shows the line, by its name.
_ELSEWHERE = {
    f"POST {ADMIN}/person-acts/{{act_id}}/stop": ("identity/test_acts.py", "stop_asked"),
    f"POST {ADMIN}/imports/units": ("identity/imports/test_units_import.py", "units.imported"),
    f"POST {ADMIN}/imports/persons": ("identity/imports/test_persons_import.py", "persons.imported"),
    f"POST {_WAYS}/{{provider_id}}/directory/import": ("identity/directory_sign_in/test_tree.py", "persons.imported"),
    f"PATCH {ADMIN}/directories/{{directory_id}}/groups/{{group_id}}": (
        "identity/scim/test_groups.py",
        "directory.group_mapped",
    ),
    f"POST {_COHORT}/codes": ("adoption/test_waves.py", "codes.made"),
    f"POST {_COHORT}/messages": ("adoption/test_registration.py", "volunteers.mailed"),
    f"POST {ADMIN}/volunteers/{{volunteer_id}}/unit": ("adoption/test_units.py", "membership.given"),
    f"POST {_COHORT}/removals": ("adoption/test_waves.py", "volunteers.chosen"),
    f"POST {ADMIN}/backends/{{name}}/probe": ("inference/test_models_api.py", "backend.probed"),
    f"POST {ADMIN}/keys/{{key_id}}/owner": ("identity/test_keys.py", "key.taken_over"),
    f"POST {_READING}": ("privacy/test_break_glass.py", "reading.asked"),
    f"POST {_READING}/{{reading_id}}/decision": ("privacy/test_break_glass.py", "reading.decided"),
}
_WRITING = sorted(
    route
    for route in TABLE
    if not route.startswith("GET ") and f" {ADMIN}/" in route and route not in _ASKING and route not in _ELSEWHERE
)


async def _confirmed(world: World, made: Made) -> Any:
    person, email = await world.person("Acte")
    await world.made(f"{ADMIN}/persons/{person}/units", {"unit_id": world.ids["north"]})
    asked = {"filter": {"q": email}, "act": {"kind": "disable"}}
    return {**asked, "seen": (await world.made(f"{ADMIN}/person-acts/preview", asked))["seen"]}


async def _published(world: World, made: Made) -> None:
    body = {"unit_id": made["unit_id"], "texts": {"fr": "Soyez prudents."}, "after": 0}
    await world.made(f"{ADMIN}/charters", body)


async def _opened(world: World, made: Made) -> None:
    body = {"unit_id": made["unit_id"], "opens_on": _TODAY.isoformat()}
    assert (await world.boss.call("POST", f"{ADMIN}/adoption/openings", body)).status < 300


async def _worded(world: World, made: Made) -> None:
    body = {"kind": "reminder", "language": "fr", "subject": "Objet", "body": "Bonjour {link}"}
    assert (await world.boss.call("POST", f"{ADMIN}/adoption/words", body)).status < 300


async def _chosen(world: World, made: Made) -> Any:
    return {"rule": "by_hand", "ids": [made["volunteer_id"]]}


async def _elsewhere(world: World, made: Made) -> Any:
    return {"parent_id": world.ids["south"]}


async def _drafted(world: World, made: Made) -> None:
    await world.boss.call("POST", f"{ADMIN}/policies/draft", {"rules": {}})


async def _kept_longer(world: World, made: Made) -> Any:
    """Another number of days than whichever test has set before: the same again changes nothing."""
    async with world.database.transaction() as session:
        found = await session.execute(text("SELECT max(days) FROM retention_rules WHERE kind = 'documents'"))
        return {"kind": "documents", "days": (found.scalar_one() or 900) + 1}


# What must be there for the call to change something; what it returns replaces the harmless body of the matrix.
_BEFORE: dict[str, Callable[[World, Made], Awaitable[Any]]] = {
    f"POST {ADMIN}/person-acts": _confirmed,
    f"DELETE {ADMIN}/charters/current": _published,
    f"DELETE {ADMIN}/adoption/openings/{{unit_id}}": _opened,
    f"DELETE {ADMIN}/adoption/words/{{kind}}/{{language}}": _worded,
    f"POST {_COHORT}/members": _chosen,
    f"POST {ADMIN}/retention": _kept_longer,
    f"POST {ADMIN}/policies/draft/publish": _drafted,
    f"POST {ADMIN}/units/{{unit_id}}/move": _elsewhere,
}
_ALSO = {f"POST {_COHORT}/members": {"volunteer_id"}}


async def _lines(world: World, answer: Answer) -> list[dict[str, Any]]:
    """What the journal says of one request."""
    async with world.database.transaction() as session:
        found = await session.execute(
            text("SELECT name, actor, data FROM journal_events WHERE request_id = :request ORDER BY id"),
            {"request": answer.headers["X-Request-ID"]},
        )
        return [{"name": name, "actor": str(actor), **json.loads(data)} for name, actor, data in found]


@pytest.mark.parametrize("route", _WRITING)
async def test_a_change_leaves_a_line_of_its_request(route: str, world: World) -> None:
    line = TABLE[route]
    made = await world.objects(wanted(route, line) | _ALSO.get(route, set()))
    body = await _BEFORE[route](world, made) if route in _BEFORE else None
    answer = await call(world, "boss", route, line, made, body)
    told = await _lines(world, answer)
    assert told, (route, answer.status, answer.body)
    assert {one["actor"] for one in told} <= {world.ids["boss"]}


def test_what_is_shown_elsewhere_is() -> None:
    for route, (file, words) in _ELSEWHERE.items():
        assert route in TABLE
        assert words in (_TESTS / file).read_text("utf-8"), route
    assert set(TABLE) >= _ASKING


_CHANGES: dict[str, tuple[Any, dict[str, tuple[Any, Any]]]] = {
    f"PATCH {_COHORT}": (
        {"capacity": 600, "closes_on": _LATER, "state": "open"},
        {
            "capacity": ("5", "600"),
            "closes_on": ((_TODAY + timedelta(days=30)).isoformat(), _LATER),
            "state": ("prepared", "open"),
        },
    ),
    f"PATCH {ADMIN}/models/{{model_id}}": (
        {"position": 7, "enabled": True, "price_input": 0.25},
        {"position": ("100", "7"), "enabled": ("false", "true"), "price_input": (None, "0.25")},
    ),
    f"PATCH {ADMIN}/backends/{{name}}": ({"connect_seconds": 3}, {"connect_seconds": ("5", "3")}),
    f"PATCH {_WAYS}/{{provider_id}}": (
        {"language": "en", "creates_persons": False},
        {"language": ("fr", "en"), "creates_persons": ("true", "false")},
    ),
    f"PATCH {ADMIN}/quotas/{{quota_id}}": (
        {"amount": 20, "mode": "soft"},
        {"amount": ("1000000000", "20"), "mode": ("hard", "soft")},
    ),
    f"PATCH {ADMIN}/places/{{place_id}}": ({"rights_required": True}, {"rights_required": ("false", "true")}),
}


@pytest.mark.parametrize("route", sorted(_CHANGES))
async def test_a_change_tells_before_and_after(route: str, world: World) -> None:
    body, expected = _CHANGES[route]
    made = await world.objects(wanted(route, TABLE[route]))
    answer = await call(world, "boss", route, TABLE[route], made, body)
    assert answer.status < 300, answer.body
    [told] = await _lines(world, answer)
    assert {one["field"]: (one["before"], one["after"]) for one in told["values"]} == expected


@pytest.mark.parametrize(
    ("route", "field"),
    [
        (f"PATCH {ADMIN}/units/{{unit_id}}", "name"),
        (f"PATCH {ADMIN}/roles/{{role_id}}", "name_fr"),
        (f"PATCH {_WAYS}/{{provider_id}}", "name_fr"),
        (f"PATCH {ADMIN}/places/{{place_id}}", "name"),
        (f"PATCH {_COHORT}", "name"),
    ],
)
async def test_a_text_is_told_by_its_fingerprint(route: str, field: str, world: World) -> None:
    """The same text gives the same word again: one can tell that it came back, not what it says."""
    made = await world.objects(wanted(route, TABLE[route]))
    told: list[tuple[str, str]] = []
    for words in ("Direction du Nord", "Direction du Sud", "Direction du Nord"):
        answer = await call(world, "boss", route, TABLE[route], made, {field: words})
        assert answer.status < 300, answer.body
        [line] = await _lines(world, answer)
        assert "Direction" not in str(line)
        told.append(next((one["before"], one["after"]) for one in line["values"] if one["field"] == field))
    assert told[0][1] == told[1][0] == told[2][1] != told[1][1]


async def test_an_opening_tells_the_day_before_and_after(world: World) -> None:
    made = await world.objects({"unit_id"})
    told: list[Any] = []
    for method, day in (("POST", _TODAY.isoformat()), ("POST", _LATER), ("DELETE", None)):
        path = f"{ADMIN}/adoption/openings" + ("" if day else f"/{made['unit_id']}")
        body = {"unit_id": made["unit_id"], "opens_on": day} if day else None
        [line] = await _lines(world, await world.boss.call(method, path, body))
        told += [(line["action"], one["before"], one["after"]) for one in line["values"]]
    today = _TODAY.isoformat()
    assert told == [("added", None, today), ("changed", today, _LATER), ("removed", _LATER, None)]
