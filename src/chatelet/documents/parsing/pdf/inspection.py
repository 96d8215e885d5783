"""What a PDF carries besides pages: scripts, actions that start something, files. Told in the report, never run.

PDFium tells of scripts and attached files; actions have no call of their own, so the bytes are searched for their
names too. Names in compressed streams are out of reach of that search, and harmless here: nothing runs them either.
"""

import re

from chatelet.documents.parsing.document import Finding
from chatelet.documents.parsing.pdf import pdfium

_SCRIPTS = re.compile(rb"/(?:JavaScript|JS)\b(?=[\s(<\[/\d])")
_LAUNCHES = re.compile(rb"/S\s*/(?:Launch|ImportData|SubmitForm|GoToE|RichMediaExecute)\b")
_SEARCHED = 64 * 1024 * 1024
_SHOWN_NAMES = 10


def findings(document: pdfium.Document, data: bytes) -> list[Finding]:
    """Return what the reader of the report should know about the file itself."""
    raw = pdfium.raw
    found: list[Finding] = []
    head = data[:_SEARCHED]
    scripts = max(0, int(raw.FPDFDoc_GetJavaScriptActionCount(document.handle)))
    if scripts or _SCRIPTS.search(head):
        found.append(Finding("pdf_scripts_ignored"))
    if _LAUNCHES.search(head):
        found.append(Finding("pdf_actions_ignored"))
    count = int(raw.FPDFDoc_GetAttachmentCount(document.handle))
    if count > 0:
        found.append(Finding("pdf_files_ignored", params={"files": count, "names": _names(document, count)}))
    return found


def _names(document: pdfium.Document, count: int) -> str:
    raw = pdfium.raw
    names: list[str] = []
    for index in range(min(count, _SHOWN_NAMES)):
        file = raw.FPDFDoc_GetAttachment(document.handle, index)
        name = pdfium.wide_string(raw.FPDFAttachment_GetName, file) if file else ""
        names.append("".join(c for c in name if c.isprintable())[:100])
    return ", ".join(name for name in names if name)
