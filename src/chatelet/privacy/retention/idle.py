"""Idle accounts: told by mail thirty days before, with the way to take one's data; erased when nobody came.

    unused for N-30 days -> mail -> came back: forgotten | N days, and told 30 days ago -> erased as on request

Nobody is erased untold: without a mail server, or an address, an account stays. Who manages the installation is never
erased so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast
from uuid import UUID, uuid5

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.errors import LastAdministrator
from chatelet.identity.principal import Language
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
# Who manages everything is left: an installation must never lose whoever could open it again.
_IDLE: Final = (
    "SELECT persons.id, persons.name, persons.email, persons.language, kept.days FROM persons JOIN ("
    + lasting.KEPT
    + """) AS kept ON kept.person_id = persons.id
LEFT JOIN idle_notices ON idle_notices.person_id = persons.id
WHERE idle_notices.person_id IS NULL AND persons.email IS NOT NULL
    AND coalesce(persons.last_seen_at, persons.created_at)
        < CAST(:moment AS timestamptz) - make_interval(days => kept.days - 30)
    AND NOT EXISTS (
        SELECT FROM grants JOIN roles ON roles.id = grants.role_id
        WHERE grants.person_id = persons.id AND 'installation.manage' = ANY(roles.rights)
    )
LIMIT :limit
"""
)  # two constants, no value
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
    base = await lasting.institution(session, Kind.ACCOUNTS)
    values = {"base": base, "kind": Kind.ACCOUNTS.value, "moment": moment, "limit": _TOLD_AT_ONCE}
    rows = await session.execute(text(_IDLE), values)
    return [_Idle(row[0], row[1], row[2], cast("Language", row[3]), row[4]) for row in rows]


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
