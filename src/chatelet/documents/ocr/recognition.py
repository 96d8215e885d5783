"""The one interface of the engines: a level picture in, words with their boxes out."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]


@dataclass(frozen=True)
class Seen:
    """A word an engine saw: its box in pixels of the picture, how sure it is (0 to 1), the line it stands on."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float
    line: int


class Recogniser(Protocol):
    """An engine."""

    @property
    def name(self) -> str:
        """What the report calls it."""
        ...

    def words(self, picture: Grey, *, dpi: int, seconds: float) -> list[Seen]:
        """Return the words of a picture whose lines are level; raise `RecognitionFailed` when it cannot."""
        ...


class RecognitionFailed(Exception):
    """An engine could not read a picture: it stopped, or took too long."""
