"""Where a reader tells how far it is; the child's process gives the function that sends it to the parent."""

from collections.abc import Callable
from typing import Literal

Step = Literal["reading", "recognising"]
Progress = Callable[[Step, int, int], None]  # what is done, to which page (from 1), how many there are

_listeners: list[Progress] = []


def listen(listener: Progress) -> None:
    """Send what is told from now on to this function, in this process."""
    _listeners[:] = [listener]


def tell(page: int, pages: int, step: Step = "reading") -> None:
    """Tell that a page is being read, or recognised on its picture; nothing happens when nobody listens."""
    for listener in _listeners:
        listener(step, page, pages)
