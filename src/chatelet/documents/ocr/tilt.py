"""How a picture's lines lie: upright or level, and by how many degrees they lean; from the ink alone, before reading.

Rows of pixels of level writing are either full of ink or nearly empty: the direction in which the sums of the rows
differ most is the direction of the lines (the method of projection profiles).
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from chatelet.documents.ocr.recognition import Grey

_SIDE = 800  # pixels: enough to see lines, small enough to try many angles
_REACH = 12.0  # degrees
_LEAST = 0.15  # less lean than this is left as it is
_CLEARLY = 1.25


def upright(picture: Grey) -> bool:
    """Tell whether the lines of a picture stand: it must then be turned by a quarter."""
    ink = _ink(picture)
    level, standing = _sharpness_of(ink), _sharpness_of(ink.T)
    return standing > _CLEARLY * level


def _sharpness_of(ink: NDArray[np.float32]) -> float:
    """Return the sharpest profile among a few leans: a tilted page must not pass for a turned one."""
    return max(_sharpness(_turned(ink, angle)) for angle in (-4.0, -2.0, 0.0, 2.0, 4.0))


def lean(picture: Grey) -> float:
    """Return by how many degrees the lines lean, counter-clockwise positive; 0 when they hardly do."""
    ink = _ink(picture)
    if float(ink.sum()) < 50:
        return 0.0
    best = 0.0
    for step, reach in ((1.0, _REACH), (0.25, 1.0), (0.05, 0.25)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(_turned(ink, float(angle)))))
    if abs(best) < _LEAST or abs(best) > _REACH:
        return 0.0
    gained = _sharpness(_turned(ink, best)) / max(_sharpness(ink), 1e-9)
    return -best if gained > 1.02 else 0.0


def _ink(picture: Grey) -> NDArray[np.float32]:
    image = Image.fromarray(picture)
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    values = np.asarray(image, dtype=np.float32)
    paper = float(np.percentile(values, 90))
    return np.clip((paper - 25 - values) / 255, 0, 1).astype(np.float32)


def _turned(ink: NDArray[np.float32], angle: float) -> NDArray[np.float32]:
    if angle == 0:
        return ink
    return np.asarray(Image.fromarray(ink).rotate(angle, Image.Resampling.BILINEAR), dtype=np.float32)


def _sharpness(ink: NDArray[np.float32]) -> float:
    profile = ink.sum(axis=1)
    total = float(profile.sum())
    return float(np.square(np.diff(profile)).sum()) / (total * total) if total else 0.0
