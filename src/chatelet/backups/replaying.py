"""Destroys again what a backup brought back: whatever the newest ledger of its set says was destroyed on purpose.

Persons first, whole, by the verb that erased them; then conversations (keys, then rows), documents, files, collections.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.conversations import forgetting as conversations
from chatelet.documents.files import service as files
from chatelet.kernel import clock
from chatelet.knowledge import forgetting as documents
from chatelet.privacy.certificates.certificate import Destroyed
from chatelet.privacy.certificates.service import Deed, certify
from chatelet.privacy.destroyed.ledger import back_again
from chatelet.privacy.rights import erasure
from chatelet.privacy.services import PrivacyServices

_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was destroyed again."""

    persons: int = 0
    conversations: int = 0
    documents: int = 0
    files: int = 0

    @property
    def anything(self) -> bool:
        """Whether something had come back."""
        return bool(self.persons or self.conversations or self.documents or self.files)


async def replay(session: AsyncSession, services: PrivacyServices) -> Replayed:
    """Destroy again, in the caller's transaction; certified."""
    began = clock.now()
    persons = await back_again(session, "persons")
    for person_id in persons:
        await erasure.erase_again(session, services, person_id)
    threads = await back_again(session, "conversations")
    await conversations.destroy_keys(session, threads, clock.now())
    while (await conversations.remove(session, _AT_ONCE)).conversations:
        pass
    papers = await back_again(session, "documents")
    await documents.remove_again(session, papers, await back_again(session, "collections"))
    blobs = await files.delete_again(session, await back_again(session, "files"))
    done = Replayed(len(persons), len(threads), len(papers), blobs)
    if done.conversations or done.documents or done.files:
        rows = {"conversations": done.conversations, "documents": done.documents, "files": done.files}
        gone = Destroyed(rows=rows, keys=done.conversations + done.files)
        await certify(session, services.settings, services.signing, Deed("retention", began, gone, {}))
    return done
