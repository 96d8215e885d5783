"""Reads of templates. What a person asks for starts from `usable_by`."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.principal import Principal
from chatelet.identity.units.tables import Unit
from chatelet.writing.tables import TemplateRow, TemplateStyle, TemplateVersion


class Found(NamedTuple):
    """A template with its version of now, its unit and its style file."""

    row: TemplateRow
    version: TemplateVersion
    unit_name: str | None
    unit_path: Sequence[UUID] | None
    style_kind: str | None
    style_name_sealed: bytes | None


def usable_by(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every read carries."""
    return or_(TemplateRow.person_id == principal.person_id, TemplateRow.unit_id.in_(principal.units))


async def templates(session: AsyncSession, principal: Principal, template_id: UUID | None = None) -> list[Found]:
    """Return templates that the caller may use; that of `template_id` only, when given."""
    query = (
        select(TemplateRow, TemplateVersion, Unit.name, Unit.path, TemplateStyle.kind, TemplateStyle.name_sealed)
        .join(
            TemplateVersion,
            and_(TemplateVersion.template_id == TemplateRow.id, TemplateVersion.number == TemplateRow.version),
        )
        .outerjoin(Unit, Unit.id == TemplateRow.unit_id)
        .outerjoin(TemplateStyle, TemplateStyle.id == TemplateVersion.style_id)
        .where(usable_by(principal))
        .order_by(TemplateRow.id)
    )
    if template_id is not None:
        query = query.where(TemplateRow.id == template_id)
    return [Found(*row) for row in (await session.execute(query)).all()]


async def lock(session: AsyncSession, template_id: UUID) -> TemplateRow | None:
    """Return a template that nobody else changes meanwhile."""
    return await session.get(TemplateRow, template_id, with_for_update=True, populate_existing=True)


async def style(session: AsyncSession, style_id: UUID) -> tuple[TemplateStyle, TemplateRow] | None:
    """Return a style file with its template, for drafts that already know by what right; None when it is gone."""
    query = select(TemplateStyle, TemplateRow).join(TemplateRow, TemplateRow.id == TemplateStyle.template_id)
    found = (await session.execute(query.where(TemplateStyle.id == style_id))).first()
    return None if found is None else (found[0], found[1])


async def versions(session: AsyncSession, template_id: UUID) -> Sequence[TemplateVersion]:
    """Return the versions of a template that are kept, the newest first."""
    query = select(TemplateVersion).where(TemplateVersion.template_id == template_id)
    return (await session.scalars(query.order_by(TemplateVersion.number.desc()))).all()


async def forget_before(session: AsyncSession, template_id: UUID, number: int) -> None:
    """Delete old versions, and the style files that no version has any more."""
    old = TemplateVersion.number < number
    await session.execute(delete(TemplateVersion).where(TemplateVersion.template_id == template_id, old))
    named = select(TemplateVersion.style_id).where(
        TemplateVersion.template_id == template_id, TemplateVersion.style_id.is_not(None)
    )
    stale = delete(TemplateStyle).where(TemplateStyle.template_id == template_id, TemplateStyle.id.not_in(named))
    await session.execute(stale)


async def owned(session: AsyncSession, person_id: UUID | None, unit_id: UUID | None) -> int:
    """Count the templates of a person, or of a unit."""
    is_theirs = TemplateRow.person_id == person_id if unit_id is None else TemplateRow.unit_id == unit_id
    return int(await session.scalar(select(func.count()).where(is_theirs)) or 0)


async def of_person(session: AsyncSession, person_id: UUID) -> list[tuple[TemplateRow, TemplateVersion]]:
    """Return a person's own templates, every version kept of them."""
    query = (
        select(TemplateRow, TemplateVersion)
        .join(TemplateVersion, TemplateVersion.template_id == TemplateRow.id)
        .where(TemplateRow.person_id == person_id)
    )
    rows = (await session.execute(query.order_by(TemplateRow.id, TemplateVersion.number))).all()
    return [(row[0], row[1]) for row in rows]


async def styles_of_person(session: AsyncSession, person_id: UUID) -> list[tuple[TemplateRow, TemplateStyle]]:
    """Return the style files of a person's own templates."""
    query = (
        select(TemplateRow, TemplateStyle)
        .join(TemplateStyle, TemplateStyle.template_id == TemplateRow.id)
        .where(TemplateRow.person_id == person_id)
    )
    rows = (await session.execute(query.order_by(TemplateRow.id, TemplateStyle.id))).all()
    return [(row[0], row[1]) for row in rows]
