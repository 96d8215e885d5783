"""What is written from papers, held against their passages: what no passage says goes, whatever the model wanted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.evidence.passage import Passage
from chatelet.writing.summary.checking import judged

_MARKERS: Final = re.compile(r"[ \t\u202f\u00a0]*[\[【]\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*[\]】]")


@dataclass(frozen=True, slots=True)
class Checked:
    """`text` with the number of a passage after each sentence; `used` those numbers; `dropped` what nothing holds."""

    text: str
    used: frozenset[int]
    dropped: tuple[str, ...]


def check(answer: str, passages: Sequence[Passage]) -> Checked:
    """Keep of an answer what a passage holds, cited by the passages that do."""
    written: list[str] = []
    used: set[int] = set()
    dropped: list[str] = []
    place = 0
    for one in judged(answer, passages):
        said = one.statement
        written.append(answer[place : said.start])
        place = max([said.end, *(marker.end for marker in said.markers)])
        if one.citations and not one.is_held:
            dropped.append(said.text)
            continue
        numbers = dict.fromkeys(citation.number for citation in one.citations if citation.verified)
        used |= set(numbers)
        written.append(_MARKERS.sub("", answer[said.start : said.end]) + "".join(f" [{number}]" for number in numbers))
    text = "".join([*written, answer[place:]])
    return Checked(_without_empty_items(text), frozenset(used), tuple(dropped))


def _without_empty_items(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line.strip(" -*•") or not line.strip()).strip()
