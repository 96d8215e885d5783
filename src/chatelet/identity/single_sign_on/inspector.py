"""The login inspector: what a provider told at each of the last sign-ins, what the rules made of it, why one failed.

Claims are personal data: sealed at rest, shown to administrators only (who read leaves a line in the journal), kept a
week. No token is ever written here.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.finding import says
from chatelet.identity.single_sign_on.claims import shown
from chatelet.identity.single_sign_on.giving import Gift
from chatelet.identity.single_sign_on.tables import SignInRecord
from chatelet.identity.tables import Person
from chatelet.kernel.clock import now
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.identifiers import uuid7

WENT_WELL: Final = ("signed_in", "renewed")
KEPT: Final = timedelta(days=7)
_LONGEST_DETAILS: Final = 64 * 1024


class GiftLine(msgspec.Struct, frozen=True):
    """One matched rule, as it was at that sign-in."""

    position: int
    claim: str
    value: str
    unit: str | None
    role: str | None
    problem: str | None


class Details(msgspec.Struct, frozen=True):
    """What is sealed: the claims as received, and what the rules gave."""

    claims: dict[str, Any]
    gifts: list[GiftLine]


@dataclass(frozen=True, slots=True)
class Record:
    """One sign-in, as shown."""

    id: UUID
    created_at: datetime
    person_id: UUID | None
    person_name: str | None
    outcome: str
    reason: str | None
    details: Details


def gift_lines(gifts: Sequence[Gift]) -> list[GiftLine]:
    """Return what the matches gave, for reading."""
    return [
        GiftLine(
            position=gift.match.rule.position,
            claim=gift.match.rule.claim,
            value=gift.match.value[:200],
            unit=gift.unit.name if gift.unit else gift.match.unit_code,
            role=gift.match.role_code,
            problem=gift.problem,
        )
        for gift in gifts
    ]


async def keep(
    session: AsyncSession,
    keyring: Keyring,
    provider_id: UUID,
    *,
    outcome: str,
    issuer: str,
    claims: Mapping[str, Any],
    reason: str | None = None,
    person_id: UUID | None = None,
    gifts: Sequence[Gift] = (),
) -> None:
    """Write one line."""
    identifier = uuid7()
    details = msgspec.json.encode(Details(claims=shown(claims), gifts=gift_lines(gifts)))
    if len(details) > _LONGEST_DETAILS:
        details = msgspec.json.encode(Details(claims={"sub": claims.get("sub"), "…": "…"}, gifts=gift_lines(gifts)))
    subject = claims.get("sub")
    session.add(
        SignInRecord(
            id=identifier,
            provider_id=provider_id,
            person_id=person_id,
            subject_hash=subject_hash(issuer, subject) if isinstance(subject, str) else None,
            outcome=outcome,
            reason=reason,
            details_sealed=keyring.seal(details, _context(identifier)),
            created_at=now(),
        )
    )
    await session.flush()


async def page(
    session: AsyncSession,
    keyring: Keyring,
    provider_id: UUID,
    *,
    words: str = "",
    failed: bool = False,
    before: UUID | None,
    limit: int,
) -> list[Record]:
    """Return sign-ins of a provider, newest first: all, those of persons that `words` tell, those that failed.

    For verbs that already know by what right. What was refused before the person was known has no name to be found by.
    """
    query = (
        select(SignInRecord, Person.name)
        .outerjoin(Person, Person.id == SignInRecord.person_id)
        .where(SignInRecord.provider_id == provider_id, SignInRecord.created_at > now() - KEPT)
    )
    if words.strip():
        query = query.where(says(words, Person.sort_name, Person.email))
    if failed:
        query = query.where(SignInRecord.outcome.not_in(WENT_WELL))
    if before is not None:
        query = query.where(SignInRecord.id < before)
    found = await session.execute(query.order_by(SignInRecord.id.desc()).limit(limit))
    return [_record(keyring, row, name) for row, name in found]


async def of_person(session: AsyncSession, person: Person) -> Sequence[SignInRecord]:
    """Return a person's sign-ins, the refused ones included."""
    found = await session.execute(select(SignInRecord).where(_is_of(person)).order_by(SignInRecord.id))
    return found.scalars().all()


async def forget(session: AsyncSession, person: Person) -> int:
    """Erase a person's sign-ins; return how many."""
    gone = await session.execute(delete(SignInRecord).where(_is_of(person)).returning(SignInRecord.id))
    return len(gone.all())


async def purge(session: AsyncSession) -> int:
    """Delete what is older than a week; return how many."""
    gone = await session.execute(
        delete(SignInRecord).where(SignInRecord.created_at < now() - KEPT).returning(SignInRecord.id)
    )
    return len(gone.all())


def subject_hash(issuer: str, subject: str) -> bytes:
    """Return what a person's lines are found by, without naming them."""
    return hashlib.sha256(f"{issuer}\0{subject}".encode("utf-8", "surrogatepass")).digest()


def _is_of(person: Person) -> ColumnElement[bool]:
    return or_(
        SignInRecord.person_id == person.id,
        SignInRecord.subject_hash == subject_hash(person.issuer, person.subject),
    )


def _record(keyring: Keyring, row: SignInRecord, name: str | None) -> Record:
    details = msgspec.json.decode(keyring.open(row.details_sealed, _context(row.id)), type=Details)
    return Record(row.id, row.created_at, row.person_id, name, row.outcome, row.reason, details)


def _context(identifier: UUID) -> bytes:
    return f"sign-in:{identifier}".encode()
