"""Taking a report away: what is in it, and the journal's line that says so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.identity.principal import Principal
from chatelet.research import queries, service, views
from chatelet.research.errors import ResearchNotReady
from chatelet.research.found import Found
from chatelet.research.plan import Plan
from chatelet.research.sealed import Asked
from chatelet.research.services import ResearchServices


@dataclass(frozen=True, slots=True)
class Taken:
    """What the file is made of."""

    asked: Asked
    plan: Plan
    held: Found
    ended: datetime
    partial: bool


async def take(services: ResearchServices, principal: Principal, research_id: UUID) -> Taken:
    """Return what a report holds, and journal it. Raises `ResearchNotFound`, `ResearchNotReady`."""
    async with services.database.transaction() as session:
        row = await service.owned(session, principal, research_id)
        if row.state not in ("done", "partial") or row.ended_at is None:
            raise ResearchNotReady(state=row.state)
        asked, plan, held = views.opened(services.keyring, row, list(await queries.pieces(session, row.id)))
        event = events.ResearchChanged(research_id=row.id, action="exported")
        await journal.record(session, event, actor=principal.person_id)
        return Taken(asked, plan, held, row.ended_at, row.state == "partial")
