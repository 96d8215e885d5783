"""RapidOCR (Apache-2.0) on ONNX Runtime: the engine of machines without Tesseract; its models come in its package.

Slower (4 to 8 s of processor a page), as right or more. Imported only when a page is to be read: 0.5 s, 300 MB.
"""

import importlib.metadata
import importlib.util
import logging
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from chatelet.documents.ocr import spacing
from chatelet.documents.ocr.recognition import Grey, RecognitionFailed, Seen

LANGUAGES = ("fra", "eng")
_NEEDED = ("rapidocr", "onnxruntime")
_LONG_SIDE = 2200
_SEARCHED_SIDE = 960  # pixels: lines are looked for on a smaller picture, and read on the whole one
_THREADS = 1

Corners = Sequence[Sequence[float]]


def installed() -> bool:
    """Tell whether the packages are there, without importing them."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def version() -> str:
    """Return the version that is installed."""
    return importlib.metadata.version("rapidocr") if installed() else ""


class Rapid:
    """The engine; its models are loaded at the first picture and kept."""

    name = "rapidocr"

    def __init__(self) -> None:
        self._engine: Any = None

    def _loaded(self) -> Any:
        if self._engine is None:
            from rapidocr import RapidOCR  # pyright: ignore[reportMissingTypeStubs]

            logging.getLogger("RapidOCR").setLevel(logging.ERROR)
            self._engine = RapidOCR(
                params={
                    "Global.log_level": "error",
                    "Global.use_cls": False,
                    "Global.max_side_len": _LONG_SIDE,
                    "Global.text_score": 0.3,
                    "Det.limit_type": "max",
                    "Det.limit_side_len": _SEARCHED_SIDE,
                    "Rec.rec_batch_num": 1,
                    "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                    "EngineConfig.onnxruntime.inter_op_num_threads": _THREADS,
                }
            )
        return self._engine

    def words(self, picture: Grey, *, dpi: int, seconds: float) -> list[Seen]:  # noqa: ARG002
        """Return the words of a level picture; the process's own limit bounds the time."""
        colours = np.repeat(picture[:, :, None], 3, axis=2)
        try:
            result = self._loaded()(colours, return_word_box=True, return_single_char_box=True)
        except Exception as failure:
            raise RecognitionFailed from failure
        return [
            word
            for line, (text, sure, letters) in enumerate(_lines(result))
            for word in spacing.words(picture, text, *_places(letters), sure, line)
        ]


def _lines(result: Any) -> Iterator[tuple[str, float, list[Corners]]]:
    """Yield the lines: text, certainty, the corners of each letter."""
    texts: Sequence[str] = result.txts or ()
    scores: Sequence[float] = result.scores or ()
    letters: Sequence[Sequence[tuple[str, float, Corners]]] = result.word_results or ()
    for text, sure, boxes in zip(texts, scores, letters, strict=False):
        if text.strip() and boxes:
            yield text, float(sure), [corners for _, _, corners in boxes]


def _places(letters: list[Corners]) -> tuple[list[float], spacing.Box]:
    """Return the centres of letters, and the box of them all."""
    centres = [sum(x for x, _ in corners) / len(corners) for corners in letters]
    xs = [x for corners in letters for x, _ in corners]
    ys = [y for corners in letters for _, y in corners]
    return centres, (min(xs), min(ys), max(xs), max(ys))
