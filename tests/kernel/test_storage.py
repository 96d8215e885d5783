"""Blobs in a folder and on a real S3 server, through the same interface; a storage that is away is said, not guessed."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.fakes.fault_proxy import FaultProxy, fault_proxy
from tests.fakes.seaweed import BUCKET, KEY, SECRET, free_port, seaweed

from chatelet.kernel.storage import BlobMissing, Storage, StorageUnavailable
from chatelet.settings import StorageSettings


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StorageSettings]:
    folder = tmp_path_factory.mktemp("keys")
    (folder / "key").write_text(KEY)
    (folder / "secret").write_text(SECRET)
    with seaweed(tmp_path_factory.mktemp("seaweed")) as endpoint:
        yield StorageSettings(
            bucket=BUCKET, endpoint=endpoint, access_key_file=folder / "key", secret_key_file=folder / "secret"
        )


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    settings = StorageSettings() if request.param == "folder" else request.getfixturevalue("s3")
    return Storage(settings, tmp_path)


async def test_what_is_put_is_got_and_goes_together(storage: Storage) -> None:
    await asyncio.gather(*(storage.put(f"one/part-{number}", bytes([number]) * 1000) for number in range(5)))
    await storage.put("two/part-0", b"other")
    assert await storage.get("one/part-3") == b"\x03" * 1000
    await storage.put("one/part-3", b"again")
    assert await storage.get("one/part-3") == b"again"
    assert {name async for name in storage.identifiers()} >= {"one", "two"}
    assert await storage.delete_all("one") == 5
    assert await storage.delete_all("one") == 0
    with pytest.raises(BlobMissing):
        await storage.get("one/part-3")
    assert await storage.get("two/part-0") == b"other"
    await storage.delete_all("two")


async def test_a_storage_that_is_away_is_said(tmp_path: Path) -> None:
    settings = StorageSettings(bucket=BUCKET, endpoint=f"http://127.0.0.1:{free_port()}")
    away = Storage(settings, tmp_path)
    with pytest.raises(StorageUnavailable):
        await asyncio.wait_for(away.get("one/part-0"), 60)


async def test_a_full_disk_is_said(tmp_path: Path) -> None:
    storage = Storage(StorageSettings(), tmp_path)
    (tmp_path / "files" / "one").write_bytes(b"a file where a folder is needed")
    with pytest.raises(StorageUnavailable):
        await storage.put("one/part-0", b"x")


def test_a_folder_and_a_bucket_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="exclude"):
        StorageSettings(bucket="b", folder=tmp_path)
    with pytest.raises(ValueError, match="go together"):
        StorageSettings(bucket="b", access_key_file=tmp_path / "key")


@pytest.fixture
async def away(s3: StorageSettings, tmp_path: Path) -> AsyncIterator[tuple[Storage, FaultProxy]]:
    """A bucket behind a network that can be spoilt, with `one/part-0` already in it."""
    place = urlsplit(s3.endpoint or "")
    async with fault_proxy((str(place.hostname), place.port or 0)) as proxy:
        storage = Storage(s3.model_copy(update={"endpoint": f"http://127.0.0.1:{proxy.port}"}), tmp_path)
        await storage.put("one/part-0", b"kept")
        yield storage, proxy


async def test_a_slow_bucket_is_only_slow(away: tuple[Storage, FaultProxy]) -> None:
    storage, proxy = away
    proxy.latency, proxy.bytes_per_second = 0.02, 2_000_000
    data = os.urandom(500_000)
    await storage.put("slow/part-0", data)
    assert await storage.get("slow/part-0") == data


async def test_a_transfer_that_is_cut_is_never_half_a_file(away: tuple[Storage, FaultProxy]) -> None:
    storage, proxy = away
    data = os.urandom(300_000)
    await storage.put("cut/part-0", data)
    proxy.cut_after = 100_000
    with contextlib.suppress(StorageUnavailable):
        assert await storage.get("cut/part-0") == data
    proxy.cut_after = 0
    with pytest.raises(StorageUnavailable):
        await storage.put("cut/part-1", data)
    await proxy.heal()
    assert await storage.get("cut/part-0") == data
    with contextlib.suppress(BlobMissing):  # stored whole, though nobody was told; or not at all
        assert await storage.get("cut/part-1") == data


async def test_a_bucket_that_says_nothing_is_away_within_seconds(away: tuple[Storage, FaultProxy]) -> None:
    storage, proxy = away
    proxy.silence()
    began = time.monotonic()
    with pytest.raises(StorageUnavailable):
        await storage.get("one/part-0")
    assert time.monotonic() - began < 40
    await proxy.heal()
    assert await storage.get("one/part-0") == b"kept"


async def test_connections_to_a_bucket_that_are_dead_are_replaced(away: tuple[Storage, FaultProxy]) -> None:
    storage, proxy = away
    proxy.forget()
    with contextlib.suppress(StorageUnavailable):
        assert await storage.get("one/part-0") == b"kept"
    assert await storage.get("one/part-0") == b"kept"
