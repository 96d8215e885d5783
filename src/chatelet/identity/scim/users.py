"""The verbs on Users: a directory makes a person, changes what it says of them, and ends their access.

    draft -> (issuer, subject) -> the person, found or made -> what the directory says of them -> state, units

A person is the (issuer, subject) of the directory, never an e-mail (TA-005).
"""

from collections.abc import Sequence
from dataclasses import replace as replace_fields
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity import accounts, sessions
from chatelet.identity.names import sort_key
from chatelet.identity.principal import PersonState
from chatelet.identity.roles.queries import lock_active_administrators
from chatelet.identity.scim import belonging, bounds, patch, queries
from chatelet.identity.scim.directory import Directory
from chatelet.identity.scim.failures import Absent, Conflict, Taken
from chatelet.identity.scim.queries import Wanted
from chatelet.identity.scim.resources import Json, UserDraft, etag, read_user, shown_name, user_json
from chatelet.identity.scim.tables import ScimGroupMember, ScimUser
from chatelet.identity.scim.versions import check_version
from chatelet.identity.tables import Person
from chatelet.kernel.clock import now

_SAID: Final = ("user_name", "external_id", "display_name", "formatted", "family_name", "given_name", "language")


async def create(session: AsyncSession, directory: Directory, draft: UserDraft) -> ScimUser:
    """Make a User. Raises `Taken` when the directory names them already, or an address or a name is another's.

    Raises `Taken` too for somebody whom a directory bound to a unit may not take over (`bounds`).
    """
    subject = _subject(directory, draft)
    person = await queries.person_of(session, directory.issuer, subject)
    if person is None:
        person = await _insert(session, directory, draft, subject)
        row = None
    else:
        row = await queries.once_named(session, directory, person.id)
        if row is not None and row.deleted_at is None:
            raise Taken("this person is named already")
        await bounds.check(session, directory, person.id, is_new=row is None)
    moment = now()
    if row is None:
        row = ScimUser(
            client_id=directory.id, person_id=person.id, created_at=moment, version=0, active=True, stopped=False
        )
    row.deleted_at = None
    await _write(session, directory, row, person, replace_fields(draft, active=draft.active is not False))
    if directory.unit_id is not None:
        await belonging.settle(session, directory.id, [person.id], actor=directory.id)
    return row


async def access(session: AsyncSession, directory: Directory, person_id: UUID) -> ScimUser:
    """Return a User that the directory names, locked; raise `Absent`."""
    row = await queries.user(session, directory, person_id)
    if row is None:
        raise Absent("no such User")
    return row


async def replace(
    session: AsyncSession, directory: Directory, person_id: UUID, draft: UserDraft, *, if_match: str | None
) -> ScimUser:
    """Say everything of a User again. Raises `Absent`, `VersionChanged`, `OutOfBounds`, and as `create`."""
    row = await access(session, directory, person_id)
    check_version(if_match, row.version)
    await _write(session, directory, row, await queries.person(session, person_id), draft)
    return row


async def change(
    session: AsyncSession, directory: Directory, person_id: UUID, body: Json, *, if_match: str | None
) -> ScimUser:
    """Apply the operations of a PATCH. Raises as `replace`, and what the operations raise."""
    row = await access(session, directory, person_id)
    check_version(if_match, row.version)
    changed = patch.apply(user_json(row, (), ""), patch.read_changes(body, of_group=False))
    await _write(session, directory, row, await queries.person(session, person_id), read_user(changed))
    return row


async def remove(session: AsyncSession, directory: Directory, person_id: UUID, *, if_match: str | None) -> None:
    """End a person's access for good, as far as this directory goes; erasing them is another decision.

    Raises `Absent`, `VersionChanged`, `OutOfBounds`, `Conflict` for the last administrator.
    """
    row = await access(session, directory, person_id)
    check_version(if_match, row.version)
    await bounds.check(session, directory, person_id)
    await _set_active(session, directory, row, await queries.person(session, person_id), active=False)
    row.deleted_at = row.last_modified = now()
    row.version += 1
    await session.execute(
        delete(ScimGroupMember).where(
            ScimGroupMember.person_id == person_id,
            ScimGroupMember.group_id.in_(queries.groups_of_client(directory.id)),
        )
    )
    await belonging.settle(session, directory.id, [person_id], actor=directory.id)


async def page(session: AsyncSession, directory: Directory, wanted: Wanted, base: str) -> tuple[int, list[Json]]:
    """Return how many Users match and a page of them, as JSON."""
    total, rows = await queries.users_page(session, directory, wanted)
    return total, await shown(session, directory, rows, base)


