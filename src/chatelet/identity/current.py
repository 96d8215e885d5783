"""Who calls: the dependencies of every route that is not public, and the cookie that carries the session.

There is one way in, for a session's cookie, an API key in either header and a directory's token: `credentials.read`
-> `sessions.authenticate` (TA-008). Which of them an address takes is said in `credentials`.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request, Response

from chatelet.identity import credentials
from chatelet.identity.credentials import COOKIE, Credential
from chatelet.identity.errors import NotSignedIn
from chatelet.identity.open_answers import answer_of
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.scim.directory import Directory
from chatelet.identity.sessions import OpenedSession, authenticate
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.http import Transaction
from chatelet.settings import Settings


async def cookie_token(request: Request) -> str | None:
    """Return the session's token as the browser sent it, not yet checked."""
    return request.cookies.get(COOKIE)


async def read_credential(request: Request) -> Credential | None:
    """Return the one credential of the request, not yet checked. Raises `AmbiguousCredentials`, `NotSignedIn`."""
    client = request.client
    return credentials.read(request.headers.raw, request.url.path, client.host if client else None)


async def open_database(request: Request) -> Database:
    """Return the database, for verbs that need several short transactions."""
    database: Database = request.app.state.database
    return database


async def read_settings(request: Request) -> Settings:
    """Return the settings of the installation."""
    settings: Settings = request.app.state.settings
    return settings


CookieToken = Annotated[str | None, Depends(cookie_token)]
Presented = Annotated[Credential | None, Depends(read_credential)]
OpenDatabase = Annotated[Database, Depends(open_database)]
CurrentSettings = Annotated[Settings, Depends(read_settings)]


async def current_principal(request: Request, session: Transaction, presented: Presented) -> Principal:
    """Return the caller, in the request's own transaction; raise `NotSignedIn`."""
    return _person(request, await authenticate(session, presented))


async def detached_principal(request: Request, database: OpenDatabase, presented: Presented) -> Principal:
    """Return the caller, with no transaction left open: for streams and slow verbs, which hold none."""
    async with database.driver_connection() as connection:
        return _person(request, await authenticate(connection, presented))


def _person(request: Request, caller: Principal | Directory) -> Principal:
    """Return the person that calls, whose answer is watched from now on; a directory is nobody outside `/scim/v2`."""
    if not isinstance(caller, Principal):
        raise NotSignedIn
    answer = answer_of(request.scope)
    if answer is not None:
        answer.belongs_to(caller)
    return caller


CurrentPrincipal = Annotated[Principal, Depends(current_principal)]
DetachedPrincipal = Annotated[Principal, Depends(detached_principal)]


def holding(right: Right) -> Callable[[Principal], Awaitable[Principal]]:
    """Return the dependency "the caller holds `right`, on some unit at least"; it raises `Forbidden`, which names it.

    On which units is for the verb to check, against the object itself.
    """

    async def current_holder(principal: CurrentPrincipal) -> Principal:
        if not principal.rights.holds_somewhere(right):
            raise Forbidden(right=right.value)
        return principal

    return current_holder


CurrentAdministrator = Annotated[Principal, Depends(holding(Right.INSTALLATION_MANAGE))]


def give_cookie(response: Response, opened: OpenedSession) -> None:
    """Put the session's token in the browser: this host only, over TLS (or this machine), never for scripts."""
    _set_cookie(response, opened.token, opened.principal.expires_at)


def take_cookie_back(response: Response) -> None:
    """Make the browser forget the cookie, and everything else it kept for this site."""
    _set_cookie(response, "", None)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'


def _set_cookie(response: Response, value: str, expires_at: datetime | None) -> None:
    left = int((expires_at - now()).total_seconds()) if expires_at else 0
    response.set_cookie(COOKIE, value, max_age=left, path="/", secure=True, httponly=True, samesite="lax")
