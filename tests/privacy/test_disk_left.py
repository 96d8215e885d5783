"""What a pass could not do is told, and no later one says "whole" before it is done."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from chatelet.commands.cleaning import REASONS, clean_disk
from chatelet.kernel import clock
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.disk import abandoned, cleaning, relations, service, write_ahead
from chatelet.privacy.disk.cleaning import Patience
from chatelet.privacy.disk.tables import DiskCleaning
from chatelet.settings import Settings
from tests.conftest import TestServer
from tests.privacy.conftest import Travel

ASKED = Patience(table=60, older=20, asked=True)
BY_NIGHT = Patience(table=60, older=20)
_FILE = "SELECT pg_relation_filenode(to_regclass(:name))"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_COUNTED_SECONDS", 0.0)
    monkeypatch.setattr(cleaning, "_BREATH_SECONDS", 0.0)
    monkeypatch.setattr(relations, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(relations, "_LOCK_WAITS", (50, 50))
    monkeypatch.setattr(abandoned, "_REMOVED_SECONDS", 0.0)
    monkeypatch.setattr(write_ahead, "_LOOK_SECONDS", 0.0)


def _reasons(done: DiskCleaning) -> dict[str, str]:
    assert all(one["reason"] in REASONS for one in done.left_over.values())
    return {name: one["reason"] for name, one in done.left_over.items()}


async def _file(database: Database, name: str) -> int:
    async with database.transaction() as session:
        return int(await session.scalar(text(_FILE), {"name": name}))


def _answers(monkeypatch: pytest.MonkeyPatch, *answers: bool) -> None:
    """Have older transactions end, or not, each time they are waited for."""
    given: Iterator[bool] = iter(answers)

    async def wait(_connection: object, _seconds: float) -> bool:
        return next(given)

    monkeypatch.setattr(cleaning, "wait_for_older", wait)


async def test_statistics_left_once_are_rewritten_before_anything_is_called_whole(
    owner_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answers(monkeypatch, True, False, False, True, True, True)
    before = await _file(owner_database, "pg_statistic")
    assert _reasons(await cleaning.clean(owner_database, BY_NIGHT)) == {"pg_statistic": "older_transactions"}
    assert _reasons(await cleaning.clean(owner_database, BY_NIGHT)) == {"tables": "older_transactions"}
    assert await _file(owner_database, "pg_statistic") == before
    assert _reasons(await cleaning.clean(owner_database, BY_NIGHT)) == {}
    assert await _file(owner_database, "pg_statistic") != before


async def test_statistics_that_took_too_long_are_not_tried_each_hour(owner_database: Database) -> None:
    now = clock.now()
    left = {"pg_statistic": {"reason": "too_long", "tried_at": now.isoformat(timespec="seconds")}}
    async with owner_database.transaction() as session:
        session.add(
            DiskCleaning(
                id=uuid7(), began_at=now, ended_at=now, rewritten=1, bytes=0, segments=0, left_over=left, marks={}
            )
        )
    before = await _file(owner_database, "pg_statistic")
    assert _reasons(await cleaning.clean(owner_database, BY_NIGHT)) == {"pg_statistic": "too_long"}
    assert await _file(owner_database, "pg_statistic") == before
    assert _reasons(await cleaning.clean(owner_database, ASKED)) == {}
    assert await _file(owner_database, "pg_statistic") != before


async def test_without_room_for_a_copy_nothing_is_tried(
    owner_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, travel: Travel
) -> None:
    free = 2**30
    monkeypatch.setattr(relations.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    here = Patience(table=60, older=20, folder=tmp_path)
    before = await _file(owner_database, "persons")
    done = await cleaning.clean(owner_database, here)
    assert done.rewritten == 0
    assert _reasons(done)["persons"] == "no_room"
    assert await _file(owner_database, "persons") == before
    free = 2**40
    monkeypatch.setattr(relations.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    assert _reasons(await cleaning.clean(owner_database, here))["persons"] == "no_room", "not at each hour of a night"
    travel(1)
    assert _reasons(await cleaning.clean(owner_database, here)) == {}


@pytest.mark.parametrize(
    "check",
    ["current_setting('chatelet.ok', true) IS DISTINCT FROM 'yes'", "(SELECT count(*) FROM schema_version) < 0"],
    ids=["raises", "misses a table of its own"],  # functions are called without the path of schemas
)
async def test_a_table_that_fails_does_not_end_the_pass(owner_database: Database, check: str) -> None:
    async with owner_database.transaction() as session:
        for statement in (
            "CREATE FUNCTION refused(tier text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {check} THEN RAISE EXCEPTION 'no'; END IF;"
            " RETURN tier; END $$",
            "SET LOCAL chatelet.ok = 'yes'",
            "CREATE INDEX ix_refused ON web_sites (refused(tier))",
            "INSERT INTO web_sites (id, pattern, tier, created_at) VALUES (gen_random_uuid(), 'a.fr', 'press', now())",
        ):
            await session.execute(text(statement))
    done = await cleaning.clean(owner_database, ASKED)
    assert _reasons(done) == {"web_sites": "failed"}
    assert done.rewritten > 50


async def test_a_table_that_the_server_leaves_as_it_was_is_told(
    owner_database: Database, postgres: TestServer, addresses: tuple[str, str]
) -> None:
    superuser: dict[str, Any] = postgres.superuser
    connection = await asyncpg.connect(**superuser, database=addresses[0].split("?")[0].rsplit("/", 1)[1])
    await connection.execute("CREATE TABLE public.of_another (word text)")
    name = await connection.fetchval("SELECT current_database()")
    await connection.execute(f"ALTER DATABASE {name} OWNER TO postgres")
    await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO chatelet_owner")
    await connection.close()
    left = _reasons(await cleaning.clean(owner_database, ASKED))
    assert left["of_another"] == "not_rewritten"
    assert left["pg_statistic"] == "not_rewritten"


async def test_an_archive_is_given_time_to_take_what_was_just_closed(
    owner_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, looks = write_ahead._names, 0

    async def listed(connection: asyncpg.Connection) -> list[str]:
        nonlocal looks
        looks += 1
        found = await names(connection)
        return ["0" * 24, *found] if looks < 3 else found

    monkeypatch.setattr(write_ahead, "_names", listed)
    async with owner_database.driver_connection() as connection:
        assert (await write_ahead.end(connection))[1] is None
        assert looks == 3
        monkeypatch.setattr(write_ahead, "_ARCHIVED_SECONDS", 0.0)
        looks = 0
        assert (await write_ahead.end(connection))[1] == "kept_by_the_server"


async def test_a_copy_that_a_crash_left_is_told_and_not_removed(owner_database: Database, postgres: TestServer) -> None:
    connection = await asyncpg.connect(**postgres.superuser, database="postgres")
    folder = Path(await connection.fetchval("SHOW data_directory"))
    await connection.close()
    async with owner_database.transaction() as session:
        oid = await session.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    base = folder / "base" / str(oid)
    here = Patience(table=60, older=20, asked=True, folder=folder)
    assert _reasons(await cleaning.clean(owner_database, here)) == {}
    long_ago = time.time() - 60
    for name, words in (("3999999999", b"half"), ("3999999998", b""), ("3999999997", b"late"), ("t3_3999999996", b"t")):
        (base / name).write_bytes(words)
        os.utime(base / name, (long_ago, long_ago))
    later = time.time() + 3_600  # of a transaction that goes on
    os.utime(base / "3999999997", (later, later))
    assert _reasons(await cleaning.clean(owner_database, here)) == {f"base/{oid}/3999999999": "abandoned"}
    assert (base / "3999999999").exists()


async def test_a_pass_of_a_day_to_come_counts_for_nothing(owner_database: Database) -> None:
    ahead = clock.now() + timedelta(days=400)
    async with owner_database.transaction() as session:
        session.add(
            DiskCleaning(
                id=uuid7(), began_at=ahead, ended_at=ahead, rewritten=1, bytes=0, segments=0, left_over={}, marks={}
            )
        )
        await session.flush()
        assert await service.last(session) is None
        assert await service.last_whole(session) is None


async def test_the_folder_is_looked_at_only_where_the_server_is_ours(
    addresses: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "postgres" / "data").mkdir(parents=True)
    seen: list[Path | None] = []

    async def clean(_database: Database, patience: Patience) -> DiskCleaning:
        seen.append(patience.folder)
        return DiskCleaning(left_over={}, rewritten=0, segments=0)

    monkeypatch.setattr(cleaning, "clean", clean)
    await clean_disk(Settings(data_dir=tmp_path), addresses[0], ASKED)
    external = Settings.model_validate({"data_dir": tmp_path, "database": {"url": "postgresql://x@y/z"}})
    await clean_disk(external, addresses[0], ASKED)
    assert seen == [tmp_path / "postgres" / "data", None]
