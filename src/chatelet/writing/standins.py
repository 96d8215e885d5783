"""Names replaced in what a work asks of a model, and put back in what it writes: as in a turn (ADR 0035).

    request -> texts swapped, read again ─┬─> an identifier is left, or a picture: refused, nothing leaves
                                          └─> a clearance for these words -> model -> originals back -> judged, kept

One ledger for a run of the work, in the memory of its process alone: it grows from one batch to the next, so that a
person has one stand-in throughout, and is gone with the run. What is kept of a work has its originals.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from dataclasses import replace as with_

from chatelet.audit import journal
from chatelet.audit.events import Event
from chatelet.inference.exchange import ChatRequest
from chatelet.inference.routing import Choice
from chatelet.kernel.logs import get_logger
from chatelet.policy.clearance import Clearance
from chatelet.policy.guardrails.detection import DetectorFailed
from chatelet.policy.guardrails.examination import DetectionFailed
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms.allotting import new_ledger
from chatelet.policy.guardrails.pseudonyms.errors import IdentifierLeft
from chatelet.policy.guardrails.pseudonyms.ledger import Ledger
from chatelet.policy.guardrails.pseudonyms.replacing import Replaced, replace
from chatelet.policy.guardrails.pseudonyms.restoring import restore
from chatelet.writing.services import WritingServices

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it leaves, for whom, and the way back."""

    request: ChatRequest
    clearance: Clearance
    choice: Choice
    ledger: Ledger

    def back(self, text: str) -> str:
        """Return what was written, with its originals."""
        return restore(text, self.ledger)


@dataclass(slots=True)
class StandIns:
    """Of one run of one work. `least` is the clearance of the words that are left once names are replaced.

    `told` makes its line of the journal.
    """

    services: WritingServices
    told: Callable[..., Event]
    least: Clearance
    model: str
    ledger: Ledger = field(default_factory=new_ledger)
    _growing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def leave(self, request: ChatRequest) -> Sent:
        """Return what leaves. Raises `IdentifierLeft` and other refusals, `DetectionFailed`: then nothing does."""
        if request.pictures:
            raise IdentifierLeft(types="picture")
        texts = [message.content for message in request.messages]
        async with self._growing:
            found = await self._replaced(texts)
            if found.left:
                raise IdentifierLeft(types=" ".join(found.left))
            clearance = self.least.tighten(found.label)
            choice = self.services.gateway.choose(clearance, self.model)
            if found.ledger != self.ledger:
                await self._tell(clearance, choice, found)
            self.ledger = found.ledger
        put = tuple(with_(message, content=text) for message, text in zip(request.messages, found.texts, strict=True))
        return Sent(with_(request, messages=put), clearance, choice, found.ledger)

    async def _replaced(self, texts: list[str]) -> Replaced:
        kinds = frozenset(Kind(name) for name in self.services.settings.policy.detectors)
        try:
            return await asyncio.to_thread(replace, texts, self.ledger, kinds)
        except DetectorFailed as failure:
            log.exception("detection_failed", kind=failure.kind.value)
            raise DetectionFailed(kind=failure.kind.value) from None

    async def _tell(self, clearance: Clearance, choice: Choice, found: Replaced) -> None:
        """Journal, before anything leaves, that names were met which had not been."""
        counts = found.counts
        event = self.told(
            model=choice.first.id,
            level=clearance.label.level.value,
            categories=tuple(clearance.label.names),
            replaced=sum(counts.values()),
            types=tuple(sorted(counts)),
        )
        async with self.services.database.transaction() as session:
            await journal.record(session, event, actor=clearance.person_id)
