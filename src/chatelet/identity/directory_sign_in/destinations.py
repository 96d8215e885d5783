"""Which servers of directories are asked: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.directory_sign_in.tables import SignInDirectory
from chatelet.identity.single_sign_on.tables import SignInProvider
from chatelet.kernel.egress.destinations import Destination
from chatelet.kernel.egress.purposes import Purpose
from chatelet.kernel.ldap.names import server_at
from chatelet.settings import Settings


async def destinations(session: AsyncSession, _settings: Settings) -> Sequence[Destination]:
    """Return the servers of every enabled directory."""
    wanted = (
        select(SignInProvider.code, SignInDirectory.servers)
        .join(SignInDirectory, SignInDirectory.provider_id == SignInProvider.id)
        .where(SignInProvider.enabled)
    )
    return [
        Destination(Purpose.DIRECTORIES, server.host, server.port, "administration", code)
        for code, addresses in await session.execute(wanted)
        for server in map(server_at, addresses)
    ]
