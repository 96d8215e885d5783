"""Bytes and a name in, a document out: runs in the child's process, and for the files that a file holds.

detect -> the format's own reader, imported when it is needed -> ParsedDocument; a failure is a status, not a trace
"""

import contextlib
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import cast

import msgspec

from chatelet.documents.parsing.archive import Budget
from chatelet.documents.parsing.detect import IMAGES, kind_of
from chatelet.documents.parsing.document import Attachment, Finding, ParsedDocument, Status
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.names import display_name, extension_of
from chatelet.documents.parsing.outcome import NotRead, damaged, refused, unsupported, without_text
from chatelet.documents.parsing.wire import Request

_PACKAGE = "chatelet.documents.parsing"
_REASONS = {
    Status.EMPTY: "no_text",
    Status.PASSWORD_REQUIRED: "password_required",
    Status.DAMAGED: "file_damaged",
    Status.UNSUPPORTED: "kind_unknown",
}
_Read = Callable[["Source"], ParsedDocument]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its bytes, its safe name, what may still be spent on it, how deep it lies in other files."""

    data: bytes
    name: str
    kind: str
    budget: Budget
    depth: int = 0
    is_article: bool = False  # of a page of the web, only its article is wanted

    @property
    def limits(self) -> Limits:
        """The bounds of the whole file."""
        return self.budget.limits

    def attach(self, draft: Draft, name: str, data: bytes) -> None:
        """Read a file inside this one, under its own name, and add it to the draft."""
        self._add(draft, name, len(data), lambda deeper, safe: _read(data, safe, deeper.budget, deeper.depth))

    def embed(self, draft: Draft, name: str, read: Callable[["Source"], ParsedDocument]) -> None:
        """Read a document that has no bytes of its own inside this one."""
        self._add(draft, name, 0, lambda deeper, _safe: read(deeper))

    def _add(self, draft: Draft, name: str, size: int, read: Callable[["Source", str], ParsedDocument]) -> None:
        if len(draft.attachments) >= self.limits.attachments:
            draft.leave_out("too_many_attachments", most=self.limits.attachments)
            return
        name = display_name(name)
        if self.depth + 1 > self.limits.depth:
            reason = refused("nested_files_too_deep", most=self.limits.depth)
            document = without_text(extension_of(name), reason)
        else:
            document = _guarded(
                lambda: read(replace(self, depth=self.depth + 1), name), extension_of(name), self.limits
            )
        draft.attachments.append(Attachment(name, size, document))
        if not document.text and document.report.findings:
            draft.leave_out("attachment_not_read", name=name, reason=document.report.findings[0].code)


def read_file(data: bytes, name: str, limits: Limits = DEFAULT, *, is_article: bool = False) -> ParsedDocument:
    """Read a file of any kind; what cannot be read comes back with its status and its reason."""
    return _read(data, display_name(name), Budget(limits), 0, is_article=is_article)


def _read(data: bytes, name: str, budget: Budget, depth: int, *, is_article: bool = False) -> ParsedDocument:
    try:
        kind = kind_of(data, name, budget.limits)
    except NotRead as reason:
        return without_text(extension_of(name) or "unknown", reason)
    return _guarded(lambda: _reader_of(kind)(Source(data, name, kind, budget, depth, is_article)), kind, budget.limits)


def _guarded(read: Callable[[], ParsedDocument], kind: str, limits: Limits) -> ParsedDocument:
    """Turn whatever a file makes a reader raise into a status."""
    try:
        return _explained(read())
    except NotRead as reason:
        return without_text(kind, reason)
    except RecursionError:
        return without_text(kind, refused("nested_too_deeply", most=limits.nesting))
    except MemoryError:
        return without_text(kind, refused("memory_limit", megabytes=limits.memory_bytes // 1024**2))
    except Exception as error:  # noqa: BLE001 - whatever a file made a parser do, the next file must be read
        return without_text(kind, damaged("reader_failed", error=type(error).__name__))


_PDF = (f"{_PACKAGE}.pdf.reader", "read_pdf")
_IMAGE = ("chatelet.documents.ocr.images", "read_image")
_HEIC = ("chatelet.documents.pictures", "reads_heic")
_MODULES = {
    "docx": ("docx", "read_docx"),
    "pptx": ("pptx", "read_pptx"),
    "xlsx": ("xlsx", "read_xlsx"),
    "odt": ("odf", "read_odt"),
    "odp": ("odf", "read_odp"),
    "ods": ("ods", "read_ods"),
    "eml": ("mail", "read_eml"),
    "msg": ("msg", "read_msg"),
    "html": ("html", "read_html"),
    "epub": ("epub", "read_epub"),
    "rtf": ("rtf", "read_rtf"),
    "csv": ("csv_tables", "read_csv"),
    "tsv": ("csv_tables", "read_csv"),
    "markdown": ("markdown", "read_markdown"),
    "latex": ("latex", "read_latex"),
    "zip": ("bundle", "read_zip"),
    "text": ("text", "read_text"),
    "code": ("text", "read_code"),
}


def _explained(document: ParsedDocument) -> ParsedDocument:
    """Give a reason to a document that has no text and does not say why (TA-077)."""
    report = document.report
    code = _REASONS.get(report.status)
    if code is None or report.findings:
        return document
    return msgspec.structs.replace(document, report=msgspec.structs.replace(report, findings=[Finding(code)]))


def draw(data: bytes, request: Request) -> bytes:
    """Return the picture of a page of a PDF or of an image (WebP; JPEG to be looked at); nothing when it cannot be."""
    from chatelet.documents.pages import PageNotDrawn, picture_of, render_page

    try:
        if request.longest:
            return picture_of(data, request.page, longest=request.longest, limits=request.limits)
        return render_page(data, request.page, width_px=request.width, limits=request.limits)
    except (PageNotDrawn, NotRead, MemoryError, OSError, ValueError):
        return b""


def bare(data: bytes) -> bytes:
    """Return an image without what its camera wrote beside the pixels; nothing when there is nothing to take away."""
    from chatelet.documents.metadata import removed

    try:
        found = removed(data)
    except (struct.error, IndexError, ValueError, MemoryError, RecursionError):
        return b""
    return b"" if found == data else found


def warm() -> None:
    """Import the readers once, before any file is there: each reader's process is forked from this one."""
    for module in {module for module, _name in _MODULES.values()}:
        import_module(f"{_PACKAGE}.{module}")
    for read in (_PDF, _IMAGE):
        with contextlib.suppress(NotRead):
            _offered(*read)
    import_module("chatelet.documents.pages")
    with contextlib.suppress(ModuleNotFoundError):
        import_module("numpy.ma")  # which numpy leaves for the first percentile
    with contextlib.suppress(NotRead):
        _recogniser()


