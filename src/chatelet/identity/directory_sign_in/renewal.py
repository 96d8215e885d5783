"""Asks directories, from time to time, whether the persons of open sessions are still there and not disabled.

Gone or disabled: the session ends, open streams included. Still there: the rules are applied to what the entry says
now, as at a sign-in. A directory that is down ends nobody's work and takes nothing back: it is asked again. One visit
for some hundreds of persons of a directory, visit after visit until nobody's turn has come.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity import sessions
from chatelet.identity.directory_sign_in.asking import Visit, visit
from chatelet.identity.directory_sign_in.directory import Directory, known
from chatelet.identity.directory_sign_in.entries import claims_of
from chatelet.identity.single_sign_on import queries
from chatelet.identity.single_sign_on.provider_sessions import CHECK_EVERY
from chatelet.identity.single_sign_on.renewal import note, renew_rights
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.tables import ProviderSession
from chatelet.identity.single_sign_on.turns import Run, claim, each_provider
from chatelet.identity.tables import Person, PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger

_WITHIN_SECONDS: Final = 60.0
_ASKING_SECONDS: Final = 45.0  # of a visit; those it did not come to are asked about again
_CLAIMED: Final = 200
log = get_logger(__name__)


async def check_due(database: Database, sso: SingleSignOn) -> int:
    """Ask about the sessions whose turn has come; return how many ended."""
    return await each_provider(database, "directory", lambda one, run: _check_all(database, sso, one, run))


async def _check_all(database: Database, sso: SingleSignOn, directory_id: UUID, run: Run) -> int:
    """Visit one directory until nobody is due; one that fails is left in peace until the next run."""
    ended = 0
    while not run.is_over():
        async with database.transaction() as session:
            due = await claim(session, directory_id, _CLAIMED)
            if not due:
                break
            subjects = await _subjects(session, due)
            directory = await known(session, sso.keyring, directory_id)
            wanted = frozenset(rule.claim for rule in await queries.rules_of(session, directory_id))
        try:
            ended += await _check(database, sso, directory, subjects, wanted)
        except AppError as error:
            log.warning("directory_not_asked", provider=directory.provider.code, error=error.code)
            break
    return ended


async def _subjects(session: AsyncSession, due: list[UUID]) -> list[tuple[UUID, str]]:
    """Return the sessions with the subjects of their persons."""
    rows = await session.execute(
        select(ProviderSession.session_id, Person.subject)
        .join(PersonSession, PersonSession.id == ProviderSession.session_id)
        .join(Person, Person.id == PersonSession.person_id)
        .where(ProviderSession.session_id.in_(due))
    )
    return [(session_id, subject) for session_id, subject in rows]


async def _check(
    database: Database,
    sso: SingleSignOn,
    directory: Directory,
    asked: list[tuple[UUID, str]],
    wanted: frozenset[str],
) -> int:
    told: dict[UUID, dict[str, Any] | None] = {}
    visiting = Run(_ASKING_SECONDS)
    async with visit(directory, within=_WITHIN_SECONDS) as visited:
        for session_id, subject in asked:
            told[session_id] = await _told(visited, subject, wanted)
            if visiting.is_over():
                break
    gone = [session_id for session_id, claims in told.items() if claims is None]
    async with database.transaction() as session:
        for session_id in told:
            row = await session.get(ProviderSession, session_id)
            if row is not None:
                row.check_at = now() + CHECK_EVERY
        for session_id in gone:
            await note(session, sso, directory.provider, session_id, "ended_by_provider")
        ended = await sessions.end_sessions(session, gone, "provider_ended") if gone else 0
    for session_id, claims in told.items():
        if claims is not None:
            ended += await renew_rights(database, sso, directory.provider, session_id, claims)
    return ended


async def _told(visited: Visit, subject: str, wanted: frozenset[str]) -> dict[str, Any] | None:
    """Return what the directory says now of somebody who is still welcome; None when they are not."""
    entry = await visited.find_subject(subject, wanted)
    if entry is None or await visited.is_disabled(entry):
        return None
    groups = await visited.groups_of(entry) if "groups" in wanted else []
    return claims_of(entry, subject, groups, wanted)
