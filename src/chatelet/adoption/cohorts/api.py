"""Public routes of waves: register, confirm an address, open an account by a code or a link. All are throttled."""

from typing import Any, Final

from fastapi import APIRouter, Response

from chatelet.adoption.cohorts import activation, registration
from chatelet.adoption.cohorts.schemas import (
    CodeActivation,
    LinkActivation,
    LinkRequest,
    NewRegistration,
    OwnActivation,
    RegistrationOut,
    TokenIn,
)
from chatelet.identity.current import CurrentSettings, DetachedPrincipal, OpenDatabase, give_cookie
from chatelet.kernel.http import ErrorOut
from chatelet.kernel.mail import can_leave

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_OPENING: Final[dict[int | str, dict[str, Any]]] = dict.fromkeys((403, 409, 410, 422, 429, 503), _CODED)
router = APIRouter(prefix="/api", tags=["waves"])


@router.get("/registration")
async def read_registration(settings: CurrentSettings) -> RegistrationOut:
    """Public. Tell whether the page takes registrations."""
    adoption = settings.adoption
    domains = list(adoption.registration_domains)
    return RegistrationOut(open=adoption.registration, mail=can_leave(settings.mail), domains=domains)


@router.post("/registrations", status_code=202, responses={403: _CODED, 422: _CODED, 429: _CODED})
async def register(body: NewRegistration, database: OpenDatabase, settings: CurrentSettings) -> None:
    """Public. Ask to use the service; the answer is the same whether the address is known or not."""
    await registration.register(database, body, settings)


@router.post("/registrations/confirm", status_code=204, responses={410: _CODED, 422: _CODED, 429: _CODED})
async def confirm_registration(body: TokenIn, database: OpenDatabase) -> None:
    """Public, with the token of a link sent by mail: the address is its person's, who waits from now on."""
    await registration.confirm(database, body.token)


@router.post("/activations/links", status_code=202, responses={422: _CODED, 429: _CODED})
async def ask_activation_link(body: LinkRequest, database: OpenDatabase, settings: CurrentSettings) -> None:
    """Public. Ask for an activation link by mail; the answer is the same whether the address is known or not."""
    await activation.ask_link(database, body, settings)


@router.post("/activations/code", status_code=204, responses=_OPENING)
async def activate_by_code(
    body: CodeActivation, database: OpenDatabase, settings: CurrentSettings, response: Response
) -> None:
    """Public, with the code made for this address: open the account, and a session."""
    give_cookie(response, await activation.activate_by_code(database, body, settings))


@router.post("/activations/link", status_code=204, responses=_OPENING)
async def activate_by_link(
    body: LinkActivation, database: OpenDatabase, settings: CurrentSettings, response: Response
) -> None:
    """Public, with the token of a link sent by mail: open the account, and a session."""
    give_cookie(response, await activation.activate_by_link(database, body, settings))


@router.post("/activations/current", status_code=204, responses={401: _CODED, **_OPENING})
async def activate_own(body: OwnActivation, database: OpenDatabase, principal: DetachedPrincipal) -> None:
    """Use a code or a link for the account that one already has (single sign-on)."""
    await activation.activate_own(database, principal, body)
