"""What a text asks for before it goes anywhere: its findings, the label they give it, what may be done with it.

text -> detectors -> findings -> verdict ──> refuse (a defence marking): nothing is kept, an alert without the words
                             └─> label ──> joined with that of where the text enters, which chooses the places

A detector that breaks stops the text (TA-110). Switched off, a detector changes no other rule: labels of files,
collections and conversations hold by themselves (TA-042).
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from chatelet.kernel.errors import AppError
from chatelet.kernel.logs import get_logger
from chatelet.policy.errors import Refusal
from chatelet.policy.guardrails.detection import ALL_KINDS, DetectorFailed, detect
from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.labels import Verdict, label_of, verdict_of
from chatelet.policy.guardrails.markings.declared import Declared
from chatelet.policy.sensitivity import Label, Level

log = get_logger(__name__)


class DetectionFailed(AppError):
    """A safeguard broke: what it could not read does not leave."""

    code = "detection_failed"
    status = 503


class MarkingRefused(Refusal):
    """A defence marking above what any installation of this product may hold. Nothing of the text is kept."""

    code = "marking_refused"


@dataclass(frozen=True, slots=True)
class Examination:
    """`label` is public when nothing was found: join it with that of where the text enters."""

    findings: tuple[Finding, ...]
    label: Label
    verdict: Verdict

    @property
    def types(self) -> dict[str, int]:
        """Return how many of each type were found, most first: what may be shown, stored and journalled."""
        return dict(Counter(finding.type for finding in self.findings).most_common())

    @property
    def marked(self) -> Label:
        """What of the label comes from markings and secrets: replacing names does not lower it."""
        return label_of(finding for finding in self.findings if finding.kind is not Kind.PII)

    def require_kept(self) -> None:
        """Raise `MarkingRefused` when the text may not even be stored."""
        if self.verdict is Verdict.QUARANTINE:
            raise MarkingRefused(markings=" ".join(sorted(self.of(Kind.MARKINGS))))

    def of(self, kind: Kind) -> frozenset[str]:
        """Return the types found of a kind."""
        return frozenset(finding.type for finding in self.findings if finding.kind is kind)


NOTHING: Final = Examination((), Label(Level.PUBLIC), Verdict.ALLOW)


def examine(text: str, kinds: Collection[Kind] = ALL_KINDS, declared: Declared | None = None) -> Examination:
    """Read a text with the detectors that are on, and declared markings as `detect` does. Raises `DetectionFailed`."""
    if not text or not kinds:
        return NOTHING
    try:
        findings = detect(text, frozenset(kinds), declared)
    except DetectorFailed as failure:
        log.exception("detection_failed", kind=failure.kind.value)
        raise DetectionFailed(kind=failure.kind.value) from None
    return Examination(tuple(findings), label_of(findings), verdict_of(findings)) if findings else NOTHING
