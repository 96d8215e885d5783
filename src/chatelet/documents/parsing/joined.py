"""A mail with its attachments, an archive with its files, as one document: what is inside follows, under its own name.

What a file carries is searched, given to a model and cited as the file itself is: each part has pages of its own, named
after it. Their pictures are not drawn, so they keep their text and not the boxes of their words.
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from chatelet.documents.parsing.document import Block, BlockKind, Page, ParsedDocument, Report, Status

_BETWEEN: Final = "\n\n"
_LEGIBLE: Final = frozenset({Status.READ, Status.PARTIAL})


def joined(document: ParsedDocument) -> ParsedDocument:
    """Return the document followed by what it carries, all the way down; itself when it carries nothing legible."""
    carried = [(one.name, joined(one.document)) for one in document.attachments if one.document.text]
    if not carried:
        return document
    whole = _paged(document, document.title)
    text, pages, blocks, tables = whole.text, list(whole.pages), list(whole.blocks), list(whole.tables)
    reports = [_counted(whole).report]
    for name, inside in carried:
        part = _moved(_named(inside, name), len(text) + len(_BETWEEN), len(pages))
        text += _BETWEEN + part.text
        pages += part.pages
        blocks += part.blocks
        tables += part.tables
        reports.append(part.report)
    report = _together(document.report, reports)
    return replace(whole, text=text, pages=pages, blocks=blocks, tables=tables, report=report, attachments=[])


def _paged(document: ParsedDocument, label: str | None) -> ParsedDocument:
    """Give one page to a document that has none."""
    if document.pages:
        return document
    return replace(
        document,
        pages=[Page(1, 0, len(document.text), label=label)],
        blocks=[replace(one, page=1) for one in document.blocks],
        tables=[replace(one, page=1) for one in document.tables],
    )


def _named(document: ParsedDocument, name: str) -> ParsedDocument:
    """Put its name before it, as a heading of its first page, and on each of its pages."""
    part = _moved(_counted(_paged(document, None)), len(name) + len(_BETWEEN), 0)
    several = len(part.pages) > 1
    pages = [
        replace(page, label=f"{name}, {page.label or page.number}" if several else name, width=0, height=0, words=[])
        for page in part.pages
    ]
    pages[0] = replace(pages[0], start=0)
    heading = Block(BlockKind.HEADING, 0, len(name), page=pages[0].number, level=1)
    return replace(part, text=name + _BETWEEN + document.text, pages=pages, blocks=[heading, *part.blocks])


def _moved(document: ParsedDocument, by: int, after: int) -> ParsedDocument:
    """Return the document with its places so many characters further, and its pages numbered after so many."""
    return replace(
        document,
        pages=[
            replace(one, number=one.number + after, start=one.start + by, end=one.end + by) for one in document.pages
        ],
        blocks=[
            replace(one, start=one.start + by, end=one.end + by, page=_after(one.page, after))
            for one in document.blocks
        ],
        tables=[
            replace(
                one,
                start=one.start + by,
                end=one.end + by,
                page=_after(one.page, after),
                cells=[replace(cell, start=cell.start + by, end=cell.end + by) for cell in one.cells],
            )
            for one in document.tables
        ],
        report=replace(
            document.report,
            findings=[replace(one, page=_after(one.page, after)) for one in document.report.findings],
        ),
    )


def _after(page: int | None, after: int) -> int | None:
    return None if page is None else page + after


def _counted(document: ParsedDocument) -> ParsedDocument:
    """Count as one page what a format without pages was given."""
    report = document.report
    if report.pages:
        return document
    read = 1 if report.status in _LEGIBLE else 0
    return replace(document, report=replace(report, pages=len(document.pages), pages_read=read))


def _together(own: Report, reports: Sequence[Report]) -> Report:
    """Add up what was read of the document and of what it carries."""
    sure = [one.confidence for one in reports if one.confidence is not None]
    return replace(
        own,
        pages=sum(one.pages for one in reports),
        pages_read=sum(one.pages_read for one in reports),
        pages_recognised=sum(one.pages_recognised for one in reports),
        confidence=sum(sure) / len(sure) if sure else None,
        engine=next((one.engine for one in reports if one.engine), None),
        findings=[finding for one in reports for finding in one.findings],
    )
