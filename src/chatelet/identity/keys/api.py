"""Routes of one's own keys; rotating and revoking serve units' keys too, for who manages them."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from chatelet.identity.current import CurrentPrincipal, CurrentSettings, holding
from chatelet.identity.keys import service
from chatelet.identity.keys.schemas import KeyList, KeyRotation, MadeKey, NewKey
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel.http import ErrorOut, Transaction

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api/keys", tags=["keys"], responses={401: _CODED})


@router.get("")
async def list_keys(session: Transaction, principal: CurrentPrincipal, settings: CurrentSettings) -> KeyList:
    """List one's own keys, without any secret."""
    return await service.own(session, principal, settings.api)


@router.post("", status_code=201, responses={403: _CODED, 409: _CODED, 422: _CODED})
async def make_key(
    body: NewKey,
    session: Transaction,
    settings: CurrentSettings,
    principal: Annotated[Principal, Depends(holding(Right.API))],
) -> MadeKey:
    """Make a key of one's own; its secret is in this answer only."""
    return await service.make(session, principal, body, settings.api)


@router.post("/{key_id}/rotate", status_code=201, responses={403: _CODED, 404: _CODED, 409: _CODED, 422: _CODED})
async def rotate_key(
    key_id: UUID, body: KeyRotation, session: Transaction, settings: CurrentSettings, principal: CurrentPrincipal
) -> MadeKey:
    """Make a key in place of this one, which serves a while longer."""
    return await service.rotate(session, principal, key_id, body, settings.api)


@router.delete("/{key_id}", status_code=204, responses={404: _CODED})
async def revoke_key(key_id: UUID, session: Transaction, principal: CurrentPrincipal) -> None:
    """Revoke a key: it is refused from now on, and what it streams ends."""
    await service.revoke(session, principal, key_id)
