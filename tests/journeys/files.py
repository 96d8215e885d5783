"""Sending files as the page does, and waiting until they are read."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from tests.journeys.visitor import Answer, Visitor


async def begin(visitor: Visitor, name: str, size: int, **body: Any) -> Answer:
    return await visitor.call("POST", "/api/files", {"name": name, "size": size, **body})


async def send_part(visitor: Visitor, file: str, offset: int, data: bytes) -> Answer:
    address = f"{visitor.address}/api/files/{file}/parts/{offset}"
    async with visitor.http.put(address, data=data, headers=visitor.headers) as response:
        return Answer(response.status, response.headers, await response.json())


async def send(visitor: Visitor, name: str, data: bytes, **body: Any) -> str:
    """Send a whole file; return its identifier."""
    begun = await begin(visitor, name, len(data), **body)
    assert begun.status == 201, begun.body
    file, part_size = begun.body["id"], begun.body["part_size"]
    for offset in range(0, len(data), part_size):
        sent = await send_part(visitor, file, offset, data[offset : offset + part_size])
        assert sent.status == 200, sent.body
    return file


async def until_read(visitor: Visitor, file: str, seconds: float = 30) -> dict[str, Any]:
    """Return the file once it is read, or could not be."""
    *_before, last = [found async for found in while_read(visitor, file, seconds)]
    return last


async def while_read(visitor: Visitor, file: str, seconds: float = 30) -> AsyncIterator[dict[str, Any]]:
    """Yield the file as it is now and again, until it is read or could not be."""
    async with asyncio.timeout(seconds):
        while True:
            [found] = (await visitor.get("/api/files", params={"id": file}))["items"]
            yield found
            if found["state"] in ("read", "failed"):
                return
            await asyncio.sleep(0.1)
