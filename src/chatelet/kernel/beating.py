"""A long job says now and then that it lives, and stops by itself once what it does is no more its own."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import cast


@asynccontextmanager
async def beating(touch: Callable[[], Awaitable[bool]], *, every: float, lost: type[Exception]) -> AsyncGenerator[None]:
    """Call `touch` every so many seconds; as soon as it says no, what runs inside is stopped and `lost` is raised.

    A cancellation from elsewhere stays a cancellation.
    """
    task = cast("asyncio.Task[None]", asyncio.current_task())
    is_lost = False

    async def beat() -> None:
        nonlocal is_lost
        while True:
            await asyncio.sleep(every)
            if not await touch():
                is_lost = True
                task.cancel()
                return

    heart = asyncio.create_task(beat())
    try:
        yield
    except asyncio.CancelledError:
        if not is_lost:
            raise
        task.uncancel()
        raise lost from None
    finally:
        heart.cancel()
        await asyncio.gather(heart, return_exceptions=True)
