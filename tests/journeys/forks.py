"""Services begun by a fork of a process that has imported them: importing is two thirds of a start, and a run makes a hundred.

pytest --(environment, folder, log, pipe)--> this module's main, one thread, nothing but imports --fork--> `chatelet serve`
What is forked is a process like another: its own number, signals, environment and files. The one that forks is its
parent, and tells how it ended down its pipe. What is about the process itself starts the command (`Service.plain`).
"""

import atexit
import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO, NoReturn

_LARGEST = 2**17  # bytes of a request: an environment
_NUMBER = 32  # bytes, more than a process's number or its end takes


class Forked:
    """A running service: as much of `subprocess.Popen` as tests use."""

    def __init__(self, pid: int, ended: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ended = ended

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(["chatelet", "serve"], timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float | None) -> int | None:
        if self.returncode is None:
            poll = select.poll()
            poll.register(self._ended, select.POLLIN | select.POLLHUP)
            if poll.poll(None if seconds is None else seconds * 1_000):
                told = os.read(self._ended, _NUMBER)
                os.close(self._ended)
                assert told, "the process that forks is gone"
                self.returncode = int(told)
        return self.returncode


class Forks:
    """The process that forks, of this one; started when it is first needed, gone with it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None

    def start(self, environment: dict[str, str], log: BinaryIO) -> Forked:
        """Begin `chatelet serve` in this folder, its outputs in `log`. It may import first: not for an event loop."""
        with self._lock:
            control = self._control = self._control or _begin()
            ours, theirs = os.pipe()
            request = json.dumps({"environment": environment, "folder": str(Path.cwd())}).encode()
            assert len(request) <= _LARGEST
            socket.send_fds(control, [request], [log.fileno(), theirs])
            os.close(theirs)
            return Forked(int(control.recv(_NUMBER)), ours)


def _begin() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHATELET_")}
    command = [sys.executable, "-m", "tests.journeys.forks", str(theirs.fileno())]
    root = Path(__file__).parent.parent.parent
    process = subprocess.Popen(command, env=kept, cwd=root, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def main() -> None:
    """Fork for each request until whoever asks is gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    import chatelet.__main__
    import chatelet.app
    import chatelet.commands.serve
    import chatelet.commands.web  # noqa: F401

    gc.freeze()
    assert len(list(Path("/proc/self/task").iterdir())) == 1, (
        "a fork keeps one thread only: nothing may start one when imported"
    )
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    pipes: dict[int, int] = {}
    poll = select.poll()
    poll.register(control, select.POLLIN | select.POLLHUP)
    poll.register(woken, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _event in poll.poll()}
        if woken in ready:
            os.read(woken, 1_024)
            _tell_ends(pipes)
        if control.fileno() not in ready:
            continue
        asked, descriptors, _flags, _address = socket.recv_fds(control, _LARGEST, 2)
        if not asked:
            return
        log, pipe = descriptors
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            control.close()
            for descriptor in (woken, wake, pipe, *pipes.values()):
                os.close(descriptor)
            _serve(json.loads(asked), log)
        os.close(log)
        pipes[pid] = pipe
        control.send(str(pid).encode())


def _tell_ends(pipes: dict[int, int]) -> None:
    for pid in list(pipes):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            pipe = pipes.pop(pid)
            with contextlib.suppress(BrokenPipeError):
                os.write(pipe, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(pipe)


def _serve(request: dict, log: int) -> NoReturn:
    """Become what `python -m chatelet serve` is."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for output in (1, 2):
        os.dup2(log, output)
    os.close(log)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.argv[:] = ["chatelet", "serve"]
    gc.enable()
    sys.exit(sys.modules["chatelet.__main__"].main())


if __name__ == "__main__":
    main()
