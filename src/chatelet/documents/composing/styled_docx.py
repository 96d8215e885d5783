"""A Word document in the style of another: its package with another body, our lists added to its numbering."""

import re
from typing import Final, assert_never

from chatelet.documents.composing import docx
from chatelet.documents.composing.blocks import (
    Block,
    Document,
    Grid,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Run,
    words,
)
from chatelet.documents.composing.docx_parts import NUMBERING, W
from chatelet.documents.parsing.archive import Archive
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.ooxml import Package
from chatelet.documents.parsing.xml import Node, attribute, local, refuse_document_type, tree
from chatelet.documents.rebuilding.package import pack, written

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACRO_KINDS: Final = ("vbaProject.bin", "vbaData.xml")
_TEMPLATE_TYPE: Final = f"{_WORD}.template.main+xml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "[Content_Types].xml"
_ROOT, _CORE, _CUSTOM = "_rels/.rels", "docProps/core.xml", "docProps/custom.xml"
_EDGES: Final = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
_LINKS: Final = frozenset({"hyperlink"})
_BODY: Final = re.compile(r"(<w:body(?:\s[^>]*)?>)(.*)(</w:body>)", re.DOTALL)
_SECTION: Final = re.compile(r"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)\s*$", re.DOTALL)
_PLACE: Final = re.compile(r"\{\{\s*(?:content|contenu)\s*\}\}", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"<w:p(?:\s[^>]*?)?>(?:(?!<w:p[\s>/]).)*?</w:p>", re.DOTALL)  # none inside another
_TEXT: Final = re.compile(r"<w:t(?:\s[^>]*)?>(.*?)</w:t>", re.DOTALL)
_FIRST_LIST: Final = 9_001  # numbers that no style file has


def refusal(archive: Archive, limits: Limits) -> str | None:
    """Return why the file cannot be a style file, if so. Raises `NotRead`."""
    if any(name.endswith(_MACRO_KINDS) for name in archive.names):
        return "macros"
    package = Package(archive, limits, Draft("docx", limits))
    types = _read(archive, _TYPES)
    if "macroEnabled" in types:
        return "macros"
    main = package.main_part()
    if not main.startswith("word/") or "wordprocessingml" not in types:
        return "format"
    for name in archive.names:
        if name.endswith(".rels") and _calls_outside(tree(archive.read(name), limits)):
            return "outside"
    if any("/embeddings/" in name or "/activeX/" in name for name in archive.names):
        return "macros"
    text = archive.read(main)
    refuse_document_type(text)
    return None if _BODY.search(text.decode("utf-8", "replace")) else "format"


def _calls_outside(relations: Node) -> bool:
    return any(
        element.get("TargetMode") == "External" and element.get("Type", "").rpartition("/")[2] not in _LINKS
        for element in relations
    )


def write(document: Document, archive: Archive, limits: Limits) -> bytes:
    """Return the package with another body. Raises `NotRead`."""
    main = Package(archive, limits, Draft("docx", limits)).main_part()
    styles = _Styles.of(archive, limits)
    whole = _read(archive, main)
    found = _BODY.search(whole)
    assert found is not None, "inspected"
    body = _placed(found[2], _body(document, styles))
    texts = {main: whole[: found.start(2)] + body + whole[found.end(2) :]}
    texts[_TYPES] = _read(archive, _TYPES).replace(_TEMPLATE_TYPE, f"{_WORD}.document.main+xml")
    _numbered(document, archive, main, texts)
    _mark(document, archive, texts)
    return written(archive, {name: pack(text.encode()) for name, text in texts.items()})


class _Styles:
    """The identifiers that the style file gives to its styles, by their names, which no language changes."""

    def __init__(self, by_name: dict[str, str]) -> None:
        self._by_name = by_name

    @classmethod
    def of(cls, archive: Archive, limits: Limits) -> "_Styles":
        found: dict[str, str] = {}
        if "word/styles.xml" in archive:
            for style in tree(archive.read("word/styles.xml"), limits):
                if local(style) == "style" and attribute(style, "type") in {"paragraph", "table"}:
                    names = [attribute(one, "val") for one in style if local(one) == "name"]
                    found.update({name.casefold(): attribute(style, "styleId") for name in names})
        return cls(found)

    def get(self, *names: str) -> str:
        """Return the identifier of the first that is there; empty when none is."""
        return next((self._by_name[name] for name in names if name in self._by_name), "")


def _body(document: Document, styles: _Styles) -> str:
    parts = [_titled(document.title, styles.get("title", "heading 1"))]
    lists = _FIRST_LIST
    for block in document.body:
        if isinstance(block, Items) and block.ordered:
            lists += 1
        parts.append(_block(block, lists, styles))
    if document.notice:
        notice = (Run(document.notice, italic=True),)
        parts.append(docx.paragraph(notice))
    return "".join(parts)


def _titled(title: str, style: str) -> str:
    return docx.paragraph(words(title), style) if style else docx.paragraph((Run(title, bold=True),))


