"""The verbs on requests: a person asks, the installation or the data protection officer answers within a month."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final, Literal, cast
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.files import exports
from chatelet.documents.files import service as files
from chatelet.identity import confirmation
from chatelet.identity.principal import Principal
from chatelet.kernel import clock, jobs
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.certificates import service as certificates
from chatelet.privacy.certificates.errors import CertificateNotFound
from chatelet.privacy.certificates.tables import DeletionCertificate
from chatelet.privacy.rights import queries
from chatelet.privacy.rights.errors import RequestClosedAlready, RequestNotFound, RequestUnderWay
from chatelet.privacy.rights.schemas import (
    Desk,
    DeskRequest,
    NewPrivacyRequest,
    PrivacyRequestList,
    PrivacyRequestOut,
    RequestAnswer,
    RequestKind,
    RequestState,
)
from chatelet.privacy.rights.tables import PrivacyRequest
from chatelet.privacy.services import PrivacyServices

ARCHIVE_JOB: Final = "write_archive"
ERASE_JOB: Final = "erase_person"
ARCHIVE_DAYS: Final = timedelta(days=7)
_ANSWER_WITHIN: Final = timedelta(days=30)  # GDPR 12 §3: one month
_AGAIN_AFTER: Final = timedelta(minutes=30)


async def ask(
    session: AsyncSession, services: PrivacyServices, principal: Principal, new: NewPrivacyRequest
) -> PrivacyRequestList:
    """Ask for one's data, a correction, or object. Raises `RequestUnderWay`, `InvalidRequest`."""
    if (new.words is None) != (new.kind == "access"):
        raise InvalidRequest(field="words", reason="missing" if new.words is None else "unexpected")
    row = await _insert(session, principal.person_id, new.kind)
    if new.words is not None:
        row.words_sealed = services.keyring.seal(new.words.encode(), _context(row.id))
    if new.kind == "access":
        await jobs.enqueue(session, ARCHIVE_JOB, {"request": str(row.id)})
    await session.flush()
    return await own(session, services, principal)


async def order_erasure(services: PrivacyServices, principal: Principal, password: str | None) -> UUID:
    """Have everything of the caller's erased: signed out everywhere at once; return the certificate's reference.

    Raises `WrongPassword`, `SignInAgain`, `TooManyAttempts`, `LastAdministrator`, `RequestUnderWay`.
    """
    await confirmation.confirm(services.database, principal, password)
    async with services.database.transaction() as session:
        return (await begin_erasure(session, principal.person_id, "self")).reference


async def begin_erasure(session: AsyncSession, person_id: UUID, origin: Literal["self", "idle"]) -> PrivacyRequest:
    """Close the account and ask for its erasure. Raises `LastAdministrator`, `RequestUnderWay`."""
    actor = person_id if origin == "self" else None
    row = await _insert(session, person_id, "erasure", origin)
    await confirmation.withdraw(session, person_id, actor=actor)
    await jobs.enqueue(session, ERASE_JOB, {"request": str(row.id)})
    return row


async def own(session: AsyncSession, services: PrivacyServices, principal: Principal) -> PrivacyRequestList:
    """Return the caller's own requests."""
    rows = await queries.of_person(session, principal.person_id)
    ready = [row.id for row in rows if row.state == "ready"]
    sizes = {row.holder_id: row.size_bytes for row in await exports.held_by(session, ready)}
    return PrivacyRequestList(items=[_shown(row, services.keyring, sizes.get(row.id)) for row in rows])


async def desk(session: AsyncSession, services: PrivacyServices, principal: Principal) -> Desk:
    """Return the requests of everybody, for whoever manages data protection; consulting them is journalled."""
    items = [_on_desk(row, services.keyring) for row in await queries.desk(session)]
    await journal.record(session, events.RequestsRead(requests=len(items)), actor=principal.person_id)
    return Desk(items=items, overdue=sum(one.overdue for one in items))


