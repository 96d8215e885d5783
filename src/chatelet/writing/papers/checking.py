"""What is written from papers, held against their passages: what no passage says goes, whatever the model wanted."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from chatelet.evidence.passage import Passage, Reason
from chatelet.writing.summary.checking import judged

_MARKERS: Final = re.compile(r"[ \t\u202f\u00a0]*[\[【]\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*[\]】]")
_EMPTY_ITEM: Final = re.compile(r"\s*(?:[-*•]+|\d{1,3}[.)])?\s*")  # what is left of a list whose sentence was not held


Lack = Reason | Literal["number_unknown"]  # a figure, a table or a formula that no passage names


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that nothing holds, and what it lacks."""

    text: str
    reason: Lack


@dataclass(frozen=True, slots=True)
class Checked:
    """`text` with the number of a passage after each sentence; `used` those numbers; `dropped` what nothing holds."""

    text: str
    used: frozenset[int]
    dropped: tuple[Dropped, ...]


def check(answer: str, passages: Sequence[Passage], lack: Callable[[str], Lack | None] | None = None) -> Checked:
    """Keep of an answer what a passage holds, cited by the passages that do; `lack` may find more wrong with it."""
    written: list[str] = []
    used: set[int] = set()
    dropped: list[Dropped] = []
    place = 0
    for one in judged(answer, passages):
        said = one.statement
        written.append(answer[place : said.start])
        place = max([said.end, *(marker.end for marker in said.markers)])
        reason = lack(said.text) if lack is not None else None
        if reason is None and one.citations and not one.is_held:
            reason = one.citations[0].reason
        if reason is not None:
            dropped.append(Dropped(said.text, reason))
            continue
        numbers = dict.fromkeys(citation.number for citation in one.citations if citation.verified)
        used |= set(numbers)
        written.append(_MARKERS.sub("", answer[said.start : said.end]) + "".join(f" [{number}]" for number in numbers))
    text = "".join([*written, answer[place:]])
    return Checked(_without_empty_items(text), frozenset(used), tuple(dropped))


def _without_empty_items(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    kept = "\n".join(line for line in lines if not line or not _EMPTY_ITEM.fullmatch(line))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()
