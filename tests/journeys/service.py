"""The service as an administrator starts it: `chatelet serve` in a process of its own, on a data folder of its own.

The process is forked from one that has imported the service (tests/journeys/forks.py), on a copy of a database made
before (tests/journeys/clusters.py), unless `plain` or settings that Python itself reads ask for the command.
"""

import asyncio
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.beside import application_address
from tests.journeys.clusters import Clusters
from tests.journeys.forks import Forked, Forks
from tests.memory import folder_in_memory
from tests.persons import create_person

_DURABLE = "CHATELET_DATABASE__EMBEDDED_DURABLE"
PASSWORD = "Les comètes reviennent en 1759"
_STARTED = re.compile(r"→ (http://\S+)")
_FORKS, _CLUSTERS = Forks(), Clusters()
_LINK = re.compile(r"#/install\?secret=(\S+)")

CONFIG = """
[[backends]]
name = "scripted"
url = "{url}"
connect_seconds = 2
first_token_seconds = 3
between_tokens_seconds = 2
zone = {{ name = "Salle des machines", country = "FR", operator = "Institution", legal_reach = "FR" }}

[[models]]
name = "scripted"
backend = "scripted"
display_name = "Modèle d'essai"
context_tokens = {context}
highest_level = "restricted"
no_training = true
price_input = 0.1
price_output = 0.3
active_parameters_billions = 24
default = true

[[models]]
name = "cleared"
backend = "scripted"
upstream = "scripted"
display_name = "Modèle habilité"
context_tokens = {context}
highest_level = "restricted"
categories = ["personal", "health", "banking"]
no_training = true
price_input = 0.1
price_output = 0.3
active_parameters_billions = 24

[[models]]
name = "vectors"
backend = "scripted"
display_name = "Vecteurs d'essai"
abilities = ["embeddings"]
highest_level = "restricted"
no_training = true
price_input = 0.1
"""


@dataclass
class Service:
    """One installation; `start` and `stop` as often as wanted, on the same data; `plain` starts by the command itself."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    plain: bool = False
    process: "subprocess.Popen[bytes] | Forked | None" = None
    address: str = ""
    secret: str | None = None

    @property
    def log(self) -> Path:
        return self.data_dir.parent / "service.log"

    def variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATELET_")}
        return kept | {
            "CHATELET_DATA_DIR": str(self.data_dir),
            "CHATELET_PORT": "0",
            _DURABLE: "false",
            **self.environment,
        }

    async def start(self, seconds: float = 300) -> None:
        """Return once it listens; so much patience is for machines that do ten other things."""
        offset = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            if self.plain or any(not name.startswith("CHATELET_") for name in self.environment):
                command = [sys.executable, "-m", "chatelet", "serve"]
                self.process = subprocess.Popen(command, env=self.variables(), stdout=log, stderr=log)
            else:
                self.process = await asyncio.to_thread(self._fork, log)
        async with asyncio.timeout(seconds):
            while True:
                told = self.log.read_bytes()[offset:].decode(errors="replace")
                if started := _STARTED.search(told):
                    self.address = started[1]
                    if link := _LINK.search(told):
                        self.secret = link[1]
                    return
                if self.process.poll() is not None:
                    raise RuntimeError(told)
                await asyncio.sleep(0.02)

    def _fork(self, log: BinaryIO) -> Forked:
        if not self.data_dir.exists() and not any(name.startswith("CHATELET_DATABASE__") for name in self.environment):
            _CLUSTERS.give(self.data_dir)
        return _FORKS.start(self.variables(), log)

    async def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self.process.wait, 30)

    async def kill(self) -> None:
        """As a power cut does to the process: no warning."""
        assert self.process is not None
        self.process.kill()
        await asyncio.to_thread(self.process.wait, 30)

    def command(self, *arguments: str, text: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "chatelet", *arguments],
            env=self.variables(),
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def begin(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Start a command that the caller ends."""
        quiet = subprocess.DEVNULL
        command = [sys.executable, "-m", "chatelet", *arguments]
        return subprocess.Popen(command, env=self.variables(), stdout=quiet, stderr=quiet)

    async def create_person(self, email: str, name: str = "Ada", *, administrator: bool = False) -> None:
        """Make an account beside the running service; `create_person_by_command` starts a process for it."""
        address = application_address(self.data_dir)
        if address is None:  # another database than its own
            await self.create_person_by_command(email, name, administrator=administrator)
            return
        database = Database(address, pool_size=1)
        async with database.transaction() as session:
            await create_person(session, email=email, name=name, password=PASSWORD, is_administrator=administrator)
        await database.close()

    async def create_person_by_command(self, email: str, name: str = "Ada", *, administrator: bool = False) -> None:
        flags = ["--administrator"] if administrator else []
        done = await asyncio.to_thread(
            self.command,
            "admin",
            "create-person",
            "--email",
            email,
            "--name",
            name,
            *flags,
            "--password-stdin",
            text=f"{PASSWORD}\n",
        )
        assert done.returncode == 0, done.stderr


@contextlib.contextmanager
def installation(
    model_url: str | None, *, context: int = 8_192, plain: bool = False, **environment: str
) -> Iterator[Service]:
    """Give a new installation whose only model is at `model_url`; nothing of it is left afterwards."""
    durable = environment.get(_DURABLE) == "true"
    folder = Path(tempfile.mkdtemp(prefix="chatelet-journey-", dir=None if durable else folder_in_memory()))
    folder.chmod(0o711)
    service = Service(folder / "data", environment, plain)
    if model_url is not None:
        config = folder / "chatelet.toml"
        config.write_text(CONFIG.format(url=model_url, context=context))
        service.environment = {"CHATELET_CONFIG": str(config), "CHATELET_EMBEDDED__MODE": "never", **environment}
    try:
        yield service
    finally:
        if service.process is not None and service.process.poll() is None:
            service.process.terminate()
            try:
                service.process.wait(30)
            except subprocess.TimeoutExpired:
                service.process.kill()
                service.process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
