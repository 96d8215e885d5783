"""Routes of signing in and out through a provider: begun by the page, ended by the provider's return."""

import html
import secrets
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from chatelet.identity.current import CookieToken, OpenDatabase, give_cookie
from chatelet.identity.single_sign_on import emergency, flows, sign_in, sign_out
from chatelet.identity.single_sign_on.errors import SignOutTokenRefused
from chatelet.identity.single_sign_on.schemas import SessionsEnded, SignInAddress, SignInStart, Unsealed, Unsealing
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.sign_out import SignOutForm
from chatelet.kernel.errors import AppError
from chatelet.kernel.http import ErrorOut

FLOW_COOKIE: Final = "__Host-chatelet-flow"
router = APIRouter(prefix="/api", tags=["single sign-on"])
_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
_LONGEST_FORM: Final = 256 * 1024


async def open_single_sign_on(request: Request) -> SingleSignOn:
    """Return what signs in through providers."""
    sso: SingleSignOn = request.app.state.single_sign_on
    return sso


async def read_form(request: Request) -> AsyncIterator[dict[str, str]]:
    """Return a posted form: the first value of each name."""
    raw = await request.body()
    if len(raw) > _LONGEST_FORM:
        raise SignOutTokenRefused(reason="too_long")
    fields = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=20)
    yield {name: values[0] for name, values in fields.items()}


OpenSingleSignOn = Annotated[SingleSignOn, Depends(open_single_sign_on)]
_Form = Annotated[dict[str, str], Depends(read_form)]


@router.post("/sign-in/{code}", responses={404: _CODED, 422: _CODED, 502: _CODED, 503: _CODED})
async def begin_sign_in(
    code: str, body: SignInStart, request: Request, database: OpenDatabase, sso: OpenSingleSignOn, response: Response
) -> SignInAddress:
    """Public. Begin to sign in through a provider; the browser goes to the address."""
    begun = await sign_in.begin(
        database,
        sso,
        code,
        browser_secret=request.cookies.get(FLOW_COOKIE),
        return_to=body.return_to,
        silent=body.silent,
        language=body.language,
    )
    _set_flow_cookie(response, begun.browser_secret, int(flows.LIFETIME.total_seconds()))
    return SignInAddress(address=begun.address)


@router.get("/sign-in/{code}/callback", status_code=303, response_class=RedirectResponse)
async def finish_sign_in(
    code: str, request: Request, database: OpenDatabase, sso: OpenSingleSignOn, token: CookieToken
) -> RedirectResponse:
    """Public. The provider sends the browser back here; it goes on to the page, signed in or told why not."""
    given = request.query_params
    back = sign_in.Return(
        state=given.get("state"), code=given.get("code"), error=given.get("error"), issuer=given.get("iss")
    )
    try:
        finished = await sign_in.finish(
            database, sso, code, back, browser_secret=request.cookies.get(FLOW_COOKIE), replaces=token
        )
    except AppError as error:
        return _to_page("/", code, error)
    if finished.error is not None:
        return _to_page(finished.return_to, code, finished.error)
    response = _to_page(finished.return_to, code, None)
    if finished.opened is not None:
        give_cookie(response, finished.opened)
    return response


@router.post("/sign-in/{code}/sign-out", responses={400: _CODED, 404: _CODED, 502: _CODED, 503: _CODED})
async def end_sessions(
    code: str, form: _Form, database: OpenDatabase, sso: OpenSingleSignOn, response: Response
) -> SessionsEnded:
    """Public, with the provider's signed token: OpenID Connect Back-Channel Logout."""
    response.headers["cache-control"] = "no-store"
    ended = await sign_out.back_channel(database, sso, code, form.get("logout_token", ""))
    return SessionsEnded(ended=ended)


@router.post("/sign-out", response_class=HTMLResponse, responses={303: {"description": "Nothing to end elsewhere"}})
async def leave_provider(form: _Form, database: OpenDatabase, sso: OpenSingleSignOn) -> Response:
    """Public, with the one-time ticket of a session just ended: a form that takes the browser to the provider."""
    departing = await sign_out.depart(database, sso, form.get("ticket", ""))
    return RedirectResponse("/", status_code=303) if departing is None else _departure(departing)


@router.post("/emergency", responses={403: _CODED, 422: _CODED, 429: _CODED})
async def unseal_emergency(body: Unsealing, database: OpenDatabase) -> Unsealed:
    """Public, with the secret of the sealed envelope: open the local form for its account."""
    return Unsealed(open_until=await emergency.unseal(database, body.secret))


def _to_page(path: str, code: str, error: AppError | None) -> RedirectResponse:
    """Go on to the page. A refusal travels as its code, in the fragment: no server and no log sees it."""
    if error is not None:
        told = {"refused": error.code, "provider": code if code.isascii() else ""}
        path = f"{path}#/sign-in?{urlencode(told)}"
    return RedirectResponse(path, status_code=303, headers={"cache-control": "no-store"})


def _set_flow_cookie(response: Response, value: str, seconds: int) -> None:
    """Lax, not Strict: the provider's return is a navigation from another site, and must bring it back."""
    response.set_cookie(FLOW_COOKIE, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")


def _departure(form: SignOutForm) -> HTMLResponse:
    """Return a page of one form, which sends itself; without scripts, its button does."""
    nonce = secrets.token_urlsafe(16)
    fields = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in form.fields.items()
    )
    page = (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Déconnexion · Signing out</title>'
        f'<main><form method="{form.method}" action="{html.escape(form.action)}">{fields}'
        '<button>Terminer la déconnexion · <span lang="en">Finish signing out</span></button></form></main>'
        f'<script nonce="{nonce}">document.forms[0].submit()</script></html>'
    )
    # The only page from which a form may leave for another server: the provider's, which may send on to others.
    policy = f"default-src 'none'; script-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
    return HTMLResponse(page, headers={"content-security-policy": policy, "cache-control": "no-store"})
