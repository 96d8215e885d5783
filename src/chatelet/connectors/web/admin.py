"""Routes of the lists of sites, for who manages places."""

from collections.abc import Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.connectors.web import sites, tiers
from chatelet.connectors.web.schemas import NewSite, SiteList, SiteOut
from chatelet.connectors.web.tiers import Site
from chatelet.identity.current import CurrentSettings, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {401: _CODED, 403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
router = APIRouter(prefix="/api/admin/web-sites", tags=["administration"], responses=_ANSWERS)
_Manager = Annotated[Principal, Depends(holding(Right.PLACES_MANAGE))]


async def own_sites(settings: CurrentSettings) -> Sequence[Site]:
    """Return the lines of the settings."""
    return tiers.of_settings(settings.web_search)


@router.get("")
async def list_web_sites(
    session: Transaction, manager: _Manager, own: Annotated[Sequence[Site], Depends(own_sites)]
) -> SiteList:
    """List the sites told as official, press or reference, and those never read."""
    return await sites.listed(session, manager, own)


@router.post("", status_code=201)
async def add_web_site(body: NewSite, session: Transaction, manager: _Manager) -> SiteOut:
    """Put a site in the list of everybody, or of a unit and all under it."""
    return await sites.add(session, manager, body)


@router.delete("/{site_id}", status_code=204)
async def remove_web_site(site_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Take a site out of its list."""
    await sites.remove(session, manager, site_id)
