"""`chatelet eval safety`: a set against misuse, asked of one declared model through the gateway."""

import argparse
import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import Any

from chatelet import __version__
from chatelet.chat.safety import asking, cases
from chatelet.commands.database import database_reached
from chatelet.inference.condition import State
from chatelet.inference.service import Inference
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import Database
from chatelet.kernel.keys import KEY_NAME, load_key
from chatelet.kernel.logs import configure_logs
from chatelet.kernel.outbound import Outbound
from chatelet.settings import Settings, load_settings

_LONGEST_LOADING = 300


def run(arguments: argparse.Namespace) -> int:
    """Ask the set and write the report; 1 when something failed, 2 when the set or the model is not there."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    given = Path(arguments.set) if arguments.set else cases.own_set()
    try:
        asked = cases.read(given)
        with database_reached(settings) as address:
            report = asyncio.run(_report(settings, address, arguments, asked))
    except (OSError, ValueError) as failure:
        _tell(str(failure))
        return 2
    for family, counts in report["summary"].items():
        _tell(f"{family}: {', '.join(f'{count} {outcome}' for outcome, count in counts.items())}")
    _tell(f"{arguments.out} written; what is to_review is for a person to read")
    return 1 if any("failed" in counts for counts in report["summary"].values()) else 0


async def _report(
    settings: Settings, address: str, arguments: argparse.Namespace, asked: list[cases.Case]
) -> dict[str, Any]:
    model, keep = arguments.model, partial(asking.write, path=Path(arguments.out))
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    keyring = Keyring(load_key(settings.security.key_file, settings.data_dir, KEY_NAME))
    inference = Inference(settings, database, keyring, outbound)
    try:
        await inference.start()
        if inference.registry.snapshot.find(model) is None:
            raise ValueError(f"no model is named {model!r}")
        await _until_ready(inference, model)
        return await asking.run(inference.gateway, model, asked, settings.institution_name, _tell, keep)
    finally:
        await inference.stop()
        await outbound.close()
        await database.close()


async def _until_ready(inference: Inference, model: str) -> None:
    """Wait for a model that is loading: a server that is down answers at once that it is."""
    found = inference.registry.snapshot.find(model)
    if found is None:
        return
    for _ in range(_LONGEST_LOADING):
        if inference.health.condition(found.backend.name).state is not State.LOADING:
            return
        await asyncio.sleep(1)


def _tell(words: str) -> None:
    print(f"chatelet eval safety: {words}", file=sys.stderr)
