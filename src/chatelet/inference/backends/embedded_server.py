"""The process that runs the embedded model: `python -m chatelet.inference.backends.embedded_server`.

One JSON line on standard input says what to load; JSON lines on standard output say how it goes (`verifying` with its
progress, `loading`, `ready` with its address, `refused`). The model library is imported here and nowhere else. The
process ends with its parent: at the end of standard input, and by PR_SET_PDEATHSIG on Linux.
"""

import ctypes
import hashlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Final, TextIO

_PR_SET_PDEATHSIG: Final = 1
_BLOCK: Final = 16 * 1024 * 1024
_SLOTS: Final = 2  # two prompt caches (answers, titles), although requests come one at a time
_BATCH_TOKENS: Final = 32
_NICENESS: Final = 2


def main() -> None:
    """Serve until the parent goes."""
    die_with_parent()
    report = take_over_stdout()
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=leave_at_end_of_input, daemon=True).start()
    os.nice(_NICENESS)
    if _digest(Path(order["path"]), report) != order["sha256"]:
        say(report, state="refused")
        sys.exit(3)
    say(report, state="loading")
    server = _load(order)
    say(report, state="ready", url=server.listening_address)
    threading.Event().wait()


def _load(order: dict[str, Any]) -> Any:
    import xllamacpp  # pyright: ignore[reportMissingTypeStubs]

    library: Any = xllamacpp
    params = library.CommonParams()
    params.model.path = order["path"]
    params.n_parallel = _SLOTS
    params.n_ctx = order["context_tokens"] * _SLOTS
    # The server looks whether its client has left between batches: small ones free the slot of a stopped answer within
    # 2 s while it still reads a long prompt (TA-154), and cost no more processor time (measured: 512, 64, 32).
    params.n_batch = params.n_ubatch = _BATCH_TOKENS
    params.cache_ram_mib = 0  # nobody's conversation stays in memory beyond the slots (TA-157)
    params.ctx_shift = False
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [order["api_key"]]
    params.endpoint_slots = False
    params.ui = False
    params.verbosity = 1
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = order["threads"]
        cpu.poll = 0  # waiting threads sleep instead of spinning, which would starve the machine
    return library.Server(params)


def _digest(path: Path, report: TextIO) -> str:
    """Hash the file (which also brings it into memory), telling the progress."""
    hasher = hashlib.sha256()
    size = path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            hasher.update(block)
            say(report, state="verifying", progress=round(file.tell() / size, 3))
    return hasher.hexdigest()


def die_with_parent() -> None:
    """Have the kernel end this process with its parent."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent or parent == 1:
        sys.exit(0)


def leave_at_end_of_input() -> None:
    """Leave when the parent closes our standard input."""
    while sys.stdin.readline():
        pass
    os._exit(0)


def take_over_stdout() -> TextIO:
    """Keep standard output for our lines; what the library prints goes to standard error."""
    report = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return report


def say(report: TextIO, **fields: object) -> None:
    """Write one line to the parent."""
    report.write(json.dumps(fields) + "\n")
    report.flush()


if __name__ == "__main__":
    main()
