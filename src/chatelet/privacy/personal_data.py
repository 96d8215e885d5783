"""What privacy holds on a person: their requests, readings of their content, the notice of an idle account."""

from typing import Final
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.crypto import Keyring
from chatelet.kernel.personal_data import Exported
from chatelet.privacy.break_glass import queries as readings
from chatelet.privacy.break_glass import shown
from chatelet.privacy.break_glass.tables import ContentReading
from chatelet.privacy.governance.tables import GovernanceFile
from chatelet.privacy.reports import queries as report_queries
from chatelet.privacy.reports import service as report_service
from chatelet.privacy.reports.tables import Report
from chatelet.privacy.retention.tables import IdleNotice
from chatelet.privacy.rights import queries
from chatelet.privacy.rights.service import words_of
from chatelet.privacy.rights.tables import PrivacyRequest

TABLES: Final = frozenset({
    "content_openings", "content_readings", "governance_files", "idle_notices", "privacy_requests", "reports"
})  # fmt: skip


class PrivacyPersonalData:
    """Needs the keyring: what was written in a request is sealed."""

    TABLES = TABLES

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's requests and the notice they were sent."""
        notice = await session.get(IdleNotice, person_id)
        told = await readings.told_to(session, person_id)
        openings = await readings.openings_of(session, [one.reading.id for one in told])
        return {
            "readings": [
                shown.own(self._keyring, one, openings.get(one.reading.id, ())).model_dump(mode="json") for one in told
            ],
            "requests": [
                {
                    "kind": row.kind,
                    "state": row.state,
                    "words": words_of(row, self._keyring),
                    "made_at": row.made_at.isoformat(),
                    "due_at": row.due_at.isoformat(),
                    "closed_at": row.closed_at.isoformat() if row.closed_at else None,
                }
                for row in await queries.of_person(session, person_id)
            ],
            "idle_notice": {"told_at": notice.told_at.isoformat(), "erase_at": notice.erase_at.isoformat()}
            if notice
            else None,
            "reports": [
                report_service.shown(row, self._keyring).model_dump(mode="json")
                for row in await report_queries.of_person(session, person_id)
            ],
        }

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Delete the notice; of a request, only that it was made and answered stays, for the officer's deadlines."""
        gone = delete(IdleNotice).where(IdleNotice.person_id == person_id).returning(IdleNotice.person_id)
        rows = len((await session.scalars(gone)).all())
        emptied = update(PrivacyRequest).where(PrivacyRequest.person_id == person_id)
        cleared = emptied.values(person_id=None, words_sealed=None).returning(PrivacyRequest.id)
        concerned = update(ContentReading).where(ContentReading.subject_id == person_id)
        await session.execute(concerned.values(subject_id=None, words_sealed=None))
        closed = update(PrivacyRequest).where(PrivacyRequest.closed_by == person_id).values(closed_by=None)
        await session.execute(closed)
        made = update(GovernanceFile).where(GovernanceFile.made_by == person_id).values(made_by=None)
        await session.execute(made)
        await session.execute(update(Report).where(Report.decided_by == person_id).values(decided_by=None))
        reported = delete(Report).where(Report.person_id == person_id).returning(Report.id)
        rows += len((await session.scalars(reported)).all())
        return rows + len((await session.scalars(cleared)).all())
