"""What a person may have summarised without sending it again: their files, a base's documents."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.files import queries as file_queries
from chatelet.documents.files.tables import CLOSED, File
from chatelet.documents.files.views import name_of
from chatelet.identity.principal import Principal
from chatelet.knowledge import queries as knowledge
from chatelet.knowledge.errors import CollectionNotFound
from chatelet.policy.sensitivity import Label, Level
from chatelet.writing.services import WritingServices
from chatelet.writing.works.summary_schemas import SummarySourceList, SummarySourceOut

_LISTED: Final = 100


class Wanted(NamedTuple):
    """Where to look: a base, a conversation, else all of one's own; `words` are of a document's name."""

    collection_id: UUID | None = None
    conversation_id: UUID | None = None
    words: str = ""


async def sources(
    session: AsyncSession, services: WritingServices, principal: Principal, wanted: Wanted
) -> SummarySourceList:
    """Return what may be summarised, the last first; of a base, by name. Raises `CollectionNotFound`."""
    if wanted.collection_id is not None:
        return SummarySourceList(items=await _of_base(session, principal, wanted.collection_id, wanted.words))
    rows = await file_queries.looked_into(session, principal, _LISTED, holder_id=wanted.conversation_id)
    return SummarySourceList(items=[_own(services, row) for row in _open(rows)])


async def _of_base(
    session: AsyncSession, principal: Principal, collection_id: UUID, words: str
) -> list[SummarySourceOut]:
    base = await knowledge.collection(session, principal, collection_id)
    if base is None:
        raise CollectionNotFound
    wanted = knowledge.DocumentFilter(words=words)
    found = await knowledge.documents_page(session, principal, collection_id, wanted, after=None, limit=_LISTED)
    label = Label.of(base.collection.level, base.collection.categories)
    names = {row.file.id: row.document.name for row in found}
    open_ones = _open([row.file for row in found if row.file.state == "read" and row.file.characters])
    return [_shown(row, names[row.id], label.join(Label.of(row.level, row.categories))) for row in open_ones]


def _open(rows: Sequence[File]) -> list[File]:
    return [row for row in rows if row.error_code not in CLOSED]


def _own(services: WritingServices, row: File) -> SummarySourceOut:
    held = row.holder_id if row.holder_kind == "conversation" else None
    shown = _shown(row, name_of(services.documents, row), Label.of(row.level, row.categories))
    return shown.model_copy(update={"conversation_id": held})


def _shown(row: File, name: str, label: Label) -> SummarySourceOut:
    return SummarySourceOut(
        id=row.id,
        name=name,
        pages=row.pages,
        size=row.size_bytes,
        level=Level(label.level),
        categories=label.in_order,
        created_at=row.created_at,
    )
