"""The verbs on templates: list, read, add, change, copy, give a style file, take away as a file, delete.

A person changes their own; a unit's takes the right to curate there, as its glossaries do; the installation's are
read-only and copied. Every change is a version; drafts keep the one that they were made of.
"""

from typing import Final, Literal, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.errors import FileUnreadable
from chatelet.documents.parsing.names import display_name
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.writing.drafting import installed, markdown_file, queries
from chatelet.writing.drafting.queries import Found
from chatelet.writing.drafting.schemas import (
    NewTemplate,
    Owner,
    StyleKind,
    TemplateChange,
    TemplateContent,
    TemplateFull,
    TemplateList,
    TemplateOut,
)
from chatelet.writing.drafting.sealed import TemplateSealer
from chatelet.writing.drafting.template import Template, check
from chatelet.writing.errors import (
    StyleFileRefused,
    TemplateBroken,
    TemplateChanged,
    TemplateNotFound,
    TemplateReadOnly,
)
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import TemplateRow, TemplateStyle, TemplateVersion

_MOST: Final = 200  # templates of a person, or of a unit
_VERSIONS_KEPT: Final = 20
_Action = Literal["added", "changed", "styled", "exported", "removed"]


async def list_templates(session: AsyncSession, services: WritingServices, principal: Principal) -> TemplateList:
    """Return what the caller may use: their own, their units', the installation's; those of their language first."""
    found = [_shown(services, principal, one) for one in await queries.templates(session, principal)]
    shipped = [_installed(identifier, template) for identifier, template in installed.templates().items()]
    items = [*sorted(found, key=lambda one: one.owner != "person"), *shipped]
    return TemplateList(items=sorted(items, key=lambda one: one.language != principal.language))


async def read(
    session: AsyncSession, services: WritingServices, principal: Principal, template_id: UUID
) -> TemplateFull:
    """Return a template whole. Raises `TemplateNotFound`."""
    shipped = installed.templates().get(template_id)
    if shipped is not None:
        return _full(_installed(template_id, shipped), shipped)
    found = await _usable(session, principal, template_id)
    return _full(_shown(services, principal, found), _opened(services, found))


async def add(session: AsyncSession, services: WritingServices, principal: Principal, new: NewTemplate) -> TemplateFull:
    """Add a template, for the caller or for a unit. Raises `TemplateBroken`, `UnitNotFound`, `Forbidden`."""
    template = check(new.content.plain()) if new.content is not None else markdown_file.read(new.file or "")
    return await _add(session, services, principal, template, new.unit_id)


async def copy(
    session: AsyncSession, services: WritingServices, principal: Principal, template_id: UUID, unit_id: UUID | None
) -> TemplateFull:
    """Copy a template to the caller or to a unit: so it is shared, and so the installation's are changed.

    Raises `TemplateNotFound`, `UnitNotFound`, `Forbidden`.
    """
    shipped = installed.templates().get(template_id)
    if shipped is not None:
        return await _add(session, services, principal, shipped, unit_id)
    found = await _usable(session, principal, template_id)
    made = await _add(session, services, principal, _opened(services, found), unit_id)
    if found.version.style_id is None:
        return made
    name, data, _kind = await style_of(session, services, found.version.style_id) or ("", b"", "")
    return await set_style(session, services, principal, made.id, name, data) if data else made


async def change(
    session: AsyncSession, services: WritingServices, principal: Principal, template_id: UUID, new: TemplateChange
) -> TemplateFull:
    """Write a new version. Raises `TemplateNotFound`, `TemplateReadOnly`, `TemplateBroken`, `TemplateChanged`."""
    found = await _changeable(session, principal, template_id)
    template = check(new.content.plain())
    if found.row.version != new.version:
        raise TemplateChanged(version=found.row.version)
    await _write(session, services, principal, found, template, found.version.style_id, "changed")
    return await read(session, services, principal, template_id)


