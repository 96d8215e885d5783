"""Writes OpenDocument text (ODF 1.3), the format that the State's reference (RGI) asks for."""

from typing import Final, assert_never

from chatelet.documents.composing.blocks import (
    AI_PROPERTY,
    Block,
    Document,
    Grid,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Run,
    Words,
)
from chatelet.documents.composing.odt_styles import CONTENT_STYLES, NAMESPACES, page_styles
from chatelet.documents.composing.package import escaped, zipped

MEDIA: Final = "application/vnd.oasis.opendocument.text"
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WIDTH_CM: Final = 17.0
_MANIFEST: Final = (
    f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)


def write(document: Document) -> bytes:
    """Return the file."""
    styles = page_styles(document.language, escaped(document.title), escaped(document.notice))
    return zipped(
        [
            ("mimetype", MEDIA),
            ("content.xml", _content(document)),
            ("styles.xml", _XML + styles),
            ("meta.xml", meta(document)),
            ("META-INF/manifest.xml", _MANIFEST),
        ],
        stored_first=True,
    )


def _content(document: Document) -> str:
    title = f'<text:p text:style-name="Title">{escaped(document.title)}</text:p>'
    return (
        f'{_XML}<office:document-content {NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{automatic_styles(document)}</office:automatic-styles>"
        f"<office:body><office:text>{title}{''.join(blocks(document.body))}</office:text></office:body>"
        "</office:document-content>"
    )


def automatic_styles(document: Document) -> str:
    """Return the styles that the words of a document name beside those of the file."""
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return CONTENT_STYLES + "".join(_column_styles(number, grid) for number, grid in enumerate(grids, 1))


def blocks(listed: tuple[Block, ...]) -> list[str]:
    """Return the XML of blocks."""
    body: list[str] = []
    numbers = 0
    breaking = False
    for block in listed:
        if isinstance(block, PageBreak):
            breaking = True
            continue
        if breaking:
            body.append('<text:p text:style-name="Break"/>')
            breaking = False
        numbers += isinstance(block, Grid)
        body.append(_block(block, numbers))
    return body


def _block(block: Block, number: int) -> str:
    match block:
        case Heading(level, words):
            style = f'text:style-name="Heading_20_{level}" text:outline-level="{level}"'
            return f"<text:h {style}>{_runs(words)}</text:h>"
        case Paragraph(words):
            return f'<text:p text:style-name="Text_20_body">{_runs(words)}</text:p>'
        case Items():
            return _list(block)
        case Grid():
            return _table(block, number)
        case PageBreak():
            return ""
        case _:
            assert_never(block)


def _list(block: Items) -> str:
    style = "Numbers" if block.ordered else "Bullets"
    items = (
        f'<text:list-item><text:p text:style-name="Item">{_runs(words)}</text:p></text:list-item>'
        for words in block.items
    )
    return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'


def _column_styles(number: int, grid: Grid) -> str:
    table = (
        f'<style:style style:name="T{number}" style:family="table">'
        f'<style:table-properties style:width="{_WIDTH_CM}cm" table:align="margins"/></style:style>'
    )
    return table + "".join(
        f'<style:style style:name="T{number}.{column}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{share * _WIDTH_CM:.2f}cm"/></style:style>'
        for column, share in enumerate(grid.shares, 1)
    )


def _table(grid: Grid, number: int) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="T{number}.{column}"/>' for column in range(1, len(grid.header) + 1)
    )
    header = "".join(_cell(words, "Cell.Head", "Table_20_Heading") for words in grid.header)
    rows = "".join(
        f"<table:table-row>{''.join(_cell(words, 'Cell', 'Table_20_Contents') for words in row)}</table:table-row>"
        for row in grid.rows
    )
    head = f"<table:table-header-rows><table:table-row>{header}</table:table-row></table:table-header-rows>"
    named = f'table:name="Table{number}" table:style-name="T{number}"'
    return f'<table:table {named}>{columns}{head}{rows}</table:table><text:p text:style-name="After"/>'


def _cell(words: Words, style: str, paragraph: str) -> str:
    inside = f'<text:p text:style-name="{paragraph}">{_runs(words)}</text:p>'
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{inside}</table:table-cell>'


def _runs(words: Words) -> str:
    return "".join(map(_run, words))


def _run(run: Run) -> str:
    text = escaped(run.text).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")
    style = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "StrongEmphasis"}.get(
        (run.bold, run.italic)
    )
    return f'<text:span text:style-name="{style}">{text}</text:span>' if style else text


def meta(document: Document) -> str:
    """Return the properties of the file, with the mark of what a model wrote."""
    marked = (
        f'<meta:user-defined meta:name="{AI_PROPERTY}" meta:value-type="boolean">true</meta:user-defined>'
        if document.mark_ai
        else ""
    ) + "".join(
        f'<meta:user-defined meta:name="{name}" meta:value-type="string">{escaped(value)}</meta:user-defined>'
        for name, value in document.properties
    )
    return (
        f'{_XML}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<meta:generator>Châtelet</meta:generator><dc:title>{escaped(document.title)}</dc:title>"
        f"<dc:creator>{escaped(document.author)}</dc:creator><dc:language>{document.language}</dc:language>"
        f"<dc:date>{document.made_at:%Y-%m-%dT%H:%M:%S}</dc:date>{marked}</office:meta></office:document-meta>"
    )
