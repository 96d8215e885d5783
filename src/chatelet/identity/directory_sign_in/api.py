"""The route of signing in with the name and the password of a directory."""

from typing import Any, Final

from fastapi import APIRouter, Response

from chatelet.identity.current import CookieToken, OpenDatabase, give_cookie
from chatelet.identity.directory_sign_in import sign_in
from chatelet.identity.directory_sign_in.schemas import DirectorySignIn
from chatelet.identity.single_sign_on.api import OpenSingleSignOn
from chatelet.kernel.http import ErrorOut

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api", tags=["single sign-on"])


@router.post(
    "/sign-in/{code}/password",
    status_code=204,
    responses={401: _CODED, 403: _CODED, 404: _CODED, 422: _CODED, 429: _CODED, 502: _CODED, 503: _CODED},
)
async def sign_in_at_directory(
    code: str,
    body: DirectorySignIn,
    database: OpenDatabase,
    sso: OpenSingleSignOn,
    token: CookieToken,
    response: Response,
) -> None:
    """Public. Sign in at a directory; the session that this browser had, if any, ends."""
    give_cookie(response, await sign_in.sign_in(database, sso, code, body.name, body.password, replaces=token))
