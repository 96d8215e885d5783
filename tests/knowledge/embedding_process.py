"""A process that makes the vectors that are missing, to be killed: `python -m … DATABASE FOLDER SETTINGS`."""

import asyncio
import sys
from pathlib import Path

from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.outbound import Outbound
from chatelet.knowledge.reembedding import keep_vectors
from chatelet.settings import Settings
from tests.knowledge.library import services_of


async def main(address: str, folder: str, settings: str) -> None:
    database, outbound = Database(address, pool_size=2), Outbound(user_agent="test")
    services = services_of(database, Path(folder), Settings.model_validate_json(settings))
    inference = Inference(services.settings, database, Keyring(bytes(32)), outbound, runs_embedded=False)
    await inference.start()
    await keep_vectors(services, inference.gateway)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
