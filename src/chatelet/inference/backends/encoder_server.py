"""The process that makes vectors: `python -m chatelet.inference.backends.encoder_server`.

It speaks `/v1/embeddings` on a free loopback port, so that the same client serves it and any other server. One JSON
line on standard input gives its key; JSON lines on standard output say `loading`, then `ready` with its address. Texts
are encoded one request at a time, on one thread; it ends with its parent.
"""

import hmac
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Final

import msgspec

from chatelet.inference.backends.embedded_server import die_with_parent, leave_at_end_of_input, say, take_over_stdout
from chatelet.inference.sentence_encoder import ENCODER_MODEL, encode

_LARGEST_BODY: Final = 16 * 1024 * 1024
_MOST_TEXTS: Final = 2_048
_NICENESS: Final = 2
_SILENCE_SECONDS: Final = 60
_one_at_a_time = threading.Lock()


class _Body(msgspec.Struct):
    input: str | list[str]
    model: str = ENCODER_MODEL


class _Handler(BaseHTTPRequestHandler):
    """Answers `POST /v1/embeddings` and `GET /v1/models`, to whoever holds the key."""

    protocol_version = "HTTP/1.1"
    timeout = _SILENCE_SECONDS
    key: ClassVar[str] = ""

    def do_GET(self) -> None:
        """List the one model."""
        if self._is_refused("/v1/models"):
            return
        self._answer(200, {"object": "list", "data": [{"id": ENCODER_MODEL, "object": "model"}]})

    def do_POST(self) -> None:
        """Make vectors."""
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            self._answer(413, {"error": {"message": "a body of 16 MiB at most is expected"}})
            return
        raw = self.rfile.read(int(length))
        if self._is_refused("/v1/embeddings"):
            return
        try:
            body = msgspec.json.decode(raw, type=_Body)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            self._answer(400, {"error": {"message": "`input` is a text or a list of texts"}})
            return
        texts = [body.input] if isinstance(body.input, str) else body.input
        if not 1 <= len(texts) <= _MOST_TEXTS:
            self._answer(400, {"error": {"message": f"between 1 and {_MOST_TEXTS} texts"}})
            return
        self._answer(200, _vectors(texts))

    def log_message(self, *_said: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Log nothing: addresses are ours, and texts are nobody else's."""

    def _is_refused(self, path: str) -> bool:
        given = self.headers.get("authorization", "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, f"Bearer {self.key}".encode()):
            self._answer(401, {"error": {"message": "the key is wrong"}})
            return True
        if self.path != path:
            self._answer(404, {"error": {"message": "not served here"}})
            return True
        return False

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        body = msgspec.json.encode(told)
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until the parent goes."""
    die_with_parent()
    report = take_over_stdout()
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=leave_at_end_of_input, daemon=True).start()
    os.nice(_NICENESS)
    say(report, state="loading")
    encode(["Bonjour"])  # loads the weights
    _Handler.key = order["api_key"]
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        say(report, state="ready", url=f"http://127.0.0.1:{server.server_port}")
        server.serve_forever()


def _vectors(texts: list[str]) -> dict[str, Any]:
    with _one_at_a_time:
        vectors = encode(texts)
    read = sum(map(len, texts)) // 4
    return {
        "object": "list",
        "model": ENCODER_MODEL,
        "data": [{"object": "embedding", "index": place, "embedding": vector} for place, vector in enumerate(vectors)],
        "usage": {"prompt_tokens": read, "total_tokens": read},
    }


if __name__ == "__main__":
    main()
