"""EPUB (2 and 3): chapters in the order of the spine; protected books are told as such."""

import posixpath
from typing import Final
from urllib.parse import unquote

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.html import html_characters, write_html
from chatelet.documents.parsing.outcome import damaged, protected
from chatelet.documents.parsing.progress import tell
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.xml import Node, local, text_of, tree

CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_CHAPTERS = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def read_epub(source: Source) -> ParsedDocument:
    """Read a book."""
    draft = Draft("epub", source.limits)
    archive = Archive(source.data, source.budget)
    if archive.is_encrypted() or is_protected(archive):
        raise protected()
    place = package_place(tree(archive.read(CONTAINER), source.limits))
    package = tree(archive.read(place), source.limits)
    draft.title = next((text_of(element) for element in package.iter() if local(element) == "title"), None)
    chapters = _chapters(package, posixpath.dirname(place))
    for number, name in enumerate(chapters, 1):
        tell(number, len(chapters))
        if name in archive:
            write_html(draft, html_characters(archive.read(name)), is_page=False)
        else:
            draft.leave_out("part_left_out", part=name[:100])
    return draft.document()


def package_place(container: Node) -> str:
    """Return the name of the member that lists the others."""
    for element in container.iter():
        if local(element) == "rootfile" and element.get("full-path"):
            return posixpath.normpath(element.get("full-path", ""))
    raise damaged("part_missing", part="rootfile")


def _chapters(package: Node, folder: str) -> list[str]:
    items = {element.get("id", ""): element for element in package.iter() if local(element) == "item"}
    found: list[str] = []
    for reference in package.iter():
        item = items.get(reference.get("idref", "")) if local(reference) == "itemref" else None
        if item is not None and item.get("media-type") in _CHAPTERS:
            name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "").partition("#")[0])))
            found.append(name)
    return list(dict.fromkeys(found))


def is_protected(archive: Archive) -> bool:
    """Tell a book whose chapters are encrypted; fonts that are only disguised do not count."""
    if _ENCRYPTION not in archive:
        return False
    told = archive.read(_ENCRYPTION)
    disguised = sum(told.count(method) for method in _FONTS)
    return (
        told.count(b"EncryptionMethod") - told.count(b"/EncryptionMethod") > disguised
        or "META-INF/rights.xml" in archive
    )
