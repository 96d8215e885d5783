"""Persons at work while things die: conversations, questions, files; each notes what was acknowledged (`history`)."""

import asyncio
import contextlib
import hashlib
import json
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import aiohttp

from bench.history import Found, History
from bench.installation import Installation, Person

_PATIENCE: Final = aiohttp.ClientTimeout(total=30, sock_connect=3, sock_read=15)
_FAILED: Final = (aiohttp.ClientError, TimeoutError, ConnectionError, json.JSONDecodeError)
_AGAIN: Final = 0.15


@dataclass(slots=True)
class Worker:
    """One person. The address is asked for at each request: a service that starts again may have another."""

    http: aiohttp.ClientSession
    address: Callable[[], str]
    person: Person
    history: History
    conversation: str | None = None

    async def work(self, stop: asyncio.Event) -> None:
        """Do one thing after another until told to stop. What fails is noted and never sent again as it was."""
        while not stop.is_set():
            try:
                if self.conversation is None or random.random() < 0.1:
                    await self._converse()
                elif random.random() < 0.3:
                    await self._give_file()
                else:
                    await self._ask(self.conversation)
            except _FAILED as error:
                self.history.faults[type(error).__name__] += 1
                await asyncio.sleep(_AGAIN)

    async def _converse(self) -> None:
        async with self.request("POST", "/api/conversations", json={}) as answer:
            if await self._is(answer, 201):
                self.conversation = str((await answer.json())["id"])
                self.history.conversations.add(self.conversation)

    async def _ask(self, conversation: str) -> None:
        words = f"q-{uuid4()}"
        self.history.attempted.add(words)
        said: list[str] = []
        async with self.request("POST", f"/api/conversations/{conversation}/turns", json={"text": words}) as answer:
            if not await self._is(answer, 200):
                return
            async for line in answer.content:
                if line.startswith(b"data: "):
                    self._hear(words, conversation, json.loads(line[6:]), said)

    def _hear(self, words: str, conversation: str, event: dict[str, Any], said: list[str]) -> None:
        if event["type"] == "opened":
            self.history.questions[words], self.history.seen[words] = conversation, str(event["turn_id"])
        elif event["type"] == "delta":
            said.append(event["text"])
        elif event["type"] == "closed" and event["state"] == "answered":
            self.history.answers[words] = "".join(said)

    async def _give_file(self) -> None:
        data = random.randbytes(random.randint(10, 60_000))
        async with self.request("POST", "/api/files", json={"name": "essai.bin", "size": len(data)}) as answer:
            if not await self._is(answer, 201):
                return
            identifier = str((await answer.json())["id"])
        async with self.request("PUT", f"/api/files/{identifier}/parts/0", data=data) as answer:
            if await self._is(answer, 200):
                self.history.files[identifier] = hashlib.sha256(data).hexdigest()

    async def _is(self, answer: aiohttp.ClientResponse, status: int) -> bool:
        if answer.status == status:
            return True
        self.history.faults[f"http_{answer.status}"] += 1
        await asyncio.sleep(_AGAIN)
        return False

    @contextlib.asynccontextmanager
    async def request(self, method: str, path: str, **options: Any) -> AsyncIterator[aiohttp.ClientResponse]:
        """Send one request of this person's."""
        headers = {"Cookie": self.person.cookie}
        async with self.http.request(
            method, self.address() + path, headers=headers, timeout=_PATIENCE, **options
        ) as one:
            yield one


async def read_all(worker: Worker, found: "Reading", conversations: set[str]) -> None:
    """Read one person's conversations and files, as their page does."""
    for conversation in conversations:
        async with worker.request("GET", f"/api/conversations/{conversation}") as answer:
            if answer.status != 200:  # somebody else's
                continue
            found.take(conversation, await answer.json())
    for identifier in worker.history.files:
        async with worker.request("GET", f"/api/files/{identifier}/original") as answer:
            if answer.status == 200:
                found.files[identifier] = hashlib.sha256(await answer.read()).hexdigest()


class Reading:
    """What is found at the end, put together from every person's pages and the journal."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, str]] = []
        self.answers: dict[str, str] = {}
        self.states: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def take(self, conversation: str, shown: dict[str, Any]) -> None:
        """Take one conversation as the page shows it."""
        texts = {message["id"]: message["text"] for message in shown["messages"]}
        for turn in shown["turns"]:
            words = texts[turn["question_id"]]
            self.questions.append((words, conversation))
            self.states[words] = turn["state"]
            self.answers[words] = texts.get(turn["answer_id"], "")

    async def conclude(self, installation: Installation) -> Found:
        """Add the journal."""
        connection = await installation.connect()
        try:
            rows = await connection.fetch("SELECT name, object_id FROM journal_events WHERE object_id IS NOT NULL")
        finally:
            await connection.close()
        journal = [(row[0], row[1]) for row in rows]
        return Found(self.questions, self.answers, self.states, self.files, journal)
