"""What the tests of servers share: the egress client, and a server that answers what the test says."""

from collections.abc import AsyncIterator

import pytest

from chatelet.kernel.outbound import Outbound
from tests.connectors.serving import Served


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    client = Outbound()
    yield client
    left = dict(client.declared), len(client._open)
    await client.close()
    assert left == ({}, 0), "a place that is closed leaves no endpoint, nor an answer that is watched"


@pytest.fixture
async def odd() -> AsyncIterator[Served]:
    served = Served()
    await served.start()
    yield served
    await served.stop()
