"""Which format writes a kind of file back: each is imported when it is needed, in the process that opens the file."""

from importlib import import_module
from typing import Final, cast

from chatelet.documents.parsing.names import extension_of
from chatelet.documents.parsing.outcome import unsupported
from chatelet.documents.rebuilding.contract import Format

_PACKAGE: Final = "chatelet.documents.rebuilding"
_FORMATS: Final[dict[str, tuple[str, str]]] = {
    "text": ("text", "TextFormat"),
    "markdown": ("markdown", "MarkdownFormat"),
    "latex": ("latex", "LatexFormat"),
    "pdf": ("pdf", "PdfFormat"),
    "html": ("html", "HtmlFormat"),
    "epub": ("epub", "EpubFormat"),
    "eml": ("mail", "MailFormat"),
    "csv": ("csv", "CsvFormat"),
    "tsv": ("csv", "TsvFormat"),
    "docx": ("docx", "Docx"),
    "pptx": ("pptx", "Pptx"),
    "xlsx": ("xlsx", "Xlsx"),
    "odt": ("odf", "Odt"),
    "odp": ("odf", "Odp"),
    "ods": ("odf", "Ods"),
}
_BY_EXTENSION: Final[dict[str, tuple[str, str]]] = {  # texts that are more than text
    "srt": ("subtitles", "SubtitleFormat"),
    "vtt": ("subtitles", "SubtitleFormat"),
}


def kinds() -> frozenset[str]:
    """Return the kinds that can be written back."""
    return frozenset(_FORMATS)


def modules() -> list[str]:
    """Return the modules of the formats."""
    return sorted({f"{_PACKAGE}.{module}" for module, _name in (*_FORMATS.values(), *_BY_EXTENSION.values())})


def format_of(kind: str, name: str = "") -> Format:
    """Return the format of a kind (as `parsing.detect.kind_of` names it) and of a file's name.

    Raises `NotRead`: unsupported.
    """
    if kind not in _FORMATS:
        raise unsupported("kind_not_rebuilt", extension=kind)
    special = _BY_EXTENSION.get(extension_of(name)) if kind == "text" else None
    module, class_name = special or _FORMATS[kind]
    return cast("Format", getattr(import_module(f"{_PACKAGE}.{module}"), class_name)())
