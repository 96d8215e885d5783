"""An OpenDocument text in the style of another: its package with another body; its pages, headers and styles stay."""

import re
from typing import Final

from chatelet.documents.composing import odt
from chatelet.documents.composing.blocks import Block, Document, Heading, Paragraph
from chatelet.documents.composing.odt_styles import NAMESPACES
from chatelet.documents.composing.package import escaped
from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.xml import attribute, local, refuse_document_type, tree
from chatelet.documents.rebuilding.package import pack, written

_CODE: Final = ("Basic/", "Scripts/", "Object ")
_OUTSIDE: Final = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_TEMPLATE: Final = "application/vnd.oasis.opendocument.text-template"
_ROOT: Final = re.compile(r"<office:document-content\b[^>]*>")
_TEXT: Final = re.compile(r"(<office:text(?:\s[^>]*)?>)(.*)(</office:text>)", re.DOTALL)
_FIRST: Final = re.compile(r"<(?:text:(?:p|h|list|section|soft-page-break)|table:table)[\s>/]")
_PARAGRAPH: Final = re.compile(r"<text:p(?:\s[^>]*?)?>(?:(?!<text:p[\s>/]).)*?</text:p>", re.DOTALL)
_PLACE: Final = re.compile(r"\{\{\s*(?:content|contenu)\s*\}\}", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]+>")
_STYLES: Final = re.compile(r"<office:automatic-styles\s*/>|<office:automatic-styles>|(?=<office:body)")
_OURS: Final = re.compile(
    r'(style:name|text:style-name|table:style-name|style:parent-style-name)="'
    r'(Strong|Emphasis|StrongEmphasis|Cell|Cell\.Head|Bullets|Numbers|Break|T\d+(?:\.\d+)?)"'
)


def refusal(archive: Archive, limits: Limits) -> str | None:
    """Return why the file cannot be a style file, if so. Raises `NotRead`."""
    if "mimetype" not in archive or "content.xml" not in archive or "styles.xml" not in archive:
        return "format"
    kind = archive.read("mimetype").decode("ascii", "replace").strip()
    if kind not in {odt.MEDIA, _TEMPLATE}:
        return "format"
    if any(name.startswith(_CODE) and not name.endswith("/") for name in archive.names):
        return "macros"
    for name in ("content.xml", "styles.xml"):
        data = archive.read(name)
        refuse_document_type(data)
        for element in tree(data, limits).iter():
            if local(element) == "event-listener":
                return "macros"
            if local(element) != "a" and _OUTSIDE.match(attribute(element, "href")):
                return "outside"
    content = archive.read("content.xml").decode("utf-8", "replace")
    return None if _ROOT.search(content) and _TEXT.search(content) else "format"


def write(document: Document, archive: Archive, limits: Limits) -> bytes:
    """Return the package with another body. Raises `NotRead`."""
    content = archive.read("content.xml").decode("utf-8", "replace")
    found = _TEXT.search(content)
    assert found is not None, "inspected"
    known = {attribute(one, "name") for one in tree(archive.read("styles.xml"), limits).iter() if local(one) == "style"}
    body = _ours(_body(document, known))
    content = content[: found.start(2)] + _placed(found[2], body) + content[found.end(2) :]
    content = _styled(content, _ours(odt.automatic_styles(document)) + _page(found[2], content, known))
    content = _ROOT.sub(lambda match: _declared(match[0]), content, count=1)
    texts = {"content.xml": content, "meta.xml": odt.meta(document)}
    manifest = archive.read("META-INF/manifest.xml").decode("utf-8", "replace").replace(_TEMPLATE, odt.MEDIA)
    if "meta.xml" not in archive:
        entry = (
            '<manifest:file-entry xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            ' manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
        )
        manifest = manifest.replace("</manifest:manifest>", f"{entry}</manifest:manifest>")
    changes = {name: pack(text.encode()) for name, text in (*texts.items(), ("META-INF/manifest.xml", manifest))}
    return written(archive, {"mimetype": pack(odt.MEDIA.encode(), stored=True), **changes})


def _body(document: Document, known: set[str]) -> str:
    style = "OursFirst"
    parts = [f'<text:p text:style-name="{style}">{escaped(document.title)}</text:p>']
    parts += odt.blocks(tuple(_dressed(block, known) for block in document.body))
    if document.notice:
        notice = escaped(document.notice)
        told = f'<text:span text:style-name="Emphasis">{notice}</text:span>'
        parts.append(f'<text:p text:style-name="Text_20_body">{told}</text:p>')
    return "".join(parts)


def _dressed(block: Block, known: set[str]) -> Block:
    """Return a heading in bold where the style file has no style for it."""
    match block:
        case Heading(level, inside) if f"Heading_20_{level}" not in known:
            return Paragraph(tuple(type(run)(run.text, bold=True, italic=run.italic) for run in inside))
        case _:
            return block


def _page(before: str, content: str, known: set[str]) -> str:
    """Return the style of the title: the page that the first words of the style file stood on is that of ours."""
    first = re.search(r'<text:(?:p|h)\b[^>]*?text:style-name="([^"]+)"', before)
    master = ""
    if first is not None:
        named = re.search(rf'<style:style\b[^>]*style:name="{re.escape(first[1])}"[^>]*>', content)
        page = re.search(r'style:master-page-name="[^"]+"', named[0]) if named else None
        master = f" {page[0]}" if page else ""
    parent = "Title" if "Title" in known else "Heading_20_1" if "Heading_20_1" in known else "Standard"
    bold = "" if parent != "Standard" else '<style:text-properties fo:font-weight="bold" fo:font-size="16pt"/>'
    named = f'style:name="OursFirst" style:family="paragraph" style:parent-style-name="{parent}"{master}'
    return f"<style:style {named}>{bold}</style:style>"


def _placed(before: str, body: str) -> str:
    """Put the new words where the style file says, or after what is no words (declarations, frames of the page)."""
    for match in _PARAGRAPH.finditer(before):
        if _PLACE.search(_TAG.sub("", match[0])):
            return before[: match.start()] + body + before[match.end() :]
    first = _FIRST.search(before)
    return (before[: first.start()] if first else before) + body


def _styled(content: str, styles: str) -> str:
    """Add automatic styles to those of the style file."""

    def added(match: re.Match[str]) -> str:
        if match[0].startswith("<office:automatic-styles>"):
            return match[0] + styles
        return f"<office:automatic-styles>{styles}</office:automatic-styles>"

    return _STYLES.sub(added, content, count=1)


def _declared(root: str) -> str:
    """Return the root with the namespaces that our words use."""
    wanted = (one for one in NAMESPACES.split() if f"{one.partition('=')[0]}=" not in root)
    return root[:-1] + "".join(f" {one}" for one in wanted) + ">"


def _ours(xml: str) -> str:
    """Give our automatic styles names that no style file has."""
    return _OURS.sub(r'\1="Ours.\2"', xml)