async def answer(
    session: AsyncSession, services: PrivacyServices, principal: Principal, request_id: UUID, wanted: RequestAnswer
) -> DeskRequest:
    """Close a correction or an objection. Raises `RequestNotFound`, `RequestClosedAlready`."""
    row = await queries.by_id(session, request_id)
    if row is None:
        raise RequestNotFound
    if row.state != "open" or row.kind not in ("rectification", "objection"):
        raise RequestClosedAlready
    row.state, row.closed_at, row.closed_by = wanted.outcome, clock.now(), principal.person_id
    await session.flush()
    closed = events.RequestClosed(request_id=row.id, kind=cast("RequestKind", row.kind), outcome=wanted.outcome)
    await journal.record(session, closed, actor=principal.person_id)
    found = [one for one in await queries.desk(session) if one.request.id == request_id]
    return _on_desk(found[0], services.keyring)


async def certificate_of(session: AsyncSession, reference: UUID) -> DeletionCertificate:
    """Return the certificate of an erasure by the reference its person was given. Raises `CertificateNotFound`."""
    row = await queries.by_reference(session, reference)
    if row is None or row.certificate_id is None:
        raise CertificateNotFound
    return await certificates.read(session, row.certificate_id)


async def go_on(services: PrivacyServices) -> None:
    """Ask again for what a job gave up, and let go of archives kept long enough."""
    moment = clock.now()
    async with services.database.transaction() as session:
        for row in await queries.unfinished(session, moment - _AGAIN_AFTER):
            name = ARCHIVE_JOB if row.kind == "access" else ERASE_JOB
            await jobs.enqueue(session, name, {"request": str(row.id)})
        over = await queries.archives_over(session, moment - ARCHIVE_DAYS)
        await files.delete_held(session, [row.id for row in over], actor=None)
        for row in over:
            row.state = "done"


async def _insert(
    session: AsyncSession, person_id: UUID, kind: RequestKind, origin: Literal["self", "idle"] = "self"
) -> PrivacyRequest:
    if kind in ("access", "erasure"):
        await _check_alone(await queries.of_person(session, person_id), kind)
    moment = clock.now()
    row = PrivacyRequest(
        id=uuid7(),
        person_id=person_id,
        kind=kind,
        state="open",
        origin=origin,
        reference=uuid4(),
        made_at=moment,
        due_at=moment + _ANSWER_WITHIN,
    )
    session.add(row)
    await session.flush()
    made = events.RequestMade(request_id=row.id, kind=kind, by=origin)
    await journal.record(session, made, actor=person_id if origin == "self" else None)
    return row


async def _check_alone(rows: Collection[PrivacyRequest], kind: str) -> None:
    if any(row.kind == kind and row.state in queries.WAITING for row in rows):
        raise RequestUnderWay


def words_of(row: PrivacyRequest, keyring: Keyring) -> str | None:
    """Open what a person wrote."""
    return None if row.words_sealed is None else keyring.open(row.words_sealed, _context(row.id)).decode()


def _context(request_id: UUID) -> bytes:
    return b"request:" + request_id.bytes


def _shown(row: PrivacyRequest, keyring: Keyring, size: int | None) -> PrivacyRequestOut:
    return PrivacyRequestOut(
        id=row.id,
        kind=cast("RequestKind", row.kind),
        state=cast("RequestState", row.state),
        words=words_of(row, keyring),
        made_at=row.made_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        archive_bytes=size,
        archive_until=row.closed_at + ARCHIVE_DAYS if size is not None and row.closed_at else None,
    )


def _on_desk(found: queries.DeskRow, keyring: Keyring) -> DeskRequest:
    row = found.request
    return DeskRequest(
        id=row.id,
        kind=cast("RequestKind", row.kind),
        state=cast("RequestState", row.state),
        origin=cast("Literal['self', 'idle']", row.origin),
        person_id=row.person_id,
        person_name=found.name,
        words=words_of(row, keyring),
        made_at=row.made_at,
        due_at=row.due_at,
        overdue=row.state in queries.WAITING and row.due_at < clock.now(),
        closed_at=row.closed_at,
        certificate_id=row.certificate_id,
    )
