"""The verbs on the lines of a glossary: read them, change some, bring a file into it, keep a choice of a person's.

Lines are sealed together: a change reads them all, under a lock, so that two persons who edit lose nothing.
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.documents.parsing.names import display_name
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units import service as units
from chatelet.identity.units.tables import Unit as UnitRow
from chatelet.kernel import clock
from chatelet.kernel.crypto import Keyring
from chatelet.kernel.text import fold
from chatelet.writing.errors import GlossaryNotFound, GlossaryTooLong
from chatelet.writing.glossaries import queries, sealing, service
from chatelet.writing.glossaries.schemas import GlossaryChange, GlossaryLines, GlossaryOut, ShownLine
from chatelet.writing.services import WritingServices
from chatelet.writing.tables import Glossary
from chatelet.writing.task import Term
from chatelet.writing.term_files import MOST_TERMS, Unit

_PAGE: Final = 50
_CHOICES: Final = {"fr": "Mes choix", "en": "My choices"}
Lines = dict[tuple[str, str], Term | Unit]


async def read(
    session: AsyncSession, services: WritingServices, principal: Principal, glossary_id: UUID, words: str, after: int
) -> GlossaryLines:
    """Return a page of the lines that hold `words`. Raises `GlossaryNotFound`."""
    found = await queries.glossaries(session, principal, [glossary_id])
    if not found:
        raise GlossaryNotFound
    lines = _found(_lines(services.keyring, found[0][0]), fold(words))
    following = after + _PAGE if after + _PAGE < len(lines) else None
    return GlossaryLines(items=[_shown(one) for one in lines[after : after + _PAGE]], total=len(lines), next=following)


async def change(
    session: AsyncSession, services: WritingServices, principal: Principal, glossary_id: UUID, wanted: GlossaryChange
) -> GlossaryOut:
    """Rename a glossary, use it by default or no more, change lines. Raises `GlossaryNotFound`, `Forbidden`."""
    row, unit = await _editable(session, principal, glossary_id)
    if wanted.name is not None:
        sealing.rename(services.keyring, row, display_name(wanted.name))
    if wanted.by_default is not None:
        row.by_default = wanted.by_default
    if wanted.removed or wanted.added:
        lines = _lines(services.keyring, row)
        for gone in wanted.removed:
            lines.pop((gone.source, gone.target), None)
        for one in wanted.added:
            term = Term(one.source, one.target, tuple(one.forbidden), one.exact_case, one.note)
            lines[one.source, one.target] = term if row.kind == "terms" else Unit(one.source, one.target)
        _put(services.keyring, row, lines)
    return await _changed(session, services, principal, row, unit)


async def bring(
    session: AsyncSession, services: WritingServices, principal: Principal, glossary_id: UUID, data: bytes
) -> GlossaryOut:
    """Add the lines of a file to a glossary; those of the same words are replaced.

    Raises `GlossaryNotFound`, `GlossaryUnreadable`, `GlossaryTooLong`, `Forbidden`.
    """
    row, unit = await _editable(session, principal, glossary_id)
    brought = service.lines_of(row.kind, data, row.source, row.target)
    _put(services.keyring, row, _lines(services.keyring, row) | {(one.source, one.target): one for one in brought})
    return await _changed(session, services, principal, row, unit)


async def keep_choice(
    session: AsyncSession, services: WritingServices, principal: Principal, languages: tuple[str, str], choice: Unit
) -> None:
    """Keep how a person wants a sentence translated, in a memory of theirs that their works use by default."""
    source, target = languages
    rows = await queries.by_default(session, principal.person_id, (), source, target)
    row = next((one for one in rows if one.kind == "memory"), None)
    if row is None:
        name = f"{_CHOICES[principal.language]} ({source} → {target})"
        made = await service.add(
            session, services, principal,
            kind="memory", name=name, source=source, target=target, unit_id=None, data=None,
        )  # fmt: skip
        row = await queries.by_id(session, made.id)
        assert row is not None
        row.by_default = True
    lines = {key: one for key, one in _lines(services.keyring, row).items() if one.source != choice.source}
    _put(services.keyring, row, {(choice.source, choice.target): choice, **lines})
    row.updated_at = clock.now()
    await session.flush()
    await service.tell(session, principal, row, "changed")


async def _editable(session: AsyncSession, principal: Principal, glossary_id: UUID) -> tuple[Glossary, UnitRow | None]:
    row = await queries.locked(session, principal, glossary_id)
    if row is None:
        raise GlossaryNotFound
    if row.unit_id is None:
        return row, None
    return row, await units.access(session, principal, row.unit_id, Right.DOCUMENTS_CURATE)


async def _changed(
    session: AsyncSession, services: WritingServices, principal: Principal, row: Glossary, unit: UnitRow | None
) -> GlossaryOut:
    row.updated_at = clock.now()
    await session.flush()
    await service.tell(session, principal, row, "changed")
    return service.shown(services.keyring, principal, row, unit)


def _lines(keyring: Keyring, row: Glossary) -> Lines:
    found: Sequence[Term | Unit] = sealing.terms(keyring, row) if row.kind == "terms" else sealing.units(keyring, row)
    return {(one.source, one.target): one for one in found}


def _put(keyring: Keyring, row: Glossary, lines: Lines) -> None:
    if len(lines) > MOST_TERMS:
        raise GlossaryTooLong(limit=MOST_TERMS)
    sealing.put(keyring, row, list(lines.values()))


def _found(lines: Lines, wanted: str) -> list[Term | Unit]:
    found = [one for one in lines.values() if wanted in fold(f"{one.source} {one.target}")]
    return sorted(found, key=lambda one: fold(one.source))


def _shown(one: Term | Unit) -> ShownLine:
    if isinstance(one, Term):
        forbidden, note, exact = list(one.forbidden), one.note, one.exact_case
        return ShownLine(source=one.source, target=one.target, forbidden=forbidden, note=note, exact_case=exact)
    return ShownLine(source=one.source, target=one.target, forbidden=[], note="", exact_case=False)
