"""Screen: what a model writes passes the detectors as it comes; one that breaks holds the answer back (TA-109, TA-110).

piece -> keys and tokens masked -> shown, and read again with what is around it -> what is grave is said at the end
"""

from collections import Counter
from typing import Final

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat.events import NoticeEvent
from chatelet.chat.live import LiveTurn
from chatelet.chat.opening import AskedTurn
from chatelet.chat.services import ChatServices
from chatelet.kernel.logs import get_logger
from chatelet.policy.guardrails.detection import DetectorFailed
from chatelet.policy.guardrails.examination import DetectionFailed
from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.labels import label_of
from chatelet.policy.guardrails.masking import SecretMask
from chatelet.policy.guardrails.streaming import WRITTEN, DetectorStream
from chatelet.policy.sensitivity import Label, Level
from chatelet.sections import PolicySettings

_MARKED: Final = frozenset({Kind.SECRETS, Kind.MARKINGS})
log = get_logger(__name__)


class Screen:
    """Of one text. `found` counts what is said of it, by type; `masked` what nobody saw; `label` what it asks for."""

    def __init__(self, policy: PolicySettings, *, in_json: bool = False) -> None:
        kinds = frozenset(Kind(name) for name in policy.detectors) & WRITTEN
        self._mask = SecretMask(in_json=in_json) if policy.answer_secrets == "mask" and Kind.SECRETS in kinds else None
        self._stream = DetectorStream(kinds) if kinds else None
        self._broken = False
        self.found: Counter[str] = Counter()
        self.label = self.marked = Label(Level.PUBLIC)  # `marked`: what replacing names does not lower

    @property
    def masked(self) -> int:
        """How many keys and tokens were masked."""
        return self._mask.masked.total() if self._mask is not None else 0

    def feed(self, text: str) -> str:
        """Return what may be shown. Raises `DetectionFailed`: nothing is shown from there on."""
        return self._read(text, last=False)

    def flush(self) -> str:
        """Return what was held back."""
        return "" if self._broken else self._read("", last=True)

    def _read(self, text: str, *, last: bool) -> str:
        try:
            if self._mask is not None:
                text = self._mask.feed(text) + (self._mask.flush() if last else "")
            if self._stream is not None:
                self._count(self._stream.feed(text))
                if last:
                    self._count(self._stream.flush())
        except DetectorFailed as failure:
            self._broken = True
            log.exception("detection_failed", kind=failure.kind.value)
            raise DetectionFailed(kind=failure.kind.value) from None
        return text

    def _count(self, findings: list[Finding]) -> None:
        for one in findings:
            label = label_of([one])
            self.label = self.label.join(label)
            if one.kind is not Kind.PII:
                self.marked = self.marked.join(label)
            if one.kind in _MARKED or label.level.covers(Level.RESTRICTED):
                self.found[one.type] += 1


async def tell(services: ChatServices, asked: AskedTurn, live: LiveTurn, screen: Screen) -> None:
    """Say what was masked and what the answer holds: to the person, and in the journal."""
    if not screen.found and not screen.masked:
        return
    types = sorted(screen.found)
    live.tell(NoticeEvent(code="answer_screened", params={"masked": screen.masked, "types": " ".join(types)}))
    event = journal_events.AnswerScreened(
        turn_id=asked.opened.turn_id,
        conversation_id=asked.opened.conversation_id,
        masked=screen.masked,
        found=screen.found.total(),
        types=tuple(types[:32]),
    )
    async with services.database.transaction() as session:
        await journal.record(session, event, actor=asked.principal.person_id)
