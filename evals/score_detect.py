"""Scores the detectors on the sets of evals/detect: `python -m evals.score_detect [pii|secrets|markings|injection] [--show]`.

`--fresh`: on the sets of evals/detect/fresh, written before the rules were looked at again, and of which causes were mended since.

A finding is right when it is of the type expected and covers at least half of the place, and the place half of it.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
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


def _score(kind: Kind, entries: Iterable[dict[str, Any]], *, show: bool) -> None:
    wanted, hit, exact, told, right = Counter[str](), Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    disturbed = clean = 0
    for entry in entries:
        text = entry["text"]
        gold: list[Place] = [(span["start"], span["end"], span["type"]) for span in entry["spans"]]
        findings = detect(text, frozenset({kind}))
        found: list[Place] = [(one.start, one.end, one.type) for one in findings]
        if not gold:
            clean += 1
            disturbed += verdict_of(findings) is not Verdict.ALLOW
        for place in gold:
            wanted[place[2]] += 1
            hit[place[2]] += any(_same(place, one) for one in found)
            exact[place[2]] += any(place[:2] == one[:2] for one in found)
            if show and not any(_same(place, one) for one in found):
                print(
                    f"  missed {entry['id']} {place[2]}: {text[place[0] : place[1]]!r}  …{text[max(0, place[0] - 50) : place[1] + 20]!r}"
                )
        for one in found:
            name = next((place[2] for place in gold if _same(place, one)), one[2])
            told[name] += 1
            right[name] += any(_same(place, one) for place in gold)
            if show and not any(_same(place, one) for place in gold):
                print(
                    f"  wrong  {entry['id']} {one[2]}: {text[one[0] : one[1]]!r}  …{text[max(0, one[0] - 50) : one[1] + 20]!r}"
                )
    print(f"{kind}: {clean} texts without anything, {disturbed} disturbed")
    for name in sorted(wanted | told):
        recall, precision = hit[name] / (wanted[name] or 1), right[name] / (told[name] or 1)
        print(
            f"  {name:22} {wanted[name]:4}  recall {recall:.3f}  precision {precision:.3f}  exact {exact[name] / (wanted[name] or 1):.2f}"
        )


def _same(gold: Place, found: Place) -> bool:
    shared = min(gold[1], found[1]) - max(gold[0], found[0])
    close = 2 * shared >= gold[1] - gold[0] and 2 * shared >= found[1] - found[0]
    if gold[2] == "any":
        return shared > 0
    return close and gold[2] in {found[2], "secret_any"}


if __name__ == "__main__":
    main()
