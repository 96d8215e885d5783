"""A passage: a text that an answer may quote, and what it belongs to."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Passage:
    """`message_id` is the message of the conversation that holds `text`, whole."""

    message_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that an answer puts between quotation marks; `start` and `end` count its characters (code points)."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation once looked for: verified when its words stand in `passage`, at `source_start`…`source_end`."""

    start: int
    end: int
    message_id: UUID | None = None
    source_start: int = 0
    source_end: int = 0

    @property
    def verified(self) -> bool:
        """Tell whether the words were found."""
        return self.message_id is not None
