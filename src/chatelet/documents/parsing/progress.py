"""Where a reader tells how far it is; the child's process gives the function that sends it to the parent."""

from collections.abc import Callable

Progress = Callable[[int, int], None]  # page being read (from 1), how many there are

_listeners: list[Progress] = []


def listen(listener: Progress) -> None:
    """Send what is told from now on to this function, in this process."""
    _listeners[:] = [listener]


def tell(page: int, pages: int) -> None:
    """Tell that a page is being read; nothing happens when nobody listens."""
    for listener in _listeners:
        listener(page, pages)
