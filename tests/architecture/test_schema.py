"""Migrations: one line without branches, dated, and exactly the tables that the code declares."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from chatelet.kernel.database import Database
from chatelet.migrations.tables import METADATA
from tests.architecture.sources import PACKAGE

_VERSIONS = PACKAGE / "migrations" / "versions"
_NOT_OURS = re.compile(r"pgqueuer|health_probes|schema_version|_p\d+$|_default$|_\d{4}_\d{2}$|_y\d{4}m\d{2}$")

_ONLY_WITH_AN_EXTENSION = {"passage_windows"}  # migrations/vectors.py; of a type that SQLAlchemy does not know


def test_there_is_one_head_and_no_branch() -> None:
    scripts = ScriptDirectory(str(PACKAGE / "migrations"))
    assert len(scripts.get_heads()) == 1
    assert not [
        script.revision for script in scripts.walk_revisions() if script.is_branch_point or script.is_merge_point
    ]


def test_each_migration_is_dated_and_waits_for_no_lock() -> None:
    for path in _VERSIONS.glob("*.py"):
        assert date.fromisoformat(path.name[:10]) <= date.max
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}_[0-9a-z_]+\.py", path.name)
        assert "SET LOCAL lock_timeout" in path.read_text("utf-8"), path.name


@pytest.mark.filterwarnings("ignore:Did not recognize type 'halfvec'")  # all tables are read at once, that one too
async def test_the_migrated_schema_is_the_declared_one(owner_database: Database) -> None:
    async with owner_database.engine.connect() as connection:
        differences = await connection.run_sync(_differences)
    assert not differences, "\n".join(str(difference) for difference in differences)


def _differences(connection: Connection) -> Sequence[Any]:
    def is_ours(item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        table = name if kind == "table" else item.table.name
        return not _NOT_OURS.search(table or "")

    def is_read(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name not in _ONLY_WITH_AN_EXTENSION

    options = {
        "include_object": is_ours,
        "include_name": is_read,
        "compare_type": True,
        "version_table": "schema_version",
    }
    return compare_metadata(MigrationContext.configure(connection, opts=options), METADATA)
