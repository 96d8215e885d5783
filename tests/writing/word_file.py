"""A Word file and an OpenDocument text written by hand: as little as Word and LibreOffice open."""

import io
import re
import zipfile

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_LINKS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_URN = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT = "application/vnd.oasis.opendocument.text"
_SPACES = " ".join(f'xmlns:{one}="{_URN}:{one}:1.0"' for one in ("office", "text", "style", "manifest"))
_MANIFEST = (
    f'<manifest:manifest {_SPACES} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{_TEXT}"/><manifest:file-entry manifest:full-path="content.xml" '
    'manifest:media-type="text/xml"/></manifest:manifest>'
)
_BOLD = (
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    f'xmlns:fo="{_URN}:xsl-fo-compatible:1.0" fo:font-weight="bold"/></style:style>'
)


def word_file(*paragraphs: str) -> bytes:
    """Return a DOCX; words between ** are bold."""
    body = "".join(f"<w:p>{_runs(words)}</w:p>" for words in paragraphs)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINKS)
        archive.writestr("word/document.xml", document)
    return data.getvalue()


def open_file(*paragraphs: str) -> bytes:
    """Return an ODT; words between ** are bold."""
    body = "".join(
        "<text:p>"
        + "".join(
            f'<text:span text:style-name="T1">{part}</text:span>' if place % 2 else part
            for place, part in enumerate(words.split("**"))
        )
        + "</text:p>"
        for words in paragraphs
    )
    content = (
        f'<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>{_BOLD}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TEXT, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return data.getvalue()


def paragraphs_of(data: bytes) -> list[str]:
    """Return the words of each paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    found = re.findall(r"<w:p[ >].*?</w:p>", document, re.DOTALL)
    return ["".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", words)) for words in found]


def _runs(words: str) -> str:
    parts = words.split("**")
    return "".join(
        f'<w:r>{"<w:rPr><w:b/></w:rPr>" if place % 2 else ""}<w:t xml:space="preserve">{part}</w:t></w:r>'
        for place, part in enumerate(parts)
        if part
    )
