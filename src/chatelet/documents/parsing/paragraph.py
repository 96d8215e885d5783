"""A paragraph while it is read: what the body says, and what a change, a comment or hidden text says beside it."""

from dataclasses import dataclass, field

from chatelet.documents.parsing.document import BlockKind
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.xml import Node


@dataclass(frozen=True, slots=True)
class Channel:
    """Where a run's text goes: the body, a tracked change of somebody, or out of sight."""

    kind: BlockKind | None = None
    author: str | None = None
    hidden: bool = False


@dataclass(slots=True)
class Paragraph:
    """What one paragraph holds; `notes` are (footnotes | endnotes | comments, identifier)."""

    pieces: list[tuple[Channel, str]] = field(default_factory=list[tuple[Channel, str]])
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    boxes: list[Node] = field(default_factory=list[Node])
    has_words: bool = False
    has_equation: bool = False

    @property
    def text(self) -> str:
        """The body's part."""
        return "".join([text for channel, text in self.pieces if channel is BODY or channel == BODY])

    def asides(self) -> list[tuple[Channel, str]]:
        """Return what is not the body's, neighbours of one channel together."""
        if all(channel is BODY for channel, _ in self.pieces):
            return []
        together: list[tuple[Channel, str]] = []
        for channel, text in self.pieces:
            if together and together[-1][0] == channel:
                together[-1] = (channel, together[-1][1] + text)
            else:
                together.append((channel, text))
        return [(channel, text) for channel, text in together if channel != BODY and text.strip()]

    def add_asides(self, draft: Draft) -> None:
        """Write what is not the body's after it, each change with its author, hidden text flagged."""
        for channel, text in self.asides():
            kind = channel.kind or BlockKind.PARAGRAPH
            draft.block(kind, text, hidden=channel.hidden, author=channel.author)


BODY = Channel()
