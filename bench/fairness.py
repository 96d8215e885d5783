"""Whether one person's flood makes another wait (TA-155): `python -m bench.fairness`, in turn on one service.

The scripted model says its first word after 0.3 s and writes 32 answers of 2 s at once; the others wait in the fair queue.
Bob asks one question after another, first alone, then beside Ada's 600, all sent at once.
"""

import argparse
import asyncio
import json
import statistics
import time

import aiohttp
from tests.fakes.model_server import running_model_server
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in
from tests.journeys.visitor import Visitor

_AT_ONCE = 32
_ANSWER = "[[tokens=100 rate=50 delay=0.3]]"


async def first_word(visitor: Visitor, conversation: str) -> float:
    """Return after how many seconds an answer began; the rest of it is stopped."""
    began = time.perf_counter()
    async with visitor.asking(conversation, f"Bonjour {_ANSWER}") as stream:
        await stream.read(lambda seen: bool(seen.text), seconds=120)
        waited = time.perf_counter() - began
        await visitor.stop(conversation, stream.opened["turn_id"])
    return waited


async def measured(visitor: Visitor, times: int) -> dict[str, float]:
    """Ask so many times; return milliseconds."""
    conversations = [await visitor.conversation() for _ in range(times)]
    waits = sorted([await first_word(visitor, one) * 1_000 for one in conversations])
    return {"p50": round(statistics.median(waits)), "p95": round(waits[round(0.95 * (times - 1))])}


async def run(flood: int, times: int) -> dict[str, object]:
    """Measure alone, beside the flood, and alone again."""
    connector = aiohttp.TCPConnector(limit=0)
    jar = aiohttp.DummyCookieJar()
    async with running_model_server() as model, aiohttp.ClientSession(connector=connector, cookie_jar=jar) as http:
        with installation(model.url, CHATELET_LOG_LEVEL="warning") as service:
            await _start(service)
            ada, bob = await signed_in(service, http), await signed_in(service, http, "bob@exemple.fr")
            asked = [await ada.conversation() for _ in range(flood)]
            alone = await measured(bob, times)
            tasks = [asyncio.create_task(_whole(ada, one)) for one in asked]
            beside = await measured(bob, times)
            left = sum(not task.done() for task in tasks)
            refused = sum(task.done() and task.exception() is not None for task in tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            ratio = round(beside["p95"] / alone["p95"], 2)
            told = {"flood": flood, "flood_left": left, "flood_refused": refused}
            return {"alone": alone, "beside": beside, "p95_ratio": ratio, **told}


async def _whole(visitor: Visitor, conversation: str) -> None:
    async with visitor.asking(conversation, f"Tout {_ANSWER}") as stream:
        await stream.read(seconds=600)


async def _start(service: Service) -> None:
    config = service.data_dir.parent / "chatelet.toml"
    told = f"concurrent_answers = {_AT_ONCE}\nconnect_seconds"
    config.write_text(config.read_text().replace("connect_seconds", told, 1))
    await service.start()
    for name in ("ada", "bob"):
        await service.create_person(f"{name}@exemple.fr")


def main() -> None:
    """Print JSON, milliseconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--flood", type=int, default=600)
    parser.add_argument("--times", type=int, default=30)
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(run(asked.flood, asked.times)), indent=1))


if __name__ == "__main__":
    main()
