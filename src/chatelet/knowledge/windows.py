"""Windows of a passage: one vector for a long text says little, so stretches of it have theirs, the best one counting.

Measured (docs/adr/0023): 60 words with some overlap find more than 80, 100 or the whole passage.
"""

import re
from typing import Final

_SIZE: Final = 60
_STEP: Final = 55
_ONE_WINDOW: Final = 75  # words that still go in one
_WORD: Final = re.compile(r"\S+")


def windows_of(named: str, text: str) -> list[str]:
    """Return what to embed for a passage: stretches evenly spread, each under the passage's name."""
    prefix = f"{named}. " if named else ""
    return [prefix + text[start:end] for start, end in stretches(text)]


def stretches(text: str) -> list[tuple[int, int]]:
    """Return the positions of the windows in `text`, covering it."""
    words = [match.span() for match in _WORD.finditer(text)]
    if len(words) <= _ONE_WINDOW:
        return [(words[0][0], words[-1][1])] if words else []
    steps = -(-(len(words) - _SIZE) // _STEP)
    begins = [round(step * (len(words) - _SIZE) / steps) for step in range(steps + 1)]
    return [(words[begin][0], words[begin + _SIZE - 1][1]) for begin in begins]
