"""`chatelet admin …`: persons, beside a running service or not."""

import argparse
import asyncio
import sys
from uuid import UUID

from chatelet.commands.database import database_reached
from chatelet.identity import service
from chatelet.identity.single_sign_on.emergency import arm
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs
from chatelet.settings import Settings, load_settings


def create_person(arguments: argparse.Namespace) -> int:
    """Create a person from --email, --name and a password read from standard input."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    password = sys.stdin.readline().rstrip("\r\n")
    with database_reached(settings) as address:
        person_id = asyncio.run(_create(settings, address, arguments, password))
    print(person_id)
    return 0


def set_password(arguments: argparse.Namespace) -> int:
    """Give a person a new password read from standard input."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    password = sys.stdin.readline().rstrip("\r\n")
    with database_reached(settings) as address:
        asyncio.run(_set_password(settings, address, arguments.email, password))
    return 0


def emergency(arguments: argparse.Namespace) -> int:
    """Print the link that, once, opens the local sign-in for the account of --email: seal it in an envelope."""
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        secret = asyncio.run(_arm(settings, address, arguments.email))
    print(f"{settings.address}/#/emergency?secret={secret}")
    return 0


async def _arm(settings: Settings, address: str, email: str) -> str:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            return await arm(session, email)
    finally:
        await database.close()


async def _set_password(settings: Settings, address: str, email: str, password: str) -> None:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            await service.set_password(session, email=email, password=password)
    finally:
        await database.close()


async def _create(settings: Settings, address: str, arguments: argparse.Namespace, password: str) -> UUID:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            return await service.create_person(
                session,
                email=arguments.email,
                name=arguments.name,
                password=password,
                is_administrator=arguments.administrator,
            )
    finally:
        await database.close()
