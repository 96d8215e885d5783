"""Blobs in a folder and on a real S3 server, through the same interface; a storage that is away is said, not guessed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
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
