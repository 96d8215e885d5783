"""The stream of an OpenAI-compatible server, decoded by a pure machine: bytes in, chunks out, cut anywhere.

Server-sent events (WHATWG HTML §9.2): lines ended by LF, CRLF or CR; comments; `data` over several lines; a blank
line ends the event. Dialects met: no final blank line, no `[DONE]`, `error:` lines (llama.cpp), content as a list of
parts (Mistral), `reasoning_content` (vLLM, llama.cpp) or `reasoning`, usage alone in a last chunk, an error object
instead of a chunk.
"""

from typing import Final

import msgspec

LONGEST_LINE: Final = 1024 * 1024
MOST_LINES: Final = 64


class Part(msgspec.Struct, gc=False):
    """A part of a content given as a list."""

    type: str = ""
    text: str = ""


class Delta(msgspec.Struct, gc=False):
    """What a chunk adds. `tool_calls` stays raw: it is read only where tools were offered."""

    content: str | list[Part] | None = None
    reasoning_content: str | None = None
    reasoning: str | None = None
    tool_calls: msgspec.Raw = msgspec.Raw()


class Choice(msgspec.Struct, gc=False):
    """The one choice we ask for."""

    delta: Delta | None = None
    finish_reason: str | None = None


class Chunk(msgspec.Struct, gc=False):
    """One event. `usage` and `error` stay raw: they are rare, and servers lie in them."""

    choices: list[Choice] | None = None
    usage: msgspec.Raw = msgspec.Raw()
    error: msgspec.Raw = msgspec.Raw()


_decode: Final = msgspec.json.Decoder(Chunk).decode


class ChunkDecoder:
    """Feed it what the network brings.

    `done` once the server said `[DONE]`; `broken` (one word) once the bytes are not the announced stream: what came
    before counts, what comes after is ignored.
    """

    __slots__ = ("_data", "_in_error", "_rest", "_return_pending", "broken", "done")

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._in_error = False
        self._return_pending = False
        self.broken: str | None = None
        self.done = False

    def feed(self, data: bytes) -> list[Chunk]:
        """Return the chunks that `data` completes."""
        if self.broken is not None:
            return []
        if self._return_pending or b"\r" in data:
            data = self._normalise(data)
        lines = (self._rest + data if self._rest else data).split(b"\n")
        self._rest = lines.pop()
        chunks: list[Chunk] = []
        for line in lines:
            if line:
                self._take(line)
            elif self._data:
                self._dispatch(chunks)
            if self.broken is not None:
                return chunks
        if len(self._rest) > LONGEST_LINE:
            self.broken = "line_too_long"
        return chunks

    def flush(self) -> list[Chunk]:
        """Return what an end without its blank line still held."""
        if self.broken is not None:
            return []
        rest, self._rest = self._rest, b""
        if rest:
            self._take(rest)
        chunks: list[Chunk] = []
        if self._data:
            self._dispatch(chunks)
        return chunks

    def _take(self, line: bytes) -> None:
        if len(self._data) >= MOST_LINES:
            self.broken = "line_too_long"
        elif line.startswith(b"data:"):
            self._data.append(line[6:] if line[5:6] == b" " else line[5:])
        elif line.startswith(b"error:"):
            self._data.append(line[6:])
            self._in_error = True

    def _dispatch(self, chunks: list[Chunk]) -> None:
        data = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
        self._data.clear()
        in_error, self._in_error = self._in_error, False
        if len(data) > LONGEST_LINE:
            self.broken = "line_too_long"
        if self.broken or self.done or not data:
            return
        if data.strip() == b"[DONE]":
            self.done = True
            return
        try:
            chunks.append(Chunk(error=msgspec.Raw(data)) if in_error else _decode(data))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            self.broken = "malformed_json"

    def _normalise(self, data: bytes) -> bytes:
        """Make every line end one LF; a CR at the very end waits, since its LF may come with the next bytes."""
        if self._return_pending:
            data = b"\r" + data
        self._return_pending = data.endswith(b"\r")
        if self._return_pending:
            data = data[:-1]
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
