"""Writes Office Open XML documents, for those whose word processor asks for them."""

from typing import Final, assert_never

from chatelet.documents.composing.blocks import (
    AI_NOTICE,
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
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH: Final = 9_638  # twentieths of a point between the margins


def write(document: Document) -> bytes:
    """Return the file."""
    return zipped(
        [
            ("[Content_Types].xml", _XML + CONTENT_TYPES),
            ("_rels/.rels", _XML + ROOT_RELATIONS),
            ("word/document.xml", _XML + _body(document)),
            ("word/_rels/document.xml.rels", _XML + RELATIONS),
            ("word/styles.xml", _XML + styles(document.language)),
            ("word/numbering.xml", _XML + _numbering(document)),
            ("word/footer1.xml", _XML + _footer(document)),
            ("docProps/core.xml", _XML + _core(document)),
            ("docProps/custom.xml", _XML + _custom(document)),
        ]
    )


def _body(document: Document) -> str:
    parts = [_paragraph(words(document.title), "Title")]
    lists = 1  # 1 is that of bullets; each numbered list begins again
    for block in document.blocks:
        if isinstance(block, Items) and block.ordered:
            lists += 1
        parts.append(_block(block, lists))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {W}><w:body>{''.join(parts)}{section}</w:body></w:document>"


def _block(block: Block, lists: int) -> str:
    match block:
        case Heading(level, inside):
            return _paragraph(inside, f"Heading{level}")
        case Paragraph(inside):
            return _paragraph(inside)
        case Items():
            number = lists if block.ordered else 1
            numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            return "".join(_paragraph(one, "ListParagraph", numbered) for one in block.items)
        case Grid():
            return _table(block)
        case PageBreak():
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        case _:
            assert_never(block)


def _paragraph(inside: Words, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{''.join(map(_run, inside))}</w:p>"


def _run(run: Run) -> str:
    style = ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
    properties = f"<w:rPr>{style}</w:rPr>" if style else ""
    lines = escaped(run.text).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{properties}{text}</w:r>"


def _table(grid: Grid) -> str:
    widths = [round(share * _WIDTH) for share in grid.shares]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(grid.header, widths, "TableHead", "<w:trPr><w:tblHeader/></w:trPr>")
    rows = "".join(_row(row, widths, "TableText") for row in grid.rows)
    properties = (
        '<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    )
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl><w:p/>"


def _row(cells: tuple[Words, ...], widths: list[int], style: str, properties: str = "") -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(cell, style)}</w:tc>'
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
    notice = _paragraph(words(AI_NOTICE[document.language]), "Footer") if document.mark_ai else ""
    fields = "".join(
        f'{before}<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        for before, field in (("", "PAGE"), ('<w:r><w:t xml:space="preserve"> / </w:t></w:r>', "NUMPAGES"))
    )
    title = _run(Run(f"{document.title} — "))
    return f'<w:ftr {W}>{notice}<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{title}{fields}</w:p></w:ftr>'


def _core(document: Document) -> str:
    moment = f"{document.made_at:%Y-%m-%dT%H:%M:%SZ}"
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(document.title)}</dc:title><dc:creator>{escaped(document.author)}</dc:creator>"
        f"<dc:language>{document.language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created></cp:coreProperties>'
    )


def _custom(document: Document) -> str:
    marked = (
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{AI_PROPERTY}">'
        "<vt:bool>true</vt:bool></property>"
        if document.mark_ai
        else ""
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{marked}</Properties>'
    )
