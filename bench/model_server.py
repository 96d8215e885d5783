"""A scripted OpenAI-compatible model server for load: thousands of paced answers, too cheap to be what is measured.

    raw asyncio protocol -> one wheel of slots for all answers -> frames prepared once, one write per token

Every answer says the same words: N tokens at R tokens/s, the first at once. `GET /stats` tells what it did, its own
CPU and how late its wheel ever was: when the wheel was late, the result is the server's, not the service's. By hand:

    python bench/model_server.py --port 9000 --tokens 200 --rate 50
"""

import argparse
import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle, islice
from typing import Final, cast

import uvloop

_SLOTS: Final = 10  # per period of a token: with 50 tokens/s, answers are spread over slots of 2 ms
_SHORTEST_WAIT: Final = 0.001  # what the loop can count: less would make it spin
_PROSE: Final = (
    "La lumière se propage en ligne droite dans un milieu homogène et transparent, et change de direction lorsqu'elle "
    "passe d'un milieu à un autre. Cette déviation dépend de la longueur d'onde, ce qui explique la décomposition des "
    "couleurs par un prisme. "
)
TOKENS: Final = tuple(re.findall(r"\s?\w{1,6}|\S", _PROSE))
_HEAD: Final = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
_JSON_HEAD: Final = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
FIRST_WORDS: Final = b'"delta":{"content"'
"""What the bytes of a token hold, and nothing before the first one."""


def text_of(tokens: int) -> str:
    """Return the whole answer of `tokens` tokens."""
    return "".join(islice(cycle(TOKENS), tokens))


@dataclass(frozen=True, slots=True)
class Script:
    """Frames of an answer, as they go on the wire (chunked transfer included)."""

    tokens: int
    opening: bytes
    frames: tuple[bytes, ...]
    ending: bytes

    @classmethod
    def of(cls, tokens: int) -> "Script":
        """Prepare an answer of `tokens` tokens."""
        frames = tuple(_event(choices=[_choice({"content": word})]) for word in islice(cycle(TOKENS), tokens))
        usage = {"prompt_tokens": 200, "completion_tokens": tokens, "total_tokens": 200 + tokens}
        ending = _event(choices=[_choice({}, "stop")]) + _event(choices=[], usage=usage) + _chunk(b"data: [DONE]\n\n")
        opening = _event(choices=[_choice({"role": "assistant", "content": ""})])
        return cls(tokens, opening, frames, ending + b"0\r\n\r\n")


def _choice(delta: dict[str, str], finish: str | None = None) -> dict[str, object]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def _event(**fields: object) -> bytes:
    event = {
        "id": "chatcmpl-0123456789abcdef0123456789abcdef",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": "scripted",
        **fields,
    }
    return _chunk(b"data: " + json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n\n")


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


@dataclass(slots=True)
class Stats:
    """What `GET /stats` tells."""

    answers: int = 0
    tokens: int = 0
    most_open: int = 0
    worst_late_ms: float = 0.0
    late_ms_sum: float = 0.0

    def report(self) -> bytes:
        """Return them as JSON."""
        mean = self.late_ms_sum / max(self.tokens, 1)
        return json.dumps(
            {
                "answers": self.answers,
                "tokens": self.tokens,
                "most_open": self.most_open,
                "worst_late_ms": round(self.worst_late_ms, 1),
                "mean_late_ms": round(mean, 2),
                "cpu_seconds": time.process_time(),
            }
        ).encode()


@dataclass(eq=False, slots=True)
class Answer:
    """One answer under way: the next frame and where it goes."""

    transport: asyncio.Transport
    script: Script
    is_last: bool
    sent: int = 0

    def step(self) -> bool:
        """Send one token; tell whether there is another."""
        self.transport.write(self.script.frames[self.sent])
        self.sent += 1
        if self.sent < self.script.tokens:
            return True
        self.transport.write(self.script.ending)
        if self.is_last:
            self.transport.close()
        return False


@dataclass(slots=True)
class Wheel:
    """The only timer: each tick steps the answers of one slot; a late wheel catches up slot by slot."""

    rate: float
    stats: Stats = field(default_factory=Stats)
    open: int = 0
    _slots: list[list[Answer]] = field(default_factory=lambda: [[] for _ in range(_SLOTS)])
    _turned: int = 0
    _started: float = 0.0

    def start(self) -> None:
        """Begin to turn."""
        self._started = time.monotonic()
        self._arm()

    def take(self, answer: Answer) -> None:
        """Say the first token now, the next ones each period from now."""
        self.stats.answers += 1
        self.open += 1
        self.stats.most_open = max(self.stats.most_open, self.open)
        self.stats.tokens += 1
        if answer.step():
            self._slots[(self._turned - 1) % _SLOTS].append(answer)
        else:
            self.open -= 1

    def _arm(self) -> None:
        due = self._started + (self._turned + 1) / (self.rate * _SLOTS)
        loop = asyncio.get_running_loop()
        loop.call_later(max(_SHORTEST_WAIT, due - time.monotonic()), self._tick)

    def _tick(self) -> None:
        now = time.monotonic()
        due = int((now - self._started) * self.rate * _SLOTS)
        while self._turned < due:
            late = (now - self._started - (self._turned + 1) / (self.rate * _SLOTS)) * 1000
            self._turn(late)
        self._arm()

    def _turn(self, late_ms: float) -> None:
        slot = self._turned % _SLOTS
        self._turned += 1
        answers = self._slots[slot]
        if not answers:
            return
        self.stats.tokens += len(answers)
        self.stats.late_ms_sum += late_ms * len(answers)
        self.stats.worst_late_ms = max(self.stats.worst_late_ms, late_ms)
        kept = [answer for answer in answers if not answer.transport.is_closing() and answer.step()]
        self.open -= len(answers) - len(kept)
        self._slots[slot] = kept


class Connection(asyncio.Protocol):
    """HTTP/1.1, as much as a chat client needs: one request at a time, kept alive unless asked otherwise."""

    __slots__ = ("_received", "_scripts", "_tokens", "_transport", "_wheel")

    def __init__(self, wheel: Wheel, scripts: dict[int, Script], tokens: int) -> None:
        self._wheel = wheel
        self._scripts = scripts
        self._tokens = tokens
        self._received = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer once a request is whole."""
        self._received += data
        head, found, rest = self._received.partition(b"\r\n\r\n")
        if not found:
            return
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        size = int(length[1]) if length else 0
        if len(rest) < size:
            return
        self._received = rest[size:]
        self._answer(head, rest[:size])

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"GET"):
            told = self._wheel.stats.report() if b" /stats" in head[:20] else b'{"data":[{"id":"scripted"}]}'
            self._transport.write(_JSON_HEAD % len(told) + told)
            return
        tokens = min(self._tokens, json.loads(body).get("max_tokens") or self._tokens)
        script = self._scripts.get(tokens) or self._scripts.setdefault(tokens, Script.of(tokens))
        self._transport.write(_HEAD + script.opening)
        self._wheel.take(Answer(self._transport, script, is_last=b"connection: close" in head.lower()))


async def serve(port: int, tokens: int, rate: float) -> None:
    """Serve until ended; say where on standard output."""
    wheel = Wheel(rate)
    wheel.start()
    scripts = {tokens: Script.of(tokens)}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(partial(Connection, wheel, scripts, tokens), "127.0.0.1", port, backlog=4_096)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="Scripted OpenAI-compatible model server for load")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--rate", type=float, default=50.0)
    chosen = parser.parse_args()
    uvloop.run(serve(chosen.port, chosen.tokens, chosen.rate))


if __name__ == "__main__":
    main()
