"""UUIDv7 identifiers (RFC 9562 §5.7): ordered by time, never secrets.

Partitioned tables use their identifier as partition key, so an identifier also tells in which month a row lives.
"""

import secrets
import threading
import time
from datetime import datetime
from uuid import UUID

_lock = threading.Lock()
_last = 0  # 48 bits of milliseconds followed by 12 bits of counter


def uuid7() -> UUID:
    """Return a new identifier, strictly increasing within this process."""
    global _last  # noqa: PLW0603 (one counter per process is the point)
    with _lock:
        _last = max((time.time_ns() // 1_000_000) << 12 | secrets.randbits(8), _last + 1)
        milliseconds, counter = _last >> 12, _last & 0xFFF
    return _compose(milliseconds, counter, secrets.randbits(62))


def uuid7_at(moment: datetime) -> UUID:
    """Return the smallest identifier that a row made at `moment` (or later) can have: a partition bound."""
    return _compose(int(moment.timestamp() * 1000), 0, 0)


def _compose(milliseconds: int, counter: int, tail: int) -> UUID:
    return UUID(int=milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | tail)
