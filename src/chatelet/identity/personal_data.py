"""What identity holds on a person: account, sessions, keys, invitations, throttles, sign-ins, what directories say."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity import queries, throttle
from chatelet.identity.keys.queries import keys_of
from chatelet.identity.keys.tables import ApiKey
from chatelet.identity.principal import LOCAL_ISSUER
from chatelet.identity.roles.queries import grants_of
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.scim.queries import said_of
from chatelet.identity.sessions import REVOKED_CHANNEL
from chatelet.identity.single_sign_on import inspector
from chatelet.identity.single_sign_on.tables import SignInRecord
from chatelet.identity.tables import Invitation, Person, PersonSession
from chatelet.identity.units.queries import memberships_of
from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.notifications import notify
from chatelet.kernel.personal_data import Exported

TABLES: Final = frozenset(
    {
        "persons",
        "memberships",
        "grants",
        "sessions",
        "invitations",
        "sign_in_attempts",
        "provider_sessions",
        "sign_ins",
        "api_keys",
        "scim_users",
        "scim_group_members",
        "emergency_access",
        "person_acts",
        "person_act_lines",
    }
)


async def export(session: AsyncSession, person_id: UUID) -> Exported:
    """Return everything held on the person, except what would let one sign in (hashes)."""
    person = await queries.locked(session, person_id)
    if person is None:
        return {}
    email = _own_email(person)
    invitations = await queries.invitations_to(session, email) if email else ()
    return {
        "person": {
            "id": str(person.id),
            "email": person.email,
            "verified_email": person.verified_email,
            "name": person.name,
            "language": person.language,
            "state": person.state,
            "issuer": person.issuer,
            "subject": person.subject,
            "created_at": person.created_at.isoformat(),
            "last_seen_at": person.last_seen_at.isoformat() if person.last_seen_at else None,
        },
        "units": [_membership(row, unit) for row, unit in await memberships_of(session, person_id)],
        "roles": [_grant(row, role) for row, role in await grants_of(session, person_id)],
        "directories": await said_of(session, person_id),
        "sessions": [_session(row) for row in await queries.sessions_of(session, person_id)],
        "sign_ins": [_sign_in(row) for row in await inspector.of_person(session, person)],
        "keys": [_key(row) for row in await keys_of(session, person_id)],
        "invitations": [_invitation(row) for row in invitations],
    }


async def erase(session: AsyncSession, person_id: UUID) -> int:
    """Delete everything held on the person, last of all domains (others' rows refer to the person); return the rows."""
    person = await queries.locked(session, person_id)
    if person is None:
        return 0
    accounts: list[str | UUID] = [person_id, throttle.account_at(person.issuer, person.subject)]
    rows = 0
    email = _own_email(person)
    if email:
        accounts.append(email)
        invited = await session.execute(delete(Invitation).where(Invitation.email == email).returning(Invitation.id))
        rows += len(invited.all())
    rows += await throttle.forget(session, [throttle.account_hash(one) for one in accounts]) + await inspector.forget(
        session, person
    )
    ended = await session.execute(
        delete(PersonSession).where(PersonSession.person_id == person_id).returning(PersonSession.id)
    )
    rows += len(ended.all())
    unlocking = await session.execute(delete(ApiKey).where(ApiKey.person_id == person_id).returning(ApiKey.id))
    rows += len(unlocking.all())
    await session.execute(update(Grant).where(Grant.granted_by == person_id).values(granted_by=None))
    await session.delete(person)
    await session.flush()
    await notify(session, REVOKED_CHANNEL, f"person:{person_id}")
    return rows + 1


def _own_email(person: Person) -> str | None:
    """Return the e-mail that names this person alone: a provider's may be somebody else's here."""
    return person.email if person.issuer == LOCAL_ISSUER else None


def _session(row: PersonSession) -> dict[str, str | None]:
    return {
        "created_at": row.created_at.isoformat(),
        "last_seen_at": row.last_seen_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _sign_in(row: SignInRecord) -> dict[str, str]:
    """Tell when and how; what the provider told is sealed, and gone within a week."""
    return {"at": row.created_at.isoformat(), "provider_id": str(row.provider_id), "outcome": row.outcome}


def _key(row: ApiKey) -> dict[str, str | None]:
    return {
        "name": row.name,
        "prefix": row.prefix,
        "unit_id": str(row.unit_id) if row.unit_id else None,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
    }


def _membership(row: Membership, unit: Unit) -> dict[str, str | bool]:
    return {"unit": unit.code, "name": unit.name, "is_main": row.is_main, "since": row.created_at.isoformat()}


def _grant(row: Grant, role: Role) -> dict[str, str | None]:
    return {
        "role": role.code,
        "unit_id": str(row.unit_id) if row.unit_id else None,
        "since": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat() if row.expires_at else None,
    }


def _invitation(row: Invitation) -> dict[str, str | bool | None]:
    return {
        "email": row.email,
        "name": row.name,
        "is_administrator": row.is_administrator,
        "created_at": row.created_at.isoformat(),
        "accepted_at": row.accepted_at.isoformat() if row.accepted_at else None,
    }
