"""Formats that are packages of several parts: which one a zip archive or an OLE compound file is."""

import re

from chatelet.documents.parsing.archive import Archive, Budget
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.ole import Compound
from chatelet.documents.parsing.outcome import NotRead, damaged, protected, unsupported

_MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.presentation-template": "odp",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    "application/epub+zip": "epub",
}
_MAIN_PARTS = (
    (re.compile(rb"wordprocessingml\.(document|template)\.main|ms-word\.(document|template)\.macroEnabled"), "docx"),
    (
        re.compile(
            rb"presentationml\.(presentation|slideshow|template)\.main"
            rb"|ms-powerpoint\.(presentation|slideshow|template)\.macroEnabled"
        ),
        "pptx",
    ),
    (re.compile(rb"spreadsheetml\.(sheet|template)\.main|ms-excel\.(sheet|template)\.macroEnabled"), "xlsx"),
)
_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}


def kind_of_zip(data: bytes, extension: str, limits: Limits) -> str:
    """Return the kind a zip archive is by its members."""
    archive = Archive(data, Budget(limits))
    if "mimetype" in archive:
        told = archive.read("mimetype").decode("ascii", "replace").strip()
        if told in _MIMETYPES:
            return _MIMETYPES[told]
        raise _not_read(extension)
    if "[Content_Types].xml" in archive:
        types = archive.read("[Content_Types].xml")
        kind = next((kind for pattern, kind in _MAIN_PARTS if pattern.search(types)), None)
        if kind is None:
            raise _not_read(extension)
        return kind
    folders = tuple(_FOLDERS.values())
    if extension in _FOLDERS or any(name.startswith(folders) for name in archive.names):
        raise damaged("part_missing", part="[Content_Types].xml")
    return "zip"


def kind_of_ole(data: bytes) -> str:
    """Return the kind of a compound file: a message of Outlook, else an old or an encrypted office document."""
    streams = Compound(data).roots()
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise protected()
    if "__properties_version1.0" in streams:
        return "msg"
    for stream, name in (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt")):
        if stream in streams:
            raise unsupported("legacy_office", extension=name)
    raise unsupported("kind_unknown", extension="")


def _not_read(extension: str) -> NotRead:
    """Name the kind by its extension, where it has one."""
    return unsupported("kind_not_read" if extension else "kind_unknown", extension=extension)
