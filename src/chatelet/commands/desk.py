"""What the writing commands need of the installation, beside a running service or without any."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from chatelet import __version__
from chatelet.documents.parsing import server as reading_server
from chatelet.documents.reader import SandboxedReader
from chatelet.documents.services import DocumentServices
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.outbound import Outbound
from chatelet.kernel.storage import Storage
from chatelet.policy.quotas.rules import QuotaRules
from chatelet.policy.quotas.service import Quotas
from chatelet.settings import Settings
from chatelet.writing.services import WritingServices


@asynccontextmanager
async def desk(settings: Settings, address: str) -> AsyncGenerator[WritingServices]:
    """Open the models and the reader of files of an installation; nothing answers anybody else."""
    gate.install_for(settings.egress)
    database = Database(address, pool_size=4, ca_file=settings.database.ca_file)
    keyring = Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME))
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    inference = Inference(settings, database, keyring, outbound)
    documents = DocumentServices(
        database=database,
        keyring=keyring,
        storage=Storage(settings.storage, settings.data_dir),
        settings=settings,
        reader=SandboxedReader(settings.documents, settings.policy.detectors),
        outbound=outbound,
    )
    try:
        await inference.start()
        async with database.transaction() as session:
            await documents.policies.refresh(session)
        yield WritingServices(documents, inference.gateway, Quotas(QuotaRules(), settings.usage.time_zone))
    finally:
        await inference.stop()
        await asyncio.to_thread(reading_server.close)
        await outbound.close()
        await database.close()


class Progress:
    """Tells on standard error how far a work is: one line that is written over on a terminal, few lines elsewhere."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._began = time.monotonic()
        self._told = 0.0

    def add(self, count: int) -> None:
        """Count segments that are done."""
        self._done += count
        moment = time.monotonic()
        is_terminal = sys.stderr.isatty()
        if self._done < self._total and moment - self._told < (0.2 if is_terminal else 10):
            return
        self._told = moment
        left = (moment - self._began) / max(1, self._done) * (self._total - self._done)
        line = f"{self._done}/{self._total} segments, {_lasting(left)} left"
        print(f"\r\033[K{line}" if is_terminal else line, end="" if is_terminal else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if sys.stderr.isatty():
            print(file=sys.stderr)


def _lasting(seconds: float) -> str:
    if seconds < 60:
        return f"{round(seconds)} s"
    return f"{round(seconds / 60)} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"
