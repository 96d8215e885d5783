"""A database made once for each process of tests, by the migrations, that installations begin with a copy of.

An installation begun so finds its schema there at its first start, and draws its own keys; those begun by the command
(`Service.plain`) make their database themselves, as an administrator's first start does.
"""

import asyncio
import atexit
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from chatelet.kernel.database import Database
from chatelet.kernel.embedded.cluster import open_cluster
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
from chatelet.migrations import runner
from tests.memory import folder_in_memory


class Clusters:
    """The one that is copied, made when first needed, gone with this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Path | None = None

    def give(self, data_dir: Path) -> None:
        """Put a copy in an installation that has none. It takes seconds the first time: not for an event loop."""
        with self._lock:
            model = self._model = self._model or _make()
        cluster = open_cluster(data_dir)
        # `cp` keeps the owner: PostgreSQL's files are not ours when we are root.
        subprocess.run(["cp", "-a", model / "secrets.json", model / "data", cluster.folder], check=True)


def _make() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="chatelet-cluster-", dir=folder_in_memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "data", durable=False)
    addresses = server.start()
    try:
        asyncio.run(_migrate(addresses.owner_url))
    finally:
        server.stop()
    return folder / "data" / "postgres"


async def _migrate(owner_url: str) -> None:
    owner = Database(owner_url, pool_size=2)
    await runner.migrate(owner, application_role="chatelet_app", expect_data=False, snapshot=lambda _label: None)
    await owner.close()
