"""Reads an image as pages: a photograph or scan is one, each frame of a TIFF is one.

The declared size is looked at before a pixel is decoded: an image that would not fit in memory is refused.
"""

from collections.abc import Iterator

import numpy as np
from PIL import Image

from chatelet.documents import pictures
from chatelet.documents.ocr.reading import recognise as read_picture
from chatelet.documents.ocr.recognition import Grey, Recogniser, RecognitionFailed
from chatelet.documents.parsing.clock import Clock
from chatelet.documents.parsing.document import Finding, ParsedDocument, Report, Status
from chatelet.documents.parsing.layout.composing import PageParts, compose
from chatelet.documents.parsing.layout.pages import lay_out
from chatelet.documents.parsing.layout.words import Sheet
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.progress import tell

KIND = "image"
_DPI = 200.0  # when the image does not tell, or tells what cannot be
_TOLD = (72.0, 1200.0)
_LONG_SIDE = 2600  # pixels: photographs are larger than their text needs
_MOST_DPI = 220.0  # more makes letters of 10 to 12 points worse, not better
_MOST_PIXELS = 60_000_000  # in colours, three bytes each, beside the grey ones
_A4 = 842.0  # points: how long a photograph's longer side is said to be


class _TooLarge(Exception):
    """An image's declared size is over the limit."""


def read_image(data: bytes, *, recognise: Recogniser | None, limits: Limits = DEFAULT) -> ParsedDocument:
    """Read an image; never raises for what the file holds: the report says how it ended."""
    clock = Clock(limits.wall_seconds)
    findings: list[Finding] = []
    sheets: list[tuple[Sheet, float | None]] = []
    count = 0
    try:
        for number, (picture, dpi, frames) in enumerate(_frames(data, limits), start=1):
            count = number
            tell(number, frames, "reading" if recognise is None else "recognising")
            sheets.append(_sheet(number, picture, dpi, recognise, clock, findings))
    except (_TooLarge, Image.DecompressionBombError):
        return ParsedDocument(KIND, "", Report(Status.REFUSED, findings=[Finding("image_over_limit", count + 1)]))
    except (*pictures.BROKEN, MemoryError):
        if not sheets:
            return ParsedDocument(KIND, "", Report(Status.DAMAGED))
        findings.append(Finding("page_failed", count + 1))
    return _document(sheets, findings, recognise)


def _frames(data: bytes, limits: Limits) -> Iterator[tuple[Grey, float, int]]:
    """Yield each frame in grey levels, upright as its camera says, its pixels by inch, how many frames there are."""
    with pictures.opened(data) as image:
        count = min(pictures.pages_of(image), limits.pages)
        for number in range(count):
            if number:
                image.seek(number)
            if image.width * image.height > min(limits.pixels, _MOST_PIXELS):
                raise _TooLarge
            yield *_grey(image), count


def _grey(image: Image.Image) -> tuple[Grey, float]:
    dpi, declared = _dpi(image), max(image.size)
    image.draft("L", (_LONG_SIDE, _LONG_SIDE))  # JPEG decodes directly to a smaller size
    grey = pictures.upright(image).convert("L")
    longer = max(grey.size)
    dpi = dpi * longer / declared if dpi else max(_DPI / 2, 72 * longer / _A4)
    factor = min(1.0, _MOST_DPI / dpi, 1.4 * _LONG_SIDE / longer)
    if factor < 1:
        size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return np.asarray(grey, dtype=np.uint8), dpi * factor


def _dpi(image: Image.Image) -> float | None:
    told = image.info.get("dpi")
    try:
        value = float(told[0]) if told else 0.0
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    return value if _TOLD[0] < value <= _TOLD[1] else None


def _sheet(
    number: int, picture: Grey, dpi: float, recogniser: Recogniser | None, clock: Clock, findings: list[Finding]
) -> tuple[Sheet, float | None]:
    height, width = (side * 72 / dpi for side in picture.shape)
    if recogniser is None or clock.over():
        findings.append(Finding("picture_not_read" if recogniser is None else "reading_time_over", number))
        return Sheet(number, width, height, width, height), None
    try:
        read = read_picture(picture, recogniser, dpi=dpi, seconds=clock.left())
    except RecognitionFailed:
        findings.append(Finding("recognition_failed", number))
        return Sheet(number, width, height, width, height), None
    return read.sheet(number, width, height), round(read.confidence, 4) if read.words else None


def _document(
    sheets: list[tuple[Sheet, float | None]], findings: list[Finding], recogniser: Recogniser | None
) -> ParsedDocument:
    parts = lay_out([sheet for sheet, _ in sheets])
    composed = compose(
        [
            PageParts(sheet.number, sheet.width, sheet.height, found, 0, "none" if sure is None else "ocr", sure)
            for (sheet, sure), found in zip(sheets, parts, strict=True)
        ]
    )
    surely = [sure for _, sure in sheets if sure is not None]
    unread = any(finding.code != "image_over_limit" for finding in findings)
    empty = not composed.text.strip()
    return ParsedDocument(
        KIND,
        composed.text,
        Report(
            status=Status.PARTIAL if unread else Status.EMPTY if empty else Status.READ,
            pages=len(sheets),
            pages_read=len(surely),
            pages_recognised=len(surely),
            confidence=round(sum(surely) / len(surely), 4) if surely else None,
            engine=recogniser.name if recogniser is not None and surely else None,
            findings=findings,
        ),
        None,
        composed.pages,
        composed.blocks,
        composed.tables,
    )
