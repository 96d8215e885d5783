"""Numbers of passages as a reader meets them: from 1, in the order of the text. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from chatelet.writing.papers.schemas import HeldOut

_NUMBER: Final = re.compile(r"\[(\d{1,3})\]")


def renumbered(text: str, held: Sequence[HeldOut]) -> tuple[str, list[HeldOut]]:
    """Return a checked text and its passages with those numbers."""
    known = {one.number for one in held}
    cited = list(dict.fromkeys(number for found in _NUMBER.findall(text) if (number := int(found)) in known))
    rank = {number: place for place, number in enumerate(cited, 1)}
    written = _NUMBER.sub(lambda one: f"[{rank[int(one[1])]}]" if int(one[1]) in rank else one[0], text)
    kept = [one.model_copy(update={"number": rank[one.number]}) for one in held if one.number in rank]
    return written, sorted(kept, key=lambda one: one.number)
