"""A passage: a text that an answer may quote or rest on, and where it stands; and what was found of a citation."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

# Why a citation does not hold. The page has a sentence for each.
Reason = Literal[
    "words_absent",  # the quoted words are not in the passage
    "figures_absent",  # a figure, a date or a reference of the sentence is not
    "figures_apart",  # a figure is in the passage, said of something else
    "names_absent",
    "other_language",  # its figures and dates are there; its words and names could not be compared
    "negation_apart",  # the sentence denies what the passage says, or the reverse
    "meaning_apart",  # too little of what the sentence says is in the passage
    "passage_unknown",  # a number that no passage has
    "no_source",  # no passage supports the sentence, and none was cited
]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text given to the model: a message, whole, or a stretch of a file's text or of a page of the web as read.

    `number` is the one by which the model cites it; 0 for what it may only quote. `offset` is where the passage begins
    in the file's text, `page` where it stands there; `snapshot_id` is that of a page of the web.
    """

    text: str
    message_id: UUID | None = None
    file_id: UUID | None = None
    snapshot_id: UUID | None = None
    number: int = 0
    offset: int = 0
    page: int | None = None

    @property
    def whole_id(self) -> UUID | None:
        """The file or the page that it is a stretch of."""
        return self.file_id or self.snapshot_id


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that an answer puts between quotation marks; `start` and `end` count its characters (code points)."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A number between brackets, by which an answer cites a passage."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer, without its markers, and the passages it cites."""

    start: int
    end: int
    text: str
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """What was found of a quotation or of a statement: it holds, or the reason why it does not.

    `start`…`end` is what was checked in the answer; `marker` where its number stands (None: the machine found the
    passage by itself); `source_start`…`source_end` the place in the message, in the file's text or in the page's.
    """

    start: int
    end: int
    reason: Reason | None = None
    number: int = 0
    marker: tuple[int, int] | None = None
    message_id: UUID | None = None
    file_id: UUID | None = None
    snapshot_id: UUID | None = None
    page: int | None = None
    source_start: int = 0
    source_end: int = 0

    @property
    def verified(self) -> bool:
        """Tell whether the source supports it."""
        return self.reason is None
