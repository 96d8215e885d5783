"""Whether what was found has to do with the question at all: a search that finds nothing says so (abstention).

Calibrated on questions put to a corpus with and without the pages that answer them (docs/adr/0023): at these bounds
3 in 100 answerable questions are given up, and more than half of the others.
"""

from collections.abc import Sequence
from typing import Final

_WITH_VECTORS: Final = 0.64
_WORDS_ONLY: Final = 0.33
_ABROAD: Final = 0.45  # of a passage in another language, where the question's words are not to be expected


def fits(coverage: float, cosines: Sequence[float | None], *, abroad: bool = False) -> bool:
    """Tell whether a passage holding `coverage` (0 to 1) of the question, this near to it, may answer it."""
    known = [cosine for cosine in cosines if cosine is not None]
    if not known:
        return coverage >= _WORDS_ONLY
    return coverage + sum(known) / len(known) >= (_ABROAD if abroad else _WITH_VECTORS)
