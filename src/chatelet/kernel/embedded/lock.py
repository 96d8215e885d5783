"""One supervisor per data folder: a lock that the kernel frees when its holder dies, however it dies."""

import fcntl
import os
from dataclasses import dataclass

from chatelet.kernel.embedded.cluster import Cluster
from chatelet.kernel.embedded.errors import DataFolderInUse


@dataclass(frozen=True)
class FolderLock:
    """A lock that is held until `release` or the end of the process. Not inherited by the programs we start."""

    handle: int

    def release(self) -> None:
        """Free the folder. To be called once."""
        os.close(self.handle)


def take_lock(cluster: Cluster) -> FolderLock:
    """Take the folder and leave our process number in the file, or tell the number of who has it."""
    handle = os.open(cluster.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
    except BlockingIOError:
        holder = os.read(handle, 32).decode().strip()
        os.close(handle)
        raise DataFolderInUse(folder=str(cluster.folder.parent), pid=holder or "unknown") from None
    except OSError:
        os.close(handle)
        raise
    return FolderLock(handle)
