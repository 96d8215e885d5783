"""`chatelet privacy …`: verify a deletion certificate; write the file that officers must produce; clean the disk."""

import argparse
import asyncio
from pathlib import Path

from chatelet.commands.cleaning import clean_disk as clean
from chatelet.commands.cleaning import told
from chatelet.commands.database import database_reached, owner_reached
from chatelet.destinations import DECLARERS
from chatelet.documents.composing.writing import write
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs
from chatelet.privacy.certificates import verification
from chatelet.privacy.certificates.service import public_keys_of
from chatelet.privacy.disk.cleaning import Patience
from chatelet.privacy.governance import service as governance
from chatelet.privacy.governance.writing import Version, document
from chatelet.settings import Settings, load_settings


def verify(arguments: argparse.Namespace) -> int:
    """Verify a certificate offline, with the public keys of this installation or those given."""
    keys = Path(arguments.public_key) if arguments.public_key else public_keys_of(load_settings())
    verdict = verification.verify(Path(arguments.file), keys)
    print(verdict.text)
    return verdict.exit_code


def file(arguments: argparse.Namespace) -> int:
    """Make a version of the governance file from the running configuration, and write it as ODT and PDF."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        version = asyncio.run(_generate(settings, address))
    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    composed = document(version, arguments.language)
    for form in ("odt", "pdf"):
        path = folder / governance.file_name(version.number, arguments.language, form)
        path.write_bytes(write(composed, form))
        print(path)
    return 0


def clean_disk(arguments: argparse.Namespace) -> int:
    """Take what was deleted off the disk of the database; 1 when something is left."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    seconds = arguments.table_seconds or settings.privacy.disk_table_seconds
    with owner_reached(settings) as owner:
        done = asyncio.run(clean(settings, owner, Patience(seconds, asked=True)))
    print(told(done))
    return 1 if done.left_over else 0


async def _generate(settings: Settings, address: str) -> Version:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            made = await governance.generate(session, settings, DECLARERS, actor=None)
            return await governance.version_of(session, made.id)
    finally:
        await database.close()
