"""The sealer as a process: `python -m tests.audit.sealer_process KEY FOLDER`, the address on standard input."""

import asyncio
import sys
from pathlib import Path

from chatelet.audit import commands
from chatelet.audit.sealer import Pace
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs


async def _main() -> int:
    configure_logs("json", "info")
    database = Database(sys.stdin.readline().strip(), pool_size=2)
    pace = Pace(pass_seconds=0.01, seal_links=5, seal_seconds=0.1)
    outcome = await commands.seal_until_stopped(database, Path(sys.argv[1]), Path(sys.argv[2]), pace=pace)
    await database.close()
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(asyncio.run(_main()))
