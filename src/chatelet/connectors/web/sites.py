"""Which lists of sites hold for a person: those of their units, then the installation's."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.web.tiers import Lists, Site
from chatelet.identity.principal import Principal


async def lists_for(_session: AsyncSession, _principal: Principal, own: Sequence[Site]) -> Lists:
    """Return the lists."""
    return Lists(tuple(own))
