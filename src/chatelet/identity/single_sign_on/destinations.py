"""Which servers are asked who people are: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.single_sign_on.tables import SignInProvider
from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import Settings


async def destinations(session: AsyncSession, _settings: Settings) -> Sequence[Destination]:
    """Return the origins of every enabled provider: its issuer's, and those that it may send us to."""
    rows = await session.scalars(select(SignInProvider).where(SignInProvider.enabled, SignInProvider.kind == "openid"))
    return [
        of_url(Purpose.SIGN_IN, origin, "administration", row.code)
        for row in rows
        for origin in dict.fromkeys((row.issuer, *row.other_origins))
    ]
