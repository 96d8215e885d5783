"""Which engine reads scans on this machine: Tesseract where its command is, else the one that comes as a package."""

from dataclasses import dataclass
from functools import cache

from chatelet.documents.ocr import rapid, tesseract
from chatelet.documents.ocr.recognition import Recogniser


@dataclass(frozen=True)
class Engine:
    """An engine of this machine, to be shown to who runs it."""

    name: str
    version: str
    languages: tuple[str, ...]


@cache
def available() -> tuple[Engine, ...]:
    """Return the engines that can work here, the one that is used first."""
    found: list[Engine] = []
    if tesseract.languages():
        found.append(Engine(tesseract.Tesseract.name, tesseract.version(), tesseract.languages()))
    if rapid.installed():
        found.append(Engine(rapid.Rapid.name, rapid.version(), rapid.LANGUAGES))
    return tuple(found)


def best() -> Recogniser | None:
    """Return the engine to read with; None when there is none."""
    for engine in available():
        return named(engine.name)
    return None


def named(name: str) -> Recogniser | None:
    """Return an engine by its name; None when it is not known."""
    if name == tesseract.Tesseract.name:
        return tesseract.Tesseract()
    return rapid.Rapid() if name == rapid.Rapid.name else None
