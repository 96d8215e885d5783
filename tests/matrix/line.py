"""What the table says of a route: which family it is of, and how it is called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Family = Literal["public", "mine", "owned", "curated", "held", "listed", "seen", "whole", "apart", "keyed"]
Made = dict[str, str]
Body = Callable[[Made], Any]


@dataclass(frozen=True)
class Line:
    """What a route expects. `body` is made from the identifiers of the objects made for this call."""

    family: Family
    right: str = ""
    body: Body | None = None
    query: dict[str, str] = field(default_factory=dict)
    allowed: frozenset[int] = frozenset()
    """Statuses that say "you may" beside 2xx: what a harmless call meets once it is let in."""
    needs: tuple[str, ...] = ()
    """Objects that the body names, beside those of the path."""


def just(**body: Any) -> Body:
    return lambda _made: body


def owned(body: Body | None = None, **more: Any) -> Line:
    return Line("owned", body=body, **more)


def curated(body: Body | None = None, **more: Any) -> Line:
    return Line("curated", body=body, **more)


def held(right: str, body: Body | None = None, **more: Any) -> Line:
    return Line("held", right, body, **more)


def whole(body: Body | None = None, **more: Any) -> Line:
    return Line("whole", "installation.manage", body, **more)


def apart(body: Body | None = None, **more: Any) -> Line:
    return Line("apart", body=body, **more)


PUBLIC, MINE = Line("public"), Line("mine")
ADMIN = "/api/admin"
