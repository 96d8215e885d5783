"""The styles of our OpenDocument files: sober, accessible, with page numbers; fonts are named, with fallbacks."""

from typing import Final

from chatelet.documents.composing.blocks import Language

_URN: Final = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES: Final = " ".join(
    (
        *(f'xmlns:{one}="{_URN}:{one}:1.0"' for one in ("office", "text", "table", "style", "meta")),
        f'xmlns:fo="{_URN}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_URN}:svg-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    )
)


def _text(name: str, properties: str) -> str:
    return f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'


def _cell(name: str, fill: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        f' fo:padding="0.12cm" fo:border="0.5pt solid #b5b5b5"{fill}/></style:style>'
    )


def _list(name: str, level: str) -> str:
    place = (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.6cm"'
        ' fo:margin-left="1cm"/></style:list-level-properties>'
    )
    kind, attributes = level.split(" ", 1)
    return f'<text:list-style style:name="{name}"><text:{kind} {attributes}>{place}</text:{kind}></text:list-style>'


CONTENT_STYLES: Final = (
    _text("Strong", 'fo:font-weight="bold"')
    + _text("Emphasis", 'fo:font-style="italic"')
    + _text("StrongEmphasis", 'fo:font-weight="bold" fo:font-style="italic"')
    + _cell("Cell", "")
    + _cell("Cell.Head", ' fo:background-color="#ececf4"')
    + _list("Bullets", 'list-level-style-bullet text:level="1" text:bullet-char="•"')
    + _list("Numbers", 'list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."')
    + '<style:style style:name="Break" style:family="paragraph" style:parent-style-name="After">'
    '<style:paragraph-properties fo:break-before="page"/></style:style>'
)
_SIZES: Final = ((1, 16, 0.8), (2, 13, 0.6), (3, 11.5, 0.45), (4, 10.5, 0.4))


def _paragraph(name: str, shown: str, text: str, spaces: str, parent: str = "Standard") -> str:
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="paragraph"'
        f' style:parent-style-name="{parent}"><style:paragraph-properties {spaces}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def _headings() -> str:
    return "".join(
        f'<style:style style:name="Heading_20_{level}" style:display-name="Heading {level}" style:family="paragraph"'
        f' style:parent-style-name="Standard" style:next-style-name="Text_20_body"'
        f' style:default-outline-level="{level}"><style:paragraph-properties fo:margin-top="{space}cm"'
        f' fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size, space in _SIZES
    )


def page_styles(language: Language, title: str, notice: str) -> str:
    """Return styles.xml, with the language of the words and the foot of the pages. `title`, `notice`: escaped."""
    country = {"fr": "FR", "en": "GB"}[language]
    above = f'<text:p text:style-name="Footer">{notice}</text:p>' if notice else ""
    foot = (
        f'{above}<text:p text:style-name="Footer">{title} — <text:page-number text:select-page="current">1'
        "</text:page-number> / <text:page-count>1</text:page-count></text:p>"
    )
    default = (
        '<style:default-style style:family="paragraph"><style:paragraph-properties fo:orphans="2" fo:widows="2"/>'
        "<style:text-properties fo:font-family=\"'Marianne', 'Liberation Sans', Arial, sans-serif\""
        f' fo:font-size="10pt" fo:language="{language}" fo:country="{country}"/></style:default-style>'
    )
    body = (
        '<style:style style:name="Standard" style:family="paragraph"/>'
        + _paragraph("Title", "Title", 'fo:font-size="20pt" fo:font-weight="bold"', 'fo:margin-bottom="0.6cm"')
        + _headings()
        + _paragraph("Text_20_body", "Text body", "", 'fo:margin-bottom="0.2cm" fo:line-height="130%"')
        + _paragraph("Item", "Item", "", 'fo:margin-bottom="0.08cm"')
        + _paragraph("After", "After", 'fo:font-size="4pt"', 'fo:margin-bottom="0.2cm"')
        + _paragraph("Table_20_Contents", "Table Contents", 'fo:font-size="9pt"', "")
        + _paragraph("Table_20_Heading", "Table Heading", 'fo:font-size="9pt" fo:font-weight="bold"', "")
        + _paragraph("Footer", "Footer", 'fo:font-size="8pt" fo:color="#555555"', 'fo:text-align="center"')
    )
    layout = (
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"'
        ' fo:margin="2cm"/><style:footer-style><style:header-footer-properties fo:min-height="0.8cm"'
        ' fo:margin-top="0.4cm"/></style:footer-style></style:page-layout>'
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="A4">'
        f"<style:footer>{foot}</style:footer></style:master-page>"
    )
    return (
        f'<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>{default}{body}</office:styles>'
        f"<office:automatic-styles>{layout}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>"
    )
