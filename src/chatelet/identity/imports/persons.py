"""Import of persons: `email;name;language;unit;role;state`, and `issuer;subject` where sign-in knows them otherwise.

    lines -> rows (each checked, in `lines`) -> COPY -> matched with who is here -> checked as sets -> written as sets

A trial runs the same statements and takes them back.
"""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.identity.access import check_manages
from chatelet.identity.errors import LastAdministrator
from chatelet.identity.imports import statements
from chatelet.identity.imports.lines import NAMES, LineReader, Row
from chatelet.identity.imports.places import read_places
from chatelet.identity.imports.schemas import ImportReport, ProblemCode
from chatelet.identity.imports.table import Problems, Table, read_table
from chatelet.identity.imports.telling import Changed, Effect, tell
from chatelet.identity.names import search_words, sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.roles.queries import has_active_administrator, lock_active_administrators
from chatelet.identity.roles.tables import Role
from chatelet.kernel.clock import now
from chatelet.kernel.database import asyncpg_connection, execute, fetch
from chatelet.kernel.errors import Forbidden
from chatelet.kernel.identifiers import uuid7

_Rows = Sequence[Sequence[Any]]


async def import_persons(
    session: AsyncSession, principal: Principal, data: bytes, *, apply: bool, shares_addresses: bool = False
) -> ImportReport:
    """Create, place, change, disable persons as the file says; nothing as long as one line is refused, or on trial.

    `shares_addresses`: the table is a directory's, whose persons may tell one address for several.

    Raises `TableUnreadable`, `TableColumns`, `TableTooLong`, `LastAdministrator`.
    """
    table, problems = read_table(data, NAMES, ()), Problems()
    administrators = await lock_active_administrators(session)
    kept, batch = await session.begin_nested(), uuid7()
    reader = await _reader(session, principal, problems, shares_addresses=shares_addresses)
    lines = await _load(session, batch, table, reader)
    await _check(session, batch, reader)
    effects = await _effects(session, batch)
    if not problems.refused:
        changed = await _write(session, principal, batch)
        if administrators and not await has_active_administrator(session):
            raise LastAdministrator
        await tell(session, principal, lines, _counts(effects), changed)
    is_done = apply and not problems.refused
    for statement in statements.FORGET:
        await execute(session, statement, batch)
    await (kept.commit() if is_done else kept.rollback())
    counts = _counts({line: effect for line, effect in effects.items() if line not in problems.refused})
    return ImportReport(
        kind="persons",
        applied=is_done,
        encoding=table.encoding,
        separator=table.separator,
        ignored_columns=list(table.ignored),
        lines=lines,
        refused=len(problems.refused),
        problems=problems.in_order(),
        **counts,
    )


async def _reader(
    session: AsyncSession, principal: Principal, problems: Problems, *, shares_addresses: bool
) -> LineReader:
    roles = {role.code: role for role in await session.scalars(select(Role))}
    return LineReader(principal, await read_places(session), roles, problems, shares_addresses)


async def _load(session: AsyncSession, batch: UUID, table: Table, reader: LineReader) -> int:
    """Check the lines and copy those that stand; return how many lines there are."""
    rows: list[Row] = []
    lines = 0
    for lines, line in enumerate(table.lines, 1):
        if lines % 500 == 0:
            await asyncio.sleep(0)
        row = reader.read(line)
        if row is not None:
            rows.append(row)
    await execute(session, statements.AS_SETS)
    connection = await asyncpg_connection(session)
    records = ((batch, *row, True, None, False) for row in rows)
    await connection.copy_records_to_table("import_persons", records=records)  # pyright: ignore[reportUnknownMemberType]
    for statement in statements.MATCH:
        await execute(session, statement, batch)
    return lines


async def _check(session: AsyncSession, batch: UUID, reader: LineReader) -> None:
    """Check the lines against who is here, and against what the caller reaches."""
    principal, problems = reader.principal, reader.problems

    async def refuse(statement: str, column: str, code: ProblemCode, *parameters: object) -> None:
        for row in await fetch(session, statement, batch, *parameters):
            problems.add(row[0], column, code)

    await refuse(statements.TWICE, "email", "duplicate")
    await refuse(statements.TAKEN, "email", "email_taken", reader.shares_addresses)
    await refuse(statements.UNPROVEN, "email", "email_unproven")
    await refuse(statements.NAMELESS, "name", "name_missing")
    reach = principal.rights.reach(Right.PERSONS_MANAGE)
    if reach is not None:
        await refuse(statements.HOMELESS, "unit", "unit_missing")
        await refuse(statements.FOREIGN, "email", "out_of_reach", sorted(reach))
    if not principal.is_administrator:
        for line, person_id in await fetch(session, statements.HOLDERS, batch):
            try:
                await check_manages(session, principal, person_id)
            except Forbidden as refusal:
                problems.add(line, "email", "holds_more" if "reason" in refusal.params else "out_of_reach")


async def _effects(session: AsyncSession, batch: UUID) -> dict[int, Effect]:
    """Return what each line does, the state of the tables being that of before."""
    different = [row[0] for row in await fetch(session, statements.DIFFERENT, batch)]
    return {row[0]: row[1] for row in await fetch(session, statements.COUNTS, batch, different)}


def _counts(effects: dict[int, Effect]) -> dict[Effect, int]:
    done = list(effects.values())
    return {name: done.count(name) for name in ("created", "moved", "changed", "unchanged")}


async def _write(session: AsyncSession, principal: Principal, batch: UUID) -> Changed:
    moment = now()
    different = await fetch(session, statements.DIFFERENT, batch)
    rows = await _with_words(batch, [*different, *await fetch(session, statements.NEW, batch)])
    connection = await asyncpg_connection(session)
    await connection.copy_records_to_table("import_accounts", records=rows)  # pyright: ignore[reportUnknownMemberType]
    await execute(session, statements.CREATE, batch, moment)
    await execute(session, statements.CHANGE, batch)
    moved = await fetch(session, statements.MOVED, batch)
    left = await fetch(session, statements.LEAVE, batch)
    await execute(session, statements.DEMOTE, batch)
    await execute(session, statements.JOIN, batch, moment)
    given = await fetch(session, statements.GRANT, batch, principal.person_id, moment)
    return Changed(different, moved, left, given)


async def _with_words(batch: UUID, accounts: _Rows) -> list[tuple[Any, ...]]:
    """Add to (id, e-mail, name, language, state…) how the name is sorted and found; others are served meanwhile."""
    rows: list[tuple[Any, ...]] = []
    for person_id, email, name, language, state, *_ in accounts:
        if len(rows) % 500 == 0:
            await asyncio.sleep(0)
        rows.append((batch, person_id, email, name, sort_key(name), search_words(name, email or ""), language, state))
    return rows
