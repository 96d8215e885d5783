"""One running service for the whole matrix, with everybody in it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import running_model_server
from tests.journeys.service import installation
from tests.matrix import sources
from tests.matrix.world import World


@pytest.fixture(scope="session")
async def world() -> AsyncIterator[World]:
    async with (
        running_model_server() as scripted,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=2**20) as http,
    ):
        origins = f'["{sources.ORIGIN}"]'
        with installation(scripted.url, CHATELET_DOCUMENTS__SOURCE_ORIGINS=origins) as service:
            await service.start()
            address = application_address(service.data_dir)
            assert address is not None
            database = Database(address, pool_size=2)
            made = World(http, service.address, database)
            await made.settle()
            yield made
            await database.close()
