"""Works of the writing desk end at their date: rows, keys, files, blobs and jobs; the others stay whole."""

from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import text

from chatelet.documents.files import tasks as files_tasks
from chatelet.documents.files.tables import File
from chatelet.identity.principal import Principal
from chatelet.inference.gateway import Gateway
from chatelet.kernel.identifiers import uuid7
from chatelet.policy.quotas.service import Quotas
from chatelet.policy.sensitivity import Label, Level
from chatelet.privacy.services import PrivacyServices
from chatelet.writing.services import WritingServices
from chatelet.writing.task import Task
from chatelet.writing.works import service, tasks
from chatelet.writing.works.sealed import Asked
from tests.privacy.conftest import People, Travel

_PIECE = "INSERT INTO work_pieces (id, work_id, segments, sealed) VALUES (gen_random_uuid(), :work, 1, 'sealed')"
_LEFT = (
    "SELECT id FROM works WHERE length(wrapped_key) > 0",
    "SELECT work_id FROM work_pieces",
    "SELECT holder_id FROM files WHERE length(wrapped_key) > 0",
    "SELECT CAST(convert_from(payload, 'UTF8')::jsonb ->> 'work' AS uuid) FROM pgqueuer WHERE entrypoint = 'write_work'",
)
_TOLD = "SELECT object_id FROM journal_events WHERE name = 'work.changed' AND data LIKE '%expired%'"
_BLOBS = "SELECT convert_from(payload, 'UTF8')::jsonb ->> 'file' FROM pgqueuer WHERE entrypoint = 'delete_blobs'"


class Works:
    """Asks for works, each with a file, a piece that was written and its job."""

    def __init__(self, services: PrivacyServices, people: People) -> None:
        gateway, quotas = cast("Gateway", None), cast("Quotas", None)  # no model is asked for anything
        self.desk = WritingServices(services.documents, gateway, quotas)
        self.people = people

    async def ask(self, who: Principal) -> tuple[UUID, UUID]:
        """Return the work and its file."""
        work, file = uuid7(), await self.people.file(who, b"Un texte.")
        asked = Asked(Task("translate", "fr", "en"), "texte.txt", "fr")
        async with self.desk.database.transaction() as session:
            held = await session.get_one(File, file)
            held.holder_kind, held.holder_id = "work", work
            await service.add(session, self.desk, who, work, "translate", asked, Label(Level.INTERNAL), file_id=file)
            await session.execute(text(_PIECE), {"work": work})
        return work, file


@pytest.fixture
def works(services: PrivacyServices, people: People) -> Works:
    return Works(services, people)


async def test_works_end_at_their_date_and_the_others_stay(
    works: Works, people: People, services: PrivacyServices, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_AT_ONCE_PURGED", 2)  # three are over: all leave, whatever goes at once
    ada, days = await people.person(), services.settings.writing.days_kept
    over = [await works.ask(ada) for _ in range(3)]
    travel(1)
    kept = await works.ask(ada)
    travel(days - 1)
    assert await tasks.purge(works.desk) == 0
    assert await _of(services, _LEFT[0]) == {*[work for work, _ in over], kept[0]}
    travel(days + 1)  # the date of the fourth, which is over only after it
    assert await tasks.purge(works.desk) == 3
    for query in _LEFT:
        assert await _of(services, query) == {kept[0]}, query
    assert await _of(services, _TOLD) == {str(work) for work, _ in over}
    asked = await _of(services, _BLOBS)
    assert asked == {str(file) for _, file in over}
    for file in asked:
        await files_tasks.delete_blobs(services.documents, {"file": str(file)})
    assert {name async for name in services.storage.identifiers()} == {str(kept[1])}


async def _of(services: PrivacyServices, query: str) -> set[object]:
    async with services.database.transaction() as session:
        return set(await session.scalars(text(query)))
