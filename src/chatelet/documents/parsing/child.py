"""The process that reads: a warm parent which never sees content, and for each file two processes of its own.

service --request, descriptors--> server (this module's main) --fork--> keeper --fork--> reader
The reader is closed in and reads one file. Its keeper enters the namespaces, waits, kills at the deadline or when the
service lets go of the lifeline, and tells how the reader ended. The server only forks: a file's death is nobody else's.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys
import time
from functools import partial
from typing import NoReturn

from chatelet.documents.composing import dressing
from chatelet.documents.parsing import html_article, isolation, progress, reader, sensitivity, wire
from chatelet.documents.parsing.outcome import refused, without_text
from chatelet.documents.rebuilding import running
from chatelet.policy.guardrails.markings.declared import declare

_NICE = 10  # reading waits for the chat, not the reverse
_POLL_MILLISECONDS = 250


def main() -> None:
    """Serve requests until the service is gone: `python -m chatelet.documents.parsing.child DESCRIPTOR FOLDER…`."""
    control = socket.fromfd(int(sys.argv[1]), socket.AF_UNIX, socket.SOCK_STREAM)
    os.close(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reader.warm()
    sensitivity.warm()
    running.warm()
    with contextlib.suppress(OSError):
        os.nice(_NICE)  # from now on: a start that waits for everybody else may wait too long on a loaded machine
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are nobody's to wait for
    gc.freeze()
    control.sendall(wire.HELLO)
    while received := wire.receive_request(control):
        request, descriptors = received
        if request.is_article:
            html_article.warm()
        if os.fork() == 0:
            control.close()
            _keep(request, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _keep(request: wire.Request, source: int, output: int, lifeline: int, changes: int | None = None) -> NoReturn:
    """Watch over one reader."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    isolation.enter_namespaces()
    began = time.monotonic()
    reading = os.fork()
    if reading == 0:
        os.setpgid(0, 0)
        os.close(lifeline)
        if request.writing:
            _write(request, source, output, changes)
        _read(request, source, output)
    os.close(source)
    reason = _wait(reading, lifeline, began + request.limits.wall_seconds)
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(reading, signal.SIGKILL)
    _, status, usage = os.wait4(reading, 0)
    if reason == "exit" and os.WIFSIGNALED(status):
        reason = "signal"
    code = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    spent = usage.ru_utime + usage.ru_stime
    end = wire.End(reason, code, time.monotonic() - began, spent, usage.ru_maxrss * 1024)
    with contextlib.suppress(OSError):
        wire.send_frame(output, wire.END, end)
    os._exit(0)


def _wait(reading: int, lifeline: int, deadline: float) -> str:
    """Wait for the end of the reader, of its time, or of the service's interest."""
    poll = select.poll()
    poll.register(lifeline, select.POLLIN | select.POLLHUP)
    ended = os.pidfd_open(reading) if hasattr(os, "pidfd_open") else None
    if ended is not None:
        poll.register(ended, select.POLLIN)
    while time.monotonic() < deadline:
        ready = {descriptor for descriptor, _event in poll.poll(_POLL_MILLISECONDS if ended is not None else 20)}
        if lifeline in ready:
            return "abandoned"
        if ended in ready or os.waitid(os.P_PID, reading, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return "exit"
    return "timeout"


def _read(request: wire.Request, source: int, output: int) -> NoReturn:
    """Read one file, in this process and nothing else."""
    isolation.close_in(request.limits, sys.argv[2:])
    if not request.name:
        wire.send_frame(output, wire.RESULT, isolation.observed())
        os._exit(0)
    content = _content(source, request.limits.file_bytes)
    if request.bare:
        wire.send_frame(output, wire.RESULT, reader.bare(content), most=request.limits.file_bytes + 16)
        os._exit(0)
    if request.page:
        wire.send_frame(output, wire.RESULT, reader.draw(content, request), most=wire.PICTURE)
        os._exit(0)
    progress.listen(lambda step, page, pages: wire.send_frame(output, wire.PROGRESS, (step, page, pages)))
    document = reader.read_file(content, request.name, request.limits, is_article=request.is_article)
    del content
    document = sensitivity.examined(document, request.detectors, declare(request.markings))
    kind, limits = document.kind, request.limits
    try:
        wire.send_frame(output, wire.RESULT, document, most=limits.written_bytes)
    except MemoryError:
        del document
        reason = refused("memory_limit", megabytes=limits.memory_bytes // 1024**2)
        wire.send_frame(output, wire.RESULT, without_text(kind, reason))
    except wire.TooLong:
        reason = refused("text_too_long", most=limits.characters)
        wire.send_frame(output, wire.RESULT, without_text(kind, reason))
    os._exit(0)


def _write(request: wire.Request, source: int, output: int, changes: int | None) -> NoReturn:
    """Tell the segments of one file, or give it back with other words; or do with a letterhead what it is for."""
    limits = request.limits
    isolation.close_in(limits, sys.argv[2:])
    try:
        wanted = None if changes is None else _content(changes, limits.written_bytes)
        content = _content(source, limits.file_bytes)
        if request.writing in {"inspect", "dress"}:
            act = partial(dressing.inspected, content) if wanted is None else partial(dressing.dressed, content, wanted)
            answer = running.told(act, limits)
        else:
            answer = running.answered(content, request.name, wanted, limits)
        wire.send_frame(output, *answer, most=max(limits.file_bytes, limits.written_bytes))
        os._exit(0)
    except (MemoryError, wire.TooLong):
        answer = None
    reason = refused("memory_limit", megabytes=limits.memory_bytes // 1024**2)
    wire.send_frame(output, wire.UNREAD, wire.Unread(reason.status, reason.finding))
    os._exit(0)


def _content(source: int, most: int) -> bytes:
    """Return the bytes, one more than allowed at most: the reader refuses the file then."""
    size = min(os.fstat(source).st_size, most + 1)
    content = bytearray()
    while len(content) < size and (piece := os.pread(source, min(size - len(content), 1 << 20), len(content))):
        content += piece
    return bytes(content)


if __name__ == "__main__":
    main()
