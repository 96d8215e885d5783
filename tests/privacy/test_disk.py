"""What was deleted leaves the disk: what holds a pass back, what it tells, when it runs, what certificates promise."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text

from chatelet.commands import cleaning as nightly
from chatelet.commands.check import disk_cleaning as disk_told
from chatelet.commands.cleaning import REASONS, DiskCleaner, Standing, is_due
from chatelet.commands.database import Addresses
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.privacy.certificates.certificate import Destroyed, decode
from chatelet.privacy.certificates.service import Deed, certify, read
from chatelet.privacy.certificates.words import told
from chatelet.privacy.disk import cleaning, relations, service, statistics
from chatelet.privacy.disk.cleaning import Patience
from chatelet.privacy.disk.errors import DiskCleaningForbidden, DiskCleaningUnderWay
from chatelet.privacy.disk.tables import DiskCleaning
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings
from tests.privacy.conftest import Travel

ASKED = Patience(table=60, older=20, asked=True)
BY_NIGHT = Patience(table=60, older=20)
WORD = "jwykuphorblexi"
_A_SITE = (
    "INSERT INTO web_sites (id, pattern, tier, created_at) VALUES (gen_random_uuid(), 'exemple.fr', 'press', now())",
)
_HIDDEN = "SELECT count(*) FROM pg_stats WHERE tablename = 'circles' AND most_common_vals::text LIKE :word"


@pytest.fixture(autouse=True)
def counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_COUNTED_SECONDS", 0.0)  # what is deleted here is counted before a pass begins
    monkeypatch.setattr(cleaning, "_BREATH_SECONDS", 0.0)
    monkeypatch.setattr(relations, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(relations, "_LOCK_WAITS", (50, 50))


@pytest.fixture
async def clean_once(owner_database: Database) -> DiskCleaning:
    return await cleaning.clean(owner_database, BY_NIGHT)


async def _run(database: Database, *statements: str, **values: object) -> None:
    async with database.transaction() as session:
        for statement in statements:
            await session.execute(text(statement), values)
    async with database.driver_connection() as connection:
        await connection.execute("SELECT pg_stat_force_next_flush()")


def _left(done: DiskCleaning) -> dict[str, str]:
    return {name: one["reason"] for name, one in done.left_over.items()}


async def test_only_tables_that_something_left_are_rewritten_again(
    owner_database: Database, clean_once: DiskCleaning
) -> None:
    assert clean_once.rewritten > 50
    assert _left(clean_once) == {}
    assert clean_once.segments >= 1
    await _run(owner_database, "INSERT INTO units (id, path, code, name, sort_name, kind, created_at)"
               " VALUES (gen_random_uuid(), '{}', 'a', 'A', 'a', 'other', now())")  # fmt: skip
    await _run(owner_database, *_A_SITE, "DELETE FROM web_sites")
    files = "SELECT relname, relfilenode FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    async with owner_database.transaction() as session:
        before = dict((await session.execute(text(files))).all())  # type: ignore[arg-type]
    again = await cleaning.clean(owner_database, BY_NIGHT)
    async with owner_database.transaction() as session:
        after = dict((await session.execute(text(files))).all())  # type: ignore[arg-type]
        name, data, result = (
            await session.execute(
                text("SELECT name, data, result FROM journal_events WHERE object_id = :id"), {"id": str(again.id)}
            )
        ).one()
        assert await service.last(session) is not None
    changed = {one for one in before if before[one] != after[one]}
    assert "web_sites" in changed
    assert "units" not in changed, "rows came, none left"
    assert changed <= {"web_sites", "disk_cleanings", "schema_version"}
    assert (name, result) == ("disk.cleaned", "done")
    assert '"left":0' in data


async def test_whoever_reads_since_before_keeps_what_was_deleted_and_is_told(owner_database: Database) -> None:
    async with owner_database.driver_connection() as reader:
        await reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        await reader.execute("SELECT 1")
        await _run(owner_database, *_A_SITE, "DELETE FROM web_sites")
        held = await cleaning.clean(owner_database, Patience(60, older=0.3, asked=True))
        assert _left(held) == {"tables": "older_transactions"}
        assert held.rewritten == 0
        await reader.execute("COMMIT")
    assert _left(await cleaning.clean(owner_database, ASKED)) == {}


async def test_a_table_in_use_is_left_for_the_next_pass(owner_database: Database) -> None:
    async with owner_database.driver_connection() as busy:
        await busy.execute("BEGIN")
        cleaned = asyncio.create_task(cleaning.clean(owner_database, ASKED))
        async with owner_database.driver_connection() as looking:
            while not await looking.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE objid = 4242037)"):
                await asyncio.sleep(0.01)
        await busy.execute("LOCK TABLE volunteers IN ACCESS SHARE MODE")
        done = await cleaned
        await busy.execute("COMMIT")
    assert _left(done).get("volunteers") == "in_use"
    async with owner_database.transaction() as session:
        assert await service.last_whole(session) is None


async def test_a_table_that_takes_too_long_is_given_back_and_not_tried_each_night(
    owner_database: Database, travel: Travel
) -> None:
    await _run(
        owner_database,
        "CREATE FUNCTION slow(tier text) RETURNS text IMMUTABLE LANGUAGE plpgsql"
        " AS $$ BEGIN PERFORM pg_sleep(0.4); RETURN tier; END $$",
        "CREATE INDEX ix_slow ON web_sites (slow(tier))",
        "INSERT INTO web_sites (id, pattern, tier, created_at)"
        " SELECT gen_random_uuid(), n::text, 'press', now() FROM generate_series(1, 3) AS n",
    )
    done = await cleaning.clean(owner_database, Patience(table=1, older=20))
    assert _left(done) == {"web_sites": "too_long"}
    async with owner_database.transaction() as session:
        assert await session.scalar(text("SELECT count(*) FROM web_sites")) == 3, "it is as it was"
    travel(1)
    assert _left(await cleaning.clean(owner_database, BY_NIGHT)) == {"web_sites": "too_long"}, "not tried"
    assert _left(await cleaning.clean(owner_database, ASKED)) == {}


@pytest.mark.parametrize("first", [180_000, 10_000_000], ids=["cleared", "before version 18"])
async def test_statistics_of_a_table_that_is_empty_now_hold_no_value(
    owner_database: Database, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    monkeypatch.setattr(statistics, "CAN_CLEAR", first)
    await _run(
        owner_database,
        "ALTER TABLE circles DROP CONSTRAINT fk_circles_collection_id",
        "INSERT INTO circles (id, collection_id, digest, readers)"
        f" SELECT gen_random_uuid(), gen_random_uuid(), '{WORD}', '{{{WORD}}}' FROM generate_series(1, 20)",
        "ANALYZE circles",
    )
    async with owner_database.transaction() as session:
        assert await session.scalar(text(_HIDDEN), {"word": f"%{WORD}%"})
    await _run(owner_database, "DELETE FROM circles", "ANALYZE circles")
    async with owner_database.transaction() as session:
        assert await session.scalar(text(_HIDDEN), {"word": f"%{WORD}%"}), "ANALYZE leaves them"
    assert "circles" not in _left(await cleaning.clean(owner_database, ASKED))
    async with owner_database.transaction() as session:
        assert not await session.scalar(text(_HIDDEN), {"word": f"%{WORD}%"})


async def test_the_application_cannot_and_two_do_not_at_once(database: Database, owner_database: Database) -> None:
    with pytest.raises(DiskCleaningForbidden):
        await cleaning.clean(database, ASKED)
    async with owner_database.driver_connection() as other:
        await other.execute("SELECT pg_advisory_lock(4242037)")
        with pytest.raises(DiskCleaningUnderWay):
            await cleaning.clean(owner_database, ASKED)


async def test_tables_that_are_not_rewritten_hold_no_word(owner_database: Database) -> None:
    """What of them is text is a code, an identifier or a figure; what is content is sealed."""
    known = {
        "messages": {"role"},
        "journal_events": {"name", "object_kind", "object_id", "result", "data", "origin", "request_id"},
        "journal_seals": {"key_id"},
    }
    async with owner_database.transaction() as session:
        rows = await session.execute(
            text("SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY(:names)"
                 " AND data_type NOT IN ('uuid', 'bytea', 'bigint', 'integer', 'smallint', 'timestamp with time zone')"),
            {"names": list(relations.SPEECHLESS)},
        )  # fmt: skip
        found: dict[str, set[str]] = {}
        for table, column in rows:
            found.setdefault(table, set()).add(column)
        names = set(await session.scalars(text("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')")))
    assert found == known
    assert set(relations.SPEECHLESS) <= names


async def _certified(services: PrivacyServices) -> datetime:
    async with services.database.transaction() as session:
        gone = Deed("retention", clock.now(), Destroyed(rows={"messages": 1}), {})
        return (await read(session, await certify(session, services.settings, services.signing, gone))).made_at


async def test_a_day_is_promised_only_where_somebody_sees_to_it(
    services: PrivacyServices, owner_database: Database, travel: Travel
) -> None:
    here, elsewhere = services.settings, Settings(database={"url": "postgresql://x@y/z"}, data_dir=Path("x"))  # type: ignore[arg-type]

    async def promised(settings: Settings) -> bool:
        async with services.database.transaction() as session:
            day = await service.promised_by(session, settings, clock.now())
            assert day in {None, (clock.now() + timedelta(days=7)).date()}
            return day is not None

    assert await promised(here), "the service cleans by itself"
    assert not await promised(elsewhere)
    made = await _certified(services)
    travel(8)
    assert not await promised(here), "it did not, for longer than that"
    async with services.database.transaction() as session:
        assert await service.owed_since(session) == made
        assert disk_told(None, made, here).state == "degraded"
    done = await cleaning.clean(owner_database, ASKED)
    assert await promised(here)
    assert await promised(elsewhere)
    async with services.database.transaction() as session:
        assert await service.owed_since(session) is None
        assert disk_told(done, None, here).state == "present"
    travel(16)
    assert await promised(here), "nothing waits"
    assert not await promised(elsewhere)


async def test_what_is_said_of_the_disk_and_of_the_search_server(services: PrivacyServices) -> None:
    async with services.database.transaction() as session:
        deed = Deed("retention", clock.now(), Destroyed(rows={"documents": 1}), {}, search_server_left=3)
        made = await read(session, await certify(session, services.settings, services.signing, deed))
    facts = decode(made.document.encode()).certificate
    assert facts.search_server_left == 3
    day = (facts.ended_at + timedelta(days=7)).date().isoformat()
    assert f"Le disque de la base de données n’en garde plus rien au plus tard le\u00a0: {day}" in told(facts, "fr")
    assert "versions of documents to remove there, within five minutes if it answers: 3" in told(facts, "en")


def test_what_is_left_is_told_with_what_to_do() -> None:
    now = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    left = {"passages": {"reason": "too_long", "tried_at": now.isoformat()}}
    done = DiskCleaning(
        id=None, began_at=now, ended_at=now, rewritten=3, bytes=2**21, segments=2, left_over=left, marks={}
    )
    assert f"Left: passages ({REASONS['too_long']})" in nightly.told(done)
    assert "no more" not in nightly.told(done)
    found = disk_told(done, None, Settings(data_dir=Path("x")))
    assert (found.state, "left: passages" in found.detail) == ("degraded", True)


@pytest.mark.parametrize(
    ("hour", "tried", "whole", "owed", "due"),
    [
        (3, None, None, None, True),
        (5, None, None, None, True),
        (6, None, None, None, False),
        (14, None, None, 3.0, True),
        (14, None, None, 1.0, False),
        (14, 1.0, None, 9.0, False),
        (14, 2.5, 8.0, 7.0, True),
        (3, 0.02, None, 1.0, False),
        (4, 0.05, 1.0, 1.0, True),
        (3, 0.5, 0.5, None, False),
    ],
)
def test_when_it_runs(hour: int, tried: float | None, whole: float | None, owed: float | None, *, due: bool) -> None:
    now = datetime(2026, 11, 23, hour, 30, tzinfo=UTC)

    def ago(days: float | None) -> datetime | None:
        return None if days is None else now - timedelta(days=days)

    assert is_due(now, 3, Standing(ago(tried), ago(whole), ago(owed))) is due


async def test_the_service_cleans_the_embedded_database_alone(
    addresses: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = clock.now().astimezone().hour
    settings = Settings.model_validate({"data_dir": tmp_path, "privacy": {"disk_hour": (hour - 1) % 24}})
    elsewhere = DiskCleaner(settings, Addresses(*addresses), first=0)
    elsewhere.look()
    assert elsewhere.running is None, "an external database is its administrator's"
    ours = DiskCleaner(settings, Addresses(*addresses, cast("EmbeddedPostgres", object())), first=0)
    ours.look()
    assert ours.running is not None
    await ours.running
    database = Database(addresses[0], pool_size=1)
    async with database.transaction() as session:
        done = await service.last(session)
    await database.close()
    assert done is not None
    assert done.rewritten > 50


async def test_statistics_that_an_older_server_cannot_forget_are_told(
    owner_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "CAN_CLEAR", 10_000_000)
    await _run(owner_database, *_A_SITE, "ANALYZE web_sites", "DELETE FROM web_sites")
    await _run(
        owner_database,
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "CREATE TRIGGER on_tier AFTER UPDATE OF tier ON web_sites EXECUTE FUNCTION nothing()",
    )
    assert _left(await cleaning.clean(owner_database, ASKED))["web_sites"] == "old_statistics"
