"""One way in for whoever writes a document: a form, and its bytes."""

from typing import Final, Literal

from chatelet.documents.composing import docx, odt, pdf
from chatelet.documents.composing.blocks import Document

Form = Literal["odt", "pdf", "docx"]
MEDIA: Final[dict[Form, str]] = {"odt": odt.MEDIA, "pdf": pdf.MEDIA, "docx": docx.MEDIA}
_WRITERS: Final = {"odt": odt.write, "pdf": pdf.write, "docx": docx.write}


def write(document: Document, form: Form) -> bytes:
    """Return the file: pure, and slow enough for a PDF that a server writes it in a thread."""
    return _WRITERS[form](document)
