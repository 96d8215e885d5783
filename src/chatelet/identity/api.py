"""Routes of sign-in and of one's own account. Public ones say so; all others take `CurrentPrincipal`."""

from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from chatelet.identity import installation, invitations, service, sessions, sign_in
from chatelet.identity.current import (
    CookieToken,
    CurrentPrincipal,
    CurrentSettings,
    DetachedPrincipal,
    OpenDatabase,
    give_cookie,
    take_cookie_back,
)
from chatelet.identity.principal import Principal
from chatelet.identity.schemas import (
    Credentials,
    FirstAdministrator,
    InstallationOut,
    InvitationAcceptance,
    LevelNames,
    PasswordChange,
    PersonOut,
    ProfileChange,
    PseudonymRule,
    SessionOut,
    SignedOut,
)
from chatelet.identity.sessions import OpenedSession
from chatelet.identity.single_sign_on import sign_out
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.sections import PseudonymSettings
from chatelet.settings import Settings

router = APIRouter(prefix="/api", tags=["identity"])
_CODED: Final[dict[str, Any]] = {"model": ErrorOut}


@router.get("/installation")
async def read_installation(session: Transaction, settings: CurrentSettings) -> InstallationOut:
    """Public. Name, version, languages, ways to sign in, and whether the first administrator is still to be made."""
    return await installation.describe(
        session, settings.institution_name, local_sign_in=settings.security.local_sign_in
    )


@router.post(
    "/installation/administrator",
    status_code=201,
    responses={403: _CODED, 409: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def make_first_administrator(
    body: FirstAdministrator, database: OpenDatabase, settings: CurrentSettings, response: Response
) -> SessionOut:
    """Public, with the one-time secret that the server printed."""
    opened = await installation.make_first_administrator(
        database, body.secret, email=body.email, name=body.name, password=body.password, security=settings.security
    )
    return _signed_in(response, opened, settings)


@router.post("/sessions", status_code=201, responses={401: _CODED, 403: _CODED, 422: _CODED, 429: _CODED, 503: _CODED})
async def open_session(
    body: Credentials, database: OpenDatabase, settings: CurrentSettings, token: CookieToken, response: Response
) -> SessionOut:
    """Public. Sign in; the session that this browser had, if any, ends."""
    opened = await sign_in.sign_in(database, body.email, body.password, settings.security, replaces=token)
    return _signed_in(response, opened, settings)


@router.get("/sessions/current", responses={401: _CODED})
async def read_current_session(principal: CurrentPrincipal, settings: CurrentSettings) -> SessionOut:
    """Tell who is signed in."""
    return _session_out(principal, settings)


@router.delete("/sessions/current", status_code=204, responses={200: {"model": SignedOut}, 401: _CODED})
async def close_current_session(session: Transaction, principal: CurrentPrincipal) -> Response:
    """Sign out: the session ends on the server, its streams with it; 200 when the provider's is still to be ended."""
    ticket = await sign_out.ticket(session, principal.session_id)
    await sessions.end_session(session, principal, "signed_out")
    left = None if ticket is None else SignedOut(ticket=ticket).model_dump()
    response = Response(status_code=204) if left is None else JSONResponse(left)
    take_cookie_back(response)
    return response


@router.patch("/persons/current", responses={401: _CODED, 422: _CODED})
async def update_profile(body: ProfileChange, session: Transaction, principal: CurrentPrincipal) -> PersonOut:
    """Change one's own name or language."""
    return await service.update_profile(session, principal, body)


@router.post(
    "/persons/current/password",
    status_code=204,
    responses={401: _CODED, 403: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def change_password(
    body: PasswordChange,
    principal: DetachedPrincipal,
    database: OpenDatabase,
    settings: CurrentSettings,
    response: Response,
) -> None:
    """Change one's own password: every other session ends, this browser gets a new one."""
    give_cookie(response, await sign_in.change_password(database, principal, body.current, body.new, settings.security))


@router.post(
    "/invitations/accept",
    status_code=201,
    responses={403: _CODED, 409: _CODED, 410: _CODED, 422: _CODED, 429: _CODED, 503: _CODED},
)
async def accept_invitation(
    body: InvitationAcceptance, database: OpenDatabase, settings: CurrentSettings, response: Response
) -> SessionOut:
    """Public, with the token of an invitation."""
    return _signed_in(response, await invitations.accept(database, body, settings.security), settings)


def _signed_in(response: Response, opened: OpenedSession, settings: Settings) -> SessionOut:
    give_cookie(response, opened)
    return _session_out(opened.principal, settings)


def _session_out(principal: Principal, settings: Settings) -> SessionOut:
    """Return who is signed in, without any query."""
    person = PersonOut(
        id=principal.person_id,
        email=principal.email,
        name=principal.name,
        is_administrator=principal.is_administrator,
        language=principal.language,
    )
    return SessionOut(
        person=person,
        rights=sorted(principal.rights.everywhere | principal.rights.within.keys()),
        rights_everywhere=sorted(principal.rights.everywhere),
        expires_at=principal.expires_at,
        default_level=settings.policy.default_level,
        highest_level=settings.policy.highest_level,
        pseudonyms=_pseudonym_rule(settings.policy.pseudonyms),
        level_names={
            level: LevelNames(
                name={"fr": one.fr, "en": one.en},
                about={"fr": one.about_fr, "en": one.about_en},
            )
            for level, one in settings.policy.level_names.items()
        },
    )


def _pseudonym_rule(pseudonyms: PseudonymSettings) -> PseudonymRule | None:
    if not pseudonyms.enabled:
        return None
    return PseudonymRule(categories=list(pseudonyms.categories), lowest_level=pseudonyms.lowest_level)
