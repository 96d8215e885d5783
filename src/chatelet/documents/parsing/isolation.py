"""What keeps a reader's process away from everything: namespaces where the kernel gives them, limits in any case.

Every step is tried and may be refused (containers often forbid namespaces): what holds in the end is measured by
`observed`, shown by `chatelet check`, and never assumed. Called between fork and reading; nothing here sees a file.
"""

import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from chatelet.documents.parsing.limits import Limits

_NEW_MOUNTS, _NEW_UTS, _NEW_IPC = 0x00020000, 0x04000000, 0x08000000
_NEW_USER, _NEW_PROCESSES, _NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000
_PRIVATE, _RECURSIVE = 1 << 18, 1 << 14
_NO_SUID, _NO_DEVICES, _NO_PROGRAMS = 2, 4, 8
_MOUNT_SETATTR, _CAPSET = 442, {"x86_64": 126, "aarch64": 91}
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_BIND, _DETACH = 4096, 2
_AT_RECURSIVE, _AT_HERE, _READ_ONLY = 0x8000, -100, 1
_TEMPORARY = (b"/tmp", b"tmpfs", _NO_SUID | _NO_DEVICES | _NO_PROGRAMS, b"size=128m")
_DEATH_SIGNAL, _DUMPABLE, _NO_NEW_PRIVILEGES, _DROP_BOUND = 1, 4, 38, 24
_CAPABILITIES_3 = 0x20080522
_ADDRESSES = 8 * 1024**3  # address space is not memory: models and fonts are mapped


def enter_namespaces() -> None:
    """Leave the service's network, processes, messages and users, as far as it is let; the next fork is in them."""
    uid, gid = os.getuid(), os.getgid()
    wanted = _NEW_USER | _NEW_NETWORK | _NEW_PROCESSES | _NEW_IPC | _NEW_UTS | _NEW_MOUNTS
    if not _call("unshare", wanted):
        return
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def close_in(limits: Limits, shown: Sequence[str]) -> None:
    """Show only some folders, read-only, hide other processes, set limits, give up every privilege: in the reader."""
    _call("prctl", _DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if sys.platform == "linux" and os.getpid() == 1:
        _call("mount", None, b"/", None, _PRIVATE | _RECURSIVE, None)
        has_own = _has_own_root(shown)
        _set_mounts(b"/", set_flags=_READ_ONLY, recursive=True)
        if has_own:
            _set_mounts(_TEMPORARY[0], clear_flags=_READ_ONLY)
    _limit(limits)
    for capability in range(64):
        _call("prctl", _DROP_BOUND, capability, 0, 0, 0)
    _call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _drop_capabilities()
    _call("prctl", _DUMPABLE, 0, 0, 0, 0)


def _has_own_root(shown: Sequence[str]) -> bool:
    """Enter a root of these folders; inside bubblewrap, which made one, take a temporary folder apart from others'."""
    try:
        _enter_root(shown) if shown else _need("mount", b"tmpfs", *_TEMPORARY)
    except (OSError, StopIteration):
        return False
    return True


def _enter_root(shown: Sequence[str]) -> None:
    """Make a root of these folders and of nothing else, and enter it."""
    places = ("/mnt", "/media", "/srv", "/tmp")  # noqa: S108
    base = next(place for place in places if Path(place).is_dir() and not any(p.startswith(place) for p in shown))
    _need("mount", b"tmpfs", base.encode(), b"tmpfs", _NO_SUID | _NO_DEVICES, b"size=1m")
    for folder in ("proc", "tmp", "dev"):
        Path(base, folder).mkdir(exist_ok=True)
    # First: what is shown may stand under it.
    _need("mount", b"tmpfs", base.encode() + _TEMPORARY[0], *_TEMPORARY[1:])
    for path in shown:
        _show(path, base)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom"):
        _show(device, base)
    _call("mount", b"proc", f"{base}/proc".encode(), b"proc", _NO_SUID | _NO_DEVICES | _NO_PROGRAMS, None)
    os.chdir(base)
    _need("syscall", _PIVOT_ROOT[os.uname().machine], b".", b".")
    _need("umount2", b".", _DETACH)
    os.chdir("/")


def _show(path: str, base: str) -> None:
    source, target = Path(path), Path(base + path)
    if not source.exists() or target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        target.symlink_to(source.readlink())
        return
    target.mkdir() if source.is_dir() else target.touch()
    _need("mount", path.encode(), str(target).encode(), None, _BIND | _RECURSIVE, None)


def _set_mounts(path: bytes, *, set_flags: int = 0, clear_flags: int = 0, recursive: bool = False) -> None:
    attributes = (ctypes.c_uint64 * 4)(set_flags, clear_flags, 0, 0)
    size = ctypes.c_size_t(ctypes.sizeof(attributes))
    _call("syscall", _MOUNT_SETATTR, _AT_HERE, path, _AT_RECURSIVE if recursive else 0, attributes, size)


def _limit(limits: Limits) -> None:
    bounds = [
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_DATA, limits.memory_bytes),
        (resource.RLIMIT_AS, max(_ADDRESSES, limits.memory_bytes)),
        (resource.RLIMIT_FSIZE, limits.written_bytes),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ]
    if os.getpid() == 1:  # counted for all the processes of an account outside a namespace of its own
        bounds.append((resource.RLIMIT_NPROC, limits.processes))
    for kind, bound in bounds:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, bound))  # the first process of a namespace dies of the hard one only
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800")


def _drop_capabilities() -> None:
    number = _CAPSET.get(os.uname().machine)
    if number is not None:
        header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
        _call("syscall", number, header, (ctypes.c_uint32 * 6)())


def observed() -> dict[str, bool]:
    """Try what a reader must not be able to do, from inside it."""
    return {
        "network": not _can_reach_network(),
        "files": not _can_write(),
        "view": not Path("/etc/passwd").exists() and not Path("/home").exists(),
        "processes": os.getpid() == 1 or not _can_see_parent(),
        "limits": resource.getrlimit(resource.RLIMIT_DATA)[0] != resource.RLIM_INFINITY,
    }


def _can_reach_network() -> bool:
    return any(name != "lo" for _index, name in socket.if_nameindex())


def _can_write() -> bool:
    folders = (Path.home(), Path("/var/tmp"), Path(__file__).parent)  # noqa: S108
    return any(os.access(folder, os.W_OK) for folder in folders if str(folder) != "/tmp")  # noqa: S108


def _can_see_parent() -> bool:
    return Path(f"/proc/{os.getppid()}/cmdline").exists()


def _need(name: str, *arguments: object) -> None:
    if not _call(name, *arguments):
        raise OSError(ctypes.get_errno(), name)


def _call(name: str, *arguments: object) -> bool:
    """Call the C library; tell whether the kernel agreed."""
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    function = getattr(library, name, None)
    return function is not None and function(*arguments) == 0
