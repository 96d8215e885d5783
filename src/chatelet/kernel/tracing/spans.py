"""What is timed. Off, every call here is one look at a variable; on, only what descends from a kept root is timed.

    with root("request", ...):             a request or a job, kept or not (traces.ratio)
        with span("statement", ...):       whatever happens within, in its tasks too

Attributes have a closed list of names, and a text must look like a code: whatever else is written as "?". No question,
answer, title, name of a person or parameter of a statement can be in a span, by mistake either.
"""

import random
import re
import secrets
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

from chatelet.kernel.tracing import parents

Kind = Literal["internal", "server", "client", "producer", "consumer"]
Value = str | int | float | bool
_CODE: Final = re.compile(r"[A-Za-z0-9_./:{}\-]{1,120}")
NAMES: Final = frozenset(
    {
        "request_id", "method", "route", "status", "job", "attempts", "turn", "state", "error", "model", "backend",
        "prompt_tokens", "completion_tokens", "texts", "statement", "table",
    }
)  # fmt: skip


class Span:
    """Times are nanoseconds: `began` since 1970, for people; the length is measured by a clock that never jumps."""

    __slots__ = ("_started", "attributes", "began", "failed", "kind", "length", "name", "parent", "span", "trace")

    def __init__(self, name: str, kind: Kind, trace: str, parent: str | None) -> None:
        self.name = name
        self.kind: Kind = kind
        self.trace = trace
        self.parent = parent
        self.span = secrets.token_hex(8)
        self.attributes: dict[str, Value] = {}
        self.failed = False
        self.began = time.time_ns()
        self.length = 0
        self._started = time.perf_counter_ns()

    def note(self, **attributes: Value | None) -> None:
        """Add what is known by now."""
        for name, value in attributes.items():
            if name not in NAMES:
                raise ValueError(f"{name} is not an attribute of spans")
            if value is not None:
                is_told = not isinstance(value, str) or _CODE.fullmatch(value)
                self.attributes[name] = value if is_told else "?"

    def end(self) -> None:
        """Note how long it took."""
        self.length = time.perf_counter_ns() - self._started


class _Off:
    """What is given where nothing is timed."""

    __slots__ = ()

    def note(self, **_attributes: Value | None) -> None:
        """Note nothing."""


class _Installed:
    take: Callable[[Span], None] | None = None
    ratio: float = 1.0


_OFF: Final = _Off()
_current: ContextVar[Span | None] = ContextVar("chatelet_span", default=None)


def install(take: Callable[[Span], None] | None, ratio: float = 1.0) -> None:
    """Hand ended spans to `take` from now on; None turns traces off."""
    _Installed.take, _Installed.ratio = take, ratio


def is_on() -> bool:
    """Tell whether anything is timed in this process."""
    return _Installed.take is not None


def current() -> Span | None:
    """Return the innermost span of the running task."""
    return _current.get()


def traceparent() -> str | None:
    """Return the header that puts what another server does in the current span; None where there is none."""
    found = _current.get()
    return None if found is None else parents.write(found.trace, found.span)


@contextmanager
def root(name: str, kind: Kind, *, within: str | None = None, **attributes: Value | None) -> Generator[Span | _Off]:
    """Time what somebody asked from outside; `within` is their traceparent, if any. Kept or not as `traces.ratio` says.

    Whether it is kept is never theirs to say: a stranger cannot make the service write.
    """
    if _Installed.take is None or random.random() >= _Installed.ratio:  # noqa: S311 (hides nothing)
        yield _OFF
        return
    trace, parent = parents.read(within) or (secrets.token_hex(16), None)
    with _timed(Span(name, kind, trace, parent), attributes) as timed:
        yield timed


@contextmanager
def span(name: str, kind: Kind = "internal", **attributes: Value | None) -> Generator[Span | _Off]:
    """Time a part of what is being timed."""
    outer = _current.get()
    if outer is None or _Installed.take is None:
        yield _OFF
        return
    with _timed(Span(name, kind, outer.trace, outer.span), attributes) as timed:
        yield timed


def told(name: str, nanoseconds: int, **attributes: Value | None) -> None:
    """Add a part that has just ended, and took so long."""
    outer = _current.get()
    take = _Installed.take
    if outer is None or take is None:
        return
    part = Span(name, "client", outer.trace, outer.span)
    part.began -= nanoseconds
    part.length = nanoseconds
    part.note(**attributes)
    take(part)


@contextmanager
def _timed(timed: Span, attributes: dict[str, Value | None]) -> Generator[Span]:
    outer = _current.get()
    timed.note(**attributes)
    _current.set(timed)
    try:
        yield timed
    except BaseException as error:
        timed.failed = True
        timed.note(error=getattr(error, "code", None) or type(error).__name__)
        raise
    finally:
        _current.set(outer)  # not by its token: a stream may be closed in another context than it was opened in
        timed.end()
        if _Installed.take is not None:
            _Installed.take(timed)
