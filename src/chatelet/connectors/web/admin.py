"""Routes of the lists of sites, for who manages places."""

from collections.abc import Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from chatelet.connectors.web import site_lists, sites, tiers
from chatelet.connectors.web.schemas import AddressIn, NewSite, SiteList, SiteOut, SitePreview, SitesIn, SitesTaken
from chatelet.connectors.web.tiers import Site
from chatelet.identity.current import CurrentSettings, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {401: _CODED, 403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED}
_FILE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
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


@router.get("/file", responses=_FILE, response_class=Response)
async def export_web_sites(session: Transaction, manager: _Manager) -> Response:
    """Download the lines that the caller manages, as CSV."""
    headers = {"content-disposition": 'attachment; filename="sites.csv"'}
    written = await site_lists.export(session, manager)
    return Response(written.encode("utf-8-sig"), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/file")
async def import_web_sites(body: SitesIn, session: Transaction, manager: _Manager) -> SitesTaken:
    """Put the sites of a CSV in a list; one that is already there takes the kind of the file."""
    return await site_lists.take(session, manager, body)


@router.post("/preview")
async def preview_web_site(
    body: AddressIn, session: Transaction, manager: _Manager, own: Annotated[Sequence[Site], Depends(own_sites)]
) -> SitePreview:
    """Tell what an address would be told as for everybody, or for the people of a unit, and by which lines."""
    return await site_lists.preview(session, manager, own, body)


@router.delete("/{site_id}", status_code=204)
async def remove_web_site(site_id: UUID, session: Transaction, manager: _Manager) -> None:
    """Take a site out of its list."""
    await sites.remove(session, manager, site_id)
