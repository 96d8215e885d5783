"""Import of units: `code;name;parent;kind`. The tree that would be is built in memory, checked, then written at once.

lines -> drafts (each checked) -> the tree with them (unknown parents, circles, depth) -> rights -> one COPY
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import changes, events, journal
from chatelet.identity.imports.places import Place, Places, read_places
from chatelet.identity.imports.schemas import ImportReport, ProblemCode
from chatelet.identity.imports.statements import AS_SETS
from chatelet.identity.imports.table import Line, Problems, Table, read_table
from chatelet.identity.imports.telling import record_each
from chatelet.identity.names import sort_key
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.identity.units.delegation import given_on, missing
from chatelet.identity.units.errors import UnitCodeInvalid, UnitNameInvalid
from chatelet.identity.units.queries import lock_tree
from chatelet.identity.units.schemas import LONGEST_KIND
from chatelet.identity.units.service import clean_code, clean_unit_name
from chatelet.identity.units.tree import DEEPEST
from chatelet.kernel.clock import now
from chatelet.kernel.database import asyncpg_connection, execute
from chatelet.kernel.identifiers import uuid7

NAMES: Final = {
    "code": "code", "code unite": "code", "code de l unite": "code", "unit code": "code", "identifiant": "code",
    "name": "name", "nom": "name", "libelle": "name", "intitule": "name", "unit name": "name",
    "parent": "parent", "parent code": "parent", "code parent": "parent", "unite parente": "parent",
    "rattachement": "parent", "tutelle": "parent",
    "kind": "kind", "type": "kind", "nature": "kind", "niveau": "kind",
}  # fmt: skip
_CREATE: Final = """
INSERT INTO units (id, parent_id, path, code, name, sort_name, kind, created_at)
SELECT id, parent_id, path, code, name, sort_name, kind, $2 FROM import_units WHERE batch = $1 AND is_new
"""
_CHANGE: Final = """
UPDATE units SET parent_id = i.parent_id, path = i.path, name = i.name, sort_name = i.sort_name, kind = i.kind
FROM import_units i WHERE i.batch = $1 AND units.id = i.id AND NOT i.is_new
"""
_FORGET: Final = "DELETE FROM import_units WHERE batch = $1"


@dataclass(frozen=True, slots=True)
class Draft:
    """A line that is well formed. `kind` is None when the table has no such column: unchanged; so is the parent."""

    line: int
    id: UUID
    code: str
    name: str
    parent: str
    kind: str | None
    present: Place | None


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree that would be."""

    id: UUID
    parent: str | None
    draft: Draft | None


async def import_units(session: AsyncSession, principal: Principal, data: bytes, *, apply: bool) -> ImportReport:
    """Create, change and move units as the file says; nothing at all as long as one line is refused, or on trial.

    Raises `TableUnreadable`, `TableColumns`, `TableTooLong`.
    """
    table = read_table(data, NAMES, ("code", "name"))
    await lock_tree(session)
    places, problems = await read_places(session), Problems()
    drafts, lines = await _drafts(table, places, problems)
    nodes = _nodes(drafts, places, keep_parents="parent" not in table.columns)
    _check_parents(drafts, places, nodes, problems)
    paths = _paths(nodes, problems)
    _check_rights(principal, drafts.values(), nodes, paths, problems)
    await _check_delegation(session, principal, drafts.values(), nodes, paths, problems)
    groups = _sorted(drafts.values(), nodes)
    is_done = apply and not problems.refused
    if not problems.refused:
        kept = await session.begin_nested()
        await _write(session, drafts, places, nodes, paths)
        counts = {name: len(found) for name, found in groups.items()}
        await journal.record(session, events.UnitsImported(lines=lines, **counts), actor=principal.person_id)
        await record_each(session, _told(drafts.values(), nodes), principal.person_id)
        await (kept.commit() if apply else kept.rollback())
    counts = {name: sum(one.line not in problems.refused for one in found) for name, found in groups.items()}
    return ImportReport(
        kind="units",
        applied=is_done,
        encoding=table.encoding,
        separator=table.separator,
        ignored_columns=list(table.ignored),
        lines=lines,
        refused=len(problems.refused),
        problems=problems.in_order(),
        **counts,
    )


