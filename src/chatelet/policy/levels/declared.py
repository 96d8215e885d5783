"""Which levels a request may name: those shipped and those that the institution added, never a place left empty.

A validator of a body knows nothing of the installation: the levels stand in a context variable for each request.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Annotated

from pydantic import AfterValidator
from starlette.types import ASGIApp, Receive, Scope, Send

from chatelet.policy.sensitivity import SHIPPED, Level

_DECLARED: ContextVar[frozenset[Level]] = ContextVar("declared_levels", default=SHIPPED)


class LevelsDeclared:
    """ASGI: what is asked of this application may name these levels."""

    def __init__(self, app: ASGIApp, *, levels: Iterable[str]) -> None:
        self._app = app
        self._levels = frozenset(Level(one) for one in levels)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve with them."""
        token = _DECLARED.set(self._levels)
        try:
            await self._app(scope, receive, send)
        finally:
            _DECLARED.reset(token)


def declared() -> list[Level]:
    """Return those that the request may name, in their order."""
    known = _DECLARED.get()
    return [one for one in Level if one in known]


def _require(level: Level) -> Level:
    if level not in _DECLARED.get():
        raise ValueError(f"one of {', '.join(declared())}")
    return level


DeclaredLevel = Annotated[Level, AfterValidator(_require)]
