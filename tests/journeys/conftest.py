"""One running service for most journeys, with a scripted model; persons of their own for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import uuid4

import aiohttp
import pytest

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.fakes.model_server import ModelServer, running_model_server
from tests.journeys.service import PASSWORD, Service, installation
from tests.journeys.visitor import Visitor
from tests.persons import create_person, open_session

NewVisitor = Callable[..., Awaitable[Visitor]]


@pytest.fixture(scope="session")
async def scripted() -> AsyncIterator[ModelServer]:
    async with running_model_server() as server:
        yield server


@pytest.fixture(scope="session")
async def service(scripted: ModelServer) -> AsyncIterator[Service]:
    with installation(scripted.url) as started:
        await started.start()
        yield started


@pytest.fixture(scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=2**20) as session:
        yield session


@pytest.fixture(scope="session")
async def beside(service: Service) -> AsyncIterator[Database]:
    """The running service's own database, as the command line reaches it."""
    address = application_address(service.data_dir)
    assert address is not None
    opened = Database(address, pool_size=2)
    yield opened
    await opened.close()


@pytest.fixture
async def new_visitor(service: Service, beside: Database, http: aiohttp.ClientSession) -> NewVisitor:
    async def make(*, administrator: bool = False) -> Visitor:
        email = f"{uuid4()}@exemple.fr"
        async with beside.transaction() as session:
            person = await create_person(
                session, email=email, name="Ada", password=PASSWORD, is_administrator=administrator
            )
            return Visitor(http, service.address, await open_session(session, person))

    return make


@pytest.fixture
async def ada(new_visitor: NewVisitor) -> Visitor:
    return await new_visitor()


@pytest.fixture
async def bob(new_visitor: NewVisitor) -> Visitor:
    return await new_visitor()
