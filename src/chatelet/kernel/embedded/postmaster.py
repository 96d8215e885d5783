"""The server process: its settings, its launch, its readiness and its end."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from chatelet.kernel.embedded.account import ENVIRONMENT, Account
from chatelet.kernel.embedded.binaries import Binaries
from chatelet.kernel.embedded.cluster import Cluster, last_words
from chatelet.kernel.embedded.errors import DatabaseStartFailed, failed_step

PORT = 5432  # only names the socket: nothing listens on the network
FAST_STOP_SECONDS = 20.0
IMMEDIATE_STOP_SECONDS = 10.0
_READY_SECONDS = 120.0  # the recovery after a crash replays at most 512 MB
_TICK_SECONDS = 0.01
_STATUS_LINE = 7  # of postmaster.pid, after: pid, folder, start time, port, socket folder, address, shared memory
_PR_SET_PDEATHSIG = 1

# Given as arguments at each start: a new Châtelet brings new settings, and no file of the cluster can contradict them.
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "wal_compression": "on",
    "jit": "off",  # our queries are short: compiling them costs more than it gives
    "max_parallel_workers_per_gather": "0",  # parallel workers need /dev/shm, 64 MB in a default container
    "max_parallel_maintenance_workers": "0",
    "io_method": "sync",  # three processes fewer; what we read is in the cache
    "timezone": "UTC",
    "log_timezone": "UTC",
    # When one backend crashes the server restarts all of them by itself, in a second. We watch the server, not its
    # children: leaving this off would turn one lost query into a lost service.
    "restart_after_crash": "on",
    "logging_collector": "on",
    "log_filename": "postgresql-%Y%m%d-%H%M%S.log",
    "log_file_mode": "0600",
    "log_rotation_age": "0",
    "log_rotation_size": "5MB",
    "log_error_verbosity": "terse",  # leaves out DETAIL, which quotes the values of rows
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def launch(
    cluster: Cluster, binaries: Binaries, account: Account, socket: Path, *, durable: bool, connections: int
) -> subprocess.Popen[bytes]:
    """Start the server as `account`, in its own session so that a Ctrl-C in our terminal reaches us, not it."""
    settings = {
        **_SETTINGS,
        **(_DURABLE if durable else _FLEETING),
        "max_connections": str(connections),
        "unix_socket_directories": str(socket),
        "hba_file": str(cluster.hba),
        "log_directory": str(cluster.log),
    }
    command = [str(binaries.program("postgres")), "-D", str(cluster.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    cluster.startup_log.touch(0o600)
    with cluster.startup_log.open("wb") as log, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of newer Pythons, for any fork beside threads
        try:
            return subprocess.Popen(  # noqa: S603  # our own program
                command,
                user=account.user,
                group=account.group,
                extra_groups=account.extra_groups,
                umask=0o077,
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_stop_with_us(),  # noqa: PLW1509  # it only calls what was prepared before the fork
            )
        except PermissionError as error:
            raise account.refusal(error) from error


def wait_ready(cluster: Cluster, process: subprocess.Popen[bytes]) -> None:
    """Return when the server says `ready` in its own pid file; fail when it exits or stays silent."""
    limit = time.monotonic() + _READY_SECONDS
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise failed_step("start", cluster.folder, last_words(cluster))
        lines = pid_file_lines(cluster)
        if len(lines) > _STATUS_LINE and lines[0] == str(process.pid) and lines[_STATUS_LINE] == "ready":
            return
        time.sleep(_TICK_SECONDS)
    raise DatabaseStartFailed(step=f"start, within {_READY_SECONDS:.0f} s", log=last_words(cluster))


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop fast (sessions are ended, all is flushed), else immediately (recovered at next start), else by force."""
    for how, patience in ((signal.SIGINT, FAST_STOP_SECONDS), (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS)):
        process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
            return
    process.kill()
    process.wait()


def pid_file_lines(cluster: Cluster) -> list[str]:
    """Read postmaster.pid; nothing when it is not there."""
    try:
        return [line.strip() for line in (cluster.data / "postmaster.pid").read_text(errors="replace").splitlines()]
    except FileNotFoundError:
        return []


def _stop_with_us() -> Callable[[], None] | None:
    """Prepare the request that, on Linux, the kernel stop the server (fast) when we die, even by kill -9.

    To be called in the child after it has changed user, which would clear the request. The kernel watches the thread
    that forks, not the process: hence only from the main one.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    prctl = ctypes.CDLL(None).prctl
    us = os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)
        if os.getppid() != us:  # we died in between
            os._exit(1)

    return ask
