"""The job behind each message: read what to say, send it with nothing held, note that it left.

Run twice, it sends once; cut between the sending and the note, it sends the same Message-ID again.

A link is drawn when its message leaves, so that its half hour begins then and no queue ever holds it.
"""

from typing import Final, NamedTuple, cast
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.cohorts.registration import LINK_LIFETIME
from chatelet.adoption.cohorts.schemas import MailKind
from chatelet.adoption.cohorts.tables import Cohort, Mailing, Volunteer
from chatelet.adoption.cohorts.words import fill, words_of
from chatelet.identity.principal import Language
from chatelet.identity.tokens import new_token
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.jobs import Payload
from chatelet.kernel.logs import get_logger
from chatelet.kernel.mail import Mail, Mailer, MailRefused
from chatelet.settings import Settings

# In which states of its volunteer a message still makes sense.
_MEANT_FOR: Final[dict[MailKind, frozenset[str]]] = {
    "confirmation": frozenset({"unconfirmed"}),
    "invitation": frozenset({"chosen", "invited"}),
    "activation": frozenset({"chosen", "invited"}),
    "reminder": frozenset({"chosen", "invited"}),
}
_PAGES: Final[dict[MailKind, str]] = {
    "confirmation": "registration",
    "invitation": "activation",
    "activation": "activation",
    "reminder": "activation",
}
_WITH_TOKEN: Final = frozenset({"confirmation", "activation"})
log = get_logger(__name__)


class _Due(NamedTuple):
    mailing: Mailing
    volunteer: Volunteer
    cohort: Cohort | None


async def send_message(database: Database, mailer: Mailer, settings: Settings, payload: Payload) -> None:
    """Send one message, unless it left already or has lost its reason. Raises `MailUnavailable`, to be tried again."""
    mailing_id = UUID(payload["mailing"])
    async with database.transaction() as session:
        mail = await _compose(session, mailing_id, settings)
    if mail is None:
        return
    try:
        await mailer.send(mail)
    except MailRefused as error:
        log.warning("mail_refused", mailing=str(mailing_id), reason=str(error)[:3])
        await _note(database, mailing_id, refused=True)
    else:
        await _note(database, mailing_id, refused=False)


async def _compose(session: AsyncSession, mailing_id: UUID, settings: Settings) -> Mail | None:
    due = await _due(session, mailing_id)
    if due is None:
        return None
    mailing, volunteer, cohort = due
    kind, language = cast("MailKind", mailing.kind), cast("Language", volunteer.language)
    subject, body = await words_of(session, kind, language)
    values = {
        "name": volunteer.name,
        "institution": settings.institution_name,
        "link": _link(kind, volunteer, settings),
        "cohort": cohort.name if cohort else "",
        "closes_on": _day(cohort, language),
    }
    await session.flush()
    return Mail(mailing.id, volunteer.email, fill(subject, values), fill(body, values), language)


async def _due(session: AsyncSession, mailing_id: UUID) -> _Due | None:
    found = await session.execute(
        select(Mailing, Volunteer, Cohort)
        .join(Volunteer, Volunteer.id == Mailing.volunteer_id)
        .outerjoin(Cohort, Cohort.id == Volunteer.cohort_id)
        .where(Mailing.id == mailing_id, Mailing.sent_at.is_(None), Mailing.refused_at.is_(None))
        .with_for_update(of=[Mailing, Volunteer])
    )
    row = found.one_or_none()
    if row is None or row[1].state not in _MEANT_FOR[cast("MailKind", row[0].kind)]:
        return None
    return _Due(*row)


def _link(kind: MailKind, volunteer: Volunteer, settings: Settings) -> str:
    page = f"{settings.address}/#/{_PAGES[kind]}"
    if kind not in _WITH_TOKEN:
        return page
    token = new_token()
    volunteer.token_hash, volunteer.token_expires_at = token.hash, now() + LINK_LIFETIME
    return f"{page}?token={token.text}"


def _day(cohort: Cohort | None, language: Language) -> str:
    if cohort is None:
        return ""
    return cohort.closes_on.strftime("%d/%m/%Y") if language == "fr" else cohort.closes_on.isoformat()


async def _note(database: Database, mailing_id: UUID, *, refused: bool) -> None:
    moment = {"refused_at": now()} if refused else {"sent_at": now()}
    async with database.transaction() as session:
        await session.execute(update(Mailing).where(Mailing.id == mailing_id).values(**moment))
