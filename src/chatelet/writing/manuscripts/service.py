"""The verb on drafts: read, look for the references, pair the calls, compare the claims; then forget it all."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chatelet.connectors.scholarly import desk as scholarly
from chatelet.connectors.scholarly.desk import Desk
from chatelet.connectors.scholarly.references.checking import Checked
from chatelet.documents.services import DocumentServices
from chatelet.writing.manuscripts import claims, reading
from chatelet.writing.manuscripts.calls import calls_of
from chatelet.writing.manuscripts.claims import Claim
from chatelet.writing.manuscripts.pairing import Paired, never_called, pair
from chatelet.writing.manuscripts.raised import raised
from chatelet.writing.manuscripts.reading import Manuscript


@dataclass(frozen=True, slots=True)
class Report:
    """What was found of a draft. `paired` are all its calls; `uncalled` places in the list."""

    manuscript: Manuscript
    checked: Sequence[Checked]
    paired: Sequence[Paired]
    uncalled: Sequence[int]
    claims: Sequence[Claim]


async def check(services: DocumentServices, desk: Desk, person_id: UUID, data: bytes, name: str) -> Report:
    """Check a draft. Raises `ScholarlyClosed`, `ReferencesNotUnderstood`, and what reading a file raises."""
    desk.require_open()
    manuscript = await reading.read(services, data, name)
    paired = await asyncio.to_thread(_pair, manuscript)
    checked = await scholarly.check_known(desk, person_id, manuscript.references)
    compared = await asyncio.to_thread(claims.compare, manuscript.body, paired, checked)
    uncalled = [] if manuscript.calls_all else never_called(paired, manuscript.references)
    return Report(manuscript, checked, paired, uncalled, compared)


def _pair(manuscript: Manuscript) -> list[Paired]:
    """Pair the calls on the line; a draft that has none may have them above it."""
    body, references = manuscript.body, manuscript.references
    found = pair(calls_of(body, keys=manuscript.keys), references)
    if found or manuscript.keys:
        return found
    return pair(list(raised(body, sum((one.label or "").isdigit() for one in references))), references)