async def set_style(
    session: AsyncSession, services: WritingServices, principal: Principal, template_id: UUID, name: str, data: bytes
) -> TemplateFull:
    """Give a template its style file, or take it away when `data` is empty.

    Raises `TemplateNotFound`, `TemplateReadOnly`, `StyleFileRefused`, `ReaderUnavailable`.
    """
    found = await _changeable(session, principal, template_id)
    kind = await _letterhead(services, data) if data else None
    style_id: UUID | None = None
    if kind is not None:
        style_id, sealer = uuid7(), _sealer(services, found.row)
        session.add(
            TemplateStyle(
                id=style_id,
                template_id=template_id,
                kind=kind,
                name_sealed=sealer.seal_bytes(display_name(name).encode(), style_id, "style-name"),
                sealed=sealer.seal_bytes(data, style_id, "style"),
            )
        )
        await session.flush()
    await _write(session, services, principal, found, _opened(services, found), style_id, "styled")
    return await read(session, services, principal, template_id)


async def _letterhead(services: WritingServices, data: bytes) -> StyleKind:
    """Return the kind of a style file, opened where every file of a person is: in the reader's process."""
    try:
        told = await services.documents.reader.inspect_letterhead(data)
    except FileUnreadable:
        raise StyleFileRefused(reason="damaged") from None
    if told.reason:
        raise StyleFileRefused(reason=told.reason)
    return "docx" if told.kind == "docx" else "odt"


async def style_of(
    session: AsyncSession, services: WritingServices, style_id: UUID
) -> tuple[str, bytes, StyleKind] | None:
    """Return the name, the bytes and the kind of a style file; None when it is gone."""
    found = await queries.style(session, style_id)
    if found is None:
        return None
    style, row = found
    sealer = _sealer(services, row)
    name = sealer.open_bytes(style.name_sealed, style.id, "style-name").decode()
    return name, sealer.open_bytes(style.sealed, style.id, "style"), cast("StyleKind", style.kind)


async def export(
    session: AsyncSession, services: WritingServices, principal: Principal, template_id: UUID
) -> tuple[str, str]:
    """Return the name and the text of a template as one Markdown file. Raises `TemplateNotFound`."""
    shipped = installed.templates().get(template_id)
    if shipped is not None:
        await _tell(session, principal, template_id, "exported", installed.VERSION)
        return f"{shipped.name}.md", markdown_file.write(shipped)
    found = await _usable(session, principal, template_id)
    template = _opened(services, found)
    await _tell(session, principal, template_id, "exported", found.row.version, found.row.unit_id)
    return f"{display_name(template.name)}.md", markdown_file.write(template)


async def remove(session: AsyncSession, principal: Principal, template_id: UUID) -> None:
    """Delete a template; drafts made of it stay. Raises `TemplateNotFound`, `TemplateReadOnly`."""
    found = await _changeable(session, principal, template_id)
    await _tell(session, principal, template_id, "removed", found.row.version, found.row.unit_id)
    await queries.forget_before(session, template_id, found.row.version + 1)
    await session.delete(found.row)


async def usable(
    session: AsyncSession, services: WritingServices, principal: Principal, template_id: UUID
) -> tuple[Template, int, UUID | None, str | None]:
    """Return a template, its version, its style file and the kind of this, for a draft. Raises `TemplateNotFound`."""
    shipped = installed.templates().get(template_id)
    if shipped is not None:
        return shipped, installed.VERSION, None, None
    found = await _usable(session, principal, template_id)
    return _opened(services, found), found.row.version, found.version.style_id, found.style_kind


