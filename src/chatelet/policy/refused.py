"""Refusals told in the journal, whichever route met them (TA-126): who asked, of what, and the code they received.

    verb -> Refusal, Forbidden -> what it did is undone -> one line, in a transaction of its own -> the answer

The refusals of a turn that began, of an exchange of /v1 and of quotas have lines of their own; those of nobody known
(401) and of what is not there for the caller (404) have none.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast, get_args
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from chatelet.audit import events, journal
from chatelet.audit.vocabulary import ObjectKind
from chatelet.identity.open_answers import answer_of
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError, Forbidden
from chatelet.kernel.logs import get_logger
from chatelet.policy.errors import Refusal

Handler = Callable[[Request, Exception], Awaitable[Response]]
_KINDS: Final[dict[str, ObjectKind]] = {f"{kind}_id": kind for kind in get_args(ObjectKind)}
_ROUTE: Final[ObjectKind] = "route"
_LIMITED: Final = 429
log = get_logger(__name__)


def journalled(handler: Callable[..., Any]) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return the handler of errors that also tells refusals of known persons in the journal."""
    answering = cast("Handler", handler)  # that of `AppError`, which the framework types as any

    async def told(request: Request, error: Exception) -> Response:
        answer = answer_of(request.scope)
        if isinstance(error, (Forbidden, Refusal)) and error.status != _LIMITED and answer and answer.person_id:
            await _record(request, error, answer.person_id)
        return await answering(request, error)

    return told


async def _record(request: Request, error: AppError, person_id: UUID) -> None:
    database: Database = request.app.state.database
    name = next((name for name in request.path_params if name in _KINDS), None)
    kind, about = (_KINDS[name], _slug(request.path_params[name])) if name else (_ROUTE, None)
    event = events.AccessRefused(kind=kind, object_id=about, code=error.code)
    try:
        async with database.transaction() as session:
            await journal.record(session, event, actor=person_id)
    except Exception:
        log.exception("refusal_not_journalled", code=error.code)


def _slug(value: object) -> str | None:
    try:
        return str(UUID(str(value)))
    except ValueError:
        return None
