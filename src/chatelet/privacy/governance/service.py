"""The verbs on the governance file: make a version, say what changed since, read one again."""

from collections.abc import Sequence
from typing import Final, cast
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.composing.blocks import Language
from chatelet.documents.composing.writing import Form
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.kernel import clock
from chatelet.kernel.egress.destinations import Declares
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.identifiers import uuid7
from chatelet.privacy.governance import facts
from chatelet.privacy.governance.errors import FileVersionNotFound
from chatelet.privacy.governance.schemas import FileChange, FilePart, FileVersion, FileVersions
from chatelet.privacy.governance.tables import GovernanceFile
from chatelet.privacy.governance.writing import Version
from chatelet.settings import Settings

_LISTED: Final = 50
_ALL: Final[list[FilePart]] = ["register", "dpia", "ai_act", "flows", "anssi", "security"]


def check_may(principal: Principal) -> None:
    """Whoever manages data protection, or security. Raises `Forbidden`."""
    if not any(principal.rights.holds(right) for right in (Right.PRIVACY_MANAGE, Right.SECURITY_MANAGE)):
        raise Forbidden(right=Right.PRIVACY_MANAGE.value)


async def versions(session: AsyncSession, settings: Settings, declarers: Sequence[Declares]) -> FileVersions:
    """Return the versions, and what the running configuration changed since the newest."""
    rows = await _newest(session, _LISTED + 1)
    older = [*rows[1:], None][: len(rows)]
    items = [_shown(row, before) for row, before in zip(rows, older, strict=True)][:_LISTED]
    found = facts.changes(rows[0].facts, await facts.collect(session, settings, declarers)) if rows else []
    return FileVersions(
        items=items,
        pending=[FileChange(what=what, before=before, after=after) for what, before, after in found],
        pending_parts=cast("list[FilePart]", facts.to_reassess(found)) if rows else _ALL,
    )


async def generate(
    session: AsyncSession, settings: Settings, declarers: Sequence[Declares], *, actor: UUID | None
) -> GovernanceFile:
    """Make a version; when nothing changed, the newest stands."""
    await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('governance_files'))"))
    found = await facts.collect(session, settings, declarers)
    sha256 = facts.fingerprint(found)
    newest = await _newest(session, 1)
    if newest and newest[0].sha256 == sha256:
        return newest[0]
    row = GovernanceFile(
        id=uuid7(),
        number=newest[0].number + 1 if newest else 1,
        made_at=clock.now(),
        made_by=actor,
        sha256=sha256,
        facts=found,
    )
    session.add(row)
    await session.flush()
    concerned = len(facts.to_reassess(facts.changes(newest[0].facts, found))) if newest else len(_ALL)
    made = events.FileGenerated(file_id=row.id, number=row.number, sha256=sha256, to_reassess=concerned)
    await journal.record(session, made, actor=actor)
    return row


async def version_of(session: AsyncSession, file_id: UUID) -> Version:
    """Return a version with the facts of the one before. Raises `FileVersionNotFound`."""
    row = await session.get(GovernanceFile, file_id)
    if row is None:
        raise FileVersionNotFound
    earlier = select(GovernanceFile).where(GovernanceFile.number < row.number)
    before = await session.scalar(earlier.order_by(GovernanceFile.number.desc()).limit(1))
    return Version(row.number, row.made_at, row.sha256, row.facts, before.facts if before else None)


def file_name(number: int, language: Language, form: Form) -> str:
    """Return the name that a download has."""
    return f"chatelet-{'dossier' if language == 'fr' else 'file'}-{number}.{form}"


async def _newest(session: AsyncSession, limit: int) -> list[GovernanceFile]:
    query = select(GovernanceFile).order_by(GovernanceFile.number.desc()).limit(limit)
    return list(await session.scalars(query))


def _shown(row: GovernanceFile, before: GovernanceFile | None) -> FileVersion:
    parts = facts.to_reassess(facts.changes(before.facts, row.facts)) if before else _ALL
    return FileVersion(
        id=row.id,
        number=row.number,
        made_at=row.made_at,
        made_by=row.made_by,
        sha256=row.sha256,
        to_reassess=cast("list[FilePart]", parts),
    )
