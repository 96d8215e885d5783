"""A DOCX written from nothing: paragraphs of a few styles, tables, pages; what Word and LibreOffice open as it is."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.in_place.styles import Style

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_PICTURE: Final = f"{_DRAWING}/picture"
_TWIPS: Final = 20  # in a point
_EMU: Final = 12_700  # in a point
RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"})
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OFF: Final = {0: "", 1: '<w:vertAlign w:val="superscript"/>', -1: '<w:vertAlign w:val="subscript"/>'}
_WIDEST: Final = 63  # columns that Word takes
_DATED: Final = (1980, 1, 1, 0, 0, 0)
_STYLES: Final = {  # kind: (identifier, name, paragraph's properties, characters' properties)
    "title": ("Title", "Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="40"/>'),
    **{
        f"heading{level}": (
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:sz w:val="{max(22, 36 - 4 * level)}"/>',
        )
        for level in range(1, 7)
    },
    "list_item": ("ListParagraph", "List Paragraph", '<w:ind w:left="720" w:hanging="360"/>', ""),
    "caption": ("Caption", "caption", '<w:spacing w:after="120"/>', '<w:i/><w:sz w:val="20"/>'),
    "footnote": ("FootnoteText", "footnote text", "", '<w:sz w:val="18"/>'),
    "code": ("Code", "Code", "", '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:sz w:val="20"/>'),
}


Words = tuple[tuple[str, Style | None], ...]  # stretches of words; no style: that of their paragraph


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `before` is its bullet or number."""

    words: Words
    kind: str
    level: int = 0
    before: str = ""
    unsure: bool = False
    begins_page: bool = False


@dataclass(slots=True)
class Row:
    """A row of a table: by column, words, rows and columns that they cover, whether a heading, whether unsure."""

    cells: dict[int, tuple[Words, int, int, bool, bool]] = field(
        default_factory=dict[int, tuple[Words, int, int, bool, bool]]
    )


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in a paragraph of its own, its sides in points."""

    data: bytes
    extension: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Paper:
    """The size of pages, in points."""

    width: float = 595
    height: float = 842


def write_docx(
    lines: Iterable[Line | Image | list[Row]], options: Options, paper: Paper, *, title: str, is_machine: bool
) -> bytes:
    """Return the document."""
    media: list[Image] = []
    is_rtl = (options.language or "").partition("-")[0].lower() in RIGHT_TO_LEFT
    body: list[str] = []
    for line in lines:
        if isinstance(line, Image):
            media.append(line)
            body.append(_picture(line, len(media), paper))
        else:
            body.append(_table(line, paper) if isinstance(line, list) else _paragraph(line, is_rtl=is_rtl))
    if options.visible_mark and is_machine:
        body.append(_paragraph(Line(((options.visible_mark, None),), "caption"), is_rtl=is_rtl))
    parts = {
        "[Content_Types].xml": _types(is_machine=is_machine),
        "_rels/.rels": _relations(is_machine=is_machine),
        "word/document.xml": _document("".join(body), paper),
        "word/_rels/document.xml.rels": _links(
            (f"{_OFFICE}/relationships/styles", "styles.xml"),
            *(
                (f"{_OFFICE}/relationships/image", f"media/{_media_name(place, one)}")
                for place, one in _numbered(media)
            ),
        ),
        "word/styles.xml": _styles(options.language),
        "docProps/core.xml": _core(title, options.language),
    }
    if is_machine:
        parts["docProps/custom.xml"] = _custom()
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _DATED), _HEAD + content, zipfile.ZIP_DEFLATED)
        for place, one in _numbered(media):
            package.writestr(zipfile.ZipInfo(f"word/media/{_media_name(place, one)}", _DATED), one.data)
    return out.getvalue()


def _numbered(media: list[Image]) -> Iterable[tuple[int, Image]]:
    return enumerate(media, 1)


def _media_name(number: int, image: Image) -> str:
    return f"image{number}.{image.extension}"


def _picture(image: Image, number: int, paper: Paper) -> str:
    """Return a paragraph that shows a picture, no wider than the page's text."""
    scale = min(1.0, (paper.width - 114) / image.width, (paper.height - 114) / image.height)
    wide, high = round(image.width * scale * _EMU), round(image.height * scale * _EMU)
    name = f'id="{number}" name="image{number}"'
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/><wp:docPr {name}/><a:graphic>'
        f'<a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rId{number + 1}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        "<pic:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _paragraph(line: Line, *, is_rtl: bool = False) -> str:
    kind = f"heading{min(6, max(1, line.level))}" if line.kind == "heading" else line.kind
    style = _STYLES.get(kind)
    properties = f'<w:pStyle w:val="{style[0]}"/>' if style else ""
    properties += "<w:pageBreakBefore/>" if line.begins_page or line.kind == "page" else ""
    properties += "<w:bidi/>" if is_rtl else ""
    if line.kind == "list_item" and line.level > 1:
        properties += f'<w:ind w:left="{720 * line.level}" w:hanging="360"/>'
    runs = _run(line.before.strip(), "") + "<w:r><w:tab/></w:r>" if line.before.strip() else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}{_runs(line.words, unsure=line.unsure, is_rtl=is_rtl)}</w:p>"


