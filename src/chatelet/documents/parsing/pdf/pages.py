"""One page of a PDF: its own text when it can be trusted, else what recognition reads on its picture.

words, drawings -> hidden? -> a layer over a scan: does it say what the picture shows? -> readable? -> recognition
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chatelet.documents.ocr.reading import recognise
from chatelet.documents.ocr.recognition import Recogniser, RecognitionFailed
from chatelet.documents.parsing.clock import Clock
from chatelet.documents.parsing.document import Finding
from chatelet.documents.parsing.layout.words import Hiding, Sheet, Word
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.pdf import annotations, characters, drawings, frames, hidden, pdfium, quality
from chatelet.documents.parsing.pdf.characters import Reading
from chatelet.documents.parsing.pdf.drawings import Drawings
from chatelet.documents.parsing.progress import tell

_LONGEST = 14_400.0  # points: the largest page the format allows
_DRAWINGS = 20_000  # objects looked at on one page, to find its tables
_MOST_PIXELS = 40_000_000  # of the picture of a page
_SCAN = 0.6  # of the page covered by pictures: perhaps a scan
_LAYER = 0.8  # of its words not drawn: a text layer over the scan
_FEW_LETTERS = 300  # on a scan: stamps and headers only
_LEGIBLE = 0.72
_LEGIBLE_DRAWN = 0.5  # for text that is drawn: codes and names are not language either
_UNMAPPED = 0.2
_UNKNOWN = 0.1
_ALIKE = 0.72
_DPI, _LEAST_DPI, _MOST_DPI = 200.0, 150.0, 220.0  # more makes letters of 10 to 12 points worse, not better


@dataclass
class ReadPage:
    """A page that was read, and how."""

    sheet: Sheet
    rotation: int
    source: str = "text"
    confidence: float | None = None
    label: str | None = None
    failed: bool = False  # there is writing on it that could not be read


class PageReader:
    """Reads the pages of one document; adds what there is to tell to `findings`."""

    def __init__(self, document: pdfium.Document, recogniser: Recogniser | None, limits: Limits, clock: Clock) -> None:
        self._document = document
        self._recogniser = recogniser
        self._limits = limits
        self._clock = clock
        self._forms = annotations.Forms(document)
        self.findings: list[Finding] = []

    def __enter__(self) -> "PageReader":
        return self

    def __exit__(self, *_: object) -> None:
        self._forms.close()

    def read(self, index: int) -> ReadPage | None:
        """Read a page; None when it cannot be."""
        page = self._document.page(index)
        if page is None or not 0 < max(page.width, page.height) <= _LONGEST:
            self._tell("page_failed", index + 1)
            return None
        try:
            return self._read(page, index + 1)
        finally:
            page.close()

    def _tell(self, code: str, page: int, **params: str | float) -> None:
        self.findings.append(Finding(code, page, params))

    def _read(self, page: pdfium.Page, number: int) -> ReadPage:
        reading = characters.read(page)
        drawn = drawings.read(page, _DRAWINGS)
        hidden.mark(page, reading, drawn)
        reason = self._distrust(page, reading, drawn)
        result = self._text(page, number, reading, drawn)
        result.sheet.extras = annotations.read(page, self._forms)
        if reason is None:
            self._tell_hidden(result.sheet)
            return result
        recognised = self._recognised(page, number, drawn)
        if recognised is None:
            return self._untrusted(result, reason)
        recognised.sheet.extras = result.sheet.extras
        if reason == "few_words" and not _says_more(recognised.sheet, result.sheet):
            return result
        if reason in {"layer", "unmapped"}:
            self._tell("text_layer_replaced" if reason == "layer" else "fonts_unreadable", number)
        return recognised

    def _text(self, page: pdfium.Page, number: int, reading: Reading, drawn: Drawings) -> ReadPage:
        sheet = frames.sheet(number, page.width, page.height, reading, drawn.rules)
        return ReadPage(sheet, page.rotation, "text" if reading.words else "none", label=self._label(number))

    def _label(self, number: int) -> str | None:
        return self._document.label(number - 1) or None

    def _untrusted(self, result: ReadPage, reason: str) -> ReadPage:
        """Keep what there is, and say that it is not sure."""
        number = result.sheet.number
        if (reason == "few_words" and self._recogniser is None) or reason == "nothing":
            self._tell("picture_not_read", number)
        elif reason != "few_words":
            self._tell("text_unreliable", number)
        result.failed = True
        self._tell_hidden(result.sheet)
        return result

    def _tell_hidden(self, sheet: Sheet) -> None:
        counts = Counter(word.hidden for word in sheet.hidden)
        for why, count in counts.items():
            self._tell("hidden_text", sheet.number, words=count, why=str(why))

    def _distrust(self, page: pdfium.Page, reading: Reading, drawn: Drawings) -> str | None:
        """Return why the page's own text is not to be used, None when it is."""
        scan = drawn.covered(page.width, page.height) >= _SCAN
        layer = [word for word in reading.words if word.hidden in {Hiding.RENDERING, Hiding.COVERED}]
        if scan and layer and len(layer) >= _LAYER * len(reading.words):
            return self._judge_layer(page, layer, drawn)
        seen = [word for word in reading.words if word.hidden is None]
        if not seen:
            return "nothing" if (drawn.pictures or drawn.rules or drawn.covers) and _has_ink(page) else None
        if reading.unmapped > _UNMAPPED * len(reading.words) or quality.unknown(w.text for w in seen) > _UNKNOWN:
            return "unmapped"
        share = quality.legible(word.text for word in seen)
        if share is not None and share < _LEGIBLE_DRAWN:
            return "unmapped"
        if scan and sum(len(word.text) for word in seen) < _FEW_LETTERS:
            return "few_words"
        return None

    def _judge_layer(self, page: pdfium.Page, layer: list[Word], drawn: Drawings) -> str | None:
        """Take a layer over a scan for the page's text when it says what the picture shows."""
        scale = 100 / 72
        seen = hidden.picture(page, max(1, round(page.width * scale)), max(1, round(page.height * scale)))
        real = [word for word in layer if hidden.inked(seen, word, scale)]
        share = quality.legible(word.text for word in real)
        if len(real) < 0.5 * len(layer) or (share is not None and share < _LEGIBLE):
            return "layer"
        if self._recogniser is not None and not self._agrees(page, real, drawn):
            return "layer"
        for word in real:
            word.hidden = None
        return None

    def _agrees(self, page: pdfium.Page, layer: list[Word], drawn: Drawings) -> bool:
        """Compare a band of the layer, its fullest, with what recognition reads there."""
        height = page.height / 8
        bands: Counter[int] = Counter()
        for word in layer:
            bands[int(word.box[1] / height)] += len(word.text)
        top = bands.most_common(1)[0][0] * height
        inside = [word for word in layer if top <= word.box[1] and word.box[3] <= top + height]
        picture, dpi = self._picture(page, drawn)
        scale = dpi / 72
        strip = np.ascontiguousarray(picture[int(top * scale) : int((top + height) * scale)])
        try:
            read = recognise(strip, self._engine(), dpi=dpi, seconds=self._clock.left())
        except RecognitionFailed:
            return True
        return quality.alike((w.text for w in inside), (w.text for w in read.words)) >= _ALIKE

    def _engine(self) -> Recogniser:
        if self._recogniser is None:
            raise RecognitionFailed
        return self._recogniser

    def _picture(self, page: pdfium.Page, drawn: Drawings) -> tuple[NDArray[np.uint8], float]:
        own = max(
            (picture.dpi for picture in drawn.pictures if picture.box[2] - picture.box[0] > 0.5 * page.width),
            default=0.0,
        )
        dpi = min(max(own or _DPI, _LEAST_DPI), _MOST_DPI)
        dpi = min(dpi, (min(self._limits.pixels, _MOST_PIXELS) * 72 * 72 / (page.width * page.height)) ** 0.5)
        return hidden.picture(page, round(page.width * dpi / 72), round(page.height * dpi / 72)), dpi

    def _recognised(self, page: pdfium.Page, number: int, drawn: Drawings) -> ReadPage | None:
        """Read the page's picture; None when no engine can."""
        if self._recogniser is None or self._clock.over():
            return None
        tell(number, min(len(self._document), self._limits.pages), "recognising")
        picture, dpi = self._picture(page, drawn)
        try:
            read = recognise(picture, self._recogniser, dpi=dpi, seconds=self._clock.left())
        except RecognitionFailed:
            self._tell("recognition_failed", number)
            return None
        return ReadPage(
            read.sheet(number, page.width, page.height),
            page.rotation, "ocr" if read.words else "none",
            round(read.confidence, 4) if read.words else None, self._label(number),
        )  # fmt: skip


def _says_more(recognised: Sheet, text: Sheet) -> bool:
    return sum(len(word.text) for word in recognised.words) > 1.5 * sum(len(word.text) for word in text.words)


def _has_ink(page: pdfium.Page) -> bool:
    seen = hidden.picture(page, 400, max(1, min(1600, round(400 * page.height / max(1.0, page.width)))))
    return int(seen.max()) - int(seen.min()) > 40
