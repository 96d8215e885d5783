"""A sealed journal, and an intruder with every right on the database but without the private key."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from chatelet.audit import chain, journal, sealing
from chatelet.audit.head import Head, write_head
from chatelet.audit.keys import PublicKeys, SealingKey, publish, sealing_key
from chatelet.kernel.database import Database
from tests.audit.samples import some_events
from tests.conftest import TestServer


@dataclass(frozen=True)
class Sealer:
    """What a sealer holds, in a temporary folder."""

    key: SealingKey
    trusted: PublicKeys
    folder: Path

    @property
    def public_keys(self) -> Path:
        return self.folder / "public_keys.pem"

    @property
    def head(self) -> Path:
        return self.folder / "head.json"

    async def link_and_seal(self, database: Database) -> Head:
        await chain.link_all(database)
        head = await sealing.seal(database, self.key, self.trusted)
        assert head is not None
        write_head(self.head, head)
        return head


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    key = sealing_key(tmp_path, None)
    assert key is not None
    return Sealer(key, publish(key, tmp_path / "public_keys.pem"), tmp_path)


@pytest.fixture
async def sealed(database: Database, sealer: Sealer) -> Head:
    """A journal of 12 events under 3 seals (at 4, 8 and 12)."""
    for _ in range(3):
        async with database.transaction() as session:
            for event, actor in some_events(4):
                await journal.record(session, event, actor=actor, acting_for=actor)
        head = await sealer.link_and_seal(database)
    return head


@pytest.fixture
async def intruder(addresses: tuple[str, str], postgres: TestServer) -> AsyncIterator[AsyncEngine]:
    """The database's superuser, whom neither rights nor triggers stop."""
    access = postgres.superuser
    url = URL.create(
        "postgresql+asyncpg",
        access["user"],
        access["password"],
        database=make_url(addresses[0]).database,
        query={"host": access["host"], "port": access["port"]},
    )
    settings = {"session_replication_role": "replica"}  # no trigger fires
    engine = create_async_engine(url, pool_size=1, connect_args={"server_settings": settings})
    yield engine
    await engine.dispose()
