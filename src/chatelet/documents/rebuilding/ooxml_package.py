"""What all Office Open XML files share when they are written back: macros, signatures, properties, the AI mark.

Macros and signatures are left out with what points at them (content types, relations): a file without its macros that
still announces them does not open, and a signature of other words is a lie.
"""

import posixpath
from typing import Final

from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.ooxml import Package, Relation
from chatelet.documents.parsing.xml import Node as Element
from chatelet.documents.rebuilding.contract import Part, Piece
from chatelet.documents.rebuilding.office_file import ListReader, OfficeFile
from chatelet.documents.rebuilding.segmenting import MARK, Remark
from chatelet.documents.rebuilding.xml_splice import Node, Scan, attribute_span, escaped, quoted

_CORE: Final = "docProps/core.xml"
_CUSTOM: Final = "docProps/custom.xml"
_TYPES: Final = "[Content_Types].xml"
_ROOT_RELATIONS: Final = "_rels/.rels"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_CORE_SPACE: Final = f"{_PACKAGE}/metadata/core-properties".encode()
_FORMAT: Final = b"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties named by their user (ECMA-376, part 1, 22.3)
_MACROS: Final = ("vbaProject.bin", "vbaData.xml", "vbaProjectSignature.bin", "vbaProjectSignatureAgile.bin")
_SIGNATURES: Final = "_xmlsignatures/"
_LEFT_KINDS: Final = ("vbaProject", "wordVbaData", "vbaProjectSignature", "digital-signature/origin")
_PLAIN: Final = {
    "application/vnd.ms-word.document.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml":
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
}  # fmt: skip


def package_of(office: OfficeFile, kind: str) -> Package:
    """Return the package's relations, read as documents are."""
    return Package(office.archive, office.limits, Draft(kind, office.limits))


def targets(package: Package, part: str, kind: str) -> list[str]:
    """Return the parts related to one in a way, each once."""
    found = (one.target for one in package.relations(part) if one.kind == kind and not one.is_external)
    return list(dict.fromkeys(target for target in found if target in package.archive))


def listed(package: Package, main: str, identifiers: list[str], kinds: set[str]) -> list[str]:
    """Return the parts that a main part lists by relation, in its order."""
    relations: dict[str, Relation] = {one.identifier: one for one in package.relations(main)}
    chosen = [relations[one] for one in identifiers if one in relations]
    return [one.target for one in chosen if one.kind in kinds and not one.is_external and one.target in package.archive]


def identifiers(listing: Element | None) -> list[str]:
    """Return the relations that a list names: `r:id`, not the `id` beside it."""
    children = listing if listing is not None else ()
    return [
        value for element in children for key, value in element.items() if key.startswith("{") and key.endswith("}id")
    ]


def read_title(office: OfficeFile) -> None:
    """Take the title of the document; add the keyword that says a machine wrote it."""
    options = office.walk.options
    has_keywords = False

    def each(scan: Scan, node: Node) -> None:
        nonlocal has_keywords
        first, last = scan.inner(node), node.inner_end
        text = "" if node.is_empty else scan.text(first, last)
        if node.name == "title" and text.strip():
            given, _unsure = office.walk.take((Piece("text", text),), part=Part.TITLE, can_track=False)
            if given is not None:
                scan.replace(first, last, escaped("".join(piece.text for piece in given)))
        elif node.name == "keywords":
            has_keywords = True
            if options.mark_ai and office.is_written and MARK not in text:
                told = escaped(f"{text}; {MARK}" if text.strip() else MARK)
                tag = node.tag.encode()
                scan.replace(node.start, node.end, b"<%s>%s</%s>" % (tag, told, tag))

    def end(scan: Scan, node: Node) -> None:
        if options.mark_ai and office.is_written and not has_keywords:
            scan.append(node, _keywords())

    office.read(_CORE, ListReader("coreProperties", frozenset({"title", "keywords"}), each, end))


def finish(office: OfficeFile) -> None:
    """Leave macros out, mark, then leave signatures out if anything changed."""
    gone = [name for name in office.archive.names if name.endswith(_MACROS)]
    if gone:
        office.walk.remark(Remark.MACROS)
    types: list[tuple[str, str]] = []
    relations: list[tuple[str, str]] = []
    if office.walk.options.mark_ai:
        _mark(office, types, relations)
    signatures = [name for name in office.archive.names if name.startswith(_SIGNATURES)]
    if signatures and (gone or office.changes):
        office.walk.remark(Remark.SIGNATURES)
        gone += signatures
    gone += [listing for name in gone if (listing := _relations_of(name)) in office.archive]
    for name in gone:
        office.changes[name] = None
    if gone or types or relations:
        _mend(office, set(gone), types, relations)


