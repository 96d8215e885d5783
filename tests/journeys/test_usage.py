"""Usage as people meet it: one's own, and the costs of units, which never tell of fewer than five persons."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pyarrow.parquet as pq
import pytest

from chatelet.inference.consumption.tasks import refresh_months
from chatelet.kernel.database import Database, execute, fetch
from chatelet.kernel.identifiers import uuid7
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

USAGE = "/api/admin/usage"
_ROW = (
    "INSERT INTO model_usage (id, person_id, unit_id, model_id, backend, purpose, prompt_tokens, completion_tokens,"
    " estimated, energy_wh, cost_euros, created_at) VALUES ($1, $2, $3, 'scripted', 'scripted', $4, 100, 50, false,"
    " $5, $6, $7)"
)
Used = Callable[..., Awaitable[None]]


async def unit(boss: Visitor, parent: str | None = None, **more: Any) -> str:
    body = {"code": uuid4().hex[:12], "name": f"Unité {uuid4().hex[:6]}", "parent_id": parent, **more}
    made = await boss.call("POST", "/api/admin/units", body)
    assert made.status == 201, made.body
    return made.body["id"]


async def delegate(boss: Visitor, person: Visitor, right: str, unit_id: str) -> None:
    role = {"code": f"r{uuid4().hex[:12]}", "name_fr": "Gestion", "name_en": "Management", "rights": [right]}
    made = await boss.call("POST", "/api/admin/roles", role)
    assert made.status == 201, made.body
    me = (await person.get("/api/sessions/current"))["person"]
    given = await boss.call(
        "POST", f"/api/admin/persons/{me['id']}/roles", {"role_id": made.body["id"], "unit_id": unit_id}
    )
    assert given.status == 201, given.body
    await person.sign_in(me["email"])  # new rights end the sessions of before (TA-001)


@pytest.fixture
def used(beside: Database) -> Used:
    """Persons of a unit ask something, this month or months ago; then the night passes."""

    async def make(unit_id: str | None, persons: int, *, each: int = 1, days_ago: int = 0, **more: Any) -> None:
        figures = {"purpose": "turn", "wh": 0.5, "euros": 0.02, **more}
        moment = datetime.now(UTC) - timedelta(days=days_ago)
        async with beside.driver_transaction() as connection:
            for person in [uuid4() for _ in range(persons)]:
                for _ in range(each):
                    await execute(
                        connection, _ROW, uuid7(), person, unit_id and UUID(unit_id), figures["purpose"],
                        figures["wh"], figures["euros"], moment,
                    )  # fmt: skip
            await connection.execute("DELETE FROM usage_months")
        await refresh_months(beside, "Europe/Paris")

    return make


def rows(answer: dict[str, Any]) -> dict[str | None, dict[str, Any]]:
    return {row["unit_id"]: row for row in answer["items"]}


def this_month(row: dict[str, Any]) -> dict[str, Any] | None:
    return row["cells"][-1]


async def test_ones_own_usage_counts_every_answer(ada: Visitor, bob: Visitor) -> None:
    stream = await ada.ask(await ada.conversation(), "Question [[tokens=30]]")
    spent = stream.closed["usage"]
    own = await ada.get("/api/usage/current")
    today, month = own["days"][-1], own["months"][-1]
    assert len(own["days"]) == 31
    assert len(own["months"]) == 12
    assert today["requests"] == month["requests"] == 1
    assert today["tokens"] >= spent["prompt_tokens"] + spent["completion_tokens"]
    assert today["euros"] == pytest.approx(spent["cost_euros"], rel=0.9)
    assert today["gco2e"] == pytest.approx(today["wh"] * own["grid_grams_per_kwh"] / 1000, abs=1e-4)
    assert [model["model_id"] for model in own["models"]] == ["scripted"]
    assert sum(day["tokens"] for day in own["days"]) == month["tokens"]
    assert (await bob.get("/api/usage/current"))["months"][-1]["requests"] == 0


async def test_a_unit_counts_all_under_it(new_visitor: NewVisitor, used: Used) -> None:
    boss = await new_visitor(administrator=True)
    ministry = await unit(boss)
    north, south = await unit(boss, ministry), await unit(boss, ministry)
    office = await unit(boss, north)
    await used(office, 6, each=2)
    await used(north, 5)
    await used(south, 7, euros=None)
    await used(south, 7, purpose="title", wh=None)
    seen = await boss.get(f"{USAGE}?unit={ministry}")
    assert len(seen["months"]) == 12
    cell = this_month(seen["total"])
    assert cell is not None
    assert (cell["persons"], cell["requests"], cell["tokens"]) == (25, 24, 31 * 150)
    assert (cell["unpriced"], cell["unmeasured"]) == (7, 7)
    assert cell["euros"] == pytest.approx(24 * 0.02)
    told = rows(seen)
    assert this_month(told[north])["requests"] == 17  # type: ignore[index]
    assert told[north]["has_units"]
    assert told[south]["total"]["tokens"] == 14 * 150
    assert None not in told  # nobody is attached to the ministry itself
    inside = await boss.get(f"{USAGE}?unit={north}")
    assert this_month(rows(inside)[office])["requests"] == 12  # type: ignore[index]
    assert this_month(rows(inside)[None])["requests"] == 5  # type: ignore[index]
    assert inside["above"] == [ministry]


async def test_fewer_than_five_are_told_by_nothing(new_visitor: NewVisitor, used: Used) -> None:
    """TA-125: neither by their row, nor by the total less the other rows, nor by another period, nor by the file."""
    boss = await new_visitor(administrator=True)
    ministry = await unit(boss)
    small, middle, large = [await unit(boss, ministry) for _ in range(3)]
    for place, persons in ((small, 2), (middle, 8), (large, 20)):
        await used(place, persons)
    seen = await boss.get(f"{USAGE}?unit={ministry}")
    told = rows(seen)
    assert this_month(seen["total"])["requests"] == 30  # type: ignore[index]
    assert this_month(told[large])["requests"] == 20  # type: ignore[index]
    assert this_month(told[small]) is this_month(told[middle]) is None
    assert told[small]["total"] is told[middle]["total"] is None
    assert this_month(told[None])["requests"] == 10  # type: ignore[index]
    assert this_month((await boss.get(f"{USAGE}?unit={middle}"))["total"]) is None
    month = seen["months"][-1][:7]
    for query in (f"from={month}&to={month}", f"from={seen['months'][3][:7]}&to={month}"):
        again = rows(await boss.get(f"{USAGE}?unit={ministry}&{query}"))
        assert again[small]["total"] is again[middle]["total"] is None
    file = await boss.call("GET", f"{USAGE}/export?unit={ministry}")
    lines = csv.DictReader(io.StringIO(file.body.decode("utf-8-sig")), delimiter=";")
    assert sorted(line["requests"] for line in lines) == ["", "", "20", "30"]


async def test_a_delegated_reader_sees_their_part_only(new_visitor: NewVisitor, used: Used) -> None:
    boss, referent, nobody = await new_visitor(administrator=True), await new_visitor(), await new_visitor()
    ministry = await unit(boss)
    north, south = await unit(boss, ministry), await unit(boss, ministry)
    office = await unit(boss, north)
    await used(office, 6)
    await used(south, 6)
    await delegate(boss, referent, "usage.read", north)
    seen = await referent.get(USAGE)
    assert seen["unit_id"] == north
    assert seen["above"] == []
    assert this_month(seen["total"])["requests"] == 6  # type: ignore[index]
    assert list(rows(seen)) == [office]
    assert (await referent.get(f"{USAGE}?unit={office}"))["above"] == [north]
    for path in (USAGE, f"{USAGE}/export"):
        for wrong in (south, ministry, str(uuid4())):
            refused = await referent.call("GET", f"{path}?unit={wrong}")
            assert (refused.status, refused.body["code"]) == (404, "unit_not_found")
        for caller, status in ((nobody, 403), (Visitor(boss.http, boss.address), 401)):
            assert (await caller.call("GET", f"{path}?unit={north}")).status == status
    await delegate(boss, nobody, "quotas.manage", north)
    unread = await nobody.call("GET", f"{USAGE}?unit={north}")
    assert (unread.status, unread.body["params"]["right"]) == (403, "usage.read")
    await delegate(boss, referent, "usage.read", south)
    both = await referent.get(USAGE)
    assert both["total"] is None
    assert set(rows(both)) == {north, south}
    file = await referent.call("GET", f"{USAGE}/export?format=csv")
    names = {row["name"] for row in both["items"]}
    assert {
        line["unit_name"] for line in csv.DictReader(io.StringIO(file.body.decode("utf-8-sig")), delimiter=";")
    } >= names
    assert ministry not in file.body.decode()


async def test_an_export_runs_nothing_and_is_journalled(new_visitor: NewVisitor, used: Used, beside: Database) -> None:
    boss = await new_visitor(administrator=True)
    ministry = await unit(boss, name="=CMD('calc')")
    await used(ministry, 5)
    file = await boss.call("GET", f"{USAGE}/export?unit={ministry}")
    assert file.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in file.headers["Content-Disposition"]
    [line] = csv.DictReader(io.StringIO(file.body.decode("utf-8-sig")), delimiter=";")
    assert line["unit_name"] == "'=CMD('calc')"
    assert (line["persons"], line["euros"], line["told"]) == ("5", "0,1", "yes")
    parquet = await boss.call("GET", f"{USAGE}/export?unit={ministry}&format=parquet&from=2026-01")
    [row] = pq.read_table(io.BytesIO(parquet.body)).to_pylist()
    assert (row["unit_name"], row["persons"], row["requests"], row["told"]) == ("=CMD('calc')", 5, 5, True)
    async with beside.driver_connection() as connection:
        found = await fetch(
            connection,
            "SELECT data FROM journal_events WHERE name = 'usage.exported' AND object_id = $1 ORDER BY id",
            ministry,
        )
    assert len(found) == 2
    assert '"first":"2026-01"' in found[1][0].replace(" ", "")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=2026-05&to=2026-04", "usage_period_invalid"),
        ("from=2020-01&to=2026-04", "usage_period_invalid"),
        ("from=2026-13", "invalid_request"),
        ("to=1999-01", "invalid_request"),
        ("unit=moi", "invalid_request"),
    ],
)
async def test_what_is_not_a_period_is_refused(query: str, code: str, new_visitor: NewVisitor) -> None:
    boss = await new_visitor(administrator=True)
    answer = await boss.call("GET", f"{USAGE}?{query}")
    assert (answer.status, answer.body["code"]) == (422, code)


async def test_merged_units_count_where_they_went_and_months_stay(new_visitor: NewVisitor, used: Used) -> None:
    boss = await new_visitor(administrator=True)
    ministry = await unit(boss)
    old, new = await unit(boss, ministry), await unit(boss, ministry)
    await used(old, 6, days_ago=70)
    await used(new, 5, days_ago=70)
    merged = await boss.call("POST", f"/api/admin/units/{old}/merge", {"into_id": new})
    assert merged.status == 200, merged.body
    seen = await boss.get(f"{USAGE}?unit={ministry}")
    assert [row["unit_id"] for row in seen["items"]] == [new]
    assert [cell["requests"] for cell in seen["items"][0]["cells"] if cell["requests"]] == [11]


async def test_a_person_who_changes_units_is_counted_once_a_month(beside: Database, new_visitor: NewVisitor) -> None:
    boss = await new_visitor(administrator=True)
    ministry = await unit(boss)
    before, after = await unit(boss, ministry), await unit(boss, ministry)
    async with beside.driver_transaction() as connection:
        for person in [uuid4() for _ in range(6)]:
            for place in (before, after):
                await execute(connection, _ROW, uuid7(), person, UUID(place), "turn", 0.5, 0.02, datetime.now(UTC))
        await connection.execute("DELETE FROM usage_months")
    await refresh_months(beside, "Europe/Paris")
    seen = await boss.get(f"{USAGE}?unit={ministry}")
    cell = this_month(seen["total"])
    assert cell is not None
    assert (cell["persons"], cell["requests"]) == (6, 12)
