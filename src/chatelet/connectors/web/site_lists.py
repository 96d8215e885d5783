"""Whole lists of sites at once, by who manages them: a file taken, a file given, and what an address falls in."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.connectors.web import site_files, sites
from chatelet.connectors.web.addresses import same_form, site_of
from chatelet.connectors.web.errors import AddressNotUnderstood
from chatelet.connectors.web.schemas import AddressIn, DecidingLine, SitePreview, SitesIn, SitesTaken
from chatelet.connectors.web.tables import WebSite
from chatelet.connectors.web.tiers import Lists, Site, Tier
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.schemas import UnitName
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Unit
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7


async def export(session: AsyncSession, principal: Principal) -> str:
    """Return the lines that the caller manages, as CSV."""
    listed = await sites.listed(session, principal, ())
    return site_files.write((one.pattern, one.tier, one.unit.name if one.unit else "") for one in listed.items)


async def take(session: AsyncSession, principal: Principal, given: SitesIn) -> SitesTaken:
    """Put the sites of a file in a list: new ones, and those whose kind changes. Raises as `sites.add`."""
    if given.unit_id is None:
        units.check(principal, Right.PLACES_MANAGE)
    else:
        await units.access(session, principal, given.unit_id, Right.PLACES_MANAGE)
    in_list = WebSite.unit_id.is_not_distinct_from(given.unit_id)
    known = {row.pattern: row for row in await session.scalars(select(WebSite).where(in_list).with_for_update())}
    added = changed = same = 0
    refused: list[int] = []
    for number, site in site_files.read(given.text):
        if site is None:
            refused.append(number)
            continue
        row = known.get(site.pattern)
        tier = site.tier.value if site.tier else None
        if row is None:
            row = known[site.pattern] = _row(site, given.unit_id, principal)
            session.add(row)
            added += 1
        elif row.tier == tier:
            same += 1
            continue
        else:
            await sites.tell(session, principal, row, "removed")
            row.tier = tier
            changed += 1
        await session.flush()
        await sites.tell(session, principal, row, "added")
    return SitesTaken(added=added, changed=changed, same=same, refused=refused)


async def preview(session: AsyncSession, principal: Principal, own: Sequence[Site], asked: AddressIn) -> SitePreview:
    """Tell what an address falls in. Raises `AddressNotUnderstood`, and as `units.access`."""
    host = _host(asked.address)
    unit = None
    if asked.unit_id is not None:
        unit = await units.access(session, principal, asked.unit_id, Right.PLACES_MANAGE)
    theirs = WebSite.unit_id.is_(None) if unit is None else or_(
        WebSite.unit_id.is_(None), WebSite.unit_id.in_(unit.path)
    )  # fmt: skip
    found = await session.execute(
        select(WebSite, Unit)
        .outerjoin(Unit, Unit.id == WebSite.unit_id)
        .where(theirs)
        .order_by(WebSite.unit_id.is_(None), WebSite.id)
    )
    rows = [(Site(row.pattern, Tier(row.tier) if row.tier else None), of) for row, of in found]
    tier = Lists((*(site for site, _of in rows), *own)).tier_of(host)
    lines = [_line(site, of) for site, of in rows if site.names(host)]
    lines += [DecidingLine(pattern=one.pattern, tier=one.tier, held_by="settings") for one in own if one.names(host)]
    return SitePreview(host=host, denied=tier is None, tier=tier, lines=lines)


def _host(address: str) -> str:
    whole = same_form(address if "://" in address else f"https://{address}")
    host = site_of(whole) if whole else ""
    if "." not in host:
        raise AddressNotUnderstood
    return host


def _line(site: Site, unit: Unit | None) -> DecidingLine:
    named = UnitName(id=unit.id, name=unit.name) if unit else None
    return DecidingLine(pattern=site.pattern, tier=site.tier, held_by="unit" if unit else "everybody", unit=named)


def _row(site: Site, unit_id: UUID | None, principal: Principal) -> WebSite:
    return WebSite(
        id=uuid7(),
        unit_id=unit_id,
        pattern=site.pattern,
        tier=site.tier.value if site.tier else None,
        created_by=principal.person_id,
        created_at=clock.now(),
    )
