"""OpenDocument files: texts (ODT), presentations (ODP); spreadsheets are in `ods`."""

from collections.abc import Iterator

from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.odf_styles import OdfStyles
from chatelet.documents.parsing.odf_text import OdfText
from chatelet.documents.parsing.ooxml import child
from chatelet.documents.parsing.outcome import protected
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.xml import Node, attribute, local, text_of, tree

_MANIFEST = "META-INF/manifest.xml"
_TITLES = {"title", "subtitle"}


def open_odf(source: Source, draft: Draft) -> tuple[Archive, Node, OdfStyles]:
    """Open a package; return its archive, its content's root and its styles."""
    archive = Archive(source.data, source.budget)
    if archive.is_encrypted() or "encrypted-package" in archive or is_encrypted(archive):
        raise protected()
    styles = OdfStyles()
    if "styles.xml" in archive:
        styles.read(tree(archive.read("styles.xml"), source.limits))
    root = tree(archive.read("content.xml"), source.limits)
    styles.read(root)
    if "meta.xml" in archive:
        meta = tree(archive.read("meta.xml"), source.limits)
        draft.title = next((text_of(element) for element in meta.iter() if local(element) == "title"), None)
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in archive.names):
        draft.find("macros_ignored")
    return archive, root, styles


def read_odt(source: Source) -> ParsedDocument:
    """Read a text."""
    draft = Draft("odt", source.limits)
    archive, root, styles = open_odf(source, draft)
    reading = OdfText(archive, draft, styles)
    margins = list(_margins(archive, source)) if "styles.xml" in archive else []
    for kind, element in margins:
        if kind is BlockKind.PAGE_HEADER:
            _add_once(draft, kind, reading.lines(element))
    body = child(root, "body", "text")
    reading.read(body if body is not None else [])  # type: ignore[arg-type]
    for kind, element in margins:
        if kind is BlockKind.PAGE_FOOTER:
            _add_once(draft, kind, reading.lines(element))
    return draft.document()


def read_odp(source: Source) -> ParsedDocument:
    """Read a presentation: slides are pages, notes are the speaker's."""
    draft = Draft("odp", source.limits)
    archive, root, styles = open_odf(source, draft)
    slides = [element for element in root.iter() if local(element) == "page"]
    for slide in slides[: source.limits.pages]:
        reading = OdfText(archive, draft, styles)
        is_hidden = attribute(slide, "style-name") in styles.unseen
        with draft.page(_title(reading, slide) or attribute(slide, "name")):
            if is_hidden:
                draft.find("hidden_slide", page=draft.page_number)
            for element in slide:
                _read_shape(reading, element)
    return draft.document()


def _read_shape(reading: OdfText, element: Node) -> None:
    if local(element) == "notes":
        frames = [frame for frame in element if attribute(frame, "class") == "notes"]
        reading.draft.block(BlockKind.SPEAKER_NOTES, "\n".join(reading.lines(frame) for frame in frames))
    elif local(element) == "annotation":
        reading.lines([element])  # type: ignore[arg-type]
    elif attribute(element, "class") in _TITLES:
        level = 1 if attribute(element, "class") == "title" else 2
        reading.draft.block(BlockKind.HEADING, reading.lines(element), level=level)
    elif local(element) in {"frame", "custom-shape", "g", "rect"}:
        reading.read(element)


def _title(reading: OdfText, slide: Node) -> str:
    for element in slide:
        if attribute(element, "class") == "title":
            return " ".join(reading.draft.cleaned(text_of(element)).split())
    return ""


def _margins(archive: Archive, source: Source) -> Iterator[tuple[BlockKind, Node]]:
    for element in tree(archive.read("styles.xml"), source.limits).iter():
        if local(element) in {"header", "header-first", "header-left"}:
            yield BlockKind.PAGE_HEADER, element
        elif local(element) in {"footer", "footer-first", "footer-left"}:
            yield BlockKind.PAGE_FOOTER, element


def _add_once(draft: Draft, kind: BlockKind, text: str) -> None:
    if text.strip():
        draft.block(kind, text)


def is_encrypted(archive: Archive) -> bool:
    """Look in the manifest by its bytes: old ones have a document type, which is not read here."""
    if _MANIFEST not in archive:
        return False
    manifest = archive.read(_MANIFEST)
    return b"encryption-data" in manifest or b"encrypted-package" in manifest
