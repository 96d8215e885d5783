"""A scripted OpenAI-compatible model server over real HTTP, with every fault a real one shows.

What it does is chosen by a directive in the last user message, so that a test in another process can choose too:

    [[tokens=200 rate=50]]         200 tokens at 50 tokens/s          [[delay=2]]          2 s before the first token
    [[say=Bonjour_le_monde]]       exactly this text (_ is a space)   [[usage=none]]       no usage, or `usage=lies`
    [[fault=hang_first after=3]]   a fault, after 3 tokens where that makes sense: see `FAULTS`
    [[call=weather]]               a call of this tool, with {"city": "Paris"}, in two pieces (`call=a,b`: of two)
    [[finish=length]]              why it stops

Embeddings (`POST /v1/embeddings`): three numbers a word, from its length; of a text, how often its words come.
Ranking (`POST /v1/rerank`): the share of a text's words that `preferred` holds; `rank_fault` is how it goes wrong.

By hand: `python tests/fakes/model_server.py --port 9000 --tokens 200 --rate 50`.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import re
import socket
import struct
import time
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Any

FAULTS = frozenset(
    {
        "hang_headers", "hang_first", "hang_between", "ping_forever", "truncated", "truncated_json", "malformed_json",
        "not_utf8", "reset", "huge_line", "html", "json_answer", "json_error", "error_object", "error_line", "redirect",
        "empty", "no_done", "hang_after_finish", "401", "403", "404", "422", "429", "500", "503", "context_vllm",
        "context_llama_cpp", "context_openai", "context_in_stream", "refuses_stream_options", "refuses_max_tokens", "endless_headers",
        "huge_chunk", "half_character", "split_characters", "flood",
    }
)  # fmt: skip
_DIMENSIONS = 512
_DIRECTIVE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_WORDS = re.findall(
    r"\S+", "La lumière se propage en ligne droite dans un milieu homogène et transparent ; elle est réfractée."
)
_CONTEXT_MESSAGES = {
    "context_vllm": "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.",
    "context_llama_cpp": "the request exceeds the available context size, try increasing it",
    "context_openai": "Please reduce the length of the messages.",
}


TITLES = ("Donne un titre", "Give this conversation a title")


@dataclass(frozen=True)
class Script:
    """How one answer is given."""

    tokens: int = 12
    rate: float = 0.0
    delay: float = 0.0
    say: str | None = None
    fault: str | None = None
    after: int = 3
    usage: str = "true"
    call: str = ""
    args: str = '{"city": "Paris"}'
    finish: str = "stop"

    def pieces(self) -> list[str]:
        if self.say is not None:
            return re.findall(r"\S+\s*|\s+", self.say)
        return [_WORDS[index % len(_WORDS)] + " " for index in range(self.tokens)]


@dataclass
class Exchange:
    """One request received: when it came, and when and how the client left."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    received_at: float
    written_tokens: int = 0
    complete: bool = False
    closed_by_client_at: float | None = None


