"""Persons for tests whose matter is not how one signs in: argon2 runs once for a password, not for each person.

It runs at low priority, as it should: beside two busy tests one hash takes most of a second. The command that makes an
account, and the sign-in page, have tests of their own (tests/identity).
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import accounts, installation, sessions
from chatelet.identity.names import clean_email, clean_name
from chatelet.identity.principal import Language
from chatelet.identity.tables import Person
from chatelet.settings import SecuritySettings

_hashes: dict[str, str] = {}


async def create_person(
    session: AsyncSession, *, email: str, name: str, password: str, is_administrator: bool, language: Language = "fr"
) -> UUID:
    """Create a local person as `chatelet.identity.service.create_person` does, with a hash made before."""
    if password not in _hashes:
        drawn = await accounts.draft("quelqu-un@exemple.fr", "Quelqu’un", password)
        _hashes[password] = drawn.password_hash
    new = accounts.Draft(
        clean_email(email), clean_name(name), _hashes[password], is_administrator=is_administrator, language=language
    )
    if is_administrator:
        await installation.close(session)
    person = await accounts.insert_person(session, new)
    created = events.PersonCreated(person_id=person.id, by="command", is_administrator=is_administrator)
    await journal.record(session, created, actor=None)
    return person.id


async def open_session(session: AsyncSession, person_id: UUID) -> str:
    """Open a session as a sign-in does; return its token."""
    person = await session.get_one(Person, person_id)
    return (await sessions.open_session(session, person, SecuritySettings(), "password")).token
