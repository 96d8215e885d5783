"""A Word file written by hand, and its paragraphs read back: as little as Word opens."""

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
