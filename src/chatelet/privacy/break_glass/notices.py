"""The person whose content may be read is told: in the page at once, by mail where there is a server.

approved -> in the page (or at the end of the delay that the law gives) -> by mail, until the server took it
"""

from datetime import datetime
from typing import Final, cast
from uuid import uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.identity.principal import Language
from chatelet.identity.tables import Person
from chatelet.kernel import clock
from chatelet.kernel.logs import get_logger
from chatelet.kernel.mail import Mail, MailRefused, MailUnavailable
from chatelet.privacy.break_glass import queries
from chatelet.privacy.break_glass.tables import ContentReading
from chatelet.privacy.services import PrivacyServices

SUBJECT: Final[dict[Language, str]] = {
    "fr": "Vos conversations {institution} peuvent être lues",
    "en": "Your {institution} conversations may be read",
}
BODY: Final[dict[Language, str]] = {
    "fr": """Bonjour {name},

Une lecture de vos conversations a été demandée par une personne habilitée et approuvée par une seconde, jusqu’au {day}.

Le motif, qui lit, et chaque ouverture sont dans « Réglages › Vos données » :

{link}
""",
    "en": """Hello {name},

Reading your conversations was asked for by an authorised person and approved by a second one, until {day}.

The reason, who reads and each opening are in “Settings › Your data”:

{link}
""",
}
log = get_logger(__name__)


async def tell_in_page(session: AsyncSession, moment: datetime) -> int:
    """Show the readings whose time to be told has come; return how many."""
    rows = await queries.to_tell(session, moment)
    for row in rows:
        row.told_at = moment
        await session.flush()
        told = events.ReadingTold(reading_id=row.id, subject_id=row.subject_id, by="page")
        await journal.record(session, told, actor=None)
    return len(rows)


async def send(services: PrivacyServices) -> None:
    """Send the notices that have not left; one that the server refuses for good stays in the page."""
    if not services.mailer.is_configured:
        return
    async with services.database.transaction() as session:
        waiting = [(row.id, _mail(services, row, person)) for row, person in await queries.to_mail(session)]
    for reading_id, mail in waiting:
        try:
            await services.mailer.send(mail)
        except MailRefused:
            log.warning("reading_notice_refused", reading=str(reading_id))
        except MailUnavailable:
            return
        async with services.database.transaction() as session:
            row = await queries.one(session, reading_id)
            if row is None or row.mailed_at is not None:
                continue
            row.mailed_at = clock.now()
            await session.flush()
            told = events.ReadingTold(reading_id=row.id, subject_id=row.subject_id, by="mail")
            await journal.record(session, told, actor=None)


def _mail(services: PrivacyServices, row: ContentReading, person: Person) -> Mail:
    language = cast("Language", person.language)
    day = f"{row.ends_at:%d/%m/%Y}" if language == "fr" else row.ends_at.date().isoformat()
    institution = services.settings.institution_name
    link = f"{services.settings.address}/settings"
    values = {"name": person.name, "institution": institution, "day": day, "link": link}
    return Mail(
        uuid5(row.id, "told"),
        person.email or "",
        SUBJECT[language].format(**values),
        BODY[language].format(**values),
        language,
    )
