"""Asks directories, from time to time, whether the persons of open sessions are still there and not disabled.

Gone or disabled: the session ends, open streams included. A directory that is down ends nobody's work: it is asked
again. One visit for all the persons of a directory whose turn has come.
"""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity import sessions
from chatelet.identity.directory_sign_in.asking import Visit, visit
from chatelet.identity.directory_sign_in.directory import Directory, known
from chatelet.identity.single_sign_on.provider_sessions import CHECK_EVERY
from chatelet.identity.single_sign_on.renewal import claim
from chatelet.identity.single_sign_on.service import SingleSignOn
from chatelet.identity.single_sign_on.tables import ProviderSession
from chatelet.identity.tables import Person, PersonSession
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger

_WITHIN_SECONDS = 60.0
log = get_logger(__name__)


async def check_due(database: Database, sso: SingleSignOn) -> int:
    """Ask about the sessions whose turn has come; return how many ended."""
    async with database.transaction() as session:
        due = await claim(session, "directory")
        subjects = await _subjects(session, due)
        directories = [await known(session, sso.keyring, provider_id) for provider_id in subjects]
    ended = 0
    for directory in directories:
        ended += await _check(database, directory, subjects[directory.provider.id])
    return ended


async def _subjects(session: AsyncSession, due: list[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return the sessions with the subjects of their persons, by directory."""
    rows = await session.execute(
        select(ProviderSession.provider_id, ProviderSession.session_id, Person.subject)
        .join(PersonSession, PersonSession.id == ProviderSession.session_id)
        .join(Person, Person.id == PersonSession.person_id)
        .where(ProviderSession.session_id.in_(due))
    )
    found: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for provider_id, session_id, subject in rows:
        found[provider_id].append((session_id, subject))
    return found


async def _check(database: Database, directory: Directory, asked: list[tuple[UUID, str]]) -> int:
    try:
        async with visit(directory, within=_WITHIN_SECONDS) as visited:
            gone = [session_id for session_id, subject in asked if not await _is_welcome(visited, subject)]
    except AppError as error:
        log.warning("directory_not_asked", provider=directory.provider.code, error=error.code)
        return 0
    async with database.transaction() as session:
        for session_id, _ in asked:
            row = await session.get(ProviderSession, session_id)
            if row is not None:
                row.check_at = now() + CHECK_EVERY
        return await sessions.end_sessions(session, gone, "provider_ended") if gone else 0


async def _is_welcome(visited: Visit, subject: str) -> bool:
    entry = await visited.find_subject(subject, frozenset())
    return entry is not None and not await visited.is_disabled(entry)
