"""Files made by the tests themselves: packages of office formats, compound files, images, by their bytes."""

import struct
import zipfile
import zlib
from io import BytesIO

from chatelet.documents.parsing.document import Block, BlockKind, ParsedDocument
from chatelet.documents.parsing.limits import DEFAULT, Limits
from chatelet.documents.parsing.reader import read_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OUTSIDE = ' TargetMode="External"'
_MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
}
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing",
        "presentation": "presentation", "fo": "xsl-fo-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xml="http://www.w3.org/XML/1998/namespace"'  # fmt: skip


def zipped(members: dict[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return a zip archive of these members, in this order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations(**targets: tuple[str, str]) -> str:
    """Return a part's relations: identifier → (kind, target)."""
    found = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"'
        f"{_OUTSIDE if target.startswith('http') else ''}/>"
        for name, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )


def package(kind: str, members: dict[str, bytes | str]) -> bytes:
    """Return an Office Open XML package."""
    part, content_type = _MAIN[kind]
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    )
    root = relations(rId1=("officeDocument", part))
    return zipped({"[Content_Types].xml": types, "_rels/.rels": root, **members})


def docx(body: str, parts: dict[str, bytes | str] | None = None, **targets: tuple[str, str]) -> bytes:
    """Return a DOCX whose body is this XML."""
    document = f"<w:document {W} {M} {R}><w:body>{body}</w:body></w:document>"
    listing = {"word/_rels/document.xml.rels": relations(**targets)} if targets else {}
    return package("docx", {"word/document.xml": document, **listing, **(parts or {})})


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def odf(
    kind: str, body: str, *, styles: str = "", automatic: str = "", parts: dict[str, bytes | str] | None = None
) -> bytes:
    """Return an OpenDocument file whose body is this XML."""
    told = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}[kind]
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{told}>{body}</office:{told}></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{told}",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {_ODF}>{styles}</office:document-styles>",
            **(parts or {}),
        },
        stored=("mimetype",),
    )


def read(data: bytes, name: str, limits: Limits = DEFAULT) -> ParsedDocument:
    """Read in this process; positions must be inside the text."""
    document = read_file(data, name, limits)
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(document.text)
    for table in document.tables:
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
    for page in document.pages:
        assert 0 <= page.start <= page.end <= len(document.text)
    return document


def texts(document: ParsedDocument, *kinds: BlockKind, hidden: bool = False) -> list[str]:
    """Return the texts of the blocks of these kinds (of all without a kind)."""
    return [
        text(document, block)
        for block in document.blocks
        if block.hidden == hidden and (not kinds or block.kind in kinds)
    ]


def text(document: ParsedDocument, block: Block) -> str:
    """Return a block's text."""
    return document.text[block.start : block.end]


def codes(document: ParsedDocument) -> list[str]:
    """Return the codes of the report."""
    return [finding.code for finding in document.report.findings]


def png(width: int, height: int) -> bytes:
    """Return an image that declares a size, with almost no pixels in it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 16))
        + chunk(b"IEND", b"")
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """Return an OLE compound file; paths are separated by `/`. All streams live in the mini stream."""
    entries: list[tuple[str, int, bytes]] = [("Root Entry", 5, b"")]
    children: dict[int, list[int]] = {0: []}
    places = {"": 0}
    for path, content in streams.items():
        parent = ""
        for part in path.split("/")[:-1]:
            inside = f"{parent}/{part}" if parent else part
            if inside not in places:
                places[inside] = len(entries)
                children[places[parent]].append(len(entries))
                children[len(entries)] = []
                entries.append((part, 1, b""))
            parent = inside
        children[places[parent]].append(len(entries))
        entries.append((path.rsplit("/", 1)[-1], 2, content))
    return _compound(entries, children)


def _compound(entries: list[tuple[str, int, bytes]], children: dict[int, list[int]]) -> bytes:
    mini, fat_of_mini, starts = b"", list[int](), list[int]()
    for _name, _kind, content in entries:
        starts.append(len(mini) // 64)
        count = -(-len(content) // 64)
        fat_of_mini += [len(fat_of_mini) + step + 1 for step in range(count - 1)] + [0xFFFFFFFE] * (count > 0)
        mini += content.ljust(count * 64, b"\x00")
    following = {kid: nxt for kids in children.values() for kid, nxt in zip(kids, [*kids[1:], 0xFFFFFFFF], strict=True)}
    directory = b""
    for place, (name, kind, content) in enumerate(entries):
        wide = (name + "\x00").encode("utf-16-le")
        start, size = (starts[place], len(content)) if kind == 2 else (0, 0)
        child = children.get(place, [])[:1] or [0xFFFFFFFF]
        directory += wide.ljust(64, b"\x00") + struct.pack("<HBB", len(wide), kind, 1)
        directory += struct.pack("<III", 0xFFFFFFFF, following.get(place, 0xFFFFFFFF), child[0]) + bytes(36)
        directory += struct.pack("<IQ", start, size)
    return _sectors(directory, mini, fat_of_mini)


def _sectors(directory: bytes, mini: bytes, fat_of_mini: list[int]) -> bytes:
    minifat = b"".join(struct.pack("<I", entry) for entry in fat_of_mini)
    parts = [
        part.ljust(-(-len(part) // 512) * 512, fill)
        for part, fill in ((directory, b"\0"), (minifat, b"\xff"), (mini, b"\0"))
    ]
    fat, firsts = list[int](), list[int]()
    for part in parts:
        count = len(part) // 512
        firsts.append(len(fat) + 1)
        fat += [len(fat) + step + 2 for step in range(count - 1)] + [0xFFFFFFFE] * (count > 0)
    fat = [0xFFFFFFFD, *fat]
    assert len(fat) <= 128
    table = b"".join(struct.pack("<I", entry) for entry in fat).ljust(512, b"\xff")
    root = bytearray(parts[0])
    root[116:128] = struct.pack("<IQ", firsts[2] if mini else 0xFFFFFFFE, len(mini))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, firsts[0], 0, 4096, firsts[1], len(parts[1]) // 512, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    return header + table + bytes(root) + parts[1] + parts[2]
