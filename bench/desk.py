"""What the desk itself costs, with a model that answers at once: `python -m bench.desk` (`--pages 300 --latency 0.05`).

    segments (the reader's process) -> masks, batches, judgements (this process) -> the file (the reader's process)

A Word document of so many pages is translated by `writing.carrying.carry`, as a work and the command line do, by a model that
is a function. First without waiting: processor time of this process, pages a second, most memory of both. Then with a model
that takes its time for each batch, as many at once as the desk asks: the whole over the model's own time.
"""

import argparse
import asyncio
import resource
import time
from dataclasses import dataclass
from pathlib import Path

from tests.writing.translator import SEGMENT, english

from bench.rebuilding import odt_pages, word_pages
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.rebuilding.contract import Options
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Completion
from chatelet.inference.usage import Usage
from chatelet.settings import DocumentSettings
from chatelet.writing.carrying import Given, carry
from chatelet.writing.task import Task
from chatelet.writing.trying import Limits

_LIMITS = Limits()
_USAGE = Usage("scripted", prompt_tokens=1, completion_tokens=1, estimated=False, energy_wh=None, cost_euros=None)


@dataclass
class Model:
    """Answers by a rule; counts its calls, and its processor time, which is not the desk's."""

    latency: float
    calls: int = 0
    seconds: float = 0.0

    async def ask(self, request: ChatRequest) -> Completion:
        began = time.process_time()
        found = SEGMENT.findall(str(request.messages[-1].content))
        said = "\n".join(f"<s{number}>{english(text)}</s{number}>" for number, text in found)
        self.calls += 1
        self.seconds += time.process_time() - began
        await asyncio.sleep(self.latency)
        return Completion(said, "bench", Finish.STOP, _USAGE)


async def _carried(data: bytes, kind: str, latency: float) -> dict[str, float]:
    reader, model = SandboxedReader(DocumentSettings()), Model(latency)
    began, spent = time.perf_counter(), time.process_time()
    segments = await reader.segments(data, f"note.{kind}")
    listed = time.perf_counter() - began
    given = Given(data, f"note.{kind}", Task("translate", "fr", "en"), Options(language="en"))
    written = 0.0

    async def keep(_done: object) -> None:
        nonlocal written
        written = time.perf_counter()

    back = await carry(reader, given, segments, model.ask, _LIMITS, keep)
    whole = time.perf_counter() - began
    states = [one.state for one in back.outcomes.values()]
    assert states.count("kept") == 0, states.count("kept")
    return {
        "segments": len(segments), "calls": model.calls, "whole": whole, "listed": listed,
        "rebuilt": began + whole - written, "desk_cpu": time.process_time() - spent - model.seconds,
        "model": model.calls * latency / _LIMITS.parallel,
    }  # fmt: skip


def _peak() -> int:
    """Return the most memory this process took, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure a DOCX and an ODT."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds a model takes for a batch, more than 0")
    parser.add_argument("--only", default="docx,odt")
    told = parser.parse_args()
    load = Path("/proc/loadavg").read_text().split()[0]
    for kind in told.only.split(","):
        data = word_pages(told.pages) if kind == "docx" else odt_pages(told.pages)
        quick = asyncio.run(_carried(data, kind, 0.0))
        slow = asyncio.run(_carried(data, kind, told.latency))
        print(
            f"{kind}, {told.pages} pages, {quick['segments']} segments, {quick['calls']} calls, load {load}: desk {quick['desk_cpu']:.2f} s of "
            f"processor = {told.pages / quick['desk_cpu']:.0f} pages/s; {quick['listed']:.1f} s to list, {quick['rebuilt']:.1f} s to write; "
            f"with {told.latency} s a batch: {slow['whole']:.1f} s for {slow['model']:.1f} s of model = {slow['whole'] / slow['model']:.2f}; "
            f"{_peak()} MiB at most"
        )


if __name__ == "__main__":
    main()
