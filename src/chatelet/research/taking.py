"""Taking a report away: what is in it, and the journal's line that says so."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.documents.composing.blocks import Publication
from chatelet.identity.principal import Principal
from chatelet.research import export, queries, service, views
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


async def take(services: ResearchServices, principal: Principal, research_id: UUID, *, publish: bool) -> Taken:
    """Return what a report holds, and journal it, but for what `published` will journal.

    Raises `ResearchNotFound`, `ResearchNotReady`.
    """
    async with services.database.transaction() as session:
        row = await service.owned(session, principal, research_id)
        if row.state not in ("done", "partial") or row.ended_at is None:
            raise ResearchNotReady(state=row.state)
        asked, plan, held = views.opened(services.keyring, row, list(await queries.pieces(session, row.id)))
        if not publish:
            event = events.ResearchChanged(research_id=row.id, action="exported")
            await journal.record(session, event, actor=principal.person_id)
        return Taken(asked, plan, held, row.ended_at, row.state == "partial")


async def report(services: ResearchServices, principal: Principal, research_id: UUID, form: export.Form) -> bytes:
    """Return the report as a file. Raises `ResearchNotFound`, `ResearchNotReady`."""
    return await _made(await take(services, principal, research_id, publish=False), form)


async def published(
    services: ResearchServices, principal: Principal, research_id: UUID, form: export.Form, publication: Publication
) -> bytes:
    """Return the report as a file to publish; what its person said of it is journalled with the file's fingerprint.

    Raises `ResearchNotFound`, `ResearchNotReady`.
    """
    data = await _made(await take(services, principal, research_id, publish=True), form, publication)
    event = events.ResearchPublished(
        research_id=research_id,
        form=form,
        reviewed=bool(publication.reviewer),
        labelled=bool(publication.label),
        file=hashlib.sha256(data).hexdigest(),
    )
    async with services.database.transaction() as session:
        await journal.record(session, event, actor=principal.person_id)
    return data


async def _made(taken: Taken, form: export.Form, publication: Publication | None = None) -> bytes:
    return await asyncio.to_thread(
        export.compose,
        taken.asked,
        taken.plan,
        taken.held,
        taken.ended,
        form,
        partial=taken.partial,
        publication=publication,
    )
