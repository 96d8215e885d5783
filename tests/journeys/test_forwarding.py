"""TA-127 on a running service: its collector is away, the service is killed, both come back, the collector has it all."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.mail_server import certificate
from tests.fakes.model_server import ModelServer
from tests.fakes.syslog_server import Collector
from tests.journeys.service import installation
from tests.journeys.visitor import Visitor


def _events(collector: Collector) -> list[dict[str, Any]]:
    rows = [json.loads(message[message.index(b"{") :]) for message in collector.received]
    return [row for row in rows if row["type"] == "link"]


async def test_an_outage_and_a_kill_cost_the_collector_no_event(
    scripted: ModelServer, http: aiohttp.ClientSession, tmp_path: Path
) -> None:
    collector = Collector(certificate(tmp_path)[0])
    collector.start()
    collector.stop()  # its port is known, nobody listens
    environment = {
        "CHATELET_AUDIT__FORWARD__ADDRESS": f"tls://localhost:{collector.port}",
        "CHATELET_AUDIT__FORWARD__CA_FILE": str(tmp_path / "localhost.pem"),
    }
    try:
        with installation(scripted.url, **environment) as service:
            await service.start()
            await service.create_person("ada@exemple.fr", "Ada Marmottan")
            ada = Visitor(http, service.address)
            await ada.sign_in("ada@exemple.fr")
            await ada.conversation()
            async with asyncio.timeout(60):
                while b"journal_not_forwarded" not in service.log.read_bytes():
                    await asyncio.sleep(0.05)
            await service.kill()
            collector.start()
            await service.start()
            async with asyncio.timeout(60):
                while sum(row["event"]["name"] == "service.started" for row in _events(collector)) < 2:
                    await asyncio.sleep(0.05)
            await service.stop()
    finally:
        collector.stop()
    found = _events(collector)
    numbers = list(dict.fromkeys(row["seq"] for row in found))
    assert numbers == list(range(1, len(numbers) + 1))
    assert {"person.created", "session.opened"} <= {row["event"]["name"] for row in found}
    assert found[-1]["event"]["name"] == "service.stopped"
    everything = b"".join(collector.received).lower()
    assert not [word for word in (b"marmottan", b"ada@exemple.fr") if word in everything]
