"""A backup of an earlier version goes into today's, migrated with its rows; one of a later version is refused."""

import msgspec
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from chatelet.audit import events, journal
from chatelet.backups import manifest as manifests
from chatelet.backups.backup_set import name_of
from chatelet.backups.making import make
from chatelet.backups.place import Place, path_of
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from chatelet.migrations import runner
from chatelet.privacy.certificates.service import signing_key
from chatelet.privacy.services import PrivacyServices
from chatelet.settings import Settings
from tests.architecture.sources import PACKAGE
from tests.backups.conftest import Elsewhere, empty_database, made, tables_of
from tests.conftest import TestServer


def last_revisions(count: int) -> list[str]:
    """The revisions before today's, the nearest first."""
    known = [one.revision for one in ScriptDirectory(str(PACKAGE / "migrations")).walk_revisions()]
    return known[1 : 1 + count]


PERSON = """
INSERT INTO persons (id, issuer, subject, email, name, sort_name, search_vector, language, state, created_at)
VALUES (:id, 'local', :email, :email, 'Ada', 'ada', '', 'fr', 'active', now())
"""


@pytest.mark.parametrize("revision", last_revisions(3))
async def test_an_earlier_schema_is_migrated_with_its_rows(
    postgres: TestServer, settings: Settings, place: Place, elsewhere: Elsewhere, revision: str
) -> None:
    async with empty_database(postgres) as (owner, _application):
        async with owner.engine.connect() as connection, connection.begin():
            await runner.build(connection, revision)
        async with owner.transaction() as session:
            await session.execute(text(PERSON), {"id": uuid7(), "email": "ada@exemple.fr"})
            await journal.record(session, events.ServiceStarted(process="serve", version="0.1.0"), actor=None)
        before = await tables_of(owner)
        done = await make(settings, owner, place, incremental=False)
    assert done.manifest.schema == revision
    await elsewhere.restored(place)
    assert await runner.revision_of(elsewhere.application) == runner.head()
    after = await tables_of(elsewhere.owner)
    assert len(after["persons"]) == len(before["persons"]) == 1
    assert set(before["journal_events"]) <= set(after["journal_events"])
    await runner.check(elsewhere.application, expect_data=True)


async def test_a_month_long_gone_keeps_its_partition(
    services: PrivacyServices, place: Place, elsewhere: Elsewhere, owner_database: Database
) -> None:
    """Old months are dropped whole: their rows must not have fallen into the default partition."""
    bounds = "FROM (partition_bound('2024-03-01Z')) TO (partition_bound('2024-04-01Z'))"
    async with owner_database.transaction() as session:
        await session.execute(text(f"CREATE TABLE messages_y2024m03 PARTITION OF messages FOR VALUES {bounds}"))
    done = await made(services, place)
    assert "messages_y2024m03" in {one.name for one in done.manifest.partitions}
    await elsewhere.restored(place)
    async with elsewhere.owner.transaction() as session:
        found = await session.scalars(text("SELECT inhrelid::regclass::text FROM pg_inherits ORDER BY 1"))
        there = set(found)
    assert {one.name for one in done.manifest.partitions} <= there


async def test_a_later_schema_is_refused(services: PrivacyServices, place: Place, elsewhere: Elsewhere) -> None:
    done = await made(services, place)
    later = msgspec.structs.replace(done.manifest, schema="9999_from_the_future")
    signed = manifests.sign(later, signing_key(services.settings))
    await place.put(path_of("manifests", name_of(later)), signed)
    with pytest.raises(runner.SchemaNewer):
        await elsewhere.restored(place)
    assert await tables_of(elsewhere.owner) == {}
