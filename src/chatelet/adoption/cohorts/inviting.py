"""Telling the members of a wave: codes to print, and messages, one job each.

An invitation by mail holds no secret: it leads to a page where the person asks for their link, which then lives half an
hour and serves once (TA-012). A code on paper lives until the wave closes, is bound to one person and asks for their
address too.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts import queries
from chatelet.adoption.cohorts.codes import new_code
from chatelet.adoption.cohorts.errors import CohortClosed, MailNotConfigured
from chatelet.adoption.cohorts.schemas import CodeSlip, CodesOut, MailKind, MessagesOut, MessagesRequest
from chatelet.adoption.cohorts.service import require
from chatelet.adoption.cohorts.tables import Mailing, Volunteer
from chatelet.audit import events, journal
from chatelet.identity.principal import Language, Principal
from chatelet.kernel.clock import now
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.jobs import enqueue_all
from chatelet.kernel.mail import can_leave
from chatelet.kernel.sheets import sheet
from chatelet.settings import Settings

MAIL_JOB: Final = "volunteer_mail"
_QUIET: Final = timedelta(days=3)  # between two messages to the same person
_HEADS: Final[dict[Language, tuple[str, ...]]] = {
    "fr": ("Nom", "Adresse", "Unité", "Code", "Page", "Jusqu’au"),
    "en": ("Name", "Address", "Unit", "Code", "Page", "Until"),
}


async def make_codes(session: AsyncSession, principal: Principal, cohort_id: UUID, settings: Settings) -> CodesOut:
    """Make a code for each member without an account; codes made before stop working.

    Raises `CohortNotFound`, `CohortClosed`.
    """
    cohort = await require(session, principal, cohort_id)
    if cohort.state == "closed":
        raise CohortClosed
    slips: list[CodeSlip] = []
    for volunteer, unit in await queries.pending_members(session, cohort_id):
        code = new_code()
        volunteer.code_hash = code.hash
        _mark_invited(volunteer)
        slips.append(_slip(volunteer, unit, code.text))
    await session.flush()
    told = events.CodesMade(cohort_id=cohort_id, count=len(slips))
    await journal.record(session, told, actor=principal.person_id)
    address = f"{settings.address}/#/activation"
    until = cohort.closes_on.isoformat()
    rows = [(slip.name, slip.email, slip.unit, slip.code, address, until) for slip in slips]
    return CodesOut(
        cohort=cohort.name,
        address=address,
        closes_on=cohort.closes_on,
        items=slips,
        csv=sheet(_HEADS[principal.language], rows),
    )


async def send(
    session: AsyncSession, principal: Principal, cohort_id: UUID, asked: MessagesRequest, settings: Settings
) -> MessagesOut:
    """Ask for a message to each member without an account: an invitation once, a reminder at most every three days.

    Raises `CohortNotFound`, `CohortClosed`, `MailNotConfigured`.
    """
    cohort = await require(session, principal, cohort_id)
    if not can_leave(settings.mail):
        raise MailNotConfigured
    if cohort.state != "open":
        raise CohortClosed
    members = [volunteer for volunteer, _ in await queries.pending_members(session, cohort_id)]
    refused = await _refused(session, [member.id for member in members])
    told = await _told_lately(session, [member.id for member in members], asked.kind)
    wanted = [member for member in members if member.id not in told | refused]
    if asked.kind == "reminder":
        wanted = [member for member in wanted if member.invited_at and member.invited_at < now() - _QUIET]
    if wanted and not asked.preview:
        for member in wanted:
            _mark_invited(member)
        await session.flush()
        await ask_for_message(session, [member.id for member in wanted], asked.kind)
        event = events.VolunteersMailed(cohort_id=cohort_id, kind=asked.kind, count=len(wanted))
        await journal.record(session, event, actor=principal.person_id)
    return MessagesOut(count=len(wanted), refused=len(refused))


async def ask_for_message(session: AsyncSession, volunteers: Sequence[UUID], kind: MailKind) -> None:
    """Write the messages to send, and their jobs, in the caller's transaction."""
    moment = now()
    rows = [
        Mailing(id=uuid7(), volunteer_id=volunteer, kind=kind, asked_at=moment, sent_at=None, refused_at=None)
        for volunteer in volunteers
    ]
    session.add_all(rows)
    await session.flush()
    await enqueue_all(session, MAIL_JOB, [{"mailing": str(row.id)} for row in rows])


async def ask_again(session: AsyncSession) -> int:
    """Give a new job to each message that did not leave: the mail server was away longer than a job insists."""
    moment = now()
    waiting = await session.execute(
        select(Mailing.id).where(
            Mailing.sent_at.is_(None),
            Mailing.refused_at.is_(None),
            Mailing.asked_at.between(moment - timedelta(days=2), moment - timedelta(minutes=10)),
        )
    )
    found = [{"mailing": str(identifier)} for identifier in waiting.scalars()]
    await enqueue_all(session, MAIL_JOB, found)
    return len(found)


def _mark_invited(volunteer: Volunteer) -> None:
    volunteer.state = "invited"
    volunteer.invited_at = volunteer.invited_at or now()


def _slip(volunteer: Volunteer, unit: str | None, code: str) -> CodeSlip:
    return CodeSlip(
        name=volunteer.name,
        email=volunteer.email,
        unit=unit or volunteer.unit_told,
        language=cast("Language", volunteer.language),
        code=code,
    )


async def _refused(session: AsyncSession, members: list[UUID]) -> set[UUID]:
    """Return those whose address a mail server refused for good."""
    found = await session.execute(
        select(Mailing.volunteer_id).where(Mailing.volunteer_id.in_(members), Mailing.refused_at.is_not(None))
    )
    return set(found.scalars())


async def _told_lately(session: AsyncSession, members: list[UUID], kind: MailKind) -> set[UUID]:
    """Return those who must not receive this message now: invited already, or reminded less than three days ago."""
    query = select(Mailing.volunteer_id).where(Mailing.volunteer_id.in_(members), Mailing.kind == kind)
    if kind == "reminder":
        query = query.group_by(Mailing.volunteer_id).having(func.max(Mailing.asked_at) > now() - _QUIET)
    return set((await session.execute(query)).scalars())
