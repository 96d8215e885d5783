"""How a reader says that a file, or a part of it, gives no text: a status and a finding, never a stack trace."""

from chatelet.documents.parsing.document import Finding, ParsedDocument, Report, Status

Value = str | int | float


class NotRead(Exception):
    """Raised inside the reader's process; `code` has its sentence in the page, in both languages."""

    def __init__(self, status: Status, code: str, **params: Value) -> None:
        super().__init__(code)
        self.status = status
        self.finding = Finding(code, params=params)


def refused(code: str, **params: Value) -> NotRead:
    """Over a limit, or dangerous to open."""
    return NotRead(Status.REFUSED, code, **params)


def damaged(code: str, **params: Value) -> NotRead:
    """Broken: not what its own format says."""
    return NotRead(Status.DAMAGED, code, **params)


def unsupported(code: str, **params: Value) -> NotRead:
    """Name a kind that is not read, or content that belies its extension."""
    return NotRead(Status.UNSUPPORTED, code, **params)


def protected() -> NotRead:
    """Encrypted: nothing can be read without the password."""
    return NotRead(Status.PASSWORD_REQUIRED, "password_required")


def without_text(kind: str, reason: NotRead) -> ParsedDocument:
    """Return the document that tells why there is nothing to read."""
    return ParsedDocument(kind, "", Report(reason.status, findings=[reason.finding]))
