"""Which servers models are asked of: for the page of the network's exits."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.inference.tables import BackendRow
from chatelet.kernel.egress.destinations import Destination, of_url
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import Settings


async def destinations(session: AsyncSession, _settings: Settings) -> Sequence[Destination]:
    """Return the enabled servers, from chatelet.toml or from the administration, each with its zone."""
    rows = await session.scalars(select(BackendRow).where(BackendRow.enabled, BackendRow.url.like("http%")))
    return [
        Destination(
            purpose=Purpose.MODELS,
            host=(found := of_url(Purpose.MODELS, row.url, "")).host,
            port=found.port,
            declared_by="backends" if row.source == "file" else "administration",
            label=row.name,
            zone=row.zone_name,
            country=row.zone_country,
        )
        for row in rows
    ]
