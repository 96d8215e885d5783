"""Tesseract, by its command: the picture on its input, its table of words on its output; no file is written."""

import csv
import io
import os
import shutil
import subprocess
from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from chatelet.documents.ocr.recognition import Grey, RecognitionFailed, Seen

COMMAND = "tesseract"
_WANTED = ("fra", "eng")
_WORD_LEVEL = "5"
_WHITE = 245.0
_DARKEST = 40.0  # a ground darker than this is ink, or light writing on black: it is left dark
_OPTIONS = ("-c", "tessedit_do_invert=0", "-c", "thresholding_method=0")


@cache
def languages() -> tuple[str, ...]:
    """Return those of our languages that are installed, French first; empty when Tesseract is not there."""
    path = shutil.which(COMMAND)
    if path is None:
        return ()
    try:
        told = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ()
    there = set(told.stdout.split())
    return tuple(language for language in _WANTED if language in there)


@cache
def version() -> str:
    """Return the version it tells; empty when it cannot."""
    path = shutil.which(COMMAND)
    if path is None:
        return ""
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return (told.stdout or told.stderr).split("\n", 1)[0].removeprefix("tesseract ").strip()


class Tesseract:
    """The engine."""

    name = "tesseract"

    def words(self, picture: Grey, *, dpi: int, seconds: float) -> list[Seen]:
        """Return the words of a level picture."""
        picture = evened(picture)
        height, width = picture.shape
        command = [
            shutil.which(COMMAND) or COMMAND, "stdin", "stdout", "-l", "+".join(languages()),
            "--psm", "3", "--dpi", str(dpi), *_OPTIONS, "tsv",
        ]  # fmt: skip
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=b"P5 %d %d 255\n" % (width, height) + picture.tobytes(),
                capture_output=True,
                timeout=max(seconds, 1.0),
                check=False,
                env={"OMP_THREAD_LIMIT": "1", "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            )
        except (OSError, subprocess.SubprocessError) as failure:
            raise RecognitionFailed from failure
        if done.returncode:
            raise RecognitionFailed
        return _words(done.stdout.decode("utf-8", errors="replace"))


def evened(picture: Grey) -> Grey:
    """Make the ground of a page white all over: it is told from ink by one level for the whole page.

    The ground is the lightest of what is around, so that shaded boxes, yellow paper and shadows become white, and their
    words stay. Looked for on a picture four times smaller: strokes are gone there, and it takes a tenth of a second.
    """
    image = Image.fromarray(picture)
    size = (max(1, image.width // 4), max(1, image.height // 4))
    ground = image.resize(size, Image.Resampling.BOX)
    for side in (9, 5):
        ground = ground.filter(ImageFilter.MaxFilter(side))
    ground = ground.filter(ImageFilter.MinFilter(9)).filter(ImageFilter.BoxBlur(3))
    light = np.asarray(ground.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float32)
    even = np.asarray(picture, dtype=np.float32) * (_WHITE / np.maximum(light, _DARKEST))
    return np.clip(even, 0, 255).astype(np.uint8)


def _words(table: str) -> list[Seen]:
    """Read the table: one row per word, with its block, paragraph and line."""
    seen: list[Seen] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
        left, top = int(row["left"]), int(row["top"])
        right, bottom = left + int(row["width"]), top + int(row["height"])
        seen.append(Seen(text, left, top, right, bottom, max(0.0, float(row["conf"]) / 100), line))
    return seen