async def shown(session: AsyncSession, directory: Directory, rows: Sequence[ScimUser], base: str) -> list[Json]:
    """Return Users as JSON, with their groups."""
    await session.flush()
    groups = await queries.groups_of(session, directory, [row.person_id for row in rows])
    return [user_json(row, groups.get(row.person_id, ()), base) for row in rows]


def version_of(row: ScimUser) -> str:
    """Return the validator of a User as it is now."""
    return etag(row.version)


def _subject(directory: Directory, draft: UserDraft) -> str:
    return (draft.external_id if directory.subject_from == "external_id" else None) or draft.user_name


async def _insert(session: AsyncSession, directory: Directory, draft: UserDraft, subject: str) -> Person:
    try:
        async with session.begin_nested():
            person = await accounts.insert_federated(
                session,
                issuer=directory.issuer,
                subject=subject,
                email=draft.email,
                name=shown_name(draft),
                language=draft.spoken or "fr",
            )
    except IntegrityError:
        raise Taken("another person has this e-mail address or this identity") from None
    created = events.PersonCreated(person_id=person.id, by="directory")
    await journal.record(session, created, actor=directory.id)
    return person


async def _write(session: AsyncSession, directory: Directory, row: ScimUser, person: Person, draft: UserDraft) -> None:
    """Write what differs; saying the same again changes nothing, not even the version.

    Raises `OutOfBounds`, `Taken`.
    """
    said = {name: getattr(draft, name) for name in _SAID} | {"emails": list(draft.emails)}
    differs = [name for name, value in said.items() if getattr(row, name) != value]
    is_new = row.version == 0
    active = row.active if draft.active is None and not is_new else draft.active is not False
    if not is_new and (differs or active != row.active):
        await bounds.check(session, directory, person.id)
    for name in differs:
        setattr(row, name, said[name])
    row.user_key = draft.user_name.lower()
    if active != row.active or (is_new and not active):
        await _set_active(session, directory, row, person, active=active)
        differs.append("active")
    if not differs and not is_new:
        return
    row.version += 1
    row.last_modified = now()
    try:
        async with session.begin_nested():
            session.add(row)
            changed = _tell_person(directory, person, draft)
            await session.flush()
    except IntegrityError:
        raise Taken("another User has this userName, externalId or e-mail address") from None
    await _tell_changes(session, directory, person, changed)


def _tell_person(directory: Directory, person: Person, draft: UserDraft) -> tuple[str, ...]:
    """Bring the account to what the directory says; return the fields that changed."""
    said = {
        "subject": _subject(directory, draft),
        "name": shown_name(draft),
        "email": draft.email,
        "language": draft.spoken or person.language,
    }
    changed = tuple(field for field, value in said.items() if getattr(person, field) != value)
    for field in changed:
        setattr(person, field, said[field])
    if {"name", "email"} & set(changed):
        person.sort_name = sort_key(person.name)
        person.search_vector = accounts.search_vector(person.name, person.email)  # pyright: ignore[reportAttributeAccessIssue]
    return changed


async def _tell_changes(session: AsyncSession, directory: Directory, person: Person, changed: tuple[str, ...]) -> None:
    if not changed:
        return
    if "subject" in changed:  # whoever signs in as this person is not the one who did
        await sessions.end_sessions_of(session, person.id, "renewed", actor=directory.id)
    event = events.PersonChanged(person_id=person.id, changed=changed)
    await journal.record(session, event, actor=directory.id)


async def _set_active(
    session: AsyncSession, directory: Directory, row: ScimUser, person: Person, *, active: bool
) -> None:
    """Disable or enable, here and everywhere within seconds (TA-002).

    Whom an administrator disabled stays so, whatever the directory says.
    """
    row.active = active
    is_active = person.state == PersonState.ACTIVE.value
    if active and row.stopped and not is_active:
        row.stopped = False
        person.state = PersonState.ACTIVE.value
        await journal.record(session, events.PersonEnabled(person_id=person.id), actor=directory.id)
    elif not active and is_active:
        if await lock_active_administrators(session) == [person.id]:
            raise Conflict("the last administrator of the installation cannot be disabled")
        row.stopped = True
        person.state = PersonState.DISABLED.value
        await sessions.end_sessions_of(session, person.id, "person_disabled", actor=directory.id)
        await journal.record(session, events.PersonDisabled(person_id=person.id), actor=directory.id)
