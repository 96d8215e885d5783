"""What leaves for a person who was disabled ends: between two pieces, or while a reader takes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from chatelet.identity.open_answers import OpenAnswers, WatchedAnswers, answer_of

PIECE = 64 * 1024
Serve = Callable[[Response], Awaitable[None]]


class Reader:
    """The server's side of one connection; `takes` is how many messages the reader takes before it takes no more."""

    def __init__(self, takes: int = 10_000) -> None:
        self.messages: list[Message] = []
        self.takes = takes
        self.waits = asyncio.Event()

    async def send(self, message: Message) -> None:
        if len(self.messages) > self.takes:
            self.waits.set()
            await asyncio.Event().wait()
        self.messages.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages)

    @property
    def ended(self) -> bool:
        last = self.messages[-1]
        return last["type"] == "http.response.body" and not last.get("more_body", False)


async def nothing() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


class Asked:
    """One request of a known caller, answered by `response`."""

    def __init__(self, answers: OpenAnswers, response: Response, *, revoked_before: str = "") -> None:
        self.person, self.way_in = uuid4(), uuid4()
        self.answers = answers
        self._response, self._revoked_before = response, revoked_before

    async def serve(self, reader: Reader) -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            caller: Any = type("Caller", (), {"person_id": self.person, "session_id": self.way_in})
            if self._revoked_before:
                self.answers.on_revoked(f"{self._revoked_before}:{self.person}")
            answer = answer_of(scope)
            assert answer is not None
            answer.belongs_to(caller)
            await self._response(scope, receive, send)

        scope = {"type": "http", "method": "GET", "headers": [], "asgi": {"spec_version": "2.4"}}
        await WatchedAnswers(app, self.answers)(scope, nothing, reader.send)


async def pages(count: int, then: Callable[[int], None] = lambda _: None) -> Any:
    for number in range(count):
        then(number)
        yield b"x" * 1000


async def test_an_answer_leaves_whole_and_is_forgotten() -> None:
    answers, reader = OpenAnswers(), Reader()
    body = bytes(range(256)) * 1000
    await Asked(answers, Response(body)).serve(reader)
    assert reader.body == body
    assert reader.ended
    assert max(len(message.get("body", b"")) for message in reader.messages) == PIECE
    streamed = Reader()
    await Asked(answers, StreamingResponse(pages(5))).serve(streamed)
    assert (len(streamed.body), streamed.ended) == (5000, True)
    assert not answers._known


@pytest.mark.parametrize("kind", ["person", "session", "key"])
async def test_a_stream_ends_before_its_next_piece(kind: str) -> None:
    answers, reader = OpenAnswers(), Reader()

    def revoke(number: int) -> None:
        if number == 3:
            answers.on_revoked(f"{kind}:{asked.person if kind == 'person' else asked.way_in}")
            answers.on_revoked(f"{kind}:{uuid4()}")

    asked = Asked(answers, StreamingResponse(pages(10, revoke)))
    await asked.serve(reader)
    assert len(reader.body) == 3000
    assert not reader.ended, "the reader sees that it is incomplete"
    assert not answers._known


@pytest.mark.parametrize("streams", [True, False])
async def test_a_reader_who_takes_nothing_does_not_keep_it_open(streams: bool) -> None:
    answers, reader = OpenAnswers(), Reader(takes=2)
    asked = Asked(answers, StreamingResponse(pages(10)) if streams else Response(b"x" * 10 * PIECE))
    serving = asyncio.create_task(asked.serve(reader))
    await reader.waits.wait()
    answers.on_revoked(f"person:{asked.person}")
    async with asyncio.timeout(5):
        await serving
    assert not reader.ended


async def test_somebody_else_s_answers_go_on() -> None:
    answers, reader = OpenAnswers(), Reader()
    other = uuid4()
    asked = Asked(answers, StreamingResponse(pages(5, lambda _: answers.on_revoked(f"person:{other}"))))
    await asked.serve(reader)
    assert reader.ended


async def test_what_was_revoked_while_one_was_let_in_is_not_missed() -> None:
    """The database let the person in, then they were disabled: the word came before the answer was known to be theirs."""
    answers, reader = OpenAnswers(), Reader()
    await Asked(answers, Response(b"x" * 2 * PIECE), revoked_before="person").serve(reader)
    assert reader.body == b""
    later = Reader()
    asked = Asked(answers, Response(b"x" * 2 * PIECE))
    asked.person = next(iter(answers._revoked))
    await asked.serve(later)
    assert later.ended, "enabled again and let in since"


async def test_a_short_answer_that_is_whole_leaves() -> None:
    """The one that says that the session is over, for instance."""
    answers, reader = OpenAnswers(), Reader()
    await Asked(answers, Response(b"signed out"), revoked_before="session").serve(reader)
    assert reader.ended


async def test_no_other_body_leaves_past_it() -> None:
    """Who sends past the layers ends what it sends by itself: streams of turns, exchanges of /v1."""
    sources = Path(__file__).parents[2] / "src" / "chatelet"
    past = {path.relative_to(sources).as_posix() for path in sources.rglob("*.py") if "DIRECT_SEND" in path.read_text()}
    assert past == {"kernel/http.py", "chat/stream.py", "chat/v1/carrying.py"}


async def test_old_words_are_forgotten() -> None:
    answers, first = OpenAnswers(), uuid4()
    answers.on_revoked(f"person:{first}")
    answers.on_revoked("person:")
    kept = answers._revoked[first]
    answers._revoked[first] = (kept[0] - 61, True)
    answers.on_revoked(f"person:{UUID(int=1)}")
    assert set(answers._revoked) == {UUID(int=1)}


async def test_thousands_revoked_in_a_row_cost_the_same_each() -> None:
    """An act on everybody revokes them all within seconds: words kept for a minute are not looked through at each."""
    counted = 0

    class Counting(OpenAnswers):
        def _is_old(self, identifier: UUID, moment: float) -> bool:
            nonlocal counted
            counted += 1
            return super()._is_old(identifier, moment)

    answers = Counting()
    people = [uuid4() for _ in range(3000)]
    for person in (*people, people[0]):
        answers.on_revoked(f"person:{person}")
    assert list(answers._revoked) == [*people[1:], people[0]], "told again, it is the newest"
    assert counted <= 2 * len(people)
