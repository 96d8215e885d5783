"""Reads a PDF: each page's own text where it can be trusted, recognition where it cannot, one text in reading order.

open -> page by page: words, drawings, what is hidden, is the text to be trusted? -> recognition -> layout -> text
"""

import gc

from chatelet.documents.ocr.recognition import Recogniser
from chatelet.documents.parsing.clock import Clock
from chatelet.documents.parsing.document import BlockKind, Finding, ParsedDocument, Report, Status
from chatelet.documents.parsing.layout.composing import Composed, PageParts, compose
from chatelet.documents.parsing.layout.pages import lay_out
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.pdf import inspection, pdfium
from chatelet.documents.parsing.pdf.pages import PageReader, ReadPage
from chatelet.documents.parsing.progress import tell

KIND = "pdf"
_MOST_TITLE = 300
_NO_TITLE = (".doc", ".docx", ".pdf", ".odt", ".tex", ".dvi", ".qxd", ".indd", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx")


def read_pdf(data: bytes, *, recognise: Recogniser | None, limits: Limits = DEFAULT) -> ParsedDocument:
    """Read a PDF; never raises for what the file holds: the report says how it ended."""
    document = pdfium.Document(data)
    if not document.opened:
        locked = document.error == pdfium.PASSWORD_ERROR
        return ParsedDocument(KIND, "", Report(Status.PASSWORD_REQUIRED if locked else Status.DAMAGED))
    collecting = gc.isenabled()
    gc.disable()  # half a million words and no cycle among them: looking for one costs a tenth of the time
    try:
        if len(document) == 0:
            return ParsedDocument(KIND, "", Report(Status.DAMAGED if document.repaired else Status.EMPTY))
        return _read(document, data, recognise, limits)
    finally:
        document.close()
        if collecting:
            gc.enable()


def _read(document: pdfium.Document, data: bytes, recogniser: Recogniser | None, limits: Limits) -> ParsedDocument:
    pages, findings = _pages(document, recogniser, limits)
    findings = [*_about(document, limits), *inspection.findings(document, data), *findings]
    parts = lay_out([page.sheet for page in pages])
    composed = compose(
        [
            PageParts(
                page.sheet.number, page.sheet.width, page.sheet.height, found,
                page.rotation, page.source, page.confidence, page.label,
            )
            for page, found in zip(pages, parts, strict=True)
        ]
    )  # fmt: skip
    report = _report(len(document), pages, findings, recogniser, empty=not composed.text.strip())
    title = _title(document.metadata("Title"), composed)
    return ParsedDocument(KIND, composed.text, report, title, composed.pages, composed.blocks, composed.tables)


def _pages(
    document: pdfium.Document, recogniser: Recogniser | None, limits: Limits
) -> tuple[list[ReadPage], list[Finding]]:
    """Read the pages that may be read, until time or characters run out."""
    clock = Clock(limits.wall_seconds)
    pages: list[ReadPage] = []
    characters = 0
    with PageReader(document, recogniser, limits, clock) as reader:
        for index in range(count := min(len(document), limits.pages)):
            if clock.over() or characters > limits.characters:
                code = "reading_time_over" if clock.over() else "text_over_limit"
                reader.findings.append(Finding(code, index + 1))
                break
            tell(index + 1, count)
            page = reader.read(index)
            if page is not None:
                pages.append(page)
                characters += sum(len(word.text) for word in page.sheet.words)
        return pages, reader.findings


def _about(document: pdfium.Document, limits: Limits) -> list[Finding]:
    found: list[Finding] = []
    if document.repaired:
        found.append(Finding("pdf_repaired"))
    if len(document) > limits.pages:
        found.append(Finding("pages_over_limit", params={"pages": len(document), "limit": limits.pages}))
    return found


def _title(told: str, composed: Composed) -> str | None:
    """Return the title the document tells, unless it is a name of file; else its title or first heading."""
    told = " ".join(told.split())
    if told and not told.lower().endswith(_NO_TITLE) and not told.lower().startswith(("microsoft word", "untitled")):
        return told[:_MOST_TITLE]
    for kind in (BlockKind.TITLE, BlockKind.HEADING):
        for block in composed.blocks:
            if block.kind is kind and not block.hidden:
                return composed.text[block.start : block.end][:_MOST_TITLE]
    return None


def _report(
    count: int, pages: list[ReadPage], findings: list[Finding], recogniser: Recogniser | None, *, empty: bool
) -> Report:
    sure = [page.confidence for page in pages if page.confidence is not None]
    unread = count - len(pages) + sum(page.failed for page in pages)
    status = Status.EMPTY if empty and not unread else Status.PARTIAL if unread else Status.READ
    return Report(
        status=status,
        pages=count,
        pages_read=count - unread,
        pages_recognised=len(sure),
        confidence=round(sum(sure) / len(sure), 4) if sure else None,
        engine=recogniser.name if recogniser is not None and sure else None,
        findings=findings,
    )
