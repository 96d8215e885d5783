"""Facts about the end of a contract: an export made, an erasure begun. What follows is in the signed report alone."""

from typing import ClassVar
from uuid import UUID

from chatelet.audit.vocabulary import BaseEvent, Count, Hexadecimal, ObjectKind


class ExitExported(BaseEvent, frozen=True, kw_only=True):
    """Everything the institution owns was begun to be exported; its content is sealed for `recipient`."""

    name: ClassVar[str] = "exit.exported"
    object_kind: ClassVar[ObjectKind] = "service"
    object_field: ClassVar[str | None] = "export_id"
    export_id: UUID
    recipient: Hexadecimal


class ExitErasureBegun(BaseEvent, frozen=True, kw_only=True):
    """The erasure of the whole installation was begun: the last line. `export_id`: what was exported before, if it was.

    `days`: since the contract ended.
    """

    name: ClassVar[str] = "exit.erasure_begun"
    object_kind: ClassVar[ObjectKind] = "service"
    object_field: ClassVar[str | None] = "report_id"
    report_id: UUID
    export_id: UUID | None
    days: Count
    rows: Count
    keys: Count
    blobs: Count
