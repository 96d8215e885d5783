"""Real things for every test: a PostgreSQL built by the migrations, a fresh copy of it for each test that writes.

One embedded server per test process, in memory where there is room; a template database migrated once; `CREATE DATABASE …
TEMPLATE` (about 15 ms there, ten times that on a busy disk) gives each test its own.
"""

import asyncio
import contextlib
import gc
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings
from sqlalchemy import make_url

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.migrations import runner
from tests.memory import folder_in_memory
from tests.order import arrange

# Bytecode is kept whatever the shell says: each process that a test starts would compile the whole house again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# The same examples each time: a run that fails can be run again. `HYPOTHESIS_PROFILE=looking` looks further.
settings.register_profile("same", derandomize=True, database=None)
settings.register_profile("looking", max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among what is imported and collected, then or later: it stays until the end, and it is much."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    arrange(items)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: an archive bears the time it was made at, and workers must collect the same names."""
    return argname if isinstance(val, bytes) else None


@dataclass(frozen=True)
class TestServer:
    """Addresses of the test process's PostgreSQL."""

    __test__ = False

    owner_url: str
    application_url: str
    superuser: dict[str, str]

    def addresses(self, database: str) -> tuple[str, str]:
        """Return (owner, application) addresses of another database of this server."""
        return tuple(
            make_url(url).set(database=database).render_as_string(hide_password=False)
            for url in (self.owner_url, self.application_url)
        )


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestServer]:
    with tempfile.TemporaryDirectory(prefix="chatelet-test-", dir=folder_in_memory()) as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        server = EmbeddedPostgres(data, durable=False)
        addresses = server.start()
        secrets = json.loads((data / "postgres" / "secrets.json").read_text())
        query = make_url(addresses.owner_url).query
        superuser = {
            "host": str(query["host"]),
            "port": str(query["port"]),
            "user": "postgres",
            "password": secrets["postgres"],
        }
        found = TestServer(addresses.owner_url, addresses.application_url, superuser)
        asyncio.run(_migrate(found))
        yield found
        server.stop()


async def _migrate(server: TestServer) -> None:
    owner = Database(server.owner_url, pool_size=2)
    await runner.migrate(owner, application_role="chatelet_app", expect_data=False, snapshot=lambda _label: None)
    await owner.close()


@pytest.fixture
async def addresses(postgres: TestServer) -> AsyncIterator[tuple[str, str]]:
    """(owner, application) addresses of a fresh, migrated database, dropped afterwards."""
    async with fresh_database(postgres) as made:
        yield made


@pytest.fixture(scope="module")
async def own_addresses(postgres: TestServer) -> AsyncIterator[tuple[str, str]]:
    """The same, for the tests of one file together."""
    async with fresh_database(postgres) as made:
        yield made


@contextlib.asynccontextmanager
async def fresh_database(postgres: TestServer) -> AsyncIterator[tuple[str, str]]:
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(**postgres.superuser, database="postgres")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE chatelet OWNER chatelet_owner STRATEGY FILE_COPY")
    await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")  # as on an installation: no temporary table
    await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO chatelet_app")
    await connection.close()
    yield postgres.addresses(name)
    connection = await asyncpg.connect(**postgres.superuser, database="postgres")
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture
async def database(addresses: tuple[str, str]) -> AsyncIterator[Database]:
    """The application's own access to a fresh database."""
    opened = Database(addresses[1], pool_size=5)
    yield opened
    await opened.close()


@pytest.fixture
async def owner_database(addresses: tuple[str, str]) -> AsyncIterator[Database]:
    """The owner's access to the same database."""
    opened = Database(addresses[0], pool_size=2)
    yield opened
    await opened.close()