async def _drafts(table: Table, places: Places, problems: Problems) -> tuple[dict[str, Draft], int]:
    drafts: dict[str, Draft] = {}
    lines = 0
    for lines, line in enumerate(table.lines, 1):
        if lines % 1_000 == 0:
            await asyncio.sleep(0)
        draft = _draft(line, places, table, problems)
        if draft is None:
            continue
        if draft.code in drafts:
            problems.add(line.number, "code", "duplicate")
        else:
            drafts[draft.code] = draft
    return drafts, lines


def _draft(line: Line, places: Places, table: Table, problems: Problems) -> Draft | None:
    wrong: list[tuple[str, ProblemCode]] = []
    code, name, kind = line.text("code"), line.text("name"), line.text("kind")
    try:
        code = clean_code(code)
    except UnitCodeInvalid:
        wrong.append(("code", "code_invalid"))
    try:
        name = clean_unit_name(name)
    except UnitNameInvalid:
        wrong.append(("name", "name_invalid"))
    if len(kind) > LONGEST_KIND or not kind.isprintable():
        wrong.append(("kind", "kind_invalid"))
    if line.has_more:
        wrong.append(("", "too_many_cells"))
    present = places.by_code.get(code)
    if present is not None and present.is_closed:
        wrong.append(("code", "unit_closed"))
    for column, problem in wrong:
        problems.add(line.number, column, problem)
    if wrong:
        return None
    identifier = present.id if present else uuid7()
    kept = kind if "kind" in table.columns else None
    return Draft(line.number, identifier, code, name, line.text("parent"), kept, present)


def _nodes(drafts: dict[str, Draft], places: Places, *, keep_parents: bool) -> dict[str, Node]:
    """Return the tree that would be, by code: what is open, with the drafts over it."""
    nodes = {
        place.code: Node(place.id, _code_of(places, place.parent_id), None)
        for place in places.by_code.values()
        if not place.is_closed
    }
    for code, draft in drafts.items():
        kept = nodes[code].parent if keep_parents and code in nodes else draft.parent or None
        nodes[code] = Node(draft.id, kept, draft)
    return nodes


def _code_of(places: Places, identifier: UUID | None) -> str | None:
    return places.by_id[identifier].code if identifier is not None else None


def _check_parents(drafts: dict[str, Draft], places: Places, nodes: dict[str, Node], problems: Problems) -> None:
    for code, draft in drafts.items():
        parent = nodes[code].parent
        if parent is None or parent in nodes:
            continue
        is_closed = parent in places.by_code
        problems.add(draft.line, "parent", "unit_closed" if is_closed else "parent_unknown")
        nodes[code] = Node(draft.id, None, draft)


def _paths(nodes: dict[str, Node], problems: Problems) -> dict[str, tuple[UUID, ...]]:
    """Return the path of each unit; circles and what is too deep are refused, with whatever hangs under them."""
    paths: dict[str, tuple[UUID, ...]] = {}
    for start in nodes:
        line: list[str] = []
        seen: set[str] = set()
        code: str | None = start
        while code is not None and code not in paths and code not in seen:
            line.append(code)
            seen.add(code)
            code = nodes[code].parent
        if code is not None and code not in paths:
            _refuse(nodes, line[line.index(code) :], "cycle", problems)
            paths |= dict.fromkeys(line, ())
            continue
        above = paths[code] if code is not None else ()
        is_broken = code is not None and not above
        for below in reversed(line):
            above = () if is_broken else (*above, nodes[below].id)
            paths[below] = above
            if len(above) > DEEPEST:
                _refuse(nodes, [below], "too_deep", problems)
    return paths


def _refuse(nodes: dict[str, Node], codes: Iterable[str], problem: ProblemCode, problems: Problems) -> None:
    """Refuse the lines of these units; the nearest line above one that the file does not name."""
    for code in codes:
        at: str | None = code
        while at is not None and nodes[at].draft is None:
            at = nodes[at].parent
        draft = nodes[at].draft if at is not None else None
        if draft is not None:
            problems.add(draft.line, "parent", problem)


