"""Jobs and routines of sources: each that is due is run, one job a source."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from chatelet.kernel import clock, jobs
from chatelet.kernel.jobs import Payload
from chatelet.knowledge.sources import following
from chatelet.knowledge.sources.service import FOLLOW
from chatelet.knowledge.sources.services import SourceServices
from chatelet.knowledge.sources.tables import Source

AT_ONCE: Final = 4  # sources that one process follows at once: they mostly wait for their places
_ASKED_FOR: Final = timedelta(minutes=5)
_MOST: Final = 500


async def follow(services: SourceServices, payload: Payload) -> None:
    """Run a source."""
    await following.follow(services, UUID(payload["source"]))


async def ask_due(services: SourceServices) -> int:
    """Ask for a run of each source that is due, the longest due first; return how many."""
    moment = clock.now()
    async with services.documents.database.transaction() as session:
        due = select(Source).where(
            ~Source.paused, Source.due_at <= moment, or_(Source.lease_until.is_(None), Source.lease_until < moment)
        )
        found = await session.scalars(due.order_by(Source.due_at).limit(_MOST).with_for_update(skip_locked=True))
        sources = found.all()
        for source in sources:
            source.lease_token, source.lease_until = None, moment + _ASKED_FOR  # asked: not again before
        await jobs.enqueue_all(session, FOLLOW, [{"source": str(source.id)} for source in sources])
    return len(sources)