def _mark(office: OfficeFile, types: list[tuple[str, str]], relations: list[tuple[str, str]]) -> None:
    """Say in the properties that a machine wrote words of this document (AI Act, article 50(2))."""
    if _CUSTOM in office.archive:
        _mark_in_place(office)
    else:
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        space = f'xmlns="{_RELATIONS.rpartition("/")[0]}/custom-properties"'.encode()
        values = f'xmlns:vt="{_RELATIONS.rpartition("/")[0]}/docPropsVTypes"'.encode()
        body = b"<Properties %s %s>%s</Properties>" % (space, values, _property(2))
        office.add(_CUSTOM, head + body)
        types.append((_CUSTOM, "application/vnd.openxmlformats-officedocument.custom-properties+xml"))
        relations.append((f"{_RELATIONS}/custom-properties", _CUSTOM))
    if _CORE not in office.archive:
        head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        office.add(_CORE, head + b'<coreProperties xmlns="%s">%s</coreProperties>' % (_CORE_SPACE, _keywords()))
        types.append((_CORE, "application/vnd.openxmlformats-package.core-properties+xml"))
        relations.append((f"{_PACKAGE}/relationships/metadata/core-properties", _CORE))


def _mark_in_place(office: OfficeFile) -> None:
    numbers = [1]
    is_marked = False

    def each(_scan: Scan, node: Node) -> None:
        nonlocal is_marked
        is_marked = is_marked or node.get("name") == MARK
        number = node.get("pid")
        numbers.append(int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0)

    def end(scan: Scan, node: Node) -> None:
        if not is_marked:
            scan.append(node, _property(max(numbers) + 1))

    office.read(_CUSTOM, ListReader("Properties", frozenset({"property"}), each, end))


def _property(number: int) -> bytes:
    space = f"{_RELATIONS.rpartition('/')[0]}".encode()
    return (
        b'<property xmlns="%s/custom-properties" fmtid="%s" pid="%d" name="%s">'
        b'<vt:bool xmlns:vt="%s/docPropsVTypes">true</vt:bool></property>'
    ) % (space, _FORMAT, number, MARK.encode(), space)


def _keywords() -> bytes:
    return b'<keywords xmlns="%s">%s</keywords>' % (_CORE_SPACE, MARK.encode())


def _mend(office: OfficeFile, gone: set[str], types: list[tuple[str, str]], relations: list[tuple[str, str]]) -> None:
    def type_of(scan: Scan, node: Node) -> None:
        if node.get("PartName").lstrip("/") in gone:
            scan.replace(node.start, node.end, b"")
        elif plain := _PLAIN.get(node.get("ContentType")):
            _set(scan, node, "ContentType", plain)

    def end_types(scan: Scan, node: Node) -> None:
        for part, kind in types:
            told = f'<Override xmlns="{_PACKAGE}/content-types" PartName="/{part}" ContentType="{kind}"/>'
            scan.append(node, told.encode())

    office.read(_TYPES, ListReader("Types", frozenset({"Override"}), type_of, end_types))
    for name in office.archive.names:
        if name.endswith(".rels") and name not in gone and (gone or name == _ROOT_RELATIONS):
            _mend_relations(office, name, relations if name == _ROOT_RELATIONS else [])


def _mend_relations(office: OfficeFile, name: str, added: list[tuple[str, str]]) -> None:
    def each(scan: Scan, node: Node) -> None:
        if node.get("Type").endswith(_LEFT_KINDS):
            scan.replace(node.start, node.end, b"")

    def end(scan: Scan, node: Node) -> None:
        for number, (kind, target) in enumerate(added, 1):
            told = f'Id="rIdAiMark{number}" Type="{kind}" Target="{target}"'
            scan.append(node, f'<Relationship xmlns="{_PACKAGE}/relationships" {told}/>'.encode())

    office.read(name, ListReader("Relationships", frozenset({"Relationship"}), each, end))


def _set(scan: Scan, node: Node, name: str, value: str) -> None:
    tag = scan.raw(node.start, scan.inner(node))
    span = attribute_span(tag, name)
    if span is not None:
        scan.replace(node.start + span[0], node.start + span[1], b'"%s"' % quoted(value))


def set_attribute(scan: Scan, node: Node, name: str, value: str) -> None:
    """Give an attribute that is there another value."""
    _set(scan, node, name, value)


def _relations_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")
