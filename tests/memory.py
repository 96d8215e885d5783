"""A folder in memory for what tests throw away: databases are files, and making one on a busy disk takes a second.

Where the machine has none, or too small (64 MB in a default container), the ordinary temporary folder serves. What is
about durability stays on the disk.
"""

import shutil
import time
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 4 * 2**30  # bytes; a whole run takes less than a third of it
_DAY: Final = 86_400


def folder_in_memory() -> Path | None:
    """Return where to make temporary folders named `chatelet-…`; None for the ordinary place."""
    try:
        free = shutil.disk_usage(_MEMORY).free
        abandoned = [one for one in _MEMORY.glob("chatelet-*") if one.stat().st_mtime < time.time() - _DAY]
    except OSError:
        return None
    for one in abandoned:  # of tests that were killed
        shutil.rmtree(one, ignore_errors=True)
    return _MEMORY if free >= _ROOM else None