async def _add(
    session: AsyncSession, services: WritingServices, principal: Principal, template: Template, unit_id: UUID | None
) -> TemplateFull:
    unit = await units.access(session, principal, unit_id, Right.DOCUMENTS_CURATE) if unit_id else None
    person_id = None if unit else principal.person_id
    if await queries.owned(session, person_id, unit.id if unit else None) >= _MOST:
        raise TemplateBroken(reason="too_many", about=str(_MOST), line=0)
    identifier, moment = uuid7(), clock.now()
    sealer, wrapped = TemplateSealer.make(services.keyring, identifier)
    row = TemplateRow(
        id=identifier,
        person_id=person_id,
        unit_id=unit.id if unit else None,
        version=1,
        wrapped_key=wrapped,
        created_at=moment,
        updated_at=moment,
    )
    session.add(row)
    await session.flush()
    sealed = sealer.seal(template, 1)
    session.add(TemplateVersion(template_id=identifier, number=1, sealed=sealed, style_id=None, created_at=moment))
    await session.flush()
    await _tell(session, principal, identifier, "added", 1, row.unit_id)
    return await read(session, services, principal, identifier)


async def _write(
    session: AsyncSession,
    services: WritingServices,
    principal: Principal,
    found: Found,
    template: Template,
    style_id: UUID | None,
    action: _Action,
) -> None:
    row, moment = found.row, clock.now()
    row.version, row.updated_at = row.version + 1, moment
    sealed = _sealer(services, row).seal(template, row.version)
    session.add(
        TemplateVersion(template_id=row.id, number=row.version, sealed=sealed, style_id=style_id, created_at=moment)
    )
    await session.flush()
    await queries.forget_before(session, row.id, row.version - _VERSIONS_KEPT + 1)
    await _tell(session, principal, row.id, action, row.version, row.unit_id)


async def _usable(session: AsyncSession, principal: Principal, template_id: UUID) -> Found:
    found = await queries.templates(session, principal, template_id)
    if not found:
        raise TemplateNotFound
    return found[0]


async def _changeable(session: AsyncSession, principal: Principal, template_id: UUID) -> Found:
    if template_id in installed.templates():
        raise TemplateReadOnly
    found = await _usable(session, principal, template_id)
    if found.row.unit_id is not None:
        await units.access(session, principal, found.row.unit_id, Right.DOCUMENTS_CURATE)
    await queries.lock(session, template_id)
    return await _usable(session, principal, template_id)


async def _tell(
    session: AsyncSession,
    principal: Principal,
    template_id: UUID,
    action: _Action,
    version: int,
    unit_id: UUID | None = None,
) -> None:
    event = events.TemplateChanged(template_id=template_id, action=action, version=version, unit_id=unit_id)
    await journal.record(session, event, actor=principal.person_id)


def _sealer(services: WritingServices, row: TemplateRow) -> TemplateSealer:
    return TemplateSealer.of(services.keyring, row.id, row.wrapped_key)


def _opened(services: WritingServices, found: Found) -> Template:
    return _sealer(services, found.row).open(found.version.sealed, found.version.number)


def _shown(services: WritingServices, principal: Principal, found: Found) -> TemplateOut:
    row, style_id = found.row, found.version.style_id
    template = _opened(services, found)
    owner: Owner = "person" if row.unit_id is None else "unit"
    is_ours = found.unit_path is None or principal.rights.holds(Right.DOCUMENTS_CURATE, found.unit_path)
    name = None
    if style_id is not None and found.style_name_sealed is not None:
        name = _sealer(services, row).open_bytes(found.style_name_sealed, style_id, "style-name").decode()
    return TemplateOut(
        id=row.id,
        name=template.name,
        purpose=template.purpose,
        language=template.language,
        owner=owner,
        unit_id=row.unit_id,
        unit_name=found.unit_name,
        version=row.version,
        can_change=is_ours,
        style=cast("StyleKind | None", found.style_kind),
        style_name=name,
        updated_at=row.updated_at,
    )


def _installed(identifier: UUID, template: Template) -> TemplateOut:
    return TemplateOut(
        id=identifier,
        name=template.name,
        purpose=template.purpose,
        language=template.language,
        owner="installation",
        unit_id=None,
        unit_name=None,
        version=installed.VERSION,
        can_change=False,
        style=None,
        style_name=None,
        updated_at=None,
    )


def _full(shown: TemplateOut, template: Template) -> TemplateFull:
    return TemplateFull(**shown.model_dump(), content=TemplateContent.of(template))
