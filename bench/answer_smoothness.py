"""A long answer in the real page: is any task of its main thread too long on a slow computer?

    scripted model, 4 characters a token, 100 tokens/s -> the service -> Chromium, its processor slowed down 4 times

A task is measured on the clock, as the page's own observer of long tasks tells it. With `--trace` also in CPU time of the
thread (the slow-down included), so that what else runs on the machine does not count; but the trace itself makes each
frame longer. By hand: `python -m bench.answer_smoothness --tokens 10000`.
"""

import argparse
import asyncio
import json
import shutil
import sys
from dataclasses import dataclass
from typing import Any, Final

from playwright.async_api import CDPSession, Page, async_playwright
from tests.fakes.model_server import ModelServer, Script

from bench import machine
from bench.installation import Installation, Person, installation
from chatelet.identity.current import COOKIE

_CHARACTERS: Final = 4
_LONG_MS: Final = 50.0
_ARGUMENTS: Final = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync".split()
_OBSERVE: Final = """() => {
  window.longTasks = [];
  new PerformanceObserver(list => list.getEntries().forEach(entry => window.longTasks.push(entry.duration)))
    .observe({ type: "longtask" });
}"""
_SETTLING: Final = 3.0  # seconds for the last words to reach the page
_LIMIT: Final = 60.0  # seconds beyond twice the answer's own
_SECTION: Final = r"""## {n}. Le champ et son énergie

La **densité d'énergie** s'écrit $\mathcal{{E}} = \frac{{1}}{{2}} \left( \partial_t \phi \right)^2 + V(\phi)$ et dépend de
*la masse* $m_{n}$, du couplage \(\lambda\) et du volume. Voir [la notice](https://www.cnrs.fr/n{n}) ou `energie(phi)`.

$$
\int_{{-\infty}}^{{+\infty}} e^{{-x^2}}\,dx = \sqrt{{\pi}}, \qquad \sum_{{n=1}}^{{\infty}} \frac{{1}}{{n^2}} = \frac{{\pi^2}}{{6}}
$$

1. Premier point, qui demande **un calcul** : $x_{{{n}}} = \frac{{-b \pm \sqrt{{b^2 - 4ac}}}}{{2a}}$ ;
2. deuxième point ;
   - sous-point avec `code` ;
   - autre sous-point, ~~retiré~~.

| Année | Budget (k€) | Agents | Part |
|-------|------------:|:------:|-----:|
| 2023 | 1 310,00 | 340 | 13,1 % |
| 2024 | 1 405,75 | 355 | 14,0 % |
| 2025 | 1 512,20 | 371 | 14,8 % |

```python
import numpy as np

def energie(phi, dx=0.1):
    '''Énergie d'un champ discret.'''
    gradient = np.gradient(phi, dx)
    return 0.5 * np.sum(gradient ** 2) * dx  # en joules

class Champ:
    def __init__(self, n: int = 128) -> None:
        self.valeurs = np.zeros(n)
```

\[
\begin{{aligned}}
\nabla \cdot \mathbf{{E}} &= \frac{{\rho}}{{\varepsilon_0}} \\
\nabla \times \mathbf{{B}} &= \mu_0 \mathbf{{J}} + \mu_0 \varepsilon_0 \frac{{\partial \mathbf{{E}}}}{{\partial t}}
\end{{aligned}}
\]

"""
Figures = dict[str, Any]


@dataclass(frozen=True)
class Paced(Script):
    """Says its text in tokens of even length."""

    def pieces(self) -> list[str]:
        text = self.say or ""
        return [text[start : start + _CHARACTERS] for start in range(0, len(text), _CHARACTERS)]


