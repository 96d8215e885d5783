"""Words of the question that stand close together in a passage say more than the same words far apart.

For each pair of different terms next to each other among those found, at most `_REACH` terms away: the rarity of the
more common one, times how close they are (Y. Rasolofo, J. Savoy, "Term proximity scoring", ECIR 2003, saturated).
"""

from collections.abc import Mapping, Sequence
from typing import Final

_REACH: Final = 8
_WEIGHT: Final = 1.0


def proximity(terms: Sequence[str], rarity: Mapping[str, float]) -> float:
    """Return what closeness adds to the BM25 score of a passage that reads `terms`."""
    closeness: dict[tuple[str, str], float] = {}
    last, last_place = "", -_REACH - 1
    for place, term in enumerate(terms):
        if term not in rarity:
            continue
        if term != last and place - last_place <= _REACH:
            pair = (last, term) if last < term else (term, last)
            closeness[pair] = closeness.get(pair, 0.0) + 1 / (place - last_place) ** 2
        last, last_place = term, place
    return _WEIGHT * sum(
        min(rarity[one], rarity[other]) * close / (close + 1) for (one, other), close in closeness.items()
    )
