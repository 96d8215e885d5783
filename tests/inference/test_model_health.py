"""Health follows what probes and real requests meet; a turn's own trouble never refuses another's."""

import asyncio

from tests.inference.conftest import until
from tests.inference.test_routing import FRANCE

from chatelet.inference.condition import Condition, State
from chatelet.inference.errors import ModelBrokenAnswer, ModelOverloaded, ModelRefusedCredentials, ModelUnreachable
from chatelet.inference.health import Health
from chatelet.inference.registry import Backend

BACKEND = Backend("server", "http://h/v1", FRANCE, 5, 60, 30)


class Probed:
    """A backend whose next probes are scripted."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.times = 0

    async def __call__(self, _backend: Backend) -> None:
        self.times += 1
        if self.error is not None:
            raise self.error


async def test_probing_begins_and_ends() -> None:
    probed = Probed()
    health = Health(probed)
    assert health.condition("server") == Condition(State.UNKNOWN)
    assert health.is_up("server")
    health.watch([BACKEND])
    await until(lambda: health.condition("server").state is State.READY)
    health.watch([BACKEND])
    await asyncio.sleep(0.05)
    assert probed.times == 1
    health.watch([])
    assert health.condition("server").state is State.UNKNOWN
    await health.stop()


async def test_a_refused_connection_marks_it_down_then_a_probe_brings_it_back() -> None:
    probed = Probed()
    health = Health(probed)
    health.watch([BACKEND])
    await until(lambda: health.condition("server").state is State.READY)
    health.failed("server", ModelUnreachable(reason="no_connection"))
    assert not health.is_up("server")
    assert not health.may_retry("server")
    await until(lambda: health.is_up("server"))
    assert probed.times == 2
    await health.stop()


async def test_other_failures_only_ask_for_a_probe() -> None:
    probed = Probed()
    health = Health(probed)
    health.watch([BACKEND])
    await until(lambda: health.condition("server").state is State.READY)
    for _ in range(20):
        health.failed("server", ModelBrokenAnswer(reason="truncated"))
        assert health.is_up("server")
    await until(lambda: probed.times == 2)
    await asyncio.sleep(0.3)
    assert probed.times == 2
    await health.stop()


async def test_what_a_probe_says() -> None:
    probed = Probed()
    health = Health(probed)
    probed.error = ModelOverloaded(retry_after=5)
    assert (await health.probe_now(BACKEND)).state is State.READY
    probed.error = ModelRefusedCredentials(status=401)
    assert await health.probe_now(BACKEND) == Condition(State.UNREACHABLE, error_code="model_refused_credentials")
    health.succeeded("server")
    assert health.is_up("server")


async def test_down_is_probed_again_and_worth_a_try_after_a_while(monkeypatch: object) -> None:
    probed = Probed()
    probed.error = ModelUnreachable(reason="no_connection")
    health = Health(probed)
    health.watch([BACKEND])
    await until(lambda: health.condition("server").state is State.UNREACHABLE)
    assert not health.may_retry("server")
    await until(lambda: probed.times >= 2, 3.0)
    await asyncio.sleep(0)
    probed.error = None
    await until(lambda: health.is_up("server"), 4.0)
    await health.stop()
