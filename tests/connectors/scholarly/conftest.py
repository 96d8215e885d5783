"""A desk over services of loopback."""

from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest

from chatelet.connectors.scholarly.desk import Desk, desk_of
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings
from tests.fakes.scholarly_server import ScholarlyServer, running_scholarly_server

ALL = ("hal", "arxiv", "openalex", "crossref", "semantic_scholar", "europe_pmc", "unpaywall", "doaj", "theses", "istex")
NewDesk = Callable[..., Desk]


@pytest.fixture
async def server() -> AsyncIterator[ScholarlyServer]:
    async with running_scholarly_server() as started:
        yield started


@pytest.fixture
async def client() -> AsyncIterator[Outbound]:
    opened = Outbound(user_agent="chatelet/test")
    yield opened
    left = len(opened._open)
    await opened.close()
    assert left == 0, "an answer is still watched"


@pytest.fixture
def new_desk(server: ScholarlyServer, client: Outbound, database: Database) -> NewDesk:
    def make(*names: str, **more: object) -> Desk:
        sources = names or ALL
        scholarly = {
            "sources": sources,
            "contact": "bibliotheque@exemple.fr",
            "addresses": {name: server.base(name) for name in sources if name != "mirror"},  # type: ignore[arg-type]
            **more,
        }
        return desk_of(Settings.model_validate({"scholarly": scholarly}), client, database)

    return make


@pytest.fixture
def public() -> Clearance:
    return clear(UUID(int=1), Label(Level.PUBLIC), ceiling=Level.RESTRICTED)