@dataclass
class ModelServer:
    """Listens on a free loopback port. `answers` maps a substring of the question to a text; the first found wins."""

    default: Script = field(default_factory=Script)
    models: tuple[str, ...] = ("scripted",)
    api_key: str | None = None
    answers: dict[str, str] = field(default_factory=dict)
    exchanges: list[Exchange] = field(default_factory=list)
    probes: int = 0
    connections: int = 0
    probe_status: int = 200
    preferred: str = ""
    embedding_delay: float = 0.0
    rank_fault: str | None = None
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def running(self) -> int:
        """Answers being written now: the slots in use."""
        return sum(1 for one in self.exchanges if not one.complete and one.closed_by_client_at is None)

    @property
    def asked(self) -> list[Exchange]:
        """The exchanges that tests asked for: titles are asked for beside them, by jobs of earlier ones."""
        return [one for one in self.exchanges if not any(words in str(one.body) for words in TITLES)]

    @property
    def last(self) -> Exchange:
        """The last of them."""
        return self.asked[-1]

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port or self._port, limit=16 * 1024 * 1024)
        self._port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and cut every connection; `start` takes the same port again."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while await self._serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if self.api_key is not None and headers.get("authorization") != f"Bearer {self.api_key}":
            return await _reply(writer, 401, {"error": {"message": "Incorrect API key provided"}})
        if method == "GET":
            self.probes += 1
            listing = {"object": "list", "data": [{"id": name, "object": "model"} for name in self.models]}
            return await _reply(writer, self.probe_status, listing)
        exchange = Exchange(path, headers, json.loads(body), time.monotonic())
        self.exchanges.append(exchange)
        if path.endswith("/embeddings"):
            await asyncio.sleep(self.embedding_delay)
            exchange.complete = True
            return await _reply(writer, 200, _vectors(exchange.body))
        if path.endswith("/rerank"):
            return await self._rank(exchange, writer)
        return await self._answer(exchange, reader, writer)

    async def _rank(self, exchange: Exchange, writer: asyncio.StreamWriter) -> bool:
        fault, texts = self.rank_fault, exchange.body["documents"]
        if fault == "hang":
            await asyncio.sleep(3600)
        if fault is not None and fault.isdigit():
            return await _reply(writer, int(fault), {"error": {"message": "no"}})
        results = [
            {"index": place, "relevance_score": _share(text, self.preferred)} for place, text in enumerate(texts)
        ]
        results.sort(key=lambda result: -result["relevance_score"])
        if fault == "short":
            results.pop()
        if fault == "twice":
            results[-1] = results[0]
        if fault == "not_a_number":
            return await _reply(writer, 200, b'{"results": [{"index": 0, "relevance_score": 1e999}]}')
        exchange.complete = True
        spent = sum(1 + len(text) // 4 for text in texts)
        return await _reply(writer, 200, {"id": "rank-1", "results": results, "usage": {"total_tokens": spent}})

    def script_for(self, body: dict[str, Any]) -> Script:
        question = next((str(m["content"]) for m in reversed(body["messages"]) if m["role"] == "user"), "")
        for fragment, text in self.answers.items():
            if fragment in question:
                return replace(self.default, say=text)
        script = self.default
        for found in _DIRECTIVE.findall(question):
            for name, _, value in (pair.partition("=") for pair in found.split()):
                script = replace(script, **{name: _VALUES[name](value)})
        return script

    async def _answer(self, exchange: Exchange, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        script = self.script_for(exchange.body)
        work = asyncio.ensure_future(_play(script, exchange, writer))
        gone = asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                exchange.complete = True
                return work.result() and not gone.done()
            exchange.closed_by_client_at = time.monotonic()
            return False
        except ConnectionError:
            exchange.closed_by_client_at = time.monotonic()
            return False
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)


def _spoken(value: str) -> str:
    return value.replace("_", " ")


_VALUES: dict[str, Callable[[str], Any]] = {
    "tokens": int, "rate": float, "delay": float, "say": _spoken, "fault": str, "after": int, "usage": str,
    "call": str, "args": _spoken, "finish": str,
}  # fmt: skip


async def _reply(writer: asyncio.StreamWriter, status: int, body: object, headers: str = "") -> bool:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = "" if "content-type" in headers else "content-type: application/json\r\n"
    writer.write(f"HTTP/1.1 {status} X\r\n{kind}{headers}content-length: {len(data)}\r\n\r\n".encode() + data)
    await writer.drain()
    return True


async def _play(script: Script, exchange: Exchange, writer: asyncio.StreamWriter) -> bool:
    """Give the answer; return whether the connection may serve again."""
    refused = await _refuse(script, exchange, writer)
    if refused is not None:
        return refused
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
    await writer.drain()
    if script.fault == "hang_first":
        await asyncio.sleep(3600)
    await asyncio.sleep(script.delay)
    _send(writer, _chunk({"role": "assistant", "content": ""}))
    pieces = script.pieces() if not script.call else []
    if script.fault == "empty":
        pieces = []
    started = time.monotonic()
    for index, piece in enumerate(pieces):
        if script.fault is not None and index == script.after and await _stumble(script.fault, writer):
            return False
        if script.rate:
            await asyncio.sleep(max(0.0, started + index / script.rate - time.monotonic()))
        _send(writer, _chunk({"content": piece}))
        exchange.written_tokens += 1
        if script.rate or index % 64 == 63:
            await writer.drain()
    for index, name in enumerate(filter(None, script.call.split(","))):
        _send_call(writer, index, name, script.args)
    await _farewell(script, exchange, writer, len(pieces))
    return True


def _send_call(writer: asyncio.StreamWriter, index: int, name: str, written: str) -> None:
    """Ask for a tool as servers do: the name first, the arguments in pieces."""
    first = {"index": index, "id": f"call_{index}_{name}", "type": "function"}
    _send(writer, _chunk({"tool_calls": [{**first, "function": {"name": name, "arguments": ""}}]}))
    for piece in re.findall(r".{1,9}", written):
        _send(writer, _chunk({"tool_calls": [{"index": index, "function": {"arguments": piece}}]}))


def _vectors(body: dict[str, Any]) -> dict[str, Any]:
    texts = body["input"]
    data = [
        {"object": "embedding", "index": index, "embedding": _vector(text, body["model"])}
        for index, text in enumerate(texts)
    ]
    spent = sum(1 + len(text) // 4 for text in texts)
    return {"object": "list", "data": data[::-1], "usage": {"prompt_tokens": spent, "total_tokens": spent}}


def _share(text: str, preferred: str) -> float:
    words = text.lower().split()
    return sum(word in preferred.lower().split() for word in words) / max(1, len(words))


def _vector(text: str, model: str) -> list[float]:
    """Another model has other numbers for the same words, and of another length if its name says so."""
    words = re.findall(r"\w{4,}", text.lower())
    if " " not in text:
        return [len(text) / 100, 0.5, -0.25]
    size = 384 if "384" in model else _DIMENSIONS
    vector = [0.001] * size
    for word in words:
        vector[zlib.crc32(word.encode()) % size] += 1.0
    return vector


async def _farewell(script: Script, exchange: Exchange, writer: asyncio.StreamWriter, tokens: int) -> None:
    _send(writer, _chunk({}, finish="tool_calls" if script.call else script.finish))
    if script.fault == "hang_after_finish":
        await asyncio.sleep(3600)
    if script.usage != "none" and "stream_options" in exchange.body:
        prompt = 1 + sum(len(str(message["content"])) for message in exchange.body["messages"]) // 4
        usage: object = {"prompt_tokens": prompt, "completion_tokens": tokens, "total_tokens": prompt + tokens}
        if script.usage == "lies":
            usage = {"prompt_tokens": -5, "completion_tokens": 10**9, "total_tokens": "many"}
        _send(writer, f'data: {{"choices":[],"usage":{json.dumps(usage)}}}\n\n'.encode())
    if script.fault != "no_done":
        _send(writer, b"data: [DONE]\n\n")
    writer.write(b"0\r\n\r\n")
    await writer.drain()


async def _stumble(fault: str, writer: asyncio.StreamWriter) -> bool:
    """Play a fault in the middle of a stream; return whether the answer ends there."""
    if fault == "hang_between":
        await writer.drain()
        await asyncio.sleep(3600)
    elif fault == "ping_forever":
        while True:
            _send(writer, b": ping\n\n")
            await writer.drain()
            await asyncio.sleep(0.05)
    elif fault == "reset":
        await writer.drain()
        await asyncio.sleep(0.05)  # what was written must leave before the reset throws it away
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    elif fault in _BROKEN_BYTES:
        for data in _BROKEN_BYTES[fault]:
            _send(writer, data)
        writer.write(b"0\r\n\r\n")
        await writer.drain()
    else:
        return await _overdo(fault, writer)
    return True


async def _overdo(fault: str, writer: asyncio.StreamWriter) -> bool:
    """Play what is well formed and too much, or cut where nobody expects it; return whether the answer ends there."""
    if fault == "split_characters":
        for byte in _chunk({"content": "élève 🧮 "}):
            _send(writer, bytes([byte]))
            await writer.drain()
    while fault == "flood":
        _send(writer, _chunk({"content": "encore " * 1000}))
        await writer.drain()
    return False


_BROKEN_BYTES: dict[str, list[bytes]] = {
    "truncated": [],
    "truncated_json": [b'data: {"choices":[{"delta":{"cont'],
    "malformed_json": [b'data: {"choices":[{"delta":{"content":}}]}\n\n'],
    "not_utf8": [b'data: {"choices":[{"delta":{"content":"\xff\xfe"}}]}\n\n'],
    "huge_line": [b"data: " + b"x" * 65536, *[b"x" * 65536] * 20],
    "huge_chunk": [b'data: {"choices":[{"delta":{"content":"' + b"x" * 10_000_000 + b'"}}]}\n\n'],
    "half_character": [b'data: {"choices":[{"delta":{"content":"\xc3'],
    "error_object": [b'data: {"error":{"message":"CUDA out of memory","code":500}}\n\n'],
    "error_line": [b'error: {"code":500,"message":"slot failed","type":"server_error"}\n\n'],
    "context_in_stream": [b'data: {"error":{"type":"exceed_context_size_error","code":400}}\n\n'],
}


async def _refuse(script: Script, exchange: Exchange, writer: asyncio.StreamWriter) -> bool | None:
    """Play a fault that comes instead of a stream; None when the stream is to begin."""
    fault = script.fault
    if fault is None:
        return None
    if fault == "hang_headers":
        await asyncio.sleep(3600)
    if fault == "endless_headers":
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n")
        for number in itertools.count():
            writer.write(b"x-%d: %s\r\n" % (number, b"y" * 4000))
            await writer.drain()
    if fault in _CONTEXT_MESSAGES:
        kind = {"context_openai": "context_length_exceeded", "context_llama_cpp": "exceed_context_size_error"}
        code = 400 if fault != "context_llama_cpp" else 500
        error = {"message": _CONTEXT_MESSAGES[fault], "type": kind.get(fault, "BadRequestError"), "code": code}
        return await _reply(writer, code, {"error": error})
    if fault == "refuses_stream_options" and "stream_options" in exchange.body:
        detail = [
            {"type": "extra_forbidden", "loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted"}
        ]
        return await _reply(writer, 422, {"object": "error", "message": {"detail": detail}})
    if fault == "refuses_cache_salt" and "cache_salt" in exchange.body:
        return await _reply(writer, 400, {"error": {"message": "Unrecognized request argument supplied: cache_salt"}})
    if fault == "refuses_max_tokens" and "max_tokens" in exchange.body:
        message = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
        return await _reply(writer, 400, {"error": {"message": message, "code": "unsupported_parameter"}})
    if fault.isdigit():
        return await _reply(writer, int(fault), {"error": {"message": "no"}}, "retry-after: 7\r\n")
    return await _reply_wrongly(fault, writer)


async def _reply_wrongly(fault: str, writer: asyncio.StreamWriter) -> bool | None:
    if fault == "redirect":
        return await _reply(writer, 307, b"", "location: http://127.0.0.1:9/v1/chat/completions\r\n")
    if fault == "html":
        return await _reply(writer, 200, b"<html><body>Sign in</body></html>", "content-type: text/html\r\n")
    if fault == "json_answer":
        return await _reply(writer, 200, {"choices": [{"message": {"content": "whole"}}]})
    if fault == "json_error":
        return await _reply(writer, 200, {"error": {"message": "The server is overloaded", "code": 503}})
    return None


def _chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    event = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [choice],
    }
    return b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n"


def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(b"%x\r\n%s\r\n" % (len(data), data))


@contextlib.asynccontextmanager
async def running_model_server(**options: Any) -> AsyncIterator[ModelServer]:
    """Run a server for the length of a block."""
    server = ModelServer(**options)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def _main() -> None:
    parser = argparse.ArgumentParser(description="Scripted OpenAI-compatible model server")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--models", default="scripted")
    chosen = parser.parse_args()
    script = Script(tokens=chosen.tokens, rate=chosen.rate, delay=chosen.delay)
    server = ModelServer(default=script, models=tuple(chosen.models.split(",")))
    await server.start(chosen.port)
    print(json.dumps({"url": server.url}), flush=True)  # noqa: T201 (the caller reads the address)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())
