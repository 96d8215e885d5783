"""The words of a page before their order is known, in the frame where their lines are level.

`box` is the word's place on the page as displayed; `left`, `top`, `right`, `bottom` are in the layout's frame, which
differs when the writing is turned or tilted on its page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Hiding(StrEnum):
    """Why a reader of the page does not see a word."""

    RENDERING = "rendering"  # drawn with the invisible mode
    COLOUR = "colour"  # of the colour of its ground
    SIZE = "size"
    OUTSIDE = "outside"  # of the page
    COVERED = "covered"


class Word:
    """A word, its two boxes, and how it is written."""

    __slots__ = (
        "bold", "bottom", "box", "confidence", "hidden", "left", "math",
        "mono", "order", "right", "size", "text", "top",
    )  # fmt: skip

    def __init__(self, text: str, box: tuple[float, float, float, float], size: float, order: int) -> None:
        self.text = text
        self.left, self.top, self.right, self.bottom = box
        self.box = box
        self.size = size
        self.order = order
        self.bold = False
        self.mono = False
        self.math = False
        self.hidden: Hiding | None = None
        self.confidence: float | None = None

    @property
    def height(self) -> float:
        """The height of its line of writing."""
        return self.bottom - self.top


@dataclass
class Rule:
    """A drawn line or the edge of a drawn rectangle, level or upright, in the layout's frame."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it lies rather than stands."""
        return self.right - self.left >= self.bottom - self.top


@dataclass
class Sheet:
    """One page to be laid out: words seen, words beside (stamps), words hidden, drawn lines."""

    number: int
    width: float
    height: float
    frame_width: float = 0.0
    frame_height: float = 0.0
    words: Sequence[Word] = ()
    stamps: Sequence[Word] = ()
    hidden: Sequence[Word] = ()
    rules: Sequence[Rule] = ()
    recognised: bool = False
    extras: list["Extra"] = field(default_factory=list["Extra"])


@dataclass(frozen=True)
class Extra:
    """What is written outside the page's own text: a form's field, a comment."""

    text: str
    comment: bool
    author: str | None = None
