"""How faithful the check of citations is: `python -m evals.score_faithfulness [--show]` (evals/README.md).

Each line of `faithfulness/*.txt` is a passage (`=`), then sentences that it supports (`+`) or does not (`-`). A
sentence is given to the machine as an answer that cites the passage. Faithfulness is the share of the sentences shown as
verified that are supported (TA-143); the other figure is the share of supported sentences that are shown as verified.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatelet.evidence.passage import Passage
from chatelet.evidence.statements import StatementStream
from chatelet.evidence.support import Support

FOLDER = Path(__file__).parent / "faithfulness"


@dataclass(frozen=True)
class Line:
    passage: str
    sentence: str
    supported: bool


def lines() -> Iterator[Line]:
    """Read the sets."""
    for path in sorted(FOLDER.glob("*.txt")):
        passage = ""
        for text in path.read_text("utf-8").splitlines():
            sign, words = text[:1], text[2:].strip()
            if sign == "=":
                passage = words
            elif sign in "+-" and words:
                yield Line(passage, words, sign == "+")


def is_verified(line: Line) -> bool:
    """Tell whether the page would show the sentence as verified."""
    machine, support = StatementStream(), Support([Passage(line.passage, number=1)])
    found = machine.feed(f"{line.sentence} [1]") + machine.flush()
    return all(citation.verified for one in found for citation in support.check(one))


def figures(judged: Sequence[tuple[Line, bool]]) -> tuple[float, float]:
    """Return the share of verified sentences that are supported, and of supported ones that are verified."""
    verified = [line.supported for line, shown in judged if shown]
    supported = [shown for line, shown in judged if line.supported]
    return sum(verified) / len(verified), sum(supported) / len(supported)


def main() -> None:
    """Print the two figures."""
    judged = [(line, is_verified(line)) for line in lines()]
    faithful, found = figures(judged)
    print(f"{len(judged)} sentences, {sum(line.supported for line, _ in judged)} of them supported")
    print(f"shown as verified and supported: {faithful:.3f}; supported and shown as verified: {found:.3f}")
    if "--show" in sys.argv:
        for line, shown in judged:
            if shown != line.supported:
                print("+" if line.supported else "-", line.sentence)


if __name__ == "__main__":
    main()
