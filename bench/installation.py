"""An installation to measure: `chatelet serve` in a process of its own, pinned, on its own data, with its persons.

Started as in production but for what is said in README.md: embedded PostgreSQL durable, journal and sealing on, logs at
`warning`. Persons and their sessions are written in SQL (a password hash each would only measure argon2).
"""

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

import aiohttp
import asyncpg

from bench.machine import OTHER_CORE, SERVICE_CORE, can_pin, pin
from chatelet.identity.credentials import COOKIE
from chatelet.identity.keys.service import new_secret
from chatelet.identity.tokens import new_token
from chatelet.kernel.identifiers import uuid7

_LISTENS: Final = re.compile(r"→ http://\S+:(\d+)")
_CONFIG: Final = """
[[backends]]
name = "scripted"
url = "http://127.0.0.1:{port}/v1"

[[models]]
name = "scripted"
backend = "scripted"
context_tokens = 32768
highest_level = "restricted"
no_training = true
price_input = 0.1
price_output = 0.3
active_parameters_billions = 24
default = true
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone signed in."""

    id: UUID
    cookie: str

    @property
    def header(self) -> str:
        """The line of a request that says who asks."""
        return f"Cookie: {self.cookie}"


@dataclass
class Installation:
    """One data folder and, between `start` and `stop`, its service."""

    folder: Path
    environment: dict[str, str]
    is_pinned: bool = True
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None
    persons: list[Person] = field(default_factory=list)

    @property
    def data_dir(self) -> Path:
        """Where the installation keeps everything."""
        return self.folder / "data"

    @property
    def pid(self) -> int:
        """The web process."""
        assert self.process is not None
        return self.process.pid

    @property
    def database_pid(self) -> int:
        """The embedded PostgreSQL's first process, whose children are all the others."""
        return int((self.data_dir / "postgres/data/postmaster.pid").read_text().splitlines()[0])

    def start(self, seconds: float = 60) -> float:
        """Start the service; return after how many seconds it said where it listens."""
        log = self.folder / "service.log"
        offset = log.stat().st_size if log.exists() else 0
        core = ["taskset", "--cpu-list", str(SERVICE_CORE)] if self.is_pinned else []
        began = time.perf_counter()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*core, sys.executable, "-m", "chatelet", "serve"], env=self.variables(), stdout=output, stderr=output
            )
        while time.perf_counter() - began < seconds:
            said = log.read_bytes()[offset:].decode(errors="replace")
            if found := _LISTENS.search(said):
                self.port = int(found[1])
                if self.is_pinned:
                    pin(self.database_pid, OTHER_CORE)
                return time.perf_counter() - began
            if self.process.poll() is not None:
                raise RuntimeError(said)
            time.sleep(0.01)
        raise TimeoutError(log.read_text(errors="replace")[-2_000:])

    def stop(self) -> None:
        """Stop the service and its database in good order."""
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)

    def variables(self) -> dict[str, str]:
        """Environment of the service, and of commands beside it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATELET_")}
        ours = {"CHATELET_DATA_DIR": str(self.data_dir), "CHATELET_PORT": "0", "CHATELET_LOG_LEVEL": "warning"}
        return kept | ours | self.environment

    async def connect(self, role: str = "chatelet_app") -> "asyncpg.Connection":
        """Open a connection beside the service, as one of the three roles of the embedded server."""
        password = json.loads((self.data_dir / "postgres/secrets.json").read_text())[role]
        socket = (self.data_dir / "postgres/data/postmaster.pid").read_text().splitlines()[4]
        return await asyncpg.connect(host=socket, port=5432, user=role, password=password, database="chatelet")

    async def tell(self, statement: str, *parameters: object) -> None:
        """Run one statement beside the service."""
        connection = await self.connect()
        try:
            await connection.execute(statement, *parameters)
        finally:
            await connection.close()

    async def sign_in(self, persons: int, *, is_administrator: bool = False) -> list[Person]:
        """Make persons who are signed in, each with one session."""
        tokens = [(uuid7(), uuid7(), new_token()) for _ in range(persons)]
        connection = await self.connect()
        try:
            await connection.executemany(
                "WITH made AS (INSERT INTO persons (id, email, name, language, state, issuer,"
                " subject, sort_name, search_vector, created_at) VALUES ($1, $2, 'Mesure', 'fr', 'active', 'local',"
                " $2, 'mesure', to_tsvector('simple', $2), now())), granted AS (INSERT INTO grants (id, person_id,"
                " role_id, source, created_at) SELECT gen_random_uuid(), $1, id, 'page', now() FROM roles"
                " WHERE $3 AND code = 'administrator')"
                " INSERT INTO sessions (id, person_id, token_hash, created_at, last_seen_at, idle_minutes, expires_at)"
                " VALUES ($4, $1, $5, now(), now(), 240, now() + interval '12 hours')",
                [(p, f"{p}@exemple.fr", is_administrator, session, token.hash) for p, session, token in tokens],
            )
        finally:
            await connection.close()
        return [Person(person, f"{COOKIE}={token.text}") for person, _session, token in tokens]

    async def keys(self, persons: list[Person]) -> list[str]:
        """Make one API key for each person, already used, as their sessions are."""
        made = [(uuid7(), person.id, new_secret()) for person in persons]
        connection = await self.connect()
        try:
            await connection.executemany(
                "INSERT INTO api_keys (id, person_id, name, prefix, secret_hash, routes, origins, addresses, created_at,"
                " expires_at, last_used_at) VALUES ($1, $2, 'Mesure', $3, $4, '{chat}', '{}', '{}', now(),"
                " now() + interval '1 day', now())",
                [(key, person, secret.text[:12], secret.hash) for key, person, secret in made],
            )
        finally:
            await connection.close()
        return [secret.text for _key, _person, secret in made]

    async def conversations(self, persons: list[Person]) -> list[str]:
        """Create one conversation for each person, through the API."""
        gate = asyncio.Semaphore(8)
        address = f"http://127.0.0.1:{self.port}/api/conversations"

        async def create(person: Person) -> str:
            async with gate, http.post(address, json={}, headers={"Cookie": person.cookie}) as answer:
                assert answer.status == 201, await answer.text()
                return str((await answer.json())["id"])

        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            return await asyncio.gather(*(create(person) for person in persons))

    async def jobs_left(self) -> int:
        """Count the jobs that wait or run: titles, mostly."""
        connection = await self.connect()
        try:
            return await connection.fetchval("SELECT count(*) FROM pgqueuer")
        finally:
            await connection.close()

    async def drop_jobs(self) -> None:
        """Forget the jobs that still wait."""
        connection = await self.connect("chatelet_owner")
        try:
            await connection.execute("DELETE FROM pgqueuer")
        finally:
            await connection.close()


@contextlib.contextmanager
def installation(
    model_port: int | None = None, *, is_pinned: bool = True, **environment: str
) -> Iterator[Installation]:
    """Give a new installation, whose model is the scripted server at `model_port`; nothing of it is left afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="chatelet-bench-"))
    folder.chmod(0o711)
    if model_port is not None:
        (folder / "chatelet.toml").write_text(_CONFIG.format(port=model_port))
        environment |= {"CHATELET_CONFIG": str(folder / "chatelet.toml"), "CHATELET_EMBEDDED__MODE": "never"}
    made = Installation(folder, environment, is_pinned=is_pinned and can_pin())
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
