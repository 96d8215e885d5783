"""Writes Office Open XML documents, for those whose word processor asks for them."""

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
    words,
)
from chatelet.documents.composing.docx_parts import CONTENT_TYPES, NUMBERING, RELATIONS, ROOT_RELATIONS, W, styles
from chatelet.documents.composing.package import escaped, zipped

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH: Final = 9_638  # twentieths of a point between the margins


def write(document: Document) -> bytes:
    """Return the file."""
    return zipped(
        [
            ("[Content_Types].xml", XML + CONTENT_TYPES),
            ("_rels/.rels", XML + ROOT_RELATIONS),
            ("word/document.xml", XML + _body(document)),
            ("word/_rels/document.xml.rels", XML + RELATIONS),
            ("word/styles.xml", XML + styles(document.language)),
            ("word/numbering.xml", XML + _numbering(document)),
            ("word/footer1.xml", XML + _footer(document)),
            ("docProps/core.xml", XML + core(document)),
            ("docProps/custom.xml", XML + custom(document)),
        ]
    )


def _body(document: Document) -> str:
    parts = [paragraph(words(document.title), "Title")]
    lists = 1  # 1 is that of bullets; each numbered list begins again
    for one in document.body:
        if isinstance(one, Items) and one.ordered:
            lists += 1
        parts.append(block(one, lists))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {W}><w:body>{''.join(parts)}{section}</w:body></w:document>"


def block(one: Block, lists: int) -> str:
    """Return the XML of a block; `lists` is the number of its list."""
    match one:
        case Heading(level, inside):
            return paragraph(inside, f"Heading{level}")
        case Paragraph(inside):
            return paragraph(inside)
        case Items():
            number = lists if one.ordered else 1
            numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            return "".join(paragraph(item, "ListParagraph", numbered) for item in one.items)
        case Grid():
            return table(one)
        case PageBreak():
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        case _:
            assert_never(one)


def paragraph(inside: Words, style: str = "", more: str = "") -> str:
    """Return the XML of a paragraph; `more` are properties that follow its style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{''.join(map(_run, inside))}</w:p>"


def _run(run: Run) -> str:
    style = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    lines = escaped(run.text).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{text}</w:r>"


def table(grid: Grid, styles: tuple[str, str, str] = ("Grid", "TableHead", "TableText"), more: str = "") -> str:
    """Return the XML of a table; `styles` are those of the table, of its header, of its cells."""
    widths = [round(share * _WIDTH) for share in grid.shares]
    whole, head_style, cell_style = styles
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(grid.header, widths, head_style, "<w:trPr><w:tblHeader/></w:trPr>")
    rows = "".join(_row(row, widths, cell_style) for row in grid.rows)
    named = f'<w:tblStyle w:val="{whole}"/>' if whole else ""
    properties = f'<w:tblPr>{named}<w:tblW w:w="0" w:type="auto"/>{more}<w:tblLayout w:type="fixed"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl><w:p/>"


def _row(cells: tuple[Words, ...], widths: list[int], style: str, properties: str = "") -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(cell, style)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{inside}</w:tr>"


def _numbering(document: Document) -> str:
    ordered = sum(isinstance(block, Items) and block.ordered for block in document.blocks)
    restarted = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in range(2, ordered + 2)
    )
    return f"<w:numbering {W}>{NUMBERING}{restarted}</w:numbering>"


def _footer(document: Document) -> str:
    notice = paragraph(words(document.notice), "Footer") if document.notice else ""
    fields = "".join(
        f'{before}<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for before, field in (("", "PAGE"), ('<w:r><w:t xml:space="preserve"> / </w:t></w:r>', "NUMPAGES"))
    )
    title = _run(Run(f"{document.title} — "))
    return f'<w:ftr {W}>{notice}<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{title}{fields}</w:p></w:ftr>'


def core(document: Document) -> str:
    """Return the properties that every file has: title, author, language, date."""
    moment = f"{document.made_at:%Y-%m-%dT%H:%M:%SZ}"
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(document.title)}</dc:title><dc:creator>{escaped(document.author)}</dc:creator>"
        f"<dc:language>{document.language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created></cp:coreProperties>'
    )


def custom(document: Document) -> str:
    """Return the properties named by their user: the mark of what a model wrote, and what its publication says."""
    marked = (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{AI_PROPERTY}">'
        "<vt:bool>true</vt:bool></property>"
        if document.mark_ai
        else ""
    ) + "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escaped(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(document.properties, 3)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{marked}</Properties>'
    )
