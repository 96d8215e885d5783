"""What a killed supervisor left running on this very cluster, found and ended before a new start."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from chatelet.kernel.embedded.cluster import Cluster, last_words
from chatelet.kernel.embedded.errors import DatabaseStartFailed
from chatelet.kernel.embedded.postmaster import FAST_STOP_SECONDS, IMMEDIATE_STOP_SECONDS, pid_file_lines

_TICK_SECONDS = 0.05
_PROC = Path("/proc")
_STEPS = (
    (signal.SIGINT, FAST_STOP_SECONDS),
    (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS),
    (signal.SIGKILL, IMMEDIATE_STOP_SECONDS),
)


def stop_survivors(cluster: Cluster) -> None:
    """End every process of this cluster: fast, immediately, by force. To be called with the folder's lock held.

    Then remove a pid file that nobody stands behind any more: PostgreSQL refuses to start when the number in it has
    since been given to another process of the same account, which is usual after the restart of a container.
    """
    pid_file = cluster.data / "postmaster.pid"
    if not pid_file.exists():
        return
    for how, patience in _STEPS:
        _signal(cluster, how)
        if _wait_gone(cluster, patience):
            if _proc_is_there():  # elsewhere orphans are not seen, and PostgreSQL's own checks need this file
                pid_file.unlink(missing_ok=True)
            return
    raise DatabaseStartFailed(step="stop of the server left by a killed process", log=last_words(cluster))


def _signal(cluster: Cluster, how: signal.Signals) -> None:
    """Signal the postmaster, which ends its children; or the orphans, which should be leaving by themselves."""
    alive = _processes_of(cluster)
    head = pid_file_lines(cluster)[:1]
    for pid in [pid for pid in alive if [str(pid)] == head] or alive:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)


def _wait_gone(cluster: Cluster, patience: float) -> bool:
    limit = time.monotonic() + patience
    while _processes_of(cluster):
        if time.monotonic() > limit:
            return False
        time.sleep(_TICK_SECONDS)
    return True


def _processes_of(cluster: Cluster) -> list[int]:
    """List the live PostgreSQL processes of this very cluster: all of them stand in its data folder."""
    if not _proc_is_there():
        return _postmaster_by_ps(cluster)
    found: list[int] = []
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):  # gone meanwhile, or of somebody else
                here = (entry / "cwd").readlink() == cluster.data
                if here and (entry / "exe").readlink().name.startswith("postgres"):
                    found.append(int(entry.name))
    return found


def _proc_is_there() -> bool:
    return (_PROC / "self" / "cwd").exists()


def _postmaster_by_ps(cluster: Cluster) -> list[int]:
    head = pid_file_lines(cluster)[:1]
    if not head or not head[0].isdecimal():
        return []
    shown = subprocess.run(  # noqa: S603  # constant program, a number
        ["/bin/ps", "-ww", "-o", "command=", "-p", head[0]], capture_output=True, text=True, check=False
    )
    return [int(head[0])] if f"-D {cluster.data} " in shown.stdout else []
