"""The verbs on glossaries: import, list, take away, delete; and what works read of them."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.documents.parsing.names import display_name
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.kernel import clock
from chatelet.kernel.crypto import DataKey, Keyring
from chatelet.kernel.csv_cells import csv_line
from chatelet.kernel.identifiers import uuid7
from chatelet.writing import tongues
from chatelet.writing.errors import GlossaryNotFound
from chatelet.writing.glossaries import queries
from chatelet.writing.glossaries.schemas import GlossaryKind, GlossaryList, GlossaryOut
from chatelet.writing.memory import TranslationMemory
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Glossary
from chatelet.writing.task import Term
from chatelet.writing.term_files import Unit, read_memory, read_terms, write_memory

_encoder: Final = msgspec.msgpack.Encoder()
_terms: Final = msgspec.msgpack.Decoder(list[Term])
_units: Final = msgspec.msgpack.Decoder(list[Unit])


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
    data: bytes,
) -> GlossaryOut:
    """Import a file: CSV or TBX for terms, TMX for a memory. A unit's takes the right to curate there.

    Raises `GlossaryUnreadable`, `LanguageUnknown`, `UnitNotFound`, `Forbidden`.
    """
    source, target = tongues.split(source)[0], tongues.split(target)[0]
    unit = await units.access(session, principal, unit_id, Right.DOCUMENTS_CURATE) if unit_id else None
    lines = read_terms(data, source, target) if kind == "terms" else read_memory(data, source, target)
    identifier, moment = uuid7(), clock.now()
    key, wrapped = services.keyring.new_key(_context(identifier, "key"))
    row = Glossary(
        id=identifier,
        kind=kind,
        person_id=None if unit else principal.person_id,
        unit_id=unit.id if unit else None,
        source=source,
        target=target,
        lines=len(lines),
        wrapped_key=wrapped,
        name_sealed=key.seal(display_name(name).encode(), _context(identifier, "name")),
        lines_sealed=key.seal(_encoder.encode(lines), _context(identifier, "lines")),
        created_at=moment,
        updated_at=moment,
    )
    session.add(row)
    await session.flush()
    await _tell(session, principal, row, "added")
    return _shown(services.keyring, principal, row, unit.name if unit else None)


async def list_glossaries(session: AsyncSession, services: WritingServices, principal: Principal) -> GlossaryList:
    """Return those that the caller may use."""
    found = await queries.glossaries(session, principal)
    return GlossaryList(items=[_shown(services.keyring, principal, row, name) for row, name in found])


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
    chosen: dict[str, Term] = {}
    for row in sorted(found, key=lambda one: one.person_id is None):
        for term in _terms.decode(_open(services.keyring, row)):
            chosen.setdefault(term.source, term)
    return tuple(chosen.values())


async def memory(services: WritingServices, glossary_id: UUID | None, _person_id: UUID) -> TranslationMemory | None:
    """Return the memory of a work, which its person could use when it was asked; None when it is gone."""
    if glossary_id is None:
        return None
    async with services.database.transaction() as session:
        row = await queries.by_id(session, glossary_id)
    return None if row is None else TranslationMemory(_units.decode(_open(services.keyring, row)))


async def export(
    session: AsyncSession, services: WritingServices, principal: Principal, glossary_id: UUID
) -> tuple[str, str, Iterator[str]]:
    """Return the name, the type and the lines of a glossary as a file: CSV, or TMX. Raises `GlossaryNotFound`."""
    found = await queries.glossaries(session, principal, [glossary_id])
    if not found:
        raise GlossaryNotFound
    row = found[0][0]
    await _tell(session, principal, row, "exported")
    opened = _open(services.keyring, row)
    name = _name(services.keyring, row).rpartition(".")[0] or _name(services.keyring, row)
    if row.kind == "memory":
        return f"{name}.tmx", "application/x-tmx+xml", write_memory(_units.decode(opened), row.source, row.target)
    return f"{name}.csv", "text/csv; charset=utf-8", _as_csv(row, _terms.decode(opened))


async def remove(session: AsyncSession, principal: Principal, glossary_id: UUID) -> None:
    """Delete a glossary: one's own, or a unit's with the right to curate there. Raises `GlossaryNotFound`."""
    found = await queries.glossaries(session, principal, [glossary_id])
    if not found:
        raise GlossaryNotFound
    row = found[0][0]
    if row.unit_id is not None:
        await units.access(session, principal, row.unit_id, Right.DOCUMENTS_CURATE)
    await _tell(session, principal, row, "removed")
    await session.delete(row)


def _as_csv(row: Glossary, found: Sequence[Term]) -> Iterator[str]:
    yield csv_line([row.source, row.target, "forbidden", "case"], ";")
    for term in found:
        yield csv_line([term.source, term.target, "|".join(term.forbidden), "x" if term.exact_case else ""], ";")


async def _tell(session: AsyncSession, principal: Principal, row: Glossary, action: str) -> None:
    event = events.GlossaryChanged(
        glossary_id=row.id,
        action="added" if action == "added" else "exported" if action == "exported" else "removed",
        kind="terms" if row.kind == "terms" else "memory",
        lines=row.lines,
        unit_id=row.unit_id,
    )
    await journal.record(session, event, actor=principal.person_id)


def _shown(keyring: Keyring, principal: Principal, row: Glossary, unit_name: str | None) -> GlossaryOut:
    return GlossaryOut(
        id=row.id,
        kind="terms" if row.kind == "terms" else "memory",
        name=_name(keyring, row),
        source=row.source,
        target=row.target,
        lines=row.lines,
        unit_id=row.unit_id,
        unit_name=unit_name,
        is_mine=row.person_id == principal.person_id,
        updated_at=row.updated_at,
    )


def _key(keyring: Keyring, row: Glossary) -> DataKey:
    return keyring.unwrap(row.wrapped_key, _context(row.id, "key"))


def _name(keyring: Keyring, row: Glossary) -> str:
    return _key(keyring, row).open(row.name_sealed, _context(row.id, "name")).decode()


def _open(keyring: Keyring, row: Glossary) -> bytes:
    return _key(keyring, row).open(row.lines_sealed, _context(row.id, "lines"))


def _context(glossary_id: UUID, name: str) -> bytes:
    return f"glossary-{name}:".encode() + glossary_id.bytes


def exported(keyring: Keyring, row: Glossary) -> dict[str, object]:
    """Return a glossary as a person takes it away with the rest of their data."""
    opened = _open(keyring, row)
    lines = (
        [msgspec.to_builtins(term) for term in _terms.decode(opened)] if row.kind == "terms" else _units.decode(opened)
    )
    return {"id": str(row.id), "name": _name(keyring, row), "kind": row.kind, "source": row.source,
            "target": row.target, "lines": lines}  # fmt: skip
