"""An ODT written from nothing: paragraphs of a few styles, tables, pages, pictures; as `new_docx` does, in ODF 1.3."""

import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import product
from typing import Final
from xml.sax.saxutils import quoteattr

from chatelet.documents.composing.package import escaped
from chatelet.documents.rebuilding.contract import Options
from chatelet.documents.rebuilding.in_place.styles import Style
from chatelet.documents.rebuilding.new_docx import RIGHT_TO_LEFT, Image, Line, Paper, Row, Words

_URN: Final = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES: Final = " ".join(
    (
        *(f'xmlns:{one}="{_URN}:{one}:1.0"' for one in ("office", "text", "table", "style", "meta")),
        f'xmlns:draw="{_URN}:drawing:1.0"',
        f'xmlns:fo="{_URN}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_URN}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MEDIA: Final = "application/vnd.oasis.opendocument.text"
_DATED: Final = (1980, 1, 1, 0, 0, 0)
_MARGIN: Final = 56.7  # points: 2 cm
_DEEPEST: Final = 6
_OFF: Final = {  # letters raised or lowered: the end of the style's name, its property
    0: ("", ""),
    1: ("up", ' style:text-position="super 58%"'),
    -1: ("down", ' style:text-position="sub 58%"'),
}
_UNSURE: Final = 'style:name="Unsure" style:family="text"><style:text-properties fo:background-color="#ffff00"'
# kind: (style, name shown, properties of the paragraph, of its letters)
_STYLES: Final = {
    "title": ("Title", "Title", 'fo:margin-bottom="12pt"', 'fo:font-weight="bold" fo:font-size="20pt"'),
    **{
        f"heading{level}": (
            f"Heading_20_{level}",
            f"Heading {level}",
            'fo:margin-top="12pt" fo:margin-bottom="6pt" fo:keep-with-next="always"',
            f'fo:font-weight="bold" fo:font-size="{max(11, 18 - 2 * level)}pt"',
        )
        for level in range(1, _DEEPEST + 1)
    },
    "caption": ("Caption", "Caption", 'fo:margin-bottom="6pt"', 'fo:font-style="italic" fo:font-size="10pt"'),
    "code": ("Preformatted_20_Text", "Preformatted Text", "", 'style:font-name="Courier New" fo:font-size="10pt"'),
    "paragraph": ("Text_20_body", "Text body", 'fo:margin-bottom="6pt"', ""),
    **{
        f"list{level}": (
            f"List_20_{level}",
            f"List {level}",
            f'fo:margin-left="{36 * level}pt" fo:text-indent="-18pt" fo:margin-bottom="6pt"',
            "",
        )
        for level in range(1, _DEEPEST + 1)
    },
}


def write_odt(
    lines: Iterable[Line | Image | list[Row]], options: Options, paper: Paper, *, title: str, is_machine: bool
) -> bytes:
    """Return the document."""
    media: list[Image] = []
    body: list[str] = []
    tables = 0
    for line in lines:
        if isinstance(line, Image):
            media.append(line)
            body.append(_picture(line, len(media), paper))
        elif isinstance(line, list):
            tables += 1
            body.append(_table(line, tables))
        else:
            body.append(_paragraph(line))
    if options.visible_mark and is_machine:
        body.append(_paragraph(Line(((options.visible_mark, None),), "caption")))
    parts = {
        "content.xml": _content("".join(body)),
        "styles.xml": _styles(paper, options.language),
        "meta.xml": _meta(title, options.language, is_machine=is_machine),
        "META-INF/manifest.xml": _manifest(media),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype", _DATED), _MEDIA, zipfile.ZIP_STORED)
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _DATED), _HEAD + content, zipfile.ZIP_DEFLATED)
        for number, one in enumerate(media, 1):
            package.writestr(zipfile.ZipInfo(_named(number, one), _DATED), one.data)
    return out.getvalue()


def _named(number: int, image: Image) -> str:
    return f"Pictures/image{number}.{image.extension}"


def _paragraph(line: Line) -> str:
    level = min(_DEEPEST, max(1, line.level))
    kind = {"heading": f"heading{level}", "list_item": f"list{level}"}.get(line.kind, line.kind)
    style = _STYLES.get(kind, _STYLES["paragraph"])[0]
    name = f"P.{style}" if line.begins_page or line.kind == "page" else style
    before = f"{_words(line.before.strip())}<text:tab/>" if line.before.strip() else ""
    inside = before + _runs(line.words, unsure=line.unsure)
    if line.kind == "heading":
        return f'<text:h text:style-name="{name}" text:outline-level="{level}">{inside}</text:h>'
    return f'<text:p text:style-name="{name}">{inside}</text:p>'


def _runs(words: Words, *, unsure: bool) -> str:
    written = "".join(_run(_words(text), style) for text, style in words)
    return f'<text:span text:style-name="Unsure">{written}</text:span>' if unsure and written else written


def _run(written: str, style: Style | None) -> str:
    if style is None or not written:
        return written
    return f'<text:span text:style-name="{_named_style(style)}">{written}</text:span>'


def _named_style(style: Style) -> str:
    return f"T{int(style.bold)}{int(style.italic)}{_OFF[style.off][0]}"


def _words(text: str) -> str:
    """Return words as ODF writes them: a blank after another, a tab and a line end are elements."""
    written = escaped(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    while "  " in written:
        written = written.replace("  ", " <text:s/>")
    return written


def _table(rows: Sequence[Row], number: int) -> str:
    width = max((column + cell[2] for row in rows for column, cell in row.cells.items()), default=1)
    taken: set[tuple[int, int]] = set()
    written = "".join(
        f"<table:table-row>{_cells(row, at, width, taken)}</table:table-row>" for at, row in enumerate(rows)
    )
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    after = '<text:p text:style-name="Standard"/>'
    return f'<table:table table:name="Table{number}">{columns}{written}</table:table>{after}'


def _cells(row: Row, at: int, width: int, taken: set[tuple[int, int]]) -> str:
    cells: list[str] = []
    for column in range(width):
        if (at, column) in taken:
            cells.append("<table:covered-table-cell/>")
            continue
        words, high, wide, is_header, unsure = row.cells.get(column) or ((), 1, 1, False, False)
        wide = max(1, min(wide, width - column))
        high = max(1, high)
        taken |= {(at + down, column + right) for down in range(high) for right in range(wide)} - {(at, column)}
        spans = f' table:number-rows-spanned="{high}" table:number-columns-spanned="{wide}"' if high * wide > 1 else ""
        style = "Heading" if is_header else "Contents"
        inside = f'<text:p text:style-name="Table_20_{style}">{_runs(words, unsure=unsure)}</text:p>'
        cells.append(
            f'<table:table-cell table:style-name="Cell" office:value-type="string"{spans}>{inside}</table:table-cell>'
        )
    return "".join(cells)


def _picture(image: Image, number: int, paper: Paper) -> str:
    """Return a paragraph that shows a picture, no wider than the page's text."""
    scale = min(1.0, (paper.width - 2 * _MARGIN) / image.width, (paper.height - 2 * _MARGIN) / image.height)
    size = f'svg:width="{image.width * scale:.2f}pt" svg:height="{image.height * scale:.2f}pt"'
    shown = f'<draw:image xlink:href="{_named(number, image)}" xlink:type="simple" xlink:show="embed"/>'
    frame = f'<draw:frame draw:name="image{number}" text:anchor-type="as-char" {size}>{shown}</draw:frame>'
    return f'<text:p text:style-name="Standard">{frame}</text:p>'


def _content(body: str) -> str:
    broken = "".join(
        f'<style:style style:name="P.{style}" style:family="paragraph" style:parent-style-name="{style}">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
        for style, *_ in _STYLES.values()
    )
    cell = (
        '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" '
        'fo:border="0.5pt solid #808080"/></style:style>'
    )
    spans = "".join(map(_span, product((False, True), (False, True), _OFF)))
    styles = f"{broken}{cell}{spans}<style:style {_UNSURE}/></style:style>"
    return (
        f'<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def _span(told: tuple[bool, bool, int]) -> str:
    """Return the style of stretches that are bold or not, italic or not, raised, lowered or neither."""
    style = Style(*told)
    weight, slant = "bold" if style.bold else "normal", "italic" if style.italic else "normal"
    place = _OFF[style.off][1]
    return (
        f'<style:style style:name="{_named_style(style)}" style:family="text"><style:text-properties '
        f'fo:font-weight="{weight}" fo:font-style="{slant}"{place}/></style:style>'
    )


def _styles(paper: Paper, language: str | None) -> str:
    told = ""
    if language:
        code, _, country = language.partition("-")
        told = f" fo:language={quoteattr(code)} fo:country={quoteattr(country or 'none')}"
    is_rtl = (language or "").partition("-")[0].lower() in RIGHT_TO_LEFT
    way = ' style:writing-mode="rl-tb" fo:text-align="start"' if is_rtl else ""
    named = "".join(
        f'<style:style style:name="{style}" style:display-name="{shown}" style:family="paragraph" '
        f'style:parent-style-name="Standard"><style:paragraph-properties {spaces}/><style:text-properties {letters}/>'
        "</style:style>"
        for style, shown, spaces, letters in (
            *_STYLES.values(),
            ("Table_20_Contents", "Table Contents", "", ""),
            ("Table_20_Heading", "Table Heading", "", 'fo:font-weight="bold"'),
        )
    )
    page = (
        f'<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="{paper.width:.2f}pt" '
        f'fo:page-height="{paper.height:.2f}pt" fo:margin="2cm" '
        f'style:print-orientation="{"landscape" if paper.width > paper.height else "portrait"}"/></style:page-layout>'
    )
    return (
        f'<office:document-styles {_SPACES} office:version="1.3"><office:font-face-decls><style:font-face '
        'style:name="Courier New" svg:font-family="\'Courier New\'" style:font-pitch="fixed"/></office:font-face-decls>'
        f'<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties{way}/>'
        f'<style:text-properties fo:font-size="11pt"{told}/></style:default-style>'
        f'<style:style style:name="Standard" style:family="paragraph"/>{named}</office:styles>'
        f"<office:automatic-styles>{page}</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="Page"/></office:master-styles>'
        "</office:document-styles>"
    )


def _meta(title: str, language: str | None, *, is_machine: bool) -> str:
    told = f"<dc:title>{escaped(title)}</dc:title>" if title else ""
    told += f"<dc:language>{escaped(language)}</dc:language>" if language else ""
    if is_machine:
        told += '<meta:user-defined meta:name="AIGenerated" meta:value-type="boolean">true</meta:user-defined>'
    return (
        f'<office:document-meta {_SPACES} office:version="1.3"><office:meta>{told}</office:meta></office:document-meta>'
    )


def _manifest(media: Sequence[Image]) -> str:
    space = f"{_URN}:manifest:1.0"
    files = [("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml")]
    files += [(_named(number, one), f"image/{one.extension}") for number, one in enumerate(media, 1)]
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>' for name, kind in files
    )
    whole = f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MEDIA}"/>'
    return f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">{whole}{entries}</manifest:manifest>'
