"""Plain text and source code: paragraphs as they are, in whatever encoding they were written."""

import re

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.reader import Source

_BETWEEN = re.compile(r"\n[ \t]*\n+")


def read_text(source: Source) -> ParsedDocument:
    """Read plain text: empty lines separate paragraphs."""
    draft = Draft("text", source.limits)
    for paragraph in _BETWEEN.split(draft.cleaned(decoded(source.data))):
        draft.block(BlockKind.PARAGRAPH, paragraph)
    return draft.document()


def read_code(source: Source) -> ParsedDocument:
    """Read source code or structured data: one block, indentation kept."""
    draft = Draft("code", source.limits)
    draft.block(BlockKind.CODE, decoded(source.data))
    return draft.document()
