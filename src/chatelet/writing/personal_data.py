"""Export and erasure of works and of a person's own glossaries and templates; a unit's are the unit's."""

from base64 import b64encode
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.kernel.crypto import Keyring
from chatelet.kernel.database import affected
from chatelet.kernel.personal_data import Exported
from chatelet.writing.drafting import markdown_file
from chatelet.writing.drafting import queries as template_queries
from chatelet.writing.drafting.sealed import TemplateSealer
from chatelet.writing.glossaries import service as glossaries
from chatelet.writing.tables import Glossary, TemplateRow, Work
from chatelet.writing.works import queries, service, summary_views, views
from chatelet.writing.works.sealed import Sealer

TABLES: Final = frozenset({"works", "work_pieces", "glossaries", "templates", "template_versions", "template_styles"})


class WritingPersonalData:
    """Needs the keyring: words are sealed."""

    TABLES = TABLES

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def export(self, session: AsyncSession, person_id: UUID) -> Exported:
        """Return the person's works with what was written of texts, and their glossaries with their lines."""
        works: list[dict[str, object]] = []
        for row in await session.scalars(select(Work).where(Work.person_id == person_id).order_by(Work.id)):
            pieces = await queries.pieces(session, row.id)
            shown = views.shown(self._keyring, row, whole=True).model_dump(mode="json")
            if row.kind == "summarise":
                told = summary_views.shown(self._keyring, row, pieces).model_dump(mode="json")
                works.append({**shown, "summary": told})
                continue
            asked = Sealer.of(self._keyring, row.id, row.wrapped_key).asked(row.asked_sealed)
            given = asked.draft.values if asked.draft else {}
            kept = views.kept_of(self._keyring, row, pieces)
            written = [{"source": one.source, "written": one.outcome.text} for one in kept]
            works.append({**shown, "segments": written, "given": given})
        rows = await session.scalars(select(Glossary).where(Glossary.person_id == person_id).order_by(Glossary.id))
        return {
            "works": works,
            "glossaries": [glossaries.exported(self._keyring, row) for row in rows],
            "templates": await _templates(session, self._keyring, person_id),
        }

    async def erase(self, session: AsyncSession, person_id: UUID) -> int:
        """Destroy the person's works, glossaries and templates; their files go with them."""
        rows = list(await session.scalars(select(Work).where(Work.person_id == person_id)))
        count = await service.delete_all(session, rows, "deleted", actor=None)
        count += await affected(session, delete(Glossary).where(Glossary.person_id == person_id))
        return count + await affected(session, delete(TemplateRow).where(TemplateRow.person_id == person_id))


async def _templates(session: AsyncSession, keyring: Keyring, person_id: UUID) -> list[dict[str, object]]:
    """Return every version of the person's templates, each as the file that it is exported as, and their style files.

    A style file is a document: its bytes are in base64.
    """
    found: list[dict[str, object]] = []
    for row, version in await template_queries.of_person(session, person_id):
        template = TemplateSealer.of(keyring, row.id, row.wrapped_key).open(version.sealed, version.number)
        found.append({"id": str(row.id), "version": version.number, "file": markdown_file.write(template)})
    for row, style in await template_queries.styles_of_person(session, person_id):
        sealer = TemplateSealer.of(keyring, row.id, row.wrapped_key)
        found.append(
            {
                "id": str(row.id),
                "style": str(style.id),
                "name": sealer.open_bytes(style.name_sealed, style.id, "style-name").decode(),
                "kind": style.kind,
                "base64": b64encode(sealer.open_bytes(style.sealed, style.id, "style")).decode(),
            }
        )
    return found
