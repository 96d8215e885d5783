"""Everything of single sign-on that lives as long as the process: the way out, what is remembered, the addresses."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.single_sign_on import queries
from chatelet.identity.single_sign_on.discovery import Discovery
from chatelet.identity.single_sign_on.errors import ProviderNotFound
from chatelet.identity.single_sign_on.provider import Provider, provider_of
from chatelet.identity.single_sign_on.way import Way
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.outbound import Outbound
from chatelet.settings import SecuritySettings

# The only addresses of the API that another site may send a browser to.
RETURNS: Final = r"/api/sign-in/[a-z0-9][a-z0-9._-]{0,63}/callback"


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """One per process. `address` is what people type, without a final slash."""

    way: Way
    discovery: Discovery
    keyring: Keyring
    address: str
    security: SecuritySettings

    def return_address(self, provider: Provider) -> str:
        """Return where the provider sends people back: what its administrator declares there (`redirect_uri`)."""
        return f"{self.address}/api/sign-in/{provider.code}/callback"

    async def offered(self, session: AsyncSession, code: str) -> Provider:
        """Return an enabled provider; raise `ProviderNotFound`."""
        row = await queries.offered_by_code(session, code)
        if row is None:
            raise ProviderNotFound
        return provider_of(row, self.keyring)


def single_sign_on(outbound: Outbound, keyring: Keyring, address: str, security: SecuritySettings) -> SingleSignOn:
    """Put it together."""
    way = Way(outbound)
    return SingleSignOn(way, Discovery(way), keyring, address, security)
