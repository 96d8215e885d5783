"""Messages of Outlook (MS-OXMSG): the same blocks as other mail, attachments under their own name."""

from datetime import UTC, datetime, timedelta

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.html import html_characters
from chatelet.documents.parsing.mail import write_body, write_header
from chatelet.documents.parsing.ole import Compound
from chatelet.documents.parsing.reader import Source
from chatelet.documents.parsing.rtf import inflated_rtf, rtf_text

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_SUBJECT, _BODY, _RTF, _HTML = "0037", "1000", "1009", "1013"
_SENDER, _SENDER_ADDRESS, _SENDER_MAIL = "0C1A", "5D01", "0C1F"
_NAME, _ADDRESS, _MAIL, _KIND = "3001", "39FE", "3003", 0x0C15
_FILE, _LONG_FILE, _DATA = "3704", "3707", "3701"
_SENT, _DELIVERED = 0x0039, 0x0E06
_ROLES = {1: "To", 2: "Cc", 3: "Bcc"}
_EMBEDDED = "__substg1.0_3701000D"

Path = tuple[str, ...]


def read_msg(source: Source) -> ParsedDocument:
    """Read a message."""
    return _read(Compound(source.data), (), source)


def _read(compound: Compound, at: Path, source: Source) -> ParsedDocument:
    draft = Draft("msg", source.limits)
    address = _text(compound, at, _SENDER_ADDRESS) or _text(compound, at, _SENDER_MAIL)
    write_header(draft, "From", _person(_text(compound, at, _SENDER), address))
    for role, persons in _recipients(compound, at).items():
        write_header(draft, role, ", ".join(persons))
    sent = _moment(compound, at, _SENT) or _moment(compound, at, _DELIVERED)
    write_header(draft, "Date", sent)
    draft.title = _text(compound, at, _SUBJECT) or None
    write_header(draft, "Subject", draft.title or "")
    write_body(draft, _text(compound, at, _BODY), _html(compound, at))
    if not any(block.kind is not BlockKind.METADATA for block in draft.blocks):
        packed = compound.read(*at, f"__substg1.0_{_RTF}0102")
        if packed:
            write_body(draft, rtf_text(inflated_rtf(packed, source.limits), source.limits), "")
    _read_attachments(compound, at, draft, source)
    return draft.document()


def _read_attachments(compound: Compound, at: Path, draft: Draft, source: Source) -> None:
    for folder in _folders(compound, at, "__attach_version1.0_"):
        inside = (*at, folder)
        name = _text(compound, inside, _LONG_FILE) or _text(compound, inside, _FILE) or _text(compound, inside, _NAME)
        if (*inside, _EMBEDDED) in compound.paths:
            name = _text(compound, (*inside, _EMBEDDED), _SUBJECT) or name or "message"
            source.embed(
                draft, f"{name}.msg", lambda deeper, place=(*inside, _EMBEDDED): _read(compound, place, deeper)
            )
        else:
            source.attach(draft, name or "attachment", compound.read(*inside, f"__substg1.0_{_DATA}0102"))


def _recipients(compound: Compound, at: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for folder in _folders(compound, at, "__recip_version1.0_"):
        inside = (*at, folder)
        kind = int.from_bytes(_property(compound, inside, _KIND)[:4], "little")
        address = _text(compound, inside, _ADDRESS) or _text(compound, inside, _MAIL)
        found.setdefault(_ROLES.get(kind, "To"), []).append(_person(_text(compound, inside, _NAME), address))
    return {role: found[role] for role in _ROLES.values() if role in found}


def _folders(compound: Compound, at: Path, prefix: str) -> list[str]:
    depth = len(at)
    return sorted(
        {
            path[depth]
            for path in compound.paths
            if len(path) > depth and path[:depth] == at and path[depth].startswith(prefix)
        }
    )


def _person(name: str, address: str) -> str:
    if name and address and "@" in address and name != address:
        return f"{name} <{address}>"
    return name or address


def _text(compound: Compound, at: Path, number: str) -> str:
    wide = compound.read(*at, f"__substg1.0_{number}001F")
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\x00")
    narrow = compound.read(*at, f"__substg1.0_{number}001E")
    return decoded(narrow).rstrip("\x00") if narrow else ""


def _html(compound: Compound, at: Path) -> str:
    content = compound.read(*at, f"__substg1.0_{_HTML}0102")
    return html_characters(content) if content else _text(compound, at, _HTML)


def _property(compound: Compound, at: Path, number: int) -> bytes:
    """Return the eight bytes of a property of fixed length, empty when it is absent."""
    stream = compound.read(*at, "__properties_version1.0")
    header = 32 if not at else 24 if at[-1] == _EMBEDDED else 8
    for place in range(header, len(stream) - 15, 16):
        if int.from_bytes(stream[place + 2 : place + 4], "little") == number:
            return stream[place + 8 : place + 16]
    return b""


def _moment(compound: Compound, at: Path, number: int) -> str:
    ticks = int.from_bytes(_property(compound, at, number), "little")
    if not 0 < ticks < 2**62:
        return ""
    try:
        return (_EPOCH + timedelta(microseconds=ticks // 10)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    except OverflowError:
        return ""
