"""Everything of one person, everywhere at once: one transaction that ends with the certificate, or changes nothing.

    weigh -> each domain erases, identity last -> jobs that name the person -> blobs -> certificate -> commit

Blobs go before the commit, when their keys are gone in the transaction: were it to fail, the job runs again until done,
and nothing that was asked to be erased is ever missed. The journal keeps the person's bare identifier, which no
table explains any more.
"""

from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.files import service as files
from chatelet.kernel import clock, jobs
from chatelet.knowledge import forgetting as documents
from chatelet.privacy.certificates.certificate import Destroyed, Reason
from chatelet.privacy.certificates.service import Deed, certify
from chatelet.privacy.rights import queries
from chatelet.privacy.rights.tables import PrivacyRequest
from chatelet.privacy.services import PrivacyServices

_WEIGH: Final = """
SELECT count(*), coalesce(sum((SELECT count(*) FROM turns WHERE conversation_id = conversations.id)), 0),
    coalesce(sum((SELECT count(*) FROM messages WHERE conversation_id = conversations.id)), 0)
FROM conversations WHERE person_id = :person
"""
# Beside those of conversations and files.
_KEYS: Final = """
SELECT (SELECT count(*) FROM works WHERE person_id = :person)
    + (SELECT count(*) FROM researches WHERE person_id = :person)
    + (SELECT count(*) FROM glossaries WHERE person_id = :person)
    + (SELECT count(*) FROM templates WHERE person_id = :person)
"""


async def erase(services: PrivacyServices, request_id: UUID) -> UUID | None:
    """Erase the person of a request; return the certificate. Raises `StorageUnavailable`, to be tried again."""
    began = clock.now()
    async with services.database.transaction() as session:
        row = await queries.by_id(session, request_id)
        if row is None or row.person_id is None or row.kind != "erasure":
            return None
        person_id = row.person_id
        reason: Reason = "idle" if row.origin == "idle" else "person"
        destroyed, left = await _destroy(session, services, person_id)
        deed = Deed(reason, began, destroyed, {}, person_id, left)
        certificate = await certify(session, services.settings, services.signing, deed)
        await session.refresh(row)
        await _close(session, row, certificate)
        erased = events.PersonErased(person_id=person_id, rows=sum(destroyed.rows.values()))
        await journal.record(session, erased, actor=None)
    return certificate


async def erase_again(session: AsyncSession, services: PrivacyServices, person_id: UUID) -> None:
    """Erase somebody who had been erased once already, and came back with a backup; certified and told the same way."""
    began = clock.now()
    destroyed, left = await _destroy(session, services, person_id)
    await certify(session, services.settings, services.signing, Deed("person", began, destroyed, {}, person_id, left))
    erased = events.PersonErased(person_id=person_id, rows=sum(destroyed.rows.values()))
    await journal.record(session, erased, actor=None)


async def _destroy(session: AsyncSession, services: PrivacyServices, person_id: UUID) -> tuple[Destroyed, int | None]:
    """Destroy; return the figures, and how many versions of documents the search server is still to let go of."""
    weighed = await session.execute(text(_WEIGH), {"person": person_id})
    conversations, turns, messages = weighed.one()
    keys = await session.scalar(text(_KEYS), {"person": person_id}) or 0
    own = await documents.own_documents(session, person_id)
    weight = await documents.weigh(session, own)
    held = {*weight.files, *await files.of_person(session, person_id)}
    rows: dict[str, int] = {"turns": int(turns), "messages": int(messages)}
    rows |= {"documents": len(own), "passages": weight.passages}
    for name, holding in services.holdings.items():
        domain = {"conversations": "conversations_and_folders", "documents": "files"}.get(name, name)
        rows[domain] = await holding.erase(session, person_id)
    rows["jobs"] = await jobs.forget(session, str(person_id))
    gone = held - await files.existing(session, held)
    blobs = 0
    for identifier in sorted(gone):
        blobs += await services.storage.delete_all(str(identifier))
    rows["jobs"] += await jobs.forget_all(session, "file", gone)  # to read them, to delete what is deleted
    destroyed = Destroyed(
        rows={name: count for name, count in rows.items() if count},
        keys=int(conversations) + int(keys) + len(gone),
        blobs=blobs,
        vectors=weight.vectors,
    )
    return destroyed, services.left_in_search_server(weight.versions)


async def _close(session: AsyncSession, row: PrivacyRequest, certificate: UUID) -> None:
    row.state, row.closed_at, row.certificate_id = "done", clock.now(), certificate
    await session.flush()
    await journal.record(session, events.RequestClosed(request_id=row.id, kind="erasure", outcome="done"), actor=None)
