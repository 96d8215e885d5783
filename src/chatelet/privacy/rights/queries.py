"""Reads of requests: one's own, and the desk's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.tables import Person
from chatelet.privacy.rights.tables import PrivacyRequest

WAITING: Final = ("open", "working", "failed")
_LISTED: Final = 200


class DeskRow(NamedTuple):
    """A request with the name of who made it."""

    request: PrivacyRequest
    name: str | None


async def of_person(session: AsyncSession, person_id: UUID) -> Sequence[PrivacyRequest]:
    """Return a person's requests, the newest first."""
    query = select(PrivacyRequest).where(PrivacyRequest.person_id == person_id).order_by(PrivacyRequest.id.desc())
    return (await session.scalars(query.limit(_LISTED))).all()


async def own(session: AsyncSession, person_id: UUID, request_id: UUID) -> PrivacyRequest | None:
    """Return one of a person's requests."""
    query = select(PrivacyRequest).where(PrivacyRequest.person_id == person_id, PrivacyRequest.id == request_id)
    return await session.scalar(query)


async def by_reference(session: AsyncSession, reference: UUID) -> PrivacyRequest | None:
    """Return the request of a reference, that its person alone was given."""
    return await session.scalar(select(PrivacyRequest).where(PrivacyRequest.reference == reference))


async def by_id(session: AsyncSession, request_id: UUID) -> PrivacyRequest | None:
    """Return a request, locked: for jobs, and for the desk."""
    return await session.get(PrivacyRequest, request_id, with_for_update=True)


async def desk(session: AsyncSession) -> Sequence[DeskRow]:
    """Return what waits, the nearest deadline first, then what was answered, the latest first."""
    found = await session.execute(
        select(PrivacyRequest, Person.name)
        .outerjoin(Person, Person.id == PrivacyRequest.person_id)
        .order_by(
            PrivacyRequest.state.in_(WAITING).desc(),
            PrivacyRequest.closed_at.desc().nulls_last(),
            PrivacyRequest.due_at,
        )
        .limit(_LISTED)
    )
    return [DeskRow(*row) for row in found]


async def unfinished(session: AsyncSession, before: datetime) -> Sequence[PrivacyRequest]:
    """Return what the installation answers by itself and has not, asked before a moment."""
    query = select(PrivacyRequest).where(
        PrivacyRequest.kind.in_(("access", "erasure")),
        PrivacyRequest.state.in_(WAITING),
        PrivacyRequest.made_at < before,
    )
    return (await session.scalars(query)).all()


async def archives_over(session: AsyncSession, before: datetime) -> Sequence[PrivacyRequest]:
    """Return the requests whose archive has been kept long enough, locked."""
    query = select(PrivacyRequest).where(PrivacyRequest.state == "ready", PrivacyRequest.closed_at < before)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()
