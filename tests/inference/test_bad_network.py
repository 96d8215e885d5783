"""Between us and a model server: slow, cut, silent, without names. One coded error each, and it heals by itself."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from tests.fakes.fault_proxy import FaultProxy, fault_proxy
from tests.fakes.model_server import ModelServer
from tests.inference.conftest import upstream
from tests.inference.test_model_answers import ask

from chatelet.inference.backends.openai_compatible import OpenAICompatible
from chatelet.inference.errors import (
    ModelBrokenAnswer,
    ModelTimeoutBetweenTokens,
    ModelTimeoutFirstToken,
    ModelUnreachable,
)
from chatelet.kernel.outbound import Endpoint, Outbound

SAID = "[[say=élève_naïf_🧮_et_cætera]]"
WHOLE = "élève naïf 🧮 et cætera"


@pytest.fixture
async def network(model_server: ModelServer) -> AsyncIterator[FaultProxy]:
    place = urlsplit(model_server.url)
    async with fault_proxy((str(place.hostname), place.port or 0)) as proxy:
        yield proxy


@pytest.fixture
def far(outbound: Outbound, network: FaultProxy) -> OpenAICompatible:
    outbound.declare("server", Endpoint(f"http://127.0.0.1:{network.port}/v1", connect_seconds=1))
    return OpenAICompatible(outbound)


async def test_slow_is_whole(far: OpenAICompatible, network: FaultProxy) -> None:
    network.latency, network.bytes_per_second = 0.05, 5_000
    text, _finish, _count = await ask(far, SAID)
    assert text == WHOLE


async def test_cut_at_any_byte_is_one_error_and_never_half_a_character(
    far: OpenAICompatible, network: FaultProxy
) -> None:
    for cut in range(0, 900, 37):
        network.cut_after = cut
        try:
            text, finish, _count = await ask(far, SAID)
        except (ModelBrokenAnswer, ModelUnreachable):
            continue
        assert (text, finish) == (WHOLE, "stop"), cut
    await network.heal()
    assert (await ask(far, SAID))[0] == WHOLE


async def test_silence_before_and_between_is_told_on_time(far: OpenAICompatible, network: FaultProxy) -> None:
    network.silence()
    began = time.monotonic()
    with pytest.raises((ModelTimeoutFirstToken, ModelUnreachable)):
        await ask(far, SAID, upstream(first=1.0, between=1.0))
    assert time.monotonic() - began < 4
    await network.heal()
    stream = asyncio.create_task(ask(far, "[[tokens=100 rate=50]]", upstream(first=2.0, between=1.0)))
    await asyncio.sleep(0.5)
    network.silence()
    with pytest.raises(ModelTimeoutBetweenTokens):
        await stream
    await network.heal()
    assert (await ask(far, SAID))[0] == WHOLE


async def test_a_kept_connection_that_died_is_replaced(far: OpenAICompatible, network: FaultProxy) -> None:
    await ask(far, SAID)
    network.reset()
    assert (await ask(far, SAID))[0] == WHOLE
    network.forget()
    with pytest.raises(ModelTimeoutFirstToken):  # it is asked over the dead connection, and nothing comes
        await ask(far, SAID, upstream(first=1.0, between=1.0))
    assert (await ask(far, SAID))[0] == WHOLE


class Names(AbstractResolver):
    """Resolves one name, while `well`."""

    well = True

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if not Names.well:
            raise OSError(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        pass


async def test_names_that_no_longer_resolve(model_server: ModelServer) -> None:
    """What is under way goes on; what is new says that the model is out of reach; it heals by itself."""
    outbound = Outbound(resolver=Names)
    port = urlsplit(model_server.url).port
    for name in ("server", "other"):
        outbound.declare(name, Endpoint(f"http://{name}.example:{port}/v1", connect_seconds=1))
    client = OpenAICompatible(outbound)
    try:
        running = asyncio.create_task(ask(client, "[[tokens=40 rate=40]]"))
        await asyncio.sleep(0.3)
        Names.well = False
        with pytest.raises(ModelUnreachable):
            await ask(client, SAID, upstream().__class__("other", "scripted", 2.0, 2.0))
        assert (await running)[1] == "stop"
        Names.well = True
        assert (await ask(client, SAID, upstream().__class__("other", "scripted", 2.0, 2.0)))[0] == WHOLE
    finally:
        Names.well = True
        await outbound.close()
