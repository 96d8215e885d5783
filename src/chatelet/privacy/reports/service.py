"""The verbs on reports: a person contests or reports, whoever manages security reads and answers."""

from typing import Final, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.conversations import service as conversations
from chatelet.conversations import stored_turn
from chatelet.identity.principal import Principal
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.errors import InvalidRequest
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.reports import queries
from chatelet.privacy.reports.errors import ReportAnswered, ReportNotFound, TooManyReports
from chatelet.privacy.reports.schemas import (
    DeskReport,
    DeskReportList,
    NewReport,
    OwnReport,
    OwnReportList,
    ReportAnswer,
    ReportKind,
    ReportState,
)
from chatelet.privacy.reports.tables import Report

_MOST_OPEN: Final = 50


async def make(session: AsyncSession, keyring: Keyring, principal: Principal, new: NewReport) -> OwnReport:
    """Keep a contest or an incident. Raises `TooManyReports`, `ConversationNotFound`, `TurnNotFound`."""
    if new.turn_id is not None and new.conversation_id is None:
        raise InvalidRequest(field="conversation_id", reason="missing")
    if new.conversation_id is not None:
        await conversations.require(session, principal, new.conversation_id)
        if new.turn_id is not None:
            await stored_turn.require(session, principal.person_id, new.conversation_id, new.turn_id)
    if await queries.count_open(session, principal.person_id) >= _MOST_OPEN:
        raise TooManyReports(limit=_MOST_OPEN, retry_after=3_600)
    identifier = uuid7()
    row = Report(
        id=identifier,
        person_id=principal.person_id,
        kind=new.kind,
        about=new.about,
        conversation_id=new.conversation_id,
        turn_id=new.turn_id,
        words_sealed=keyring.seal(new.words.encode(), _context("words", identifier)),
        state="open",
        created_at=clock.now(),
    )
    session.add(row)
    await session.flush()
    event = events.SafeguardContested(report_id=row.id, kind=new.kind, about=new.about, turn_id=new.turn_id)
    await journal.record(session, event, actor=principal.person_id)
    return shown(row, keyring)


async def own(session: AsyncSession, keyring: Keyring, principal: Principal) -> OwnReportList:
    """Return the caller's own reports."""
    return OwnReportList(items=[shown(row, keyring) for row in await queries.of_person(session, principal.person_id)])


async def desk(session: AsyncSession, keyring: Keyring, manager: Principal) -> DeskReportList:
    """Return what is to be answered; reading it is journalled."""
    items = [_on_desk(row, name, keyring) for row, name in await queries.to_answer(session)]
    await journal.record(session, events.SafeguardsRead(reports=len(items)), actor=manager.person_id)
    return DeskReportList(items=items)


async def answer(
    session: AsyncSession, keyring: Keyring, manager: Principal, report_id: UUID, given: ReportAnswer
) -> DeskReport:
    """Answer a report, once. Raises `ReportNotFound`, `ReportAnswered`."""
    found = await queries.one(session, report_id)
    if found is None:
        raise ReportNotFound
    row, name = found
    if row.state != "open":
        raise ReportAnswered
    row.state, row.decided_by, row.decided_at = given.state, manager.person_id, clock.now()
    row.answer_sealed = keyring.seal(given.answer.encode(), _context("answer", row.id))
    await session.flush()
    kind = cast("ReportKind", row.kind)
    event = events.SafeguardAnswered(report_id=row.id, kind=kind, state=given.state)
    await journal.record(session, event, actor=manager.person_id)
    return _on_desk(row, name, keyring)


def shown(row: Report, keyring: Keyring) -> OwnReport:
    """Open a report."""
    answered = row.answer_sealed
    return OwnReport(
        id=row.id,
        kind=cast("ReportKind", row.kind),
        about=row.about,
        words=keyring.open(row.words_sealed, _context("words", row.id)).decode(),
        conversation_id=row.conversation_id,
        turn_id=row.turn_id,
        state=cast("ReportState", row.state),
        answer=None if answered is None else keyring.open(answered, _context("answer", row.id)).decode(),
        created_at=row.created_at,
        decided_at=row.decided_at,
    )


def _on_desk(row: Report, name: str, keyring: Keyring) -> DeskReport:
    return DeskReport(**shown(row, keyring).model_dump(), person_name=name)


def _context(what: str, identifier: UUID) -> bytes:
    return f"report {what}:".encode() + identifier.bytes
