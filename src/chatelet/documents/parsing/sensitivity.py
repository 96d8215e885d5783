"""What detectors find in a document, in the process that read it: words that may not be kept never leave that process.

text, in pieces that end with a line -> detectors -> types and counts, a label, a verdict; never a place nor a word
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from chatelet.documents.parsing.document import ParsedDocument, Sensitivity
from chatelet.documents.parsing.outcome import NotRead, refused, without_text
from chatelet.policy.guardrails.detection import DetectorFailed, detect
from chatelet.policy.guardrails.findings import Finding, Kind
from chatelet.policy.guardrails.labels import Verdict, label_of, verdict_of
from chatelet.policy.guardrails.markings.declared import Declared

_PIECE: Final = 50_000  # characters: detectors hold several copies of what they read
_TOLD: Final = 40  # types, most found first
_NONE: Final = Declared()


def examined(document: ParsedDocument, detectors: Sequence[str], declared: Declared = _NONE) -> ParsedDocument:
    """Return the document with what was found in it; without its text when that may not be kept (TA-102, TA-110)."""
    kinds = frozenset(Kind(name) for name in detectors)
    if not kinds or not (document.text or document.attachments):
        return document
    found: Counter[Finding] = Counter()
    try:
        for piece in _pieces(document):
            found.update(Finding(0, 0, one.kind, one.type) for one in detect(piece, kinds, declared))
    except DetectorFailed as failure:
        return without_text(document.kind, refused("detection_failed", kind=failure.kind.value))
    if not found:
        return document
    label, verdict = label_of(found), verdict_of(found)
    types = {one.type: count for one, count in found.most_common(_TOLD)}
    marked = label_of(one for one in found if one.kind is Kind.MARKINGS).level
    told = Sensitivity(label.level.value, marked.value, label.names, verdict.value, types)
    if verdict is Verdict.QUARANTINE:
        return _noted(without_text(document.kind, _marked(found)), told)
    return _noted(document, told)


def warm() -> None:
    """Read the lists of the detectors once, before any file is there: each reader's process is forked from this one."""
    detect("Madame Martin, née le 3 mars 1970, suivie pour un diabète.")


def _marked(found: Counter[Finding]) -> NotRead:
    markings = sorted({one.type for one in found if one.kind is Kind.MARKINGS})
    return refused("marking_refused", markings=" ".join(markings))


def _noted(document: ParsedDocument, told: Sensitivity) -> ParsedDocument:
    return replace(document, report=replace(document.report, sensitivity=told))


def _pieces(document: ParsedDocument) -> Iterator[str]:
    start, text = 0, document.text
    while start < len(text):
        end = min(len(text), start + _PIECE)
        if end < len(text):
            end = text.rfind("\n", start + 1, end) + 1 or end
        yield text[start:end]
        start = end
    for one in document.attachments:
        yield one.name
        yield from _pieces(one.document)
