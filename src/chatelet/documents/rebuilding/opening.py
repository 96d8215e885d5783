"""Which format writes a kind of file back: each is imported when it is needed, in the process that opens the file."""

from importlib import import_module
from typing import Final, cast

from chatelet.documents.parsing.outcome import unsupported
from chatelet.documents.rebuilding.contract import Format

_PACKAGE: Final = "chatelet.documents.rebuilding"
_FORMATS: Final[dict[str, tuple[str, str]]] = {
    "docx": ("docx", "Docx"),
    "pptx": ("pptx", "Pptx"),
    "xlsx": ("xlsx", "Xlsx"),
    "odt": ("odf", "Odt"),
    "odp": ("odf", "Odp"),
    "ods": ("odf", "Ods"),
}


def kinds() -> frozenset[str]:
    """Return the kinds that can be written back."""
    return frozenset(_FORMATS)


def format_of(kind: str) -> Format:
    """Return the format of a kind (as `parsing.detect.kind_of` names it). Raises `NotRead`: unsupported."""
    if kind not in _FORMATS:
        raise unsupported("kind_not_rebuilt", extension=kind)
    module, name = _FORMATS[kind]
    return cast("Format", getattr(import_module(f"{_PACKAGE}.{module}"), name)())
