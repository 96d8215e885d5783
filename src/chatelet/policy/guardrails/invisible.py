"""Removes invisible characters that can carry hidden orders or disguise text (TA-051).

Kept: line ends and tabs, French spaces, the joiners of Persian, Indic scripts and emoji, the selectors of emoji. Each
character is decided alone, so it does not matter where a stream is cut.
"""

import re
from typing import Final

# Tags (ASCII smuggling), bidirectional controls, invisible operators, fillers, interlinear marks, zero width, BOM.
_NEVER: Final = (
    "\U000e0000-\U000e007f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u2061-\u2065\u206a-\u206f"
    "\u115f\u1160\u3164\uffa0\ufff9-\ufffb\u200b\ufeff\u180e\u00ad"
)
_CONTROLS: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SELECTORS: Final = "\U000e0100-\U000e01ef"
_DROPPED: Final = re.compile(f"[{_NEVER}{_CONTROLS}{_SELECTORS}]")
_MAYBE: Final = re.compile(r"[^\x09\x0a\x0d\x20-\x7e\u00a0-\u00ac\u00ae-\u0360]")


def strip_invisible(text: str) -> str:
    """Return `text` without the characters above."""
    return _DROPPED.sub("", text) if _MAYBE.search(text) else text
