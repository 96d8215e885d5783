"""Two units made one: told before to the last table, and nothing of either is lost."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint, text

from chatelet.identity.units.service import taken_over
from chatelet.identity.units.tree import counted, owned, settled
from chatelet.kernel.database import Database
from chatelet.migrations.tables import METADATA
from chatelet.policy.rules.book import Policies
from chatelet.policy.rules.value import UnitRules
from tests.identity.conftest import Client, MakePerson
from tests.identity.test_units import UNITS, MakeUnit, unit

__all__ = ["unit"]
_ROWS = {
    "charters": "INSERT INTO charters (id, unit_id, version, language, text, hash, published_at)"
    " VALUES (gen_random_uuid(), :unit, :n, 'fr', 'Charte', 'h', now())",
    "quota_rules": "INSERT INTO quota_rules (id, holder, unit_id, measure, period, amount, mode, created_at, updated_at)"
    " VALUES (gen_random_uuid(), 'unit', :unit, 'tokens', 'day', :n, 'hard', now(), now())",
    "web_sites": "INSERT INTO web_sites (id, unit_id, pattern, tier, created_at)"
    " VALUES (gen_random_uuid(), :unit, :word, 'press', now())",
    "retention_rules": "INSERT INTO retention_rules (id, unit_id, kind, days, version, set_at)"
    " VALUES (gen_random_uuid(), :unit, :word, :n, 1, now())",
    "inclusive_rules": "INSERT INTO inclusive_rules (unit_id, rule, set_at) VALUES (:unit, :word, now())",
    "unit_openings": "INSERT INTO unit_openings (unit_id, opens_on, created_at) VALUES (:unit, :day, now())",
}


async def _add(sql: Any, table: str, unit: str, n: int = 1, word: str = "a") -> None:
    statement = _ROWS[table]
    values = {"unit": UUID(unit), "n": n, "word": word, "day": date(2026, 1, 1) + timedelta(days=n - 1)}
    await sql(statement, **{name: value for name, value in values.items() if f":{name}" in statement})


async def _merge(administrator: Client, gone: str, into: str) -> dict[str, dict[str, Any]]:
    """Preview, then merge; return what was told, by kind."""
    told = await administrator.call("GET", f"{UNITS}/{gone}/merge", params={"into": into})
    assert told.status == 200, told.body
    merged = await administrator.call("POST", f"{UNITS}/{gone}/merge", {"into_id": into})
    assert merged.status == 200, merged.body
    return {one["kind"]: one for one in told.body["owned"]}


async def test_the_preview_counts_what_is_handed_over_and_changes_nothing(
    administrator: Client, unit: MakeUnit, person: MakePerson, sql: Any
) -> None:
    gone, into = await unit("OLD"), await unit("NEW")
    await unit("OLD/1", gone)
    both, only = await person("both@chatelet.fr", "Aux Deux"), await person("only@chatelet.fr", "Au Premier")
    for who, where in ((both, into), (both, gone), (only, gone)):
        await administrator.call("POST", f"/api/admin/persons/{who}/units", {"unit_id": where})
    for n in (10, 20):
        await _add(sql, "quota_rules", gone, n)
    await _add(sql, "quota_rules", into, 30)
    told = (await administrator.call("GET", f"{UNITS}/{gone}/merge", params={"into": into})).body
    assert (told["units"], told["persons"], told["persons_in_both"], told["policies"]) == (1, 2, 1, False)
    assert told["owned"] == [{"kind": "quota_rules", "count": 2, "both": 0, "outcome": "beside"}]
    assert (await administrator.call("GET", f"{UNITS}/{gone}")).body["units"] == 1
    await _merge(administrator, gone, into)
    rows = await sql("SELECT amount FROM quota_rules WHERE unit_id = :into ORDER BY amount", into=UUID(into))
    assert [row["amount"] for row in rows] == [10, 20, 30], "each limit holds beside the others"


@pytest.mark.parametrize("theirs_goes_up_to", [2, 9])
async def test_the_charter_in_force_is_that_of_the_unit_that_stays(
    theirs_goes_up_to: int, administrator: Client, unit: MakeUnit, sql: Any
) -> None:
    """Numbers of versions are a unit's own: the ninth of one is not newer than the third of the other."""
    gone, into = await unit("OLD"), await unit("NEW")
    for n in range(1, theirs_goes_up_to + 1):
        await _add(sql, "charters", gone, n)
    await _add(sql, "charters", into, 3)
    told = (await _merge(administrator, gone, into))["charters"]
    assert (told["count"], told["both"], told["outcome"]) == (theirs_goes_up_to, theirs_goes_up_to, "history")
    kept = await sql("SELECT unit_id, version FROM charters ORDER BY version DESC")
    assert len(kept) == theirs_goes_up_to + 1, "the proof of who accepted what stays"
    assert [row["version"] for row in kept if str(row["unit_id"]) == into] == [3]


