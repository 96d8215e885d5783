"""Scores the detectors on the sets of evals/detect: `python -m evals.score_detect [pii|secrets|markings|injection] [--show]`.

`--fresh`: on the sets of evals/detect/fresh, written before the rules were looked at again, and of which causes were mended since.

A finding is right when it is of the type expected and covers at least half of the place, and the place half of it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chatelet.policy.guardrails.detection import detect
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.labels import Verdict, verdict_of
from evals.annotated import records
from evals.detect import making
from evals.make_detect import makers

FOLDER = Path(__file__).parent / "detect"
Place = tuple[int, int, str]


def main() -> None:
    """Print recall and precision by type."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", default=[kind.value for kind in Kind])
    parser.add_argument("--show", action="store_true", help="print what was missed and what was found in error")
    parser.add_argument("--fresh", action="store_true", help="the sets of evals/detect/fresh")
    chosen = parser.parse_args()
    for name in chosen.kinds:
        if not chosen.fresh:
            entries = map(json.loads, (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())
            _score(Kind(name), entries, show=chosen.show)
        elif (fresh := FOLDER / "fresh" / f"{name}.txt").is_file():
            _score(Kind(name), records(fresh, makers(making.Maker(7))), show=chosen.show)


@dataclass
class Tally:
    """What was expected and what was found, by type."""

    wanted: Counter[str] = field(default_factory=Counter[str])
    hit: Counter[str] = field(default_factory=Counter[str])
    exact: Counter[str] = field(default_factory=Counter[str])
    told: Counter[str] = field(default_factory=Counter[str])
    right: Counter[str] = field(default_factory=Counter[str])

    def add(self, gold: Sequence[Place], found: Sequence[Place]) -> tuple[list[Place], list[Place]]:
        """Count the places of one text; return those missed, and those found in error."""
        missed = [place for place in gold if not any(_same(place, one) for one in found)]
        wrong = [one for one in found if not any(_same(place, one) for place in gold)]
        self.wanted.update(place[2] for place in gold)
        self.hit.update(place[2] for place in gold if place not in missed)
        self.exact.update(place[2] for place in gold if any(place[:2] == one[:2] for one in found))
        for one in found:
            name = next((place[2] for place in gold if _same(place, one)), one[2])
            self.told[name] += 1
            self.right[name] += one not in wrong
        return missed, wrong

    def recall(self, *names: str) -> float:
        """Return the share of the places of these types (of all, without names) that were found."""
        return _share(self.hit, self.wanted, names)

    def precision(self, *names: str) -> float:
        """Return the share of what was told of these types that was right."""
        return _share(self.right, self.told, names)


def _share(part: Counter[str], whole: Counter[str], names: Sequence[str]) -> float:
    chosen = names or tuple(whole)
    return sum(part[name] for name in chosen) / (sum(whole[name] for name in chosen) or 1)


def _score(kind: Kind, entries: Iterable[dict[str, Any]], *, show: bool) -> None:
    tally = Tally()
    disturbed = clean = 0
    for entry in entries:
        text = entry["text"]
        gold: list[Place] = [(span["start"], span["end"], span["type"]) for span in entry["spans"]]
        findings = detect(text, frozenset({kind}))
        missed, wrong = tally.add(gold, [(one.start, one.end, one.type) for one in findings])
        if not gold:
            clean += 1
            disturbed += verdict_of(findings) is not Verdict.ALLOW
        if show:
            for told, places in (("missed", missed), ("wrong ", wrong)):
                for start, end, name in places:
                    around = text[max(0, start - 50) : end + 20]
                    print(f"  {told} {entry['id']} {name}: {text[start:end]!r}  …{around!r}")
    print(f"{kind}: {clean} texts without anything, {disturbed} disturbed")
    for name in sorted(tally.wanted | tally.told):
        recall, precision = tally.recall(name), tally.precision(name)
        exact = tally.exact[name] / (tally.wanted[name] or 1)
        print(f"  {name:22} {tally.wanted[name]:4}  recall {recall:.3f}  precision {precision:.3f}  exact {exact:.2f}")


def _same(gold: Place, found: Place) -> bool:
    shared = min(gold[1], found[1]) - max(gold[0], found[0])
    close = 2 * shared >= gold[1] - gold[0] and 2 * shared >= found[1] - found[0]
    if gold[2] == "any":
        return shared > 0
    return close and gold[2] in {found[2], "secret_any"}


if __name__ == "__main__":
    main()
