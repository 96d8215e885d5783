"""Which request is being served: its identifier and origin, for logs, errors and the journal."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestContext:
    """`request_id` is made by the server; `origin` is the caller's network address, None for commands and jobs."""

    request_id: str
    origin: str | None


_NO_REQUEST = RequestContext(request_id="-", origin=None)
_current: ContextVar[RequestContext] = ContextVar("chatelet_request", default=_NO_REQUEST)


def current_request() -> RequestContext:
    """Return the request being served, or a neutral value outside any."""
    return _current.get()


def enter_request(context: RequestContext) -> None:
    """Bind `context` to the running task."""
    _current.set(context)
