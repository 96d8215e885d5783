"""The scripted side of the load: the model server as a process of its own, the same client straight on it, its ceiling."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvloop

from bench import client, machine, model_server
from bench.client import Target
from bench.machine import OTHER_CORE

QUESTION: Final = "Explique en quelques phrases comment la lumière se propage, et pourquoi un prisme la décompose."
_RAMP: Final = 4.0
_PATIENCE: Final = 120.0
Figures = dict[str, Any]


@contextmanager
def running_model(tokens: int, rate: float) -> Iterator[tuple[int, int]]:
    """Run the scripted model server on the other core; give its port and its process."""
    command = [sys.executable, model_server.__file__, "--tokens", str(tokens), "--rate", str(rate)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parent)
    try:
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["port"]
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def stats(port: int) -> Figures:
    """Return what the server says of itself."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/stats", timeout=10) as answer:
        return json.load(answer)


def straight(port: int, tokens: int) -> Target:
    """Ask the model server itself."""
    request = client.post("/v1/chat/completions", {"stream": True, "messages": [{"role": "user", "content": QUESTION}]})

    def fault(response: bytes) -> str | None:
        _status, body = client.body_of(response)
        return None if body.count(model_server.FIRST_WORDS) == tokens and b"[DONE]" in body else "cut"

    return Target(port, lambda _number: request, model_server.FIRST_WORDS, fault)


def ceiling(streams: int = 2_000, *, tokens: int = 200, rate: float = 50.0) -> Figures:
    """Return what the scripted server and this client can do by themselves, on one core together."""
    if machine.can_pin():
        os.sched_setaffinity(0, {OTHER_CORE})
    with running_model(tokens, rate) as (port, process):
        before = time.process_time()
        told = client.summary(uvloop.run(client.drive(straight(port, tokens), streams, ramp=_RAMP, patience=_PATIENCE)))
        spent = {"model": machine.cpu_seconds(process), "client": time.process_time() - before}
        microseconds = {name: round(seconds / streams / tokens * 1e6, 1) for name, seconds in spent.items()}
        return told | {"streams": streams, "us_per_token": microseconds, "model": stats(port)}
