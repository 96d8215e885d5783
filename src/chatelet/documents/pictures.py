"""Opens the images that are given, of every kind, behind one door; in the reader's process only.

PNG, JPEG, TIFF, WebP and AVIF are Pillow's; HEIC, which telephones make, is pi-heif's: libheif and libde265 (LGPL, as
shared libraries that may be replaced), and no encoder.
"""

import importlib.util
import io
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import Final

import numpy as np
from PIL import Image, ImageOps

BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, RuntimeError)
_FRAMED: Final = frozenset({"TIFF"})  # frames that are pages; those of the others move, or are the same taken again
_CLEAR: Final = frozenset({"RGBA", "LA", "PA", "P", "La", "RGBa"})
_DEEP: Final = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I", "F"})


@contextmanager
def opened(data: bytes) -> Generator[Image.Image]:
    """Open an image, not decoded yet; what libraries warn of is silenced: our own limits decide."""
    reads_heic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as image:
            yield image


@cache
def reads_heic() -> bool:
    """Tell whether HEIC can be read here; Pillow learns it the first time."""
    if importlib.util.find_spec("pi_heif") is None:
        return False
    from pi_heif import register_heif_opener  # pyright: ignore[reportUnknownVariableType]

    register_heif_opener(thumbnails=False, decode_threads=1)
    return True


def pages_of(image: Image.Image) -> int:
    """Return how many pages an image is: the frames of a TIFF, the first one alone of what moves."""
    return getattr(image, "n_frames", 1) if image.format in _FRAMED else 1


def upright(image: Image.Image) -> Image.Image:
    """Return the frame as its camera held it, on white where it is clear, in 8 bits: grey levels or colours."""
    image = ImageOps.exif_transpose(image)
    if image.mode in _DEEP:
        return _in_bytes(image)
    if image.mode in _CLEAR:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image if image.mode in {"L", "RGB"} else image.convert("L" if image.mode == "1" else "RGB")


def _in_bytes(image: Image.Image) -> Image.Image:
    """Bring deep grey levels to bytes: Pillow would cut them off at 255 and show a white page."""
    values = np.asarray(image, dtype=np.float32)
    top = 65_535.0 if image.mode.startswith("I;16") or values.max(initial=0) > 255 else 255.0
    return Image.fromarray(np.clip(values * (255 / top), 0, 255).astype(np.uint8))
