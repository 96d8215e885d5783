"""Whose rules hold for a document: those of its base's unit, and those of the units of the person who put it there."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices
from chatelet.identity.units.queries import units_above
from chatelet.identity.units.tables import Unit
from chatelet.knowledge.tables import Collection, Document, DocumentVersion
from chatelet.policy.rules.value import UnitRules


async def of_document(
    session: AsyncSession, services: DocumentServices, *, person_id: UUID | None, unit_id: UUID | None
) -> tuple[UnitRules, ...]:
    """Return the rules under which a document's words go to a model. Raises `PolicyUnreadable`."""
    path = await session.scalar(select(Unit.path).where(Unit.id == unit_id)) if unit_id is not None else None
    units = await units_above(session, person_id) if person_id is not None else frozenset[UUID]()
    return services.policies.of(units | frozenset(path or ()))


async def of_version(session: AsyncSession, services: DocumentServices, version_id: UUID) -> tuple[UnitRules, ...]:
    """Return them for one version, whoever asks. Raises `PolicyUnreadable`."""
    held = select(File.person_id, Collection.unit_id).join(DocumentVersion, DocumentVersion.file_id == File.id)
    held = held.join(Document, Document.id == DocumentVersion.document_id)
    held = held.join(Collection, Collection.id == Document.collection_id).where(DocumentVersion.id == version_id)
    row = (await session.execute(held)).first()
    return await of_document(session, services, person_id=row[0] if row else None, unit_id=row[1] if row else None)
