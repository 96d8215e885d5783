"""Which passages of the given files are shown to the model, when all do not fit.

everything fits                      -> everything
the task is on the whole document    -> every part of it in proportion, from its beginning to its end (never top-k)
a question                           -> the passages that fit it best, in the order of the document, with neighbours
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol, TypeVar
from uuid import UUID

from chatelet.evidence.passage import Passage
from chatelet.kernel.text import fold
from chatelet.knowledge import among

_WHOLE: Final = re.compile(
    r"\b(?:resum\w*|synthe\w*|summar\w*|sum up|tl;?dr|tradui\w*|translat\w*|compte[ -]rendu|points? cles?"
    r"|key (?:points?|takeaways?|findings?|messages?)|takeaways?|gist"
    r"|main (?:points?|ideas?|findings?|messages?|takeaways?)"
    r"|grandes lignes|idees? principales?|de quoi (?:parle|traite|s'agit|ca parle|il s'agit|il est question)"
    r"|recap\w*|condens\w*|l'essentiel|dans l'ensemble|a retenir"
    r"|que (?:faut-il|peut-on|doit-on|dois-je) (?:en )?retenir"
    r"|(?:principa(?:les|ux)|points?) (?:conclusions?|points?|idees?|enseignements?|messages?|apports?|importants?)"
    r"|(?:que|qu'est-ce que) (?:dit|contient|raconte|conclut) (?:ce|cet|cette|le|la|l'|mon|ma)"
    r" ?(?:document|texte|fichier|rapport|note)(?=\W*$)"
    r"|what does (?:this|the|my|that) (?:document|text|file|report|note|paper) (?:say|contain|conclude|cover)(?=\W*$)"
    r"|(?:liste|enumere|releve|recense|list|enumerate|extract|extrais)\w* (?:moi )?"
    r"(?:toutes?|tous|l'ensemble|all|every|each)"
    r"|what (?:is|does) .{0,40}\babout|plan (?:du|de la|detaille)|outline|overview|vue d'ensemble|(?:tout|entier) le"
    r" (?:document|texte)|whole (?:document|text)|relis|proofread|corrige\w*|reformule\w*|rewrite)\b"
)


Manner = Literal["whole", "spread", "best"]  # all of it, parts from one end to the other, what fits the question best


@dataclass(frozen=True, slots=True)
class Readable:
    """A file's passages, in order."""

    file_id: UUID
    name: str
    passages: tuple[Passage, ...]
    pages: int = 0
    recognised: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shown of a file: some of its `total` passages, `percent` of its characters."""

    file_id: UUID
    name: str
    passages: tuple[Passage, ...]
    total: int
    pages: int
    manner: Manner
    percent: int
    recognised: int = 0


class _Sized(Protocol):
    @property
    def passage(self) -> Passage: ...


_S = TypeVar("_S", bound=_Sized)


def concerns_the_whole(question: str) -> bool:
    """Tell whether the question is a task on a whole document (summary, translation, outline…)."""
    return _WHOLE.search(fold(question)) is not None


def choose(files: Sequence[Readable], question: str, characters: int) -> list[Chosen]:
    """Return what to show of each file, at most `characters` together."""
    if sum(_length(file.passages) for file in files) <= characters:
        return [_chosen(file, file.passages, "whole") for file in files]
    if concerns_the_whole(question):
        return [_chosen(file, _spread(file.passages, share), "spread") for file, share in _shares(files, characters)]
    texts = [(file.file_id, passage) for file in files for passage in file.passages]
    best = among.best(question, [passage.text for _file, passage in texts], characters)
    if not best:  # other words, or another language: what little can be shown is shown evenly, and told so
        return [_chosen(file, _spread(file.passages, share), "spread") for file, share in _shares(files, characters)]
    kept = {(texts[place][0], texts[place][1].offset) for place in best}
    return [
        _chosen(file, tuple(passage for passage in file.passages if (file.file_id, passage.offset) in kept), "best")
        for file in files
    ]


def within(found: Sequence[_S], characters: int) -> list[_S]:
    """Return the first of `found` that fit in `characters`."""
    kept: list[_S] = []
    for one in found:
        characters -= len(one.passage.text)
        if characters < 0:
            break
        kept.append(one)
    return kept


def _shares(files: Sequence[Readable], characters: int) -> list[tuple[Readable, int]]:
    whole = sum(_length(file.passages) for file in files) or 1
    return [(file, characters * _length(file.passages) // whole) for file in files]


def _spread(passages: Sequence[Passage], characters: int) -> tuple[Passage, ...]:
    """Return passages taken evenly from the first to the last; each is cut short when there would be too few."""
    if not passages:
        return ()
    average = max(1, _length(passages) // len(passages))
    number = max(1, min(len(passages), characters // min(average, 400)))
    step = (len(passages) - 1) / max(1, number - 1)
    taken = [passages[round(index * step)] for index in range(number)]
    room = max(1, characters // number)
    return tuple(replace(one, text=_beginning(one.text, room)) for one in taken)


def _beginning(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    cut = max(text.rfind(mark, 0, room) for mark in (". ", ".\n", "\n", " "))
    return text[: cut + 1] if cut > room // 2 else text[:room]


def _length(passages: Sequence[Passage]) -> int:
    return sum(len(passage.text) for passage in passages)


def _chosen(file: Readable, passages: tuple[Passage, ...], manner: Manner) -> Chosen:
    whole, shown = _length(file.passages), _length(passages)
    percent = 100 if shown == whole else max(1, min(99, 100 * shown // whole)) if shown else 0
    told: Manner = "whole" if shown == whole else manner
    return Chosen(file.file_id, file.name, passages, len(file.passages), file.pages, told, percent, file.recognised)
