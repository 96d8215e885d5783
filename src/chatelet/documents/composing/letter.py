"""A text of Markdown that becomes a document, as it passes to the process that opens letterheads."""

from datetime import datetime

import msgspec

from chatelet.documents.composing import markdown
from chatelet.documents.composing.blocks import Document, Heading, Language, Publication, plain


class Letter(msgspec.Struct, frozen=True):
    """What a model wrote some of; `title` stands when the text does not begin with one of its own."""

    title: str
    language: Language
    made_at: datetime
    text: str
    author: str = ""
    publication: Publication | None = None

    def document(self) -> Document:
        """Return the document; its first title, where it begins with one, is the document's."""
        blocks, title = markdown.read(self.text), self.title
        if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 1:
            title, blocks = plain(blocks[0].words), blocks[1:]
        return Document(
            title, self.language, self.made_at, blocks, self.author, mark_ai=True, publication=self.publication
        )


class Inspected(msgspec.Struct, frozen=True):
    """What a letterhead is, or why it cannot be one (the codes of `styled.StyleRefused`)."""

    kind: str = ""
    reason: str = ""
