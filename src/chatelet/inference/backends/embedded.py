"""Supervises a process that runs an embedded model: starts it, tells how it is, starts it again when it dies.

There are two: the model that answers, started with the service, and the encoder, started by the first text it is given.

    missing (no file) -> loading (checked, then read into memory) -> ready -> [crash: unreachable, longer and longer
    pauses]

The process listens on a free loopback port behind a random key; the web process never imports the model library.
"""

import asyncio
import contextlib
import json
import os
import secrets
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import chatelet
from chatelet.inference.condition import Condition, State
from chatelet.inference.model_files import ModelFile
from chatelet.inference.sentence_encoder import ENCODER_LIBRARY, ENCODER_MODEL
from chatelet.kernel.logs import get_logger

_LOOK_AGAIN_SECONDS: Final = 3.0
_PAUSES_SECONDS: Final = (0.5, 1, 2, 5, 15, 60)
_STEADY_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 3.0
_CHECKING_SHARE: Final = 0.5  # of the progress shown; reading into memory tells none
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """What to load, and how."""

    file: ModelFile
    path: Path
    threads: int
    context_tokens: int

    kind = "answers"
    module = "chatelet.inference.backends.embedded_server"

    @property
    def name(self) -> str:
        """The model's name, for the log."""
        return self.file.name

    def is_there(self) -> bool:
        """Tell whether the file is there, whole."""
        return self.path.is_file() and self.path.stat().st_size == self.file.size

    def order(self) -> dict[str, object]:
        """Say to the process what to load."""
        return {
            "path": str(self.path),
            "sha256": self.file.sha256,
            "threads": min(self.threads, os.cpu_count() or 1),
            "context_tokens": self.context_tokens,
        }


@dataclass(frozen=True, slots=True)
class EmbeddedEncoder:
    """The sentence encoder: its weights come with its library."""

    kind = "vectors"
    module = "chatelet.inference.backends.encoder_server"
    name = ENCODER_MODEL

    def is_there(self) -> bool:
        """Tell whether the library is installed."""
        return find_spec(ENCODER_LIBRARY) is not None

    def order(self) -> dict[str, object]:
        """Say nothing: there is nothing to choose."""
        return {}


class Refused(Exception):
    """The file is not the recorded one: starting again would not help."""


What = EmbeddedFile | EmbeddedEncoder
OnReady = Callable[[str, str], Awaitable[None]]
OnChange = Callable[[Condition], None]


class LocalModel:
    """How a model of this machine is, as the process that asks it knows; `start` and `stop` say that it is wanted.

    `on_ready(url, key)` is awaited each time its server is up, before it is said to be ready.
    """

    def __init__(self, what: What, *, on_ready: OnReady, on_change: OnChange) -> None:
        self._what = what
        self._on_ready = on_ready
        self._on_change = on_change
        self._changed = asyncio.Event()
        self.condition = Condition(State.LOADING, progress=0.0)
        self.process_id: int | None = None  # when this process runs it

    def start(self) -> None:
        """Begin, once; returns at once."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Want it no more."""
        raise NotImplementedError

    async def settled(self) -> Condition:
        """Wait while the model is loading; return what it became."""
        while self.condition.state is State.LOADING:
            await self._changed.wait()
        return self.condition

    def _become(self, state: State, progress: float | None = None) -> None:
        condition = Condition(state, progress)
        if condition != self.condition:
            self.condition = condition
            self._on_change(condition)
            self._changed.set()
            self._changed.clear()


class EmbeddedModel(LocalModel):
    """One that this process runs."""

    def __init__(self, what: What, *, on_ready: OnReady, on_change: OnChange) -> None:
        super().__init__(what, on_ready=on_ready, on_change=on_change)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, once; returns at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._supervise(), name=f"embedded-{self._what.name}")

    async def stop(self) -> None:
        """End the process."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _supervise(self) -> None:
        failures = 0
        loop = asyncio.get_running_loop()
        while True:
            if not self._what.is_there():
                self._become(State.MISSING)
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
                continue
            started = loop.time()
            try:
                await self._run_once()
            except Refused:
                log.warning("model_file_refused", model=self._what.name, remedy="chatelet models fetch")
                self._become(State.MISSING)
                await asyncio.sleep(_PAUSES_SECONDS[-1])
                continue
            except OSError as error:
                log.warning("model_server_not_started", error=type(error).__name__)
            failures = 0 if loop.time() - started > _STEADY_SECONDS else failures + 1
            self._become(State.UNREACHABLE)
            await asyncio.sleep(_PAUSES_SECONDS[min(failures, len(_PAUSES_SECONDS)) - 1])

    async def _run_once(self) -> None:
        """Run the process from its start to its end."""
        self._become(State.LOADING, 0.0)
        key = secrets.token_urlsafe(32)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-m", self._what.module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        self.process_id = process.pid
        try:
            await self._talk(process, key)
            log.warning("model_server_ended", code=await process.wait())
        except (ConnectionError, ValueError):
            log.warning("model_server_broke", code=process.returncode)
        finally:
            self.process_id = None
            await _end(process)

    async def _talk(self, process: asyncio.subprocess.Process, key: str) -> None:
        if process.stdin is None or process.stdout is None:
            raise ConnectionError("no pipe")
        process.stdin.write(self._order(key))
        await process.stdin.drain()
        await self._follow(process.stdout, key)

    def _order(self, key: str) -> bytes:
        return json.dumps({**self._what.order(), "api_key": key}).encode() + b"\n"

    async def _follow(self, output: asyncio.StreamReader, key: str) -> None:
        while line := await output.readline():
            said = json.loads(line)
            match said["state"]:
                case "verifying":
                    self._become(State.LOADING, round(said["progress"] * _CHECKING_SHARE, 2))
                case "loading":
                    self._become(State.LOADING, _CHECKING_SHARE)
                case "ready":
                    await self._on_ready(said["url"], key)
                    self._become(State.READY)
                    log.info("model_server_ready", model=self._what.name)
                case _:
                    raise Refused


def _environment() -> dict[str, str]:
    """Give the process none of our secrets; its idle threads sleep, else a busy machine answers much slower."""
    return {
        "PYTHONPATH": str(Path(chatelet.__file__).parent.parent),
        "LC_ALL": "C.UTF-8",
        "OMP_WAIT_POLICY": "passive",
        "OPENBLAS_NUM_THREADS": "1",
    }


async def _end(process: asyncio.subprocess.Process) -> None:
    """Close its input, which it takes as the order to leave; insist if it does not."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
