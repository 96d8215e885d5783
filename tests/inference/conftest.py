"""A model server over real HTTP and the client that asks it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from uuid import UUID

import pytest
from tests.fakes.model_server import ModelServer, running_model_server

from chatelet.inference.backends.openai_compatible import OpenAICompatible, Upstream
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.kernel.outbound import Endpoint, Outbound
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level

PERSON = UUID(int=7)


def question(text: str, tokens: int = 1_000) -> ChatRequest:
    return ChatRequest((Message("system", "Réponds."), Message("user", text)), max_output_tokens=tokens)


def clearance(level: Level = Level.INTERNAL) -> Clearance:
    return clear(PERSON, Label(level), ceiling=Level.DIFFUSION_RESTREINTE)


def upstream(first: float = 5.0, between: float = 5.0) -> Upstream:
    return Upstream("server", "scripted", first, between)


async def until(condition: Callable[[], bool], seconds: float = 2.0) -> None:
    """Wait for something that happens elsewhere; fail when it does not."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


@pytest.fixture
async def model_server() -> AsyncIterator[ModelServer]:
    async with running_model_server() as server:
        yield server


@pytest.fixture
async def outbound() -> AsyncIterator[Outbound]:
    client = Outbound()
    yield client
    await client.close()


@pytest.fixture
def client(outbound: Outbound, model_server: ModelServer) -> OpenAICompatible:
    outbound.declare("server", Endpoint(model_server.url))
    return OpenAICompatible(outbound)