def _block(block: Block, lists: int, styles: _Styles) -> str:
    match block:
        case Heading(level, inside):
            style = styles.get(f"heading {level}")
            if style:
                return docx.paragraph(inside, style)
            return docx.paragraph(tuple(Run(run.text, bold=True, italic=run.italic) for run in inside))
        case Items():
            number = lists if block.ordered else _FIRST_LIST
            named = "list number" if block.ordered else "list bullet"
            style = styles.get(named, "list paragraph")
            numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            return "".join(docx.paragraph(one, style, numbered) for one in block.items)
        case Paragraph(inside):
            return docx.paragraph(inside, styles.get("body text"))
        case Grid():
            style = styles.get("table grid")
            header = tuple(tuple(Run(run.text, bold=True) for run in cell) for cell in block.header)
            bold = Grid(header, block.rows, block.widths)
            return docx.table(bold, (style, "", ""), "" if style else _EDGES)
        case PageBreak():
            return docx.block(block, lists)
        case _:
            assert_never(block)


def _placed(before: str, body: str) -> str:
    """Put the new words where the style file says, or in the place of all its words; its last section stays."""
    section = _SECTION.search(before)
    end = section[0] if section else ""
    kept = before[: section.start()] if section else before
    for match in _PARAGRAPH.finditer(kept):
        if _PLACE.search("".join(_TEXT.findall(match[0]))):
            return kept[: match.start()] + body + kept[match.end() :] + end
    return body + end


def _numbered(document: Document, archive: Archive, main: str, texts: dict[str, str]) -> None:
    """Add our lists to the numbering of the style file, or give it one."""
    ordered = sum(isinstance(block, Items) and block.ordered for block in document.blocks)
    definitions = "".join(re.findall(r"<w:abstractNum .*?</w:abstractNum>", NUMBERING))
    definitions = definitions.replace('w:abstractNumId="0"', 'w:abstractNumId="9000"')
    definitions = definitions.replace('w:abstractNumId="1"', 'w:abstractNumId="9001"')
    numbers = f'<w:num w:numId="{_FIRST_LIST}"><w:abstractNumId w:val="9000"/></w:num>' + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="9001"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in range(_FIRST_LIST + 1, _FIRST_LIST + ordered + 1)
    )
    name = "word/numbering.xml"
    if name in archive:
        texts[name] = _merged(_read(archive, name), definitions, numbers)
        return
    texts[name] = f"{docx.XML}<w:numbering {W}>{definitions}{numbers}</w:numbering>"
    folder, _, file = main.rpartition("/")
    _relate(archive, texts, f"{folder}/_rels/{file}.rels", f"{_OFFICE}/relationships/numbering", "numbering.xml")
    _type(texts, name, f"{_WORD}.numbering+xml")


def _merged(listing: str, definitions: str, numbers: str) -> str:
    """Put definitions before the first number, and numbers at the end, as the schema asks."""
    if "</w:numbering>" not in listing:
        return re.sub(r"<w:numbering([^>]*)/>", rf"<w:numbering\1>{definitions}{numbers}</w:numbering>", listing)
    place = listing.find("<w:num ")
    place = place if place >= 0 else listing.index("</w:numbering>")
    listing = listing[:place] + definitions + listing[place:]
    end = re.search(r"<w:numIdMacAtCleanup\b|</w:numbering>", listing)
    assert end is not None
    return listing[: end.start()] + numbers + listing[end.start() :]


def _mark(document: Document, archive: Archive, texts: dict[str, str]) -> None:
    """Write the properties anew: those of the style file are of another document, and may name its author."""
    texts[_CORE], texts[_CUSTOM] = docx.XML + docx.core(document), docx.XML + docx.custom(document)
    if _CORE not in archive:
        _type(texts, _CORE, "application/vnd.openxmlformats-package.core-properties+xml")
        _relate(archive, texts, _ROOT, f"{_PACKAGE}/relationships/metadata/core-properties", _CORE)
    if _CUSTOM not in archive:
        _type(texts, _CUSTOM, "application/vnd.openxmlformats-officedocument.custom-properties+xml")
        _relate(archive, texts, _ROOT, f"{_OFFICE}/relationships/custom-properties", _CUSTOM)


def _relate(archive: Archive, texts: dict[str, str], listing: str, kind: str, target: str) -> None:
    name = "rIdOurs" + re.sub(r"\W", "", target)
    told = f'<Relationship xmlns="{_PACKAGE}/relationships" Id="{name}" Type="{kind}" Target="{target}"/>'
    text = texts.get(listing) or f'{docx.XML}<Relationships xmlns="{_PACKAGE}/relationships"></Relationships>'
    if listing not in texts and listing in archive:
        text = _read(archive, listing)
    texts[listing] = re.sub(r"</(?:\w+:)?Relationships>\s*$", lambda match: told + match[0], text)


def _type(texts: dict[str, str], part: str, kind: str) -> None:
    told = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}" ContentType="{kind}"/>'
    texts[_TYPES] = re.sub(r"</(?:\w+:)?Types>\s*$", lambda match: told + match[0], texts[_TYPES])


def _read(archive: Archive, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")
