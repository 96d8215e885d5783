"""Last steps that run to their end, whoever cancels meanwhile."""

import asyncio
from collections.abc import Coroutine


async def uninterrupted(work: Coroutine[None, None, None]) -> None:
    """Run the last step to its end, whoever cancels meanwhile."""
    task = asyncio.create_task(work)
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            continue
