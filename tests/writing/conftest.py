"""An installation whose model translates by a rule; one service for the journeys of the desk."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.writing.translator import Translator, running


@pytest.fixture
async def model() -> AsyncIterator[Translator]:
    async with running() as server:
        yield server


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session