def _reader_of(kind: str) -> _Read:
    if kind == "pdf":
        return _read_pdf
    if kind in IMAGES:
        return _read_image
    if kind not in _MODULES:
        raise unsupported("kind_not_read", extension=kind)
    module, name = _MODULES[kind]
    return cast("_Read", getattr(import_module(f"{_PACKAGE}.{module}"), name))


def _read_pdf(source: Source) -> ParsedDocument:
    read = _offered(*_PDF)
    return read(source.data, recognise=_recogniser(), limits=source.limits)


def _read_image(source: Source) -> ParsedDocument:
    from chatelet.documents.parsing.images import refuse_large

    if source.data[4:12] != b"ftypavif" and source.kind == "heic" and not _offered(*_HEIC)():
        raise unsupported("reader_missing", part="pi-heif")
    refuse_large(source.data, source.kind, source.limits)
    read = _offered(*_IMAGE)
    return read(source.data, recognise=_recogniser(), limits=source.limits)


def _recogniser() -> object:
    return _offered("chatelet.documents.ocr.engines", "best")()


def _offered(module: str, name: str) -> Callable[..., ParsedDocument]:
    try:
        return cast("Callable[..., ParsedDocument]", getattr(import_module(module), name))
    except ModuleNotFoundError as error:
        raise unsupported("reader_missing", part=error.name or module) from error
