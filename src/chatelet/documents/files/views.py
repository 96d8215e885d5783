"""A file as the page shows it."""

from typing import cast

from chatelet.documents.files.schemas import FileOut, FileState, FileStep, FindingOut, ReportOut
from chatelet.documents.files.store import PART_BYTES, FileBlobs
from chatelet.documents.files.tables import File
from chatelet.documents.services import DocumentServices
from chatelet.policy.sensitivity import Label, Level


def shown(services: DocumentServices, row: File) -> FileOut:
    """Return what the caller, who may see the file, is told of it."""
    return FileOut(
        id=row.id,
        name=name_of(services, row),
        size=row.size_bytes,
        received=row.received_bytes,
        part_size=PART_BYTES,
        level=Level(row.level),
        categories=Label.of(row.level, row.categories).in_order,
        state=cast("FileState", row.state),
        step=cast("FileStep | None", row.step),
        step_page=row.step_page,
        pages=row.pages,
        kind=row.kind,
        error=row.error_code,
        report=report_of(row),
        conversation_id=row.holder_id if row.holder_kind == "conversation" else None,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def name_of(services: DocumentServices, row: File) -> str:
    """Open the name of a file."""
    return FileBlobs(services.storage, services.keyring, row.id, row.wrapped_key).open_name(row.name_sealed)


def report_of(row: File) -> ReportOut | None:
    """Return the reading report, once there is one."""
    if row.report is None:
        return None
    report = ReportOut.model_validate({"findings": [], **row.report})
    report.findings = [FindingOut(code=one.code, page=one.page, params=one.params) for one in report.findings]
    return report
