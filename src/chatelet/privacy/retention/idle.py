"""Idle accounts: told by mail thirty days before, with the way to take one's data; erased when nobody came.

    unused for N-30 days -> mail -> came back: forgotten | N days, and told 30 days ago -> erased as on request

Nobody is erased untold: without a mail server, or an address, an account stays. Who manages the installation is never
erased so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID, uuid5

from sqlalchemy import cast as sql_cast
from sqlalchemy import exists, func, select, text
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.errors import LastAdministrator
from chatelet.identity.principal import Language
from chatelet.identity.rights import Right
from chatelet.identity.roles.tables import Grant, Role
from chatelet.identity.tables import Person
from chatelet.kernel import clock
from chatelet.kernel.logs import get_logger
from chatelet.kernel.mail import Mail, MailRefused, MailUnavailable
from chatelet.policy.retention import lasting
from chatelet.policy.retention.kinds import Kind
from chatelet.privacy.retention.tables import IdleNotice
from chatelet.privacy.retention.words import BODY, SUBJECT
from chatelet.privacy.rights.errors import RequestUnderWay
from chatelet.privacy.rights.service import begin_erasure
from chatelet.privacy.services import PrivacyServices

NOTICE: Final = timedelta(days=30)
_TOLD_AT_ONCE: Final = 500
_BACK: Final = """
DELETE FROM idle_notices USING persons
WHERE persons.id = idle_notices.person_id AND persons.last_seen_at > idle_notices.told_at
"""
_DUE: Final = """
SELECT idle_notices.person_id FROM idle_notices
WHERE idle_notices.erase_at <= :moment LIMIT :limit
"""
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Idle:
    person_id: UUID
    name: str
    email: str
    language: Language
    days: int


async def run(services: PrivacyServices) -> int:
    """Tell those whose time comes, begin the erasure of those whose time is over; return how many erasures began."""
    moment = clock.now()
    async with services.database.transaction() as session:
        await session.execute(text(_BACK))
    if services.mailer.is_configured:
        await _tell(services, moment)
    return await _erase_due(services, moment)


async def _tell(services: PrivacyServices, moment: datetime) -> None:
    async with services.database.transaction() as session:
        idle = await _found(session, moment)
    for one in idle:
        erase_at = moment + NOTICE
        try:
            await services.mailer.send(_mail(services, one, erase_at))
        except MailRefused:
            log.warning("idle_notice_refused", person=str(one.person_id))
            continue  # an address that answers no more: the account waits for an administrator
        except MailUnavailable:
            return
        async with services.database.transaction() as session:
            session.add(IdleNotice(person_id=one.person_id, told_at=moment, erase_at=erase_at))
            told = events.IdleNoticed(person_id=one.person_id, days=one.days)
            await journal.record(session, told, actor=None)


async def _erase_due(services: PrivacyServices, moment: datetime) -> int:
    async with services.database.transaction() as session:
        due = list(await session.scalars(text(_DUE), {"moment": moment, "limit": _TOLD_AT_ONCE}))
    begun = 0
    for person_id in due:
        try:
            async with services.database.transaction() as session:
                await begin_erasure(session, person_id, "idle")
        except (LastAdministrator, RequestUnderWay):
            continue
        begun += 1
    return begun


async def _found(session: AsyncSession, moment: datetime) -> list[_Idle]:
    """Return whom to tell. Who manages everything is left: somebody must always be able to open the installation."""
    kept = await lasting.kept(session, Kind.ACCOUNTS)
    manages = exists().where(
        Grant.person_id == Person.id, Role.id == Grant.role_id, Role.rights.contains([Right.INSTALLATION_MANAGE.value])
    )
    seen = func.coalesce(Person.last_seen_at, Person.created_at)
    idle_for = func.make_interval(0, 0, 0, kept.c.days - NOTICE.days, type_=INTERVAL())
    rows = await session.execute(
        select(Person.id, Person.name, Person.email, Person.language, kept.c.days)
        .join(kept, kept.c.person_id == Person.id)
        .where(Person.email.is_not(None), seen < sql_cast(moment, Person.created_at.type) - idle_for, ~manages)
        .where(~exists().where(IdleNotice.person_id == Person.id))
        .limit(_TOLD_AT_ONCE)
    )
    return [_Idle(row[0], row[1], row[2] or "", cast("Language", row[3]), row[4]) for row in rows]


def _mail(services: PrivacyServices, one: _Idle, erase_at: datetime) -> Mail:
    institution = services.settings.institution_name
    day = f"{erase_at:%d/%m/%Y}" if one.language == "fr" else erase_at.date().isoformat()
    values = {
        "name": one.name,
        "institution": institution,
        "day": day,
        "link": f"{services.settings.address}/settings",
    }
    return Mail(
        uuid5(one.person_id, day),
        one.email,
        SUBJECT[one.language].format(**values),
        BODY[one.language].format(**values),
        one.language,
    )
