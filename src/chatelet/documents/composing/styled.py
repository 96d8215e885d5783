"""Writing a document in the style of another: the styles, page, header and footer of a letterhead, and new words.

    style file -> inspected once (no macros, nothing called from outside) -> kept -> its package with another body

The body of the style file is replaced, but for what stands before and after a paragraph that says `{{content}}` (or
`{{contenu}}`), which keeps its place: an address, a box of references. What a model wrote is marked as elsewhere, in
the properties; the visible notice ends the text, since the footer is the institution's.
"""

from typing import Final, Literal

from chatelet.documents.composing import styled_docx, styled_odt
from chatelet.documents.composing.blocks import Document
from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.outcome import NotRead

StyleKind = Literal["docx", "odt"]
_MIB: Final = 1024 * 1024
MOST_BYTES: Final = 4 * _MIB
_LIMITS: Final = Limits(file_bytes=MOST_BYTES, inflated_bytes=32 * _MIB, entries=500, nesting=100)
_REASONS: Final = {"xml_document_type": "damaged", "password_required": "protected"}


class StyleRefused(Exception):
    """The file cannot be a style file; `reason` is a code: too_large, format, damaged, protected, macros, outside."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def inspect(data: bytes) -> StyleKind:
    """Return the kind of a style file. Raises `StyleRefused`."""
    if len(data) > MOST_BYTES:
        raise StyleRefused("too_large")
    if not data.startswith(b"PK"):
        raise StyleRefused("format")
    try:
        archive = Archive(data, Budget(_LIMITS))
        if archive.is_encrypted():
            raise StyleRefused("protected")
        kind: StyleKind = "docx" if "[Content_Types].xml" in archive else "odt"
        reason = (styled_docx if kind == "docx" else styled_odt).refusal(archive, _LIMITS)
    except NotRead as error:
        raise StyleRefused(_REASONS.get(error.finding.code, "damaged")) from error
    if reason is not None:
        raise StyleRefused(reason)
    return kind


def write(document: Document, kind: StyleKind, style: bytes) -> bytes:
    """Return the document as a file of that kind, in the style of a file that was inspected."""
    archive = Archive(style, Budget(_LIMITS))
    return (styled_docx if kind == "docx" else styled_odt).write(document, archive, _LIMITS)
