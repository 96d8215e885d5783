"""`chatelet sources mirror` and `chatelet check sources`: works kept here, and whether each source is read right."""

import argparse
import asyncio
import json
import sys
from pathlib import Path

from chatelet import __version__
from chatelet.commands.database import database_reached
from chatelet.connectors.scholarly.contract import Courtesy
from chatelet.connectors.scholarly.errors import SourceError
from chatelet.connectors.scholarly.mirror import harvest, loading
from chatelet.connectors.scholarly.suite import Checked, check_live, check_recordings
from chatelet.connectors.web import suite as engines
from chatelet.connectors.web.suite import EngineChecked
from chatelet.kernel.database import Database
from chatelet.kernel.egress import gate
from chatelet.kernel.logs import configure_logs
from chatelet.kernel.outbound import Outbound
from chatelet.settings import Settings, load_settings


def mirror(arguments: argparse.Namespace) -> int:
    """Keep works on this installation, from a file or from HAL."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    gate.install_for(settings.egress)
    with database_reached(settings) as address:
        try:
            stored = asyncio.run(_mirror(settings, address, arguments.openalex, arguments.hal_oai))
        except SourceError as error:
            print(f"stopped: {error.code}", file=sys.stderr)
            return 1
    print(f"{stored} works are kept")
    return 0


async def _mirror(settings: Settings, address: str, openalex: str | None, hal_oai: str | None) -> int:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    outbound = Outbound(user_agent=f"chatelet/{__version__}")
    try:
        if openalex is not None:
            return await loading.load(database, loading.from_openalex(Path(openalex)), "openalex")
        courtesy = Courtesy(contact=settings.scholarly.contact, agent=f"chatelet/{__version__}")
        return await loading.load(database, harvest.harvest(outbound, hal_oai or "", courtesy), "hal")
    finally:
        await outbound.close()
        await database.close()


def check(arguments: argparse.Namespace) -> int:
    """Read the shipped recordings, or with --live ask the enabled sources and engines; 1 when one is not read right."""
    found: list[Checked | EngineChecked] = [*check_recordings()]
    if arguments.live:
        settings = load_settings()
        configure_logs(settings.log_format, "error")
        gate.install_for(settings.egress)
        found += asyncio.run(_live(settings))
    if arguments.json:
        told = [{"source": one.source, "what": one.what, "right": one.is_right, "detail": one.detail} for one in found]
        print(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(_line, found)))
    return 0 if all(one.is_right for one in found) else 1


async def _live(settings: Settings) -> list[Checked | EngineChecked]:
    return [*await check_live(settings), *await engines.check_live(settings)]


def _line(one: Checked | EngineChecked) -> str:
    return f"{'✓' if one.is_right else '✗'} {one.source}, {one.what}: {one.detail}"
