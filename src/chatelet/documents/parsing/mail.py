"""Mail (RFC 5322 and MIME): headers as they are, the body once, each attachment read under its own name.

Of a body that comes as text and as HTML, the text is read, unless it is only a shadow of the HTML.
"""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import cast

from chatelet.documents.parsing.document import BlockKind, ParsedDocument
from chatelet.documents.parsing.draft import Draft
from chatelet.documents.parsing.encodings import decoded
from chatelet.documents.parsing.html import write_html
from chatelet.documents.parsing.reader import Source

HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Date", "Subject")
_LONGEST_HEADER = 2_000
_SHADOW = 0.5  # a text with less than half the words of the HTML does not tell the same
_PARAGRAPH = re.compile(r"\n[ \t]*\n+")
_UNBEARABLE = (ValueError, AttributeError, TypeError, LookupError, OverflowError)  # what odd headers make of the parser
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}


def read_eml(source: Source) -> ParsedDocument:
    """Read a message."""
    draft = Draft("eml", source.limits)
    message = BytesParser(policy=policy.default).parsebytes(source.data)
    for name in HEADERS:
        write_header(draft, name, _header(message, name))
    draft.title = _header(message, "Subject") or None
    if message.get_content_type() in _ENCRYPTED and "signed" not in str(message.get_param("smime-type", "")):
        draft.leave_out("mail_encrypted")
    _read_body(draft, message)
    _read_attachments(draft, message, source)
    return draft.document()


def write_header(draft: Draft, name: str, value: str) -> None:
    """Add a header, as `Name: value` on one line."""
    value = " ".join(value.split())[:_LONGEST_HEADER]
    if value:
        draft.block(BlockKind.METADATA, f"{name}: {value}")


def write_body(draft: Draft, text: str, html: str) -> None:
    """Add the body, from its text or from its HTML: the fuller one, the text when both tell the same."""
    inside = Draft("html", draft.limits)
    if html.strip():
        write_html(inside, html, is_page=False)
    words = len(inside.document().text.split())
    if text.strip() and len(text.split()) >= _SHADOW * words:
        for paragraph in _PARAGRAPH.split(draft.cleaned(text.replace("\r\n", "\n"))):
            draft.block(BlockKind.PARAGRAPH, paragraph)
    elif html.strip():
        write_html(draft, html, is_page=False)


def _header(message: EmailMessage, name: str) -> str:
    try:
        values = message.get_all(name) or []
        return ", ".join(str(value) for value in values)
    except _UNBEARABLE:
        return ", ".join(str(value) for key, value in message.raw_items() if key.lower() == name.lower())


def _read_body(draft: Draft, message: EmailMessage) -> None:
    found = {"plain": "", "html": ""}
    for part in _parts(message):
        subtype = part.get_content_subtype()
        if part.get_content_maintype() == "text" and subtype in found and not _is_attachment(part):
            found[subtype] += ("\n\n" if found[subtype] else "") + _text(part)
    write_body(draft, found["plain"], found["html"])


def _read_attachments(draft: Draft, message: EmailMessage, source: Source) -> None:
    for number, part in enumerate(_parts(message), 1):
        if not _is_attachment(part) and part.get_content_maintype() == "text":
            continue
        name = part.get_filename() or ""
        if part.get_content_type() == "message/rfc822":
            inner = cast("list[EmailMessage]", part.get_payload())
            data = inner[0].as_bytes(policy=policy.default.clone(refold_source="none")) if inner else b""
            subject = _header(inner[0], "Subject") if inner else ""
            source.attach(draft, name if name.lower().endswith(".eml") else f"{subject or 'message'}.eml", data)
        elif part.get_content_maintype() == "image" and not _is_attachment(part) and part.get("Content-ID"):
            draft.find("inline_images_left_out")
        elif part.get_content_type() not in {"application/pkcs7-signature", "application/pgp-signature"}:
            data = cast("bytes | None", part.get_payload(decode=True)) or b""
            source.attach(draft, name or f"part {number}", data)


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that hold something, in order; a message inside is one part."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        return [message]
    found: list[EmailMessage] = []
    for part in cast("list[EmailMessage]", message.get_payload()):
        found += _parts(part)
    return found


def _is_attachment(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text(part: EmailMessage) -> str:
    content = cast("bytes | None", part.get_payload(decode=True)) or b""
    return decoded(content, part.get_content_charset() or "")