async def test_a_charter_passes_where_there_was_none(administrator: Client, unit: MakeUnit, sql: Any) -> None:
    gone, into = await unit("OLD"), await unit("NEW")
    await _add(sql, "charters", gone, 2)
    assert (await _merge(administrator, gone, into))["charters"]["both"] == 0
    assert [str(row["unit_id"]) for row in await sql("SELECT unit_id FROM charters")] == [into]


async def test_two_of_what_there_can_be_one_of_are_settled_not_refused(
    administrator: Client, unit: MakeUnit, sql: Any
) -> None:
    gone, into = await unit("OLD"), await unit("NEW")
    for where, days, day in ((gone, 10, 2), (into, 30, 5)):
        await _add(sql, "retention_rules", where, days, "conversations")
        await _add(sql, "unit_openings", where, day)
        await _add(sql, "web_sites", where, word="presse.fr")
        await _add(sql, "inclusive_rules", where, word="doublets" if where == gone else "epicene")
    await _add(sql, "retention_rules", gone, 40, "files")
    await _add(sql, "web_sites", gone, word="autre.fr")
    told = await _merge(administrator, gone, into)
    assert {kind: (one["count"], one["both"], one["outcome"]) for kind, one in told.items()} == {
        "inclusive_rules": (1, 1, "receiver"),
        "retention_rules": (2, 1, "shorter"),
        "unit_openings": (1, 1, "earlier"),
        "web_sites": (2, 1, "receiver"),
    }
    rules = await sql(
        "SELECT kind, days FROM retention_rules WHERE replaced_at IS NULL AND unit_id = :into ORDER BY kind",
        into=UUID(into),
    )
    assert [(row["kind"], row["days"]) for row in rules] == [("conversations", 10), ("files", 40)]
    assert (await sql("SELECT count(*) AS n FROM retention_rules"))[0]["n"] == 3, "who set what stays told"
    [opening] = await sql("SELECT unit_id, opens_on FROM unit_openings")
    assert (str(opening["unit_id"]), opening["opens_on"].day) == (into, 2)
    sites = await sql("SELECT pattern FROM web_sites WHERE unit_id = :into ORDER BY pattern", into=UUID(into))
    assert [row["pattern"] for row in sites] == ["autre.fr", "presse.fr"]
    [rule] = await sql("SELECT unit_id, rule FROM inclusive_rules")
    assert (str(rule["unit_id"]), rule["rule"]) == (into, "epicene")


_COUNT = (
    "INSERT INTO quota_counters (subject_id, model_id, period, starts, requests, tokens, microeuros, mgco2e)"
    " VALUES (:unit, :model, 'month', date_trunc('month', now()), :n, :n, :n, :n)"
)


async def _counted(sql: Any, unit: str) -> dict[str, int]:
    rows = await sql("SELECT model_id, tokens FROM quota_counters WHERE subject_id = :unit", unit=UUID(unit))
    return {row["model_id"]: row["tokens"] for row in rows}


