"""The verbs on lists of sites, by who holds `places.manage` on the unit; and which lists hold for a person."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.connectors.web.errors import WebSiteListed, WebSiteNotFound
from chatelet.connectors.web.schemas import NewSite, OwnSite, SiteList, SiteOut
from chatelet.connectors.web.tables import WebSite
from chatelet.connectors.web.tiers import Lists, Site, Tier
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Unit
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7


async def lists_for(session: AsyncSession, principal: Principal, own: Sequence[Site]) -> Lists:
    """Return the lists that hold for a person: those of their units and of all above, then everybody's."""
    theirs = or_(WebSite.unit_id.is_(None), WebSite.unit_id.in_(principal.units))
    rows = await session.scalars(select(WebSite).where(theirs).order_by(WebSite.unit_id.is_(None), WebSite.id))
    return Lists((*(Site(row.pattern, _tier(row)) for row in rows), *own))


async def listed(session: AsyncSession, principal: Principal, own: Sequence[Site]) -> SiteList:
    """Return the lines that the caller manages, by site."""
    found = await session.execute(
        select(WebSite, Unit)
        .outerjoin(Unit, Unit.id == WebSite.unit_id)
        .where(_managed_by(principal))
        .order_by(WebSite.pattern, WebSite.id)
    )
    settings = [OwnSite(pattern=site.pattern, tier=site.tier) for site in own]
    return SiteList(items=[_shown(*row) for row in found], settings=settings)


async def add(session: AsyncSession, principal: Principal, new: NewSite) -> SiteOut:
    """Put a site in a list. Raises `WebSiteListed`, and as `units.access` and `units.check`."""
    unit = None
    if new.unit_id is None:
        units.check(principal, Right.PLACES_MANAGE)
    else:
        unit = await units.access(session, principal, new.unit_id, Right.PLACES_MANAGE)
    same = (WebSite.unit_id.is_not_distinct_from(new.unit_id), WebSite.pattern == new.pattern)
    if await session.scalar(select(WebSite.id).where(*same)) is not None:
        raise WebSiteListed
    row = WebSite(
        id=uuid7(),
        unit_id=new.unit_id,
        pattern=new.pattern,
        tier=new.tier.value if new.tier else None,
        created_by=principal.person_id,
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    await tell(session, principal, row, "added")
    return _shown(row, unit)


async def remove(session: AsyncSession, principal: Principal, site_id: UUID) -> None:
    """Take a site out of its list. Raises `WebSiteNotFound`."""
    row = await session.scalar(
        select(WebSite)
        .outerjoin(Unit, Unit.id == WebSite.unit_id)
        .where(WebSite.id == site_id, _managed_by(principal))
        .with_for_update(of=WebSite)
    )
    if row is None:
        raise WebSiteNotFound
    await session.delete(row)
    await session.flush()
    await tell(session, principal, row, "removed")


def _managed_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition on `WebSite`, joined to its `Unit`: the caller manages it."""
    reach = principal.rights.reach(Right.PLACES_MANAGE)
    if reach is None:
        return true()
    return Unit.path.overlap(sorted(reach)) if reach else false()


def _tier(row: WebSite) -> Tier | None:
    return Tier(row.tier) if row.tier else None


def _shown(row: WebSite, unit: Unit | None) -> SiteOut:
    named = UnitName(id=unit.id, name=unit.name) if unit else None
    return SiteOut(id=row.id, pattern=row.pattern, tier=_tier(row), unit=named)


async def tell(session: AsyncSession, principal: Principal, row: WebSite, action: Literal["added", "removed"]) -> None:
    """Note a change of a list in the journal."""
    event = events.WebSiteChanged(site_id=row.id, action=action, tier=row.tier or "denied", unit_id=row.unit_id)
    await journal.record(session, event, actor=principal.person_id)
