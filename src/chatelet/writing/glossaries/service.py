"""The verbs on glossaries: import, list, take away, delete; and what works read of them."""

from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.parsing.names import display_name
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Unit as UnitRow
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.csv_cells import csv_line
from chatelet.kernel.identifiers import uuid7
from chatelet.writing import tongues
from chatelet.writing.errors import GlossaryNotFound
from chatelet.writing.glossaries import queries, sealing
from chatelet.writing.glossaries.defaults import joined
from chatelet.writing.glossaries.schemas import GlossaryKind, GlossaryList, GlossaryOut
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Glossary
from chatelet.writing.task import Term
from chatelet.writing.term_files import Unit, read_memory, read_terms, write_memory


async def add(
    session: AsyncSession,
    services: WritingServices,
    principal: Principal,
    *,
    kind: GlossaryKind,
    name: str,
    source: str,
    target: str,
    unit_id: UUID | None,
    data: bytes | None,
) -> GlossaryOut:
    """Import a file (CSV or TBX for terms, TMX for a memory), or begin an empty one; a unit's takes a right.

    Raises `GlossaryUnreadable`, `LanguageUnknown`, `UnitNotFound`, `Forbidden`.
    """
    source, target = tongues.split(source)[0], tongues.split(target)[0]
    unit = await units.access(session, principal, unit_id, Right.DOCUMENTS_CURATE) if unit_id else None
    lines = [] if data is None else lines_of(kind, data, source, target)
    identifier, moment = uuid7(), clock.now()
    wrapped, name_sealed, lines_sealed = sealing.seal_new(services.keyring, identifier, display_name(name), lines)
    row = Glossary(
        id=identifier,
        kind=kind,
        person_id=None if unit else principal.person_id,
        unit_id=unit.id if unit else None,
        source=source,
        target=target,
        lines=len(lines),
        by_default=False,
        wrapped_key=wrapped,
        name_sealed=name_sealed,
        lines_sealed=lines_sealed,
        created_at=moment,
        updated_at=moment,
    )
    session.add(row)
    await session.flush()
    await tell(session, principal, row, "added")
    return shown(services.keyring, principal, row, unit)


def lines_of(kind: str, data: bytes, source: str, target: str) -> list[Term] | list[Unit]:
    """Return the lines of a file. Raises `GlossaryUnreadable`."""
    return read_terms(data, source, target) if kind == "terms" else read_memory(data, source, target)


async def list_glossaries(session: AsyncSession, services: WritingServices, principal: Principal) -> GlossaryList:
    """Return those that the caller may use."""
    found = await queries.glossaries(session, principal)
    return GlossaryList(items=[shown(services.keyring, principal, row, unit) for row, unit in found])


async def require(session: AsyncSession, principal: Principal, glossary_id: UUID, kind: GlossaryKind) -> Glossary:
    """Return a glossary that the caller may use. Raises `GlossaryNotFound`."""
    found = await queries.glossaries(session, principal, [glossary_id])
    if not found or found[0][0].kind != kind:
        raise GlossaryNotFound
    return found[0][0]


async def terms(
    session: AsyncSession, services: WritingServices, principal: Principal, ids: Sequence[UUID]
) -> tuple[Term, ...]:
    """Return the terms of glossaries, one's own before those of units. Raises `GlossaryNotFound`."""
    if not ids:
        return ()
    found = [row for row, _ in await queries.glossaries(session, principal, ids) if row.kind == "terms"]
    if len(found) != len(set(ids)):
        raise GlossaryNotFound
    ordered = sorted(found, key=lambda one: one.person_id is None)
    return joined([term for row in ordered for term in sealing.terms(services.keyring, row)], ())


async def memory(services: WritingServices, glossary_id: UUID | None) -> list[Unit]:
    """Return the segments of a work's memory, which its person could use when it was asked; none when it is gone."""
    if glossary_id is None:
        return []
    async with services.database.transaction() as session:
        row = await queries.by_id(session, glossary_id)
    return [] if row is None else sealing.units(services.keyring, row)


async def export(
    session: AsyncSession, services: WritingServices, principal: Principal, glossary_id: UUID
) -> tuple[str, str, Iterator[str]]:
    """Return the name, the type and the lines of a glossary as a file: CSV, or TMX. Raises `GlossaryNotFound`."""
    found = await queries.glossaries(session, principal, [glossary_id])
    if not found:
        raise GlossaryNotFound
    row = found[0][0]
    await tell(session, principal, row, "exported")
    keyring = services.keyring
    called = sealing.name(keyring, row)
    name = called.rpartition(".")[0] or called
    if row.kind == "memory":
        return f"{name}.tmx", "application/x-tmx+xml", write_memory(sealing.units(keyring, row), row.source, row.target)
    return f"{name}.csv", "text/csv; charset=utf-8", _as_csv(row, sealing.terms(keyring, row))


async def remove(session: AsyncSession, principal: Principal, glossary_id: UUID) -> None:
    """Delete a glossary: one's own, or a unit's with the right to curate there. Raises `GlossaryNotFound`."""
    found = await queries.glossaries(session, principal, [glossary_id])
    if not found:
        raise GlossaryNotFound
    row = found[0][0]
    if row.unit_id is not None:
        await units.access(session, principal, row.unit_id, Right.DOCUMENTS_CURATE)
    await tell(session, principal, row, "removed")
    await session.delete(row)


def _as_csv(row: Glossary, found: Sequence[Term]) -> Iterator[str]:
    yield csv_line([row.source, row.target, "forbidden", "case", "note"], ";")
    for term in found:
        forbidden, case = "|".join(term.forbidden), "x" if term.exact_case else ""
        yield csv_line([term.source, term.target, forbidden, case, term.note], ";")


async def tell(
    session: AsyncSession,
    principal: Principal,
    row: Glossary,
    action: Literal["added", "changed", "exported", "removed"],
) -> None:
    """Journal what was done with a glossary."""
    event = events.GlossaryChanged(
        glossary_id=row.id,
        action=action,
        kind="terms" if row.kind == "terms" else "memory",
        lines=row.lines,
        unit_id=row.unit_id,
    )
    await journal.record(session, event, actor=principal.person_id)


def may_edit(principal: Principal, row: Glossary, unit: UnitRow | None) -> bool:
    """Tell whether a glossary is the caller's to change: their own, or of a unit whose documents they curate."""
    if unit is None:
        return row.person_id == principal.person_id
    return unit.closed_at is None and principal.rights.holds(Right.DOCUMENTS_CURATE, unit.path)


def shown(keyring: Keyring, principal: Principal, row: Glossary, unit: UnitRow | None) -> GlossaryOut:
    """Return a glossary as the caller sees it."""
    return GlossaryOut(
        id=row.id,
        kind="terms" if row.kind == "terms" else "memory",
        name=sealing.name(keyring, row),
        source=row.source,
        target=row.target,
        lines=row.lines,
        unit_id=row.unit_id,
        unit_name=unit.name if unit else None,
        is_mine=row.person_id == principal.person_id,
        may_edit=may_edit(principal, row, unit),
        by_default=row.by_default,
        updated_at=row.updated_at,
    )


def exported(keyring: Keyring, row: Glossary) -> dict[str, object]:
    """Return a glossary as a person takes it away with the rest of their data."""
    lines: list[object] = (
        [msgspec.to_builtins(term) for term in sealing.terms(keyring, row)]
        if row.kind == "terms"
        else [*sealing.units(keyring, row)]
    )
    return {"id": str(row.id), "name": sealing.name(keyring, row), "kind": row.kind, "source": row.source,
            "target": row.target, "lines": lines}  # fmt: skip