async def test_what_was_used_counts_with_the_other_unit_and_is_told_before(
    administrator: Client, unit: MakeUnit, person: MakePerson, sql: Any
) -> None:
    """Months of costs are led there at each reading; allowances do not begin again, held answers included."""
    older, gone, into = await unit("OLDER"), await unit("OLD"), await unit("NEW")
    await _merge(administrator, older, gone)
    for where, month in ((older, 1), (gone, 1), (gone, 2), (into, 3)):
        await sql(
            "INSERT INTO usage_months (month, unit_id, persons, requests, tokens_read, tokens_written, euros, wh, calls,"
            " unpriced, unmeasured, refreshed_at) VALUES (:month, :unit, 5, 1, 1, 1, 0, 0, 1, 0, 0, now())",
            month=date(2026, month, 1),
            unit=UUID(where),
        )
    for where, model, n in ((gone, "", 300), (gone, "grand", 40), (into, "", 7)):
        await sql(_COUNT, unit=UUID(where), model=model, n=n)
    who = await person("holds@chatelet.fr", "En Cours")
    held = [[gone, "", "month", "2026-11-01"], [str(who), "", "month", "2026-11-01"]]
    await sql(
        "INSERT INTO quota_holds (id, person_id, counters, held, created_at)"
        " VALUES (gen_random_uuid(), :who, CAST(:held AS jsonb), ARRAY[1, 100, 0, 0], now())",
        who=UUID(str(who)),
        held=json.dumps(held),
    )
    told = await _merge(administrator, gone, into)
    assert {kind: (one["count"], one["both"], one["outcome"]) for kind, one in told.items()} == {
        "quota_counters": (2, 1, "added"),
        "usage_months": (2, 0, "added"),
    }
    assert await _counted(sql, into) == {"": 307, "grand": 40}
    assert await _counted(sql, gone) == {}
    [hold] = await sql("SELECT counters FROM quota_holds")
    assert [key[0] for key in json.loads(json.dumps(hold["counters"]))] == [into, str(who)]
    months = await sql("SELECT count(*) AS n FROM usage_months WHERE unit_id = :gone", gone=UUID(gone))
    assert months == [{"n": 2}], "what was used is not rewritten"


async def test_a_unit_above_has_counted_it_already(administrator: Client, unit: MakeUnit, sql: Any) -> None:
    into = await unit("ABOVE")
    gone = await unit("UNDER", into)
    for where, model, n in ((gone, "", 300), (gone, "grand", 40), (into, "", 500)):
        await sql(_COUNT, unit=UUID(where), model=model, n=n)
    await _merge(administrator, gone, into)
    assert await _counted(sql, into) == {"": 500, "grand": 40}


async def test_rules_of_a_unit_hold_on_after_it_was_merged(
    administrator: Client, unit: MakeUnit, database: Database
) -> None:
    """Twice merged: they follow to the unit that stands, and are told before."""
    first, second, last = await unit("A"), await unit("B"), await unit("C")
    rules = f'{{"{first}": {{"highest_level": "internal"}}}}'
    async with database.transaction() as session:
        await session.execute(
            text("INSERT INTO policy_versions (id, number, state, rules, sha256, written_at, published_at)"
                 " VALUES (gen_random_uuid(), 1, 'published', CAST(:rules AS jsonb), 'x', now(), now())"),
            {"rules": rules},
        )  # fmt: skip
    told = await administrator.call("GET", f"{UNITS}/{first}/merge", params={"into": second})
    assert told.body["policies"] is True
    await _merge(administrator, first, second)
    await _merge(administrator, second, last)
    async with database.transaction() as session:
        assert await taken_over(session, [first, str(uuid4())]) == {last: [first]}
        policies = Policies()
        await policies.refresh(session)
    held = policies.of([UUID(last)])
    assert [(type(one), one.unit, one.highest_level) for one in held] == [(UnitRules, first, "internal")]
    assert policies.of([uuid4()]) == ()


def test_every_table_with_one_line_a_unit_says_what_becomes_of_two() -> None:
    """A table that only one line of a unit may stand in, and that says nothing, would refuse the merge."""
    for column in owned():
        sets = [one for one in column.table.constraints if isinstance(one, (UniqueConstraint, PrimaryKeyConstraint))]
        sets += [index for index in column.table.indexes if index.unique]
        if any(column in list(one.columns) for one in sets):
            assert settled(column).outcome != "beside", column.table.name
    assert len(METADATA.tables) > len(owned()) > 10


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_has_its_words(language: str) -> None:
    words = (Path(__file__).parents[2] / "web" / "src" / "i18n" / language / "units.ts").read_text("utf-8")
    kinds = [column.table.name for column in owned()] + [name for name, _ in counted()]
    assert [kind for kind in kinds if f"    {kind}:" not in words] == []
    assert {name for name, _ in counted()} == {"literacy_months", "quota_counters", "usage_months"}
