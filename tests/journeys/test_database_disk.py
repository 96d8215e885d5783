"""The disk of the database takes no more, or can no longer be written: a coded refusal, nothing lost, back by itself."""

import asyncio
import contextlib
import logging
import os
import subprocess
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest

from tests.fakes.model_server import ModelServer
from tests.journeys.service import Service, installation
from tests.journeys.test_faults import signed_in
from tests.journeys.visitor import Visitor

_MEGABYTES = 320


def mount(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
async def small(scripted: ModelServer) -> AsyncIterator[Service]:
    """A service whose data folder is a disk of its own; PostgreSQL is as durable as in production."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root; owner: whoever runs the suite in a container")
    with installation(scripted.url, context=200_000, CHATELET_DATABASE__EMBEDDED_DURABLE="true", plain=True) as service:
        service.data_dir.mkdir(0o711)
        if not mount("-t", "tmpfs", "-o", f"size={_MEGABYTES}m,mode=0711", "chatelet-test", str(service.data_dir)):
            pytest.skip("this container may not mount a disk; owner: whoever runs the suite with CAP_SYS_ADMIN")
        try:
            await service.start(300)
            await service.create_person("ada@exemple.fr")
            yield service
            if service.process is not None and service.process.poll() is None:
                await service.stop()
        finally:
            subprocess.run(["umount", "--lazy", str(service.data_dir)], check=False)


def fill(service: Service) -> Path:
    """Leave no byte on the disk."""
    ballast = service.data_dir / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(64 * 1024))
    with contextlib.suppress(OSError), ballast.open("ab", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return ballast


async def said(ada: Visitor, conversation: str, number: int) -> tuple[int, Any]:
    """Put a long question; return the status and the code of a refusal, or the state that the answer ended in."""
    path = f"{ada.address}/api/conversations/{conversation}/turns"
    text = f"Question {number} " + os.urandom(45_000).hex() + " [[say=Oui.]]"
    async with ada.http.post(path, json={"text": text}, headers=ada.headers) as response:
        if response.status != 200:
            return response.status, (await response.json())["code"]
        told = await response.text()
        return 200, "answered" if '"state":"answered"' in told else "cut"


async def back_after(ada: Visitor, seconds: float = 90) -> None:
    """Wait until a question is answered again; how long it took is in the test's log, for failures.md."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while True:
            with contextlib.suppress(AssertionError, aiohttp.ClientError):
                stream = await ada.ask(await ada.conversation(), "Et maintenant ? [[say=Oui.]]")
                if stream.closed["state"] == "answered":
                    break
            await asyncio.sleep(0.2)
    logging.getLogger(__name__).info("back after %.1f s", time.monotonic() - began)


async def test_no_room_for_the_database(small: Service, http: aiohttp.ClientSession) -> None:
    ada = await signed_in(small, http)
    conversations = [await ada.conversation() for _ in range(60)]
    assert await said(ada, conversations[0], 0) == (200, "answered")
    kept = {conversations[0]: 0}
    ballast = fill(small)
    refusals: list[tuple[int, Any]] = []
    for number, conversation in enumerate(conversations[1:], start=1):
        status, told = await said(ada, conversation, number)
        if (status, told) == (200, "answered"):
            kept[conversation] = number
        elif status != 200:
            refusals.append((status, told))
        if len(refusals) >= 3:
            break
    assert refusals, "the disk was filled"
    assert {status for status, _code in refusals} == {503}
    assert {code for _status, code in refusals} <= {"database_full", "service_unavailable"}, refusals
    assert small.process is not None
    assert small.process.poll() is None
    async with http.get(small.address + "/api/health/live") as response:
        assert response.status == 200

    ballast.unlink()
    await back_after(ada)
    for conversation, number in kept.items():
        stored = await ada.get(f"/api/conversations/{conversation}")
        assert stored["messages"][0]["text"].startswith(f"Question {number} ")
        assert stored["messages"][1]["text"] == "Oui."
    verified = await asyncio.to_thread(small.command, "audit", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


async def test_a_disk_that_can_no_longer_be_written(small: Service, http: aiohttp.ClientSession) -> None:
    """As a kernel does to a disk that fails: the database stops, its files stay, and cannot be opened for writing."""
    ada = await signed_in(small, http)
    conversation = await ada.conversation()
    assert await said(ada, conversation, 1) == (200, "answered")
    assert small.process is not None
    files = str(small.data_dir / "postgres" / "data")
    assert mount("--bind", files, files)
    assert mount("-o", "remount,bind,ro", files)
    try:
        for child in psutil.Process(small.process.pid).children(recursive=True):
            if child.name() == "postgres":
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
        await asyncio.sleep(3)  # longer than between two tries to start it again
        status, code = await said(ada, conversation, 2)
        assert (status, code) == (503, "service_unavailable")
        async with http.get(small.address + "/api/health/ready") as response:
            assert response.status == 503
        assert small.process.poll() is None
    finally:
        subprocess.run(["umount", "--lazy", files], check=True)
    await back_after(ada)
    stored = await ada.get(f"/api/conversations/{conversation}")
    assert stored["messages"][0]["text"].startswith("Question 1 ")
    assert stored["messages"][1]["text"] == "Oui."
