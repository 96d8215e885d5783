"""Brings a database to the schema of this version, or refuses with a reason.

revision of the database -> refuse when unknown (a newer version wrote it) or absent where data is expected
-> snapshot when it holds data -> upgrade in one transaction under an advisory lock -> rights of the application's role
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.migrations.vectors import complete_vectors

_LOCK: Final = 4_242_001
log = get_logger(__name__)


class SchemaNewer(AppError):
    """A newer version wrote this database. Start that version, or restore a snapshot made before the upgrade."""

    code = "schema_newer"
    status = 500


class DatabaseEmpty(AppError):
    """The database is empty where data is expected. Check its address, or restore a backup, before starting."""

    code = "database_empty"
    status = 500


class SchemaOutdated(AppError):
    """The database is older than this version. Run `chatelet migrate`."""

    code = "schema_outdated"
    status = 500


@dataclass(frozen=True)
class Migrated:
    """What was done: the revision before (None for an empty database), after, and the snapshot taken."""

    before: str | None
    after: str
    snapshot: Path | None


def head() -> str:
    """Return the revision of this version."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


async def revision_of(database: Database) -> str | None:
    """Return the revision of the database; None when it is empty."""
    async with database.engine.connect() as connection:
        return await _revision(connection)


async def check(database: Database, *, expect_data: bool) -> None:
    """Raise unless the database has exactly this version's schema."""
    revision = await revision_of(database)
    if revision is None and expect_data:
        raise DatabaseEmpty
    if revision is None or revision in _known() - {head()}:
        raise SchemaOutdated(found=revision or "empty", expected=head())
    if revision != head():
        raise SchemaNewer(found=revision, expected=head())


async def migrate(
    owner: Database, *, application_role: str, expect_data: bool, snapshot: Callable[[str], Path | None]
) -> Migrated:
    """Upgrade to `head()`; `snapshot(label)` is called before anything changes when the database holds data."""
    async with owner.engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        await connection.commit()
        try:
            before = await _revision(connection)
            if before is None and expect_data:
                raise DatabaseEmpty
            if before is not None and before not in _known():
                raise SchemaNewer(found=before, expected=head())
            taken = snapshot(f"before-{head()}") if before not in {None, head()} else None
            if before != head():
                log.info("migrating", before=before, after=head())
                await connection.run_sync(_upgrade)
            if await connection.run_sync(complete_vectors):
                log.info("vectors_added")
            await _grant(connection, application_role)
            await connection.commit()
            return Migrated(before=before, after=head(), snapshot=taken)
        finally:
            await connection.rollback()
            await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
            await connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


async def build(connection: AsyncConnection, revision: str) -> None:
    """Make the schema of a revision in an empty database, in the caller's transaction. Raises `SchemaNewer`."""
    if revision not in _known():
        raise SchemaNewer(found=revision, expected=head())
    await connection.run_sync(_upgrade, revision)


async def complete(connection: AsyncConnection, application_role: str) -> None:
    """Bring what `build` made to this version, with the application's rights, in the caller's transaction."""
    await connection.run_sync(_upgrade)
    await connection.run_sync(complete_vectors)
    await _grant(connection, application_role)


def _upgrade(connection: Connection, revision: str = "head") -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def _revision(connection: AsyncConnection) -> str | None:
    exists = await connection.scalar(text("SELECT to_regclass('public.schema_version') IS NOT NULL"))
    found = await connection.scalar(text("SELECT version_num FROM schema_version")) if exists else None
    await connection.rollback()
    return found


_GRANT: Final = """
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN
        SELECT c.oid::regclass AS name, c.relkind AS kind,
               coalesce(obj_description(c.oid), '') LIKE 'append-only%' AS appended
        FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition AND c.relkind IN ('r', 'p', 'S')
    LOOP
        EXECUTE format('REVOKE ALL ON %s FROM {role}', item.name);
        IF item.kind = 'S' THEN
            EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO {role}', item.name);
        ELSIF item.appended THEN
            EXECUTE format('GRANT SELECT, INSERT ON %s TO {role}', item.name);
        ELSIF item.name::text = 'schema_version' THEN
            EXECUTE format('GRANT SELECT ON %s TO {role}', item.name);
        ELSE
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {role}', item.name);
        END IF;
    END LOOP;
    GRANT USAGE ON SCHEMA public TO {role};
    GRANT EXECUTE ON FUNCTION ensure_partitions(regclass, integer) TO {role};
    GRANT EXECUTE ON FUNCTION drop_forgotten_month(regclass) TO {role};
END $$
"""


async def _grant(connection: AsyncConnection, role: str) -> None:
    if await connection.scalar(text("SELECT current_user")) == role:
        log.warning("one_database_role", remedy="set CHATELET_DATABASE__OWNER_URL so that the journal is append-only")
        return
    quoted = '"' + role.replace('"', '""') + '"'
    await connection.exec_driver_sql(_GRANT.replace("{role}", quoted))
