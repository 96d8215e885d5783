"""The verbs on persons: create, change, disable, purge. Lists, sign-in, invitations, installation: their own files."""

from typing import Final, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity import (
    access,
    accounts,
    installation,
    invitations,
    listing,
    passwords,
    queries,
    sessions,
    throttle,
)
from chatelet.identity.acts import service as acts
from chatelet.identity.errors import LastAdministrator, PersonNotFound
from chatelet.identity.names import clean_name, fold_email, sort_key
from chatelet.identity.principal import Language, PersonState, Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles.holding import make_administrator, withdraw_administrator
from chatelet.identity.roles.queries import lock_active_administrators
from chatelet.identity.schemas import ListedPerson, PersonChange, PersonOut, ProfileChange
from chatelet.identity.single_sign_on import inspector, sign_out
from chatelet.identity.tables import Person
from chatelet.kernel.errors import Forbidden

_OWN: Final = ("name", "language")


async def create_person(
    session: AsyncSession, *, email: str, name: str, password: str, is_administrator: bool, language: Language = "fr"
) -> UUID:
    """Create a local person from the command line; an administrator made so closes the one-time link.

    Raises `EmailInvalid`, `NameInvalid`, `PasswordTooWeak`, `PersonExists`.
    """
    new = await accounts.draft(email, name, password, is_administrator=is_administrator, language=language)
    if is_administrator:
        await installation.close(session)
    person = await accounts.insert_person(session, new)
    created = events.PersonCreated(person_id=person.id, by="command", is_administrator=is_administrator)
    await journal.record(session, created, actor=None)
    return person.id


async def set_password(session: AsyncSession, *, email: str, password: str) -> None:
    """Give a local person a new password from the command line; their sessions end. Raises `PersonNotFound`."""
    account = await queries.account(session, fold_email(email))
    person = await queries.locked(session, account.id) if account else None
    if person is None:
        raise PersonNotFound
    checked = passwords.check_strength(password, person.email or "", person.name)
    person.password_hash = await passwords.hash_password(checked)
    await sessions.end_sessions_of(session, person.id, "password_changed", actor=None)
    await journal.record(session, events.PasswordChanged(person_id=person.id, by="command"), actor=None)


async def update_profile(session: AsyncSession, principal: Principal, change: ProfileChange) -> PersonOut:
    """Change one's own name or language; raise `NameInvalid`."""
    person = await _access(session, principal, principal.person_id)
    before = changes.seen(person, _OWN)
    if change.name is not None:
        person.name = clean_name(change.name)
        person.sort_name = sort_key(person.name)
        person.search_vector = accounts.search_vector(person.name, person.email)
    if change.language is not None:
        person.language = change.language
    after = changes.seen(person, _OWN)
    if changed := tuple(field for field in _OWN if after[field] != before[field]):
        values = changes.between(before, after, codes=("language",))
        changing = events.PersonChanged(person_id=person.id, changed=changed, values=values)
        await journal.record(session, changing, actor=principal.person_id)
    return PersonOut(
        id=person.id,
        email=person.email,
        name=person.name,
        is_administrator=principal.is_administrator,
        language=cast("Language", person.language),
    )


async def change_person(
    session: AsyncSession, principal: Principal, person_id: UUID, change: PersonChange
) -> ListedPerson:
    """Enable, disable, make an administrator or not; sessions of a person whose rights change end (TA-001, TA-002).

    Raises `PersonNotFound`, `LastAdministrator`, `Forbidden` when the caller was withdrawn meanwhile, may not manage
    this person, or when this person holds more than the caller (TA-030).
    """
    administrators = await lock_active_administrators(session)
    if principal.is_administrator and principal.person_id not in administrators:
        raise Forbidden
    person = await _access(session, principal, person_id)
    await access.check_manages(session, principal, person_id)
    withdrawn = change.state == PersonState.DISABLED or change.is_administrator is False
    if withdrawn and administrators == [person_id]:
        raise LastAdministrator
    if change.is_administrator is not None:
        await _set_administrator(session, principal, person, granted=change.is_administrator)
    if change.state is not None and change.state != person.state:
        await _set_state(session, principal, person, PersonState(change.state))
    await session.flush()
    return await listing.listed_person(session, principal, person_id)


async def purge_expired(session: AsyncSession) -> int:
    """Delete what no longer serves: ended sessions, old invitations, throttles, acts…; return the rows."""
    kept_short = (sessions, invitations, throttle, inspector, sign_out, acts)
    return sum([await noun.purge(session) for noun in kept_short])


async def check_known(session: AsyncSession, principal: Principal, person_id: UUID) -> None:
    """Raise `PersonNotFound` unless the caller may see this person: for what other domains say of somebody."""
    await _access(session, principal, person_id)


async def _access(session: AsyncSession, principal: Principal, person_id: UUID) -> Person:
    """Return a person the caller may see, locked; raise `PersonNotFound` otherwise."""
    person = await queries.person(session, principal, person_id)
    if person is None:
        raise PersonNotFound
    return person


async def _set_administrator(session: AsyncSession, principal: Principal, person: Person, *, granted: bool) -> None:
    if not principal.is_administrator:
        raise Forbidden(right=Right.INSTALLATION_MANAGE.value)
    if granted == (await queries.person_row(session, principal, person.id)).is_administrator:
        return
    if granted:
        await make_administrator(session, person.id, by=principal.person_id)
    else:
        await withdraw_administrator(session, person.id)
    await sessions.end_sessions_of(session, person.id, "renewed", actor=principal.person_id)
    kind = events.AdministratorGranted if granted else events.AdministratorWithdrawn
    await journal.record(session, kind(person_id=person.id), actor=principal.person_id)


async def _set_state(session: AsyncSession, principal: Principal, person: Person, state: PersonState) -> None:
    person.state = state.value
    if state is PersonState.DISABLED:
        await sessions.end_sessions_of(session, person.id, "person_disabled", actor=principal.person_id)
    kind = events.PersonDisabled if state is PersonState.DISABLED else events.PersonEnabled
    await journal.record(session, kind(person_id=person.id), actor=principal.person_id)