def _runs(words: Words, *, bold: bool = False, unsure: bool = False, is_rtl: bool = False) -> str:
    """Return stretches as runs, their properties in the order that the schema wants."""
    highlight = '<w:highlight w:val="yellow"/>' if unsure else ""
    way = "<w:rtl/>" if is_rtl else ""
    plain = "<w:b/>" if bold else ""
    return "".join(
        _run(
            text,
            (plain if style is None else f'<w:b w:val="{int(style.bold)}"/><w:i w:val="{int(style.italic)}"/>')
            + highlight
            + (_OFF[style.off] if style else "")
            + way,
        )
        for text, style in words
    )


def _run(text: str, properties: str) -> str:
    if not text:
        return ""
    lines = [_clean(line) for line in text.split("\n")]
    written = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{written}</w:r>"


def _clean(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text))


def _table(rows: Sequence[Row], paper: Paper) -> str:
    width = min(_WIDEST, max((column + cell[2] for row in rows for column, cell in row.cells.items()), default=1))
    each = int((paper.width - 144) * _TWIPS / width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for _column in range(width))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    covered: dict[int, tuple[int, int]] = {}  # column: rows still covered, columns
    written = "".join(f"<w:tr>{''.join(_cells(row, width, covered))}</w:tr>" for row in rows)
    look = f'<w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl><w:p/>"


def _cells(row: Row, width: int, covered: dict[int, tuple[int, int]]) -> Iterator[str]:
    """Yield the cells of a row, those that go on from above and the empty ones included."""
    column = 0
    while column < width:
        left, wide = covered.get(column, (0, 1))
        cell = row.cells.get(column)
        if left and cell is None:
            covered[column] = (left - 1, wide)
            yield _cell("<w:p/>", min(wide, width - column), "<w:vMerge/>")
            column += wide
            continue
        words, high, wide, is_header, unsure = cell or ((), 1, 1, False, False)
        covered[column] = (high - 1, wide)
        merge = '<w:vMerge w:val="restart"/>' if high > 1 else ""
        yield _cell(f"<w:p>{_runs(words, bold=is_header, unsure=unsure)}</w:p>", min(wide, width - column), merge)
        column += wide


def _cell(content: str, wide: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content}</w:tc>"


def _document(body: str, paper: Paper) -> str:
    wide, high = round(paper.width * _TWIPS), round(paper.height * _TWIPS)
    turned = ' w:orient="landscape"' if wide > high else ""
    page = (
        f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar w:top="1134" w:right="1134" '
        'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    spaces = (
        f'xmlns:w="{_W}" xmlns:r="{_OFFICE}/relationships" xmlns:a="{_DRAWING}/main" xmlns:pic="{_PICTURE}" '
        f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"'
    )
    return f"<w:document {spaces}><w:body>{body}{page}</w:body></w:document>"


def _styles(language: str | None) -> str:
    told = f"<w:lang w:val={quoteattr(language)} w:bidi={quoteattr(language)}/>" if language else ""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/>{told}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{characters}</w:rPr></w:style>"
        for identifier, name, paragraph, characters in _STYLES.values()
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return f'<w:styles xmlns:w="{_W}">{defaults}{normal}{styles}</w:styles>'


def _types(*, is_machine: bool) -> str:
    parts = {
        "/word/document.xml": f"{_DOCUMENT}.document.main+xml",
        "/word/styles.xml": f"{_DOCUMENT}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    if is_machine:
        parts["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{told}</Types>'


def _relations(*, is_machine: bool) -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    found = [(f"{_OFFICE}/relationships/officeDocument", "word/document.xml"), (core, "docProps/core.xml")]
    if is_machine:
        found.append((f"{_OFFICE}/relationships/custom-properties", "docProps/custom.xml"))
    return _links(*found)


def _links(*links: tuple[str, str]) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _core(title: str, language: str | None) -> str:
    told = f"<dc:language>{_clean(language)}</dc:language>" if language else ""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_clean(title)}</dc:title>{told}</cp:coreProperties>"
    )


def _custom() -> str:
    return (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="AIGenerated"><vt:bool>true</vt:bool>'
        "</property></Properties>"
    )
