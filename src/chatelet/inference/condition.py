"""How a backend is, as people and routing see it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`missing`: its file is not on this machine; `unknown`: not asked yet."""

    READY = "ready"
    LOADING = "loading"
    UNREACHABLE = "unreachable"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """`progress` is between 0 and 1 while loading; `error_code` says why a backend is unreachable."""

    state: State
    progress: float | None = None
    error_code: str | None = None
