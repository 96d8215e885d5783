"""When the disk of the database was last cleaned, and until when what is deleted now may be found there."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel import clock
from chatelet.privacy.disk.tables import DiskCleaning
from chatelet.settings import Settings

_OWED_SINCE: Final = """
SELECT min(made_at) FROM deletion_certificates WHERE made_at > coalesce(CAST(:cleaned AS timestamptz), '-infinity')
"""


async def last(session: AsyncSession) -> DiskCleaning | None:
    """Return the last pass; one of a day to come, that a wrong clock wrote, tells nothing."""
    passes = select(DiskCleaning).where(DiskCleaning.began_at <= clock.now())
    return await session.scalar(passes.order_by(DiskCleaning.began_at.desc()).limit(1))


async def last_whole(session: AsyncSession) -> DiskCleaning | None:
    """Return the last pass that left nothing."""
    whole = select(DiskCleaning).where(DiskCleaning.left_over == {}, DiskCleaning.began_at <= clock.now())
    return await session.scalar(whole.order_by(DiskCleaning.began_at.desc()).limit(1))


async def owed_since(session: AsyncSession) -> datetime | None:
    """Return when the oldest certified destruction was, of those that no whole pass came after."""
    whole = await last_whole(session)
    cleaned = {"cleaned": whole.began_at if whole else None}
    return await session.scalar(text(_OWED_SINCE), cleaned)


async def promised_by(session: AsyncSession, settings: Settings, moment: datetime) -> date | None:
    """Return the day by which what is deleted at `moment` has left the disk; None where nobody sees to it.

    It is promised where whole passes run: one ended within `privacy.disk_days`; or, with the embedded database, that
    the service cleans by itself, where nothing has been owed for longer.
    """
    days = timedelta(days=settings.privacy.disk_days)
    whole = await last_whole(session)
    if whole is None or moment - whole.began_at > days:
        owed = await owed_since(session)
        if settings.database.url is not None or (owed is not None and moment - owed > days):
            return None
    return (moment + days).date()
