"""What a file is, by its content, which must agree with its extension (TA-070); what the client declares is ignored.

first bytes -> container (zip members, OLE streams) or text -> kind -> does the extension allow it? -> no second format?
"""

import re
import struct

from chatelet.documents.parsing.document import Status
from chatelet.documents.parsing.encodings import is_text
from chatelet.documents.parsing.limits import Limits
from chatelet.documents.parsing.names import extension_of
from chatelet.documents.parsing.outcome import NotRead, refused, unsupported
from chatelet.documents.parsing.packages import kind_of_ole, kind_of_zip

EXTENSIONS: dict[str, frozenset[str]] = {
    "pdf": frozenset({"pdf"}),
    "docx": frozenset({"docx", "docm", "dotx", "dotm"}),
    "pptx": frozenset({"pptx", "pptm", "ppsx", "ppsm", "potx", "potm"}),
    "xlsx": frozenset({"xlsx", "xlsm", "xltx", "xltm"}),
    "odt": frozenset({"odt", "ott"}),
    "odp": frozenset({"odp", "otp"}),
    "ods": frozenset({"ods", "ots"}),
    "epub": frozenset({"epub"}),
    "zip": frozenset({"zip"}),
    "msg": frozenset({"msg", "oft"}),
    "rtf": frozenset({"rtf", "doc"}),  # Word itself saves RTF under .doc
    "eml": frozenset({"eml"}),
    "html": frozenset({"html", "htm", "xhtml"}),
    "csv": frozenset({"csv"}),
    "tsv": frozenset({"tsv", "tab"}),
    "markdown": frozenset({"md", "markdown", "mdx", "qmd", "rmd"}),
    "latex": frozenset({"tex", "latex", "sty", "cls", "ltx"}),
    "png": frozenset({"png"}),
    "jpeg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "tiff": frozenset({"tif", "tiff"}),
    "heic": frozenset({"heic", "heif", "avif"}),
    "webp": frozenset({"webp"}),
    "text": frozenset({"txt", "text", "log", "srt", "vtt", "rst", "adoc", "asc", "org", "bib", "nfo"}),
    "code": frozenset(
        "py pyi js mjs cjs ts tsx jsx java kt scala c h cc cpp hpp cs go rs rb php pl pm lua r jl m f f90"
        " pas for sql bash zsh ps1 bat cmd vb vba swift dart hs ml erl ex exs clj lisp el vue svelte css scss"
        " sh less json jsonl ndjson yaml yml toml ini cfg conf properties env xml xsd xsl"
        " xslt rng wsdl rdf ttl sparql graphql proto diff patch dockerfile makefile cmake gradle tf nix tpl"
        " j2 ics vcf geojson".split()
    ),
}
IMAGES = frozenset({"png", "jpeg", "tiff", "heic", "webp"})
_TEXTS = frozenset({"csv", "tsv", "markdown", "latex", "text", "code", "html", "eml", "rtf"})
_LEGACY = frozenset({"doc", "xls", "ppt", "dot", "xlt", "pps", "pot", "xlsb", "wpd", "sxw", "sxc", "sxi"})
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"{\\rtf", "rtf"),
)
_HEIC = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+html|html|svg)\b", re.DOTALL | re.IGNORECASE
)
_PDF_END = re.compile(rb"startxref\s{1,20}\d{1,20}\s{1,20}%%EOF")
_MAIL_LINE = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n(?:[ \t][^\n]*\n)*)")
_MAIL_NAMES = re.compile(
    rb"^(from|to|subject|date|received|message-id|mime-version|return-path|content-type):", re.IGNORECASE | re.MULTILINE
)


def kind_of(data: bytes, name: str, limits: Limits) -> str:
    """Return the kind of a file; raise `NotRead` when it is empty, unknown, too large, or not what its name says."""
    if not data:
        raise NotRead(Status.EMPTY, "empty_file")
    if len(data) > limits.file_bytes:
        raise refused("file_too_large", megabytes=limits.file_bytes // 1024**2)
    extension = extension_of(name)
    kind = _by_content(data, extension, limits)
    _agree(kind, extension)
    _refuse_second_format(data, kind)
    return kind


def _by_content(data: bytes, extension: str, limits: Limits) -> str:
    head = data[:64]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return kind_of_zip(data, extension, limits)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return kind_of_ole(data)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (extension == "pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    if is_text(data):
        return _kind_of_text(data, extension)
    if extension in EXTENSIONS["pdf"] | EXTENSIONS["docx"] | EXTENSIONS["xlsx"] | EXTENSIONS["pptx"]:
        raise NotRead(Status.DAMAGED, "file_damaged")
    raise unsupported("kind_unknown", extension=extension)


def _kind_of_text(data: bytes, extension: str) -> str:
    root = _ROOT.match(data[:4096].removeprefix(b"\xef\xbb\xbf"))
    if root and root[1].lower() == b"svg":
        raise unsupported("kind_not_read", extension=extension or "svg")
    if root and extension not in EXTENSIONS["code"]:
        return "html"
    if extension in EXTENSIONS["eml"] or not extension:
        head = data[:8192].replace(b"\r\n", b"\n").lstrip(b"\n")
        begins = head.split(b"\n\n", 1)[0] + b"\n"
        if _MAIL_LINE.match(begins) and len(_MAIL_NAMES.findall(begins)) >= (1 if extension else 3):
            return "eml"
        if extension:
            raise NotRead(Status.DAMAGED, "mail_damaged")
    kind = next((kind for kind in _TEXTS if extension in EXTENSIONS[kind]), None)
    return "text" if kind in {None, "rtf"} else str(kind)


def _agree(kind: str, extension: str) -> None:
    if not extension or extension in EXTENSIONS[kind]:
        return
    if extension in _LEGACY:
        code = "legacy_office" if extension in {"doc", "xls", "ppt"} else "kind_not_read"
        raise unsupported(code, extension=extension)
    if kind == "text" and not any(extension in known for known in EXTENSIONS.values()):
        raise unsupported("kind_not_read", extension=extension)
    raise unsupported("extension_mismatch", extension=extension, kind=kind)


def _refuse_second_format(data: bytes, kind: str) -> None:
    """Refuse a file that is also another one: the next program would read it differently (TA-070)."""
    if kind not in {"docx", "pptx", "xlsx", "odt", "odp", "ods", "epub", "zip"} and _ends_as_zip(data):
        raise refused("polyglot", first=kind, second="zip")
    if kind != "pdf" and b"%PDF-" in data[:1024] and _PDF_END.search(data[-2048:]):
        raise refused("polyglot", first=kind, second="pdf")
    if kind in {"pdf", *IMAGES} and _ROOT.match(data[:4096]):
        raise refused("polyglot", first=kind, second="html")
    if kind == "pdf" and not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") and not is_text(data[:1024]):
        raise refused("polyglot", first="pdf", second="other")


def _ends_as_zip(data: bytes) -> bool:
    """Tell whether a zip reader would open these bytes: an end record, and a directory where it says."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if place < 0 or len(data) - place < 22:
        return False
    size, _offset, comment = struct.unpack("<IIH", data[place + 12 : place + 22])
    return place + 22 + comment <= len(data) and (size == 0 or data[place - size : place - size + 4] == b"PK\x01\x02")
