"""What is laid over a page: fields of forms with their values, comments with their authors. Read, never run.

PDFium is built without a script engine here, and no action of a document is ever asked for.
"""

import ctypes
import re
from collections.abc import Callable
from typing import Any

from chatelet.documents.parsing.layout.words import Extra
from chatelet.documents.parsing.pdf import pdfium

_MOST = 2_000  # on one page
_MOST_CHARACTERS = 20_000
_WIDGET = 20
_COMMENTS = frozenset({1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})  # notes, free text, shapes, marks, carets
_CHECKBOX, _RADIO, _BUTTON, _SIGNATURE = 2, 3, 1, 7
_NAMES = re.compile(r"\[\d+\]|^.*\.(?=[^.]+$)")


class Forms:
    """The fields of one document; opened only when it has some."""

    def __init__(self, document: pdfium.Document) -> None:
        self.handle: Any = None
        if pdfium.raw.FPDF_GetFormType(document.handle) > 0:
            self._about = pdfium.raw.FPDF_FORMFILLINFO(version=2)
            self.handle = pdfium.raw.FPDFDOC_InitFormFillEnvironment(document.handle, ctypes.byref(self._about))

    def close(self) -> None:
        """Give its memory back; to be done before the document is closed."""
        if self.handle:
            pdfium.raw.FPDFDOC_ExitFormFillEnvironment(self.handle)
            self.handle = None


def read(page: pdfium.Page, forms: Forms) -> list[Extra]:
    """Return the fields and comments of a page, in the order they are stored in."""
    count = int(pdfium.raw.FPDFPage_GetAnnotCount(page.handle))
    found: list[Extra] = []
    for index in range(min(count, _MOST)):
        annotation = pdfium.raw.FPDFPage_GetAnnot(page.handle, index)
        if not annotation:
            continue
        try:
            kind = int(pdfium.raw.FPDFAnnot_GetSubtype(annotation))
            extra = (
                _field(annotation, forms) if kind == _WIDGET else _comment(annotation) if kind in _COMMENTS else None
            )
        finally:
            pdfium.raw.FPDFPage_CloseAnnot(annotation)
        if extra is not None and extra not in found:
            found.append(extra)
    return found


def _comment(annotation: Any) -> Extra | None:
    text = _string(annotation, b"Contents")
    return Extra(text, comment=True, author=_string(annotation, b"T") or None) if text else None


def _field(annotation: Any, forms: Forms) -> Extra | None:
    if not forms.handle:
        return None
    raw = pdfium.raw
    kind = int(raw.FPDFAnnot_GetFormFieldType(forms.handle, annotation))
    if kind in {_BUTTON, _SIGNATURE}:
        return None
    name = _form_string(raw.FPDFAnnot_GetFormFieldAlternateName, forms, annotation) or _NAMES.sub(
        "", _form_string(raw.FPDFAnnot_GetFormFieldName, forms, annotation)
    )
    if kind in {_CHECKBOX, _RADIO}:
        if not raw.FPDFAnnot_IsChecked(forms.handle, annotation):
            return None
        value = _form_string(raw.FPDFAnnot_GetFormFieldExportValue, forms, annotation) or "✓"
    else:
        value = _form_string(raw.FPDFAnnot_GetFormFieldValue, forms, annotation)
    return Extra(f"{name}: {value}" if name else value, comment=False) if value else None


def _form_string(call: Callable[..., int], forms: Forms, annotation: Any) -> str:
    return _tidy(pdfium.wide_string(call, forms.handle, annotation))


def _string(annotation: Any, key: bytes) -> str:
    return _tidy(pdfium.wide_string(pdfium.raw.FPDFAnnot_GetStringValue, annotation, key))


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text[:_MOST_CHARACTERS].replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line).replace("\x00", "")
