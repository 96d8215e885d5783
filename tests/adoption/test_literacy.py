"""The path on using a model well: counted by unit and month, for nobody named, and told from five up."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import text

from chatelet.adoption.literacy import service
from chatelet.identity.principal import Principal
from chatelet.identity.rights import NO_RIGHTS, Right, Rights
from chatelet.identity.units.tables import Membership
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from tests.adoption.conftest import Tree
from tests.identity.conftest import Client, MakePerson, OpenBrowser

ADMIN, PATH = "/api/admin/adoption/literacy", "/api/literacy/completions"
MONTH = datetime.now(UTC).date().replace(day=1).isoformat()


def caller(person_id: UUID, rights: Rights = NO_RIGHTS) -> Principal:
    return Principal(person_id, person_id, rights, frozenset(), "fr", "Émilie", None, now())


async def followed(database: Database, unit_id: UUID | None, times: int) -> None:
    async with database.transaction() as session:
        await session.execute(
            text("INSERT INTO literacy_months VALUES (:unit, date_trunc('month', now())::date, :times)"),
            {"unit": unit_id or UUID(int=0), "times": times},
        )


async def test_a_completion_is_a_count_of_the_main_unit_and_of_nobody(
    database: Database, person: MakePerson, browser: OpenBrowser, tree: Tree
) -> None:
    member = await person("lea@example.org")
    async with database.transaction() as session:
        session.add(Membership(person_id=member, unit_id=tree.optics, is_main=True, source="page", created_at=now()))
    client = browser()
    await client.sign_in("lea@example.org")
    for _ in range(2):
        assert (await client.call("POST", PATH)).status == 204
    assert (await client.call("GET", ADMIN)).status == 403
    async with database.transaction() as session:
        kept = (await session.execute(text("SELECT * FROM literacy_months"))).all()
        told = await session.scalar(text("SELECT count(*) FROM journal_events WHERE data::text LIKE '%literacy%'"))
    assert [(row.unit_id, row.month.isoformat(), row.completions) for row in kept] == [(tree.optics, MONTH, 2)]
    assert [name for name in kept[0]._fields if "person" in name] == []
    assert told == 0


async def test_nothing_is_told_of_fewer_than_five_nor_found_by_subtraction(
    database: Database, administrator: Client, tree: Tree
) -> None:
    for unit, times in ((tree.physics, 9), (tree.optics, 3), (tree.history, 12)):
        await followed(database, unit, times)
    answer = (await administrator.call("GET", ADMIN)).body
    told = {one["unit"]["name"]: one["completions"] for one in answer["figures"]}
    assert sorted(told.values(), key=str) == [12, None, None], "9 would tell 3, by subtraction"
    assert answer["totals"] == [{"month": MONTH, "completions": 24}]


async def test_who_manages_one_unit_sees_no_total_and_what_is_hidden_to_all(database: Database, tree: Tree) -> None:
    for unit, times in ((tree.physics, 9), (tree.optics, 3), (tree.history, 12), (None, 7)):
        await followed(database, unit, times)
    rights = Rights(frozenset(), {Right.WAVES_MANAGE: frozenset({tree.physics})})
    async with database.transaction() as session:
        read = await service.read(session, caller(uuid4(), rights), "", cursor=None, limit=50)
    assert read.totals == []
    assert {one.unit.id if one.unit else None: one.completions for one in read.figures} == {
        tree.physics: 9,
        tree.optics: None,
    }


async def test_counts_follow_their_unit_through_every_merge_and_are_told_before(
    database: Database, administrator: Client, tree: Tree
) -> None:
    """Twice merged: counted with the unit that stands. What is told before names months, since times may be few."""
    await followed(database, tree.optics, 3)
    await followed(database, tree.physics, 4)
    await followed(database, tree.history, 12)
    for gone, into in ((tree.optics, tree.physics), (tree.physics, tree.history)):
        told = await administrator.call("GET", f"/api/admin/units/{gone}/merge", params={"into": str(into)})
        assert told.status == 200, told.body
        kinds = {one["kind"]: (one["count"], one["both"], one["outcome"]) for one in told.body["owned"]}
        assert kinds == {"literacy_months": (1, 0, "added")}
        merged = await administrator.call("POST", f"/api/admin/units/{gone}/merge", {"into_id": str(into)})
        assert merged.status == 200, merged.body
    answer = (await administrator.call("GET", ADMIN)).body
    assert [(one["unit"]["name"], one["completions"]) for one in answer["figures"]] == [("Histoire", 19)]
    assert answer["totals"] == [{"month": MONTH, "completions": 19}]