def long_text(tokens: int) -> str:
    """Return headings, prose, lists, tables, code and formulas, that many tokens of them."""
    sections = "".join(_SECTION.format(n=number) for number in range(1, tokens * _CHARACTERS // len(_SECTION) + 3))
    return sections[: tokens * _CHARACTERS]


async def measure(*, tokens: int, rate: float, slower: float, patience: float, trace: bool) -> Figures:
    """Ask one question in the page and watch its main thread until the answer is closed."""
    browser = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    model = ModelServer(
        default=Paced(say=long_text(tokens), rate=rate),
        answers={"Donne un titre": "Mesure", "Give this conversation a title": "Mesure"},
    )
    await model.start()
    try:
        with installation(int(model.url.split(":")[2].split("/")[0]), is_pinned=False) as service:
            await asyncio.to_thread(service.start)
            [person] = await service.sign_in(1)
            async with async_playwright() as playwright:
                chromium = await playwright.chromium.launch(executable_path=browser, args=_ARGUMENTS)
                page = await _signed_in(
                    await chromium.new_page(viewport={"width": 1366, "height": 768}), service, person
                )
                busy = await asyncio.to_thread(machine.wait_until_quiet, patience)
                figures = await _watch(page, model, slower=slower, seconds=tokens / rate, trace=trace)
                await chromium.close()
    finally:
        await model.stop()
    return figures | {"tokens": tokens, "rate": rate, "slower": slower, "busy_before": busy}


async def _signed_in(page: Page, service: Installation, person: Person) -> Page:
    address = f"http://127.0.0.1:{service.port}"
    cookie = {"name": COOKIE, "value": person.cookie.partition("=")[2], "url": address.replace("http:", "https:")}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.add_init_script(f"({_OBSERVE})()")
    await page.goto(address)
    await (
        page.get_by_role("form", name="Votre question")
        .get_by_role("textbox")
        .fill("Une longue réponse, s'il vous plaît.")
    )
    return page


async def _watch(page: Page, model: ModelServer, *, slower: float, seconds: float, trace: bool) -> Figures:
    remote = await page.context.new_cdp_session(page)
    await _tell(remote, "Emulation.setCPUThrottlingRate", rate=slower)
    await page.evaluate("() => { window.longTasks = [] }")
    traced: Figures = {}
    if trace:
        tasks = _main_thread_tasks(await _traced(remote, page, model, seconds))
        traced = {
            "tasks": len(tasks),
            "long_tasks_cpu": sum(task > _LONG_MS for task in tasks),
            "longest_cpu_ms": [round(task) for task in tasks[:10]],
        }
    else:
        await _asked(page, model, seconds)
    observed = sorted(await page.evaluate("() => window.longTasks"), reverse=True)
    return {
        "shown_characters": await page.evaluate(
            "() => document.querySelector('article [role=region], article section')?.textContent.length ?? 0"
        ),
        "elements": await page.evaluate("() => document.querySelectorAll('*').length"),
        "long_tasks_clock": len(observed),
        "longest_clock_ms": [round(task) for task in observed[:10]],
    } | traced


async def _asked(page: Page, model: ModelServer, seconds: float) -> None:
    """Send the question; return once the answer is whole. Seen from the model: asking the page would give it work."""
    await page.keyboard.press("Enter")
    async with asyncio.timeout(seconds * 2 + _LIMIT):
        while not model.exchanges or model.running:  # noqa: ASYNC110 (it has no event to wait for)
            await asyncio.sleep(0.2)
    await asyncio.sleep(_SETTLING)


async def _traced(remote: CDPSession, page: Page, model: ModelServer, seconds: float) -> list[Figures]:
    """Send the question and trace the browser until the answer is closed."""
    events: list[Figures] = []
    ended = asyncio.Event()

    def collect(part: Figures) -> None:
        events.extend(part["value"])

    def end(_: Figures) -> None:
        ended.set()

    remote.on("Tracing.dataCollected", collect)
    remote.on("Tracing.tracingComplete", end)
    categories = {"includedCategories": ["toplevel", "devtools.timeline"]}
    await _tell(remote, "Tracing.start", transferMode="ReportEvents", traceConfig=categories)
    await _asked(page, model, seconds)
    await _tell(remote, "Tracing.end")
    await asyncio.wait_for(ended.wait(), 60)
    return events


async def _tell(remote: CDPSession, method: str, **params: object) -> None:
    await remote.send(method, params)  # pyright: ignore[reportUnknownMemberType]


def _main_thread_tasks(events: list[Figures]) -> list[float]:
    """Return the milliseconds of CPU of each task of the page's main thread, longest first."""
    named = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("ph") == "X" and event["name"] == "FireAnimationFrame"
    }
    return sorted(
        (
            event.get("tdur", event["dur"]) / 1_000
            for event in events
            if event.get("ph") == "X"
            and event["name"] in ("RunTask", "ThreadControllerImpl::RunTask")
            and (event["pid"], event["tid"]) in named
        ),
        reverse=True,
    )


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.answer_smoothness", description=__doc__)
    parser.add_argument("--tokens", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=100.0, help="tokens per second")
    parser.add_argument(
        "--slower", type=float, default=4.0, help="how many times the browser's processor is slowed down"
    )
    parser.add_argument("--patience", type=float, default=60.0, help="seconds to wait for a quiet machine")
    parser.add_argument("--trace", action="store_true", help="also trace the browser: CPU time of each task")
    chosen = vars(parser.parse_args(arguments))
    print(json.dumps(asyncio.run(measure(**chosen)), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