def _check_rights(
    principal: Principal,
    drafts: Iterable[Draft],
    nodes: dict[str, Node],
    paths: dict[str, tuple[UUID, ...]],
    problems: Problems,
) -> None:
    """Refuse what the caller could not do unit by unit: where it is, where it comes from, where it goes."""
    if Right.UNITS_MANAGE in principal.rights.everywhere:
        return
    for draft in drafts:
        places: list[tuple[UUID, ...]] = [paths[draft.code][:-1]] if _is_placed(draft, nodes) else []
        if draft.present is not None:
            old = tuple(draft.present.path)
            places += [old, old[:-1]] if places else [old]
        if not all(principal.rights.holds(Right.UNITS_MANAGE, place) for place in places):
            problems.add(draft.line, "code", "out_of_reach")


async def _check_delegation(
    session: AsyncSession,
    principal: Principal,
    drafts: Iterable[Draft],
    nodes: dict[str, Node],
    paths: dict[str, tuple[UUID, ...]],
    problems: Problems,
) -> None:
    """Refuse the lines by which roles given above would hold where the caller could not give them."""
    moves = [
        (draft.line, draft.present.path, set(paths[draft.code]) - set(draft.present.path))
        for draft in drafts
        if draft.present is not None and _is_placed(draft, nodes)
    ]
    given = await given_on(session, {unit for _, _, newly in moves for unit in newly})
    for line, old, newly in moves:
        if missing(principal, given, newly, old) is not None:
            problems.add(line, "parent", "delegation_exceeded")


def _is_placed(draft: Draft, nodes: dict[str, Node]) -> bool:
    """Tell whether the line creates the unit, or moves it."""
    parent = nodes[draft.code].parent
    under = nodes[parent].id if parent is not None else None
    return draft.present is None or draft.present.parent_id != under


def _sorted(drafts: Iterable[Draft], nodes: dict[str, Node]) -> dict[str, list[Draft]]:
    """Return the lines by what they do."""
    groups: dict[str, list[Draft]] = {"created": [], "moved": [], "changed": [], "unchanged": []}
    for draft in drafts:
        present = draft.present
        if present is None:
            groups["created"].append(draft)
        elif _is_placed(draft, nodes):
            groups["moved"].append(draft)
        elif present.name != draft.name or draft.kind not in (None, present.kind):
            groups["changed"].append(draft)
        else:
            groups["unchanged"].append(draft)
    return groups


def _told(drafts: Iterable[Draft], nodes: dict[str, Node]) -> Iterator[events.Event]:
    """Return what happened to each unit that was here: it went elsewhere, its name or its kind changed."""
    for draft in drafts:
        present = draft.present
        if present is None:
            continue
        if _is_placed(draft, nodes):
            parent = nodes[draft.code].parent
            to_id = nodes[parent].id if parent is not None else None
            yield events.UnitMoved(unit_id=draft.id, from_id=present.parent_id, to_id=to_id)
        before = {"name": present.name, "kind": present.kind}
        after = {"name": draft.name, "kind": present.kind if draft.kind is None else draft.kind}
        if fields := tuple(name for name in before if before[name] != after[name]):
            values = changes.between(before, after, texts=fields)
            yield events.UnitChanged(unit_id=draft.id, changed=fields, values=values)


async def _write(
    session: AsyncSession,
    drafts: dict[str, Draft],
    places: Places,
    nodes: dict[str, Node],
    paths: dict[str, tuple[UUID, ...]],
) -> None:
    batch = uuid7()
    rows: list[tuple[Any, ...]] = []
    for code, node in nodes.items():
        draft, present = drafts.get(code), places.by_code.get(code)
        if draft is None and (present is None or tuple(present.path) == paths[code]):
            continue
        name = draft.name if draft else present.name if present else code
        kind = (draft.kind if draft else None) if draft and draft.kind is not None else present.kind if present else ""
        parent = nodes[node.parent].id if node.parent is not None else None
        rows.append((batch, node.id, parent, paths[code], code, name, sort_key(name), kind, present is None))
    await execute(session, AS_SETS)
    connection = await asyncpg_connection(session)
    await connection.copy_records_to_table("import_units", records=rows)  # pyright: ignore[reportUnknownMemberType]
    await execute(session, _CREATE, batch, now())
    await execute(session, _CHANGE, batch)
    await execute(session, _FORGET, batch)
