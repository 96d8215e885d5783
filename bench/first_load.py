"""How soon the page can be used: `python -m bench.first_load`, a real browser, its processor slowed down four times.

Each load is a browser context of its own: nothing is kept from the one before. A page can be used once its field is drawn;
`kb` are those of script and words that the service sent, compressed, until then and 3 s later.
"""

import argparse
import asyncio
import json
import shutil
import statistics
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
from playwright.async_api import Browser, async_playwright
from tests.fakes.model_server import ModelServer, Script

from bench import seed
from bench.installation import Installation, Person, installation
from chatelet.identity.credentials import COOKIE

_ARGUMENTS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync".split()
_WATCH = """
window.long = [];
new PerformanceObserver(list => list.getEntries().forEach(one => window.long.push(Math.round(one.duration))))
  .observe({ type: "longtask", buffered: true });
window.drawn = null;
const look = () => {
  if (!document.querySelector("form textarea")) requestAnimationFrame(look);
  else requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now(); }));
};
requestAnimationFrame(look);
"""


@dataclass
class Load:
    """One load: milliseconds, bytes, and the lengths of the long tasks."""

    drawn: float = 0.0
    bytes: int = 0
    bytes_later: int = 0
    long: list[int] = field(default_factory=list)


async def measure(repeats: int, slower: float) -> dict[str, dict[str, object]]:
    """Load a new conversation, one with an answer and one of 500 turns, in turn."""
    model = ModelServer(default=Script(say="**Bonjour**, voici *la* réponse."), answers={"Donne un titre": "Mesure"})
    await model.start()
    try:
        with installation(int(model.url.split(":")[2].split("/")[0]), is_pinned=False) as service:
            await asyncio.to_thread(service.start, 180)
            [person] = await service.sign_in(1)
            paths = await _pages(service, person)
            loads: dict[str, list[Load]] = {name: [] for name in paths}
            async with async_playwright() as playwright:
                found = (shutil.which(name) for name in ("chromium-headless-shell", "chromium", "google-chrome"))
                browser = await playwright.chromium.launch(
                    executable_path=next((path for path in found if path), None), args=_ARGUMENTS
                )
                for _ in range(repeats):
                    for name, path in paths.items():
                        loads[name].append(await _load(browser, service, person, path, slower))
                await browser.close()
            return {name: _told(rows) for name, rows in loads.items()}
    finally:
        await model.stop()


async def _pages(service: Installation, person: Person) -> dict[str, str]:
    address = f"http://127.0.0.1:{service.port}"
    name, _, value = person.header.partition(": ")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), headers={name: value}) as http:
        async with http.post(f"{address}/api/conversations", json={}) as made:
            short = (await made.json())["id"]
        async with http.post(f"{address}/api/conversations/{short}/turns", json={"text": "Bonjour"}) as answer:
            await answer.read()
    history = seed.write_history(service, person, 1, 1)
    long = history.add(500, age=timedelta(minutes=1))
    await history.write()
    return {"a new conversation": "/", "a conversation": f"/c/{short}", "500 turns": f"/c/{long}"}


async def _load(browser: Browser, service: Installation, person: Person, path: str, slower: float) -> Load:
    address, told = f"http://127.0.0.1:{service.port}", Load()
    context = await browser.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
    url = address.replace("http:", "https:")
    await context.add_cookies([{"name": COOKIE, "value": person.cookie.partition("=")[2], "url": url}])
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    asked: set[str] = set()

    def begun(event: dict[str, Any]) -> None:
        if event["response"]["url"].endswith(".js"):
            asked.add(event["requestId"])

    def ended(event: dict[str, Any]) -> None:
        if event["requestId"] in asked:
            told.bytes_later += round(event["encodedDataLength"])

    devtools.on("Network.responseReceived", begun)
    devtools.on("Network.loadingFinished", ended)
    await devtools.send("Network.enable")
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    await page.add_init_script(_WATCH)
    await page.goto(address + path)
    async with asyncio.timeout(60):
        while not (drawn := await page.evaluate("window.drawn")):  # noqa: ASYNC110 (it is in another process)
            await asyncio.sleep(0.02)
    told.drawn, told.bytes = drawn, told.bytes_later
    await asyncio.sleep(3)
    told.long = await page.evaluate("window.long")
    await context.close()
    return told


def _told(loads: list[Load]) -> dict[str, object]:
    return {
        "field_drawn_ms": round(statistics.median(one.drawn for one in loads)),
        "kb": round(statistics.median(one.bytes for one in loads) / 1_000),
        "kb_3_s_later": round(statistics.median(one.bytes_later for one in loads) / 1_000),
        "long_tasks": statistics.median(len(one.long) for one in loads),
        "longest_ms": statistics.median(max(one.long, default=0) for one in loads),
    }


def main() -> None:
    """Print JSON: medians."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--slower", type=float, default=4.0)
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(measure(asked.repeats, asked.slower)), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
