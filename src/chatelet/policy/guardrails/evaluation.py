"""`chatelet eval detect`: what the detectors find in an institution's own texts, one line for each.

A line that cannot be read is told in its place and stops no other.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from chatelet.policy.guardrails.detection import ALL_KINDS, DetectorFailed, detect
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.labels import Verdict, label_of, verdict_of


def run(source: Path, out: Path, kinds: frozenset[Kind] = ALL_KINDS) -> tuple[int, int]:
    """Read `{id, text}` lines and write what was found; return how many lines were read, and how many could not be."""
    read = failed = 0
    with (
        source.open("r", encoding="utf-8", errors="replace", newline="\n") as lines,
        out.open("w", encoding="utf-8") as written,
    ):
        for answer in answers(lines, kinds):
            read += 1
            failed += "error" in answer
            written.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return read, failed


def answers(lines: Iterable[str], kinds: frozenset[Kind]) -> Iterator[dict[str, Any]]:
    """Give one answer for each line that is not empty."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(number, line, kinds)


def _answer(number: int, line: str, kinds: frozenset[Kind]) -> dict[str, Any]:
    identity: object = None
    try:
        entry: object = json.loads(line.lstrip("\ufeff"))
        fields = cast("dict[str, object]", entry) if isinstance(entry, dict) else {}
        identity = fields.get("id", number)
        text = fields.get("text")
        if not isinstance(text, str):
            return _unread(identity if fields else number, "no_text")
        return _told(identity, text, kinds)
    except (ValueError, RecursionError):
        return _unread(number, "not_json")
    except DetectorFailed:
        return _unread(identity, "detector_failed")


def _told(identity: object, text: str, kinds: frozenset[Kind]) -> dict[str, Any]:
    findings = detect(text, kinds)
    label = label_of(findings)
    spans = [
        {
            "start": found.start,
            "end": found.end,
            "type": found.type,
            "kind": found.kind.value,
            "value": text[found.start : found.end],
        }
        for found in findings
    ]
    return {
        "id": identity,
        "spans": spans,
        "level": label.level.value,
        "categories": sorted(label.categories),
        "verdict": verdict_of(findings).value,
    }


def _unread(identity: object, why: str) -> dict[str, Any]:
    """Answer for a line that could not be looked at: it does not leave (TA-110)."""
    return {"id": identity, "spans": [], "level": None, "categories": [], "verdict": Verdict.BLOCK.value, "error": why}
