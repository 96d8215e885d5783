"""A passage offered to the model, with the name of what it is from."""

from dataclasses import dataclass

from chatelet.evidence.passage import Passage


@dataclass(frozen=True, slots=True)
class Offered:
    """`passage.number` is how the model cites it; `name` is the document's, as its readers know it."""

    passage: Passage
    name: str
