"""`chatelet policy …`: show the rules that hold, and test cases against them or against rules of one's own."""

import argparse
import asyncio
import json
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.chat.policies.trying import Seen, Verdict, holding, judge
from chatelet.commands.database import database_reached
from chatelet.identity.units.tables import Unit
from chatelet.inference import queries as inference
from chatelet.inference.registry import CHAT, Snapshot, compose
from chatelet.kernel.database import Database
from chatelet.kernel.logs import configure_logs
from chatelet.policy.guardrails.examination import NOTHING, Examination, MarkingRefused, examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.markings.declared import Declared
from chatelet.policy.rules import book, queries
from chatelet.policy.rules.value import INSTITUTION, UnitRules
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings, load_settings

Result = TypeVar("Result")
_CASE = {"name", "unit", "level", "categories", "model", "expect", "rule", "text", "reads"}


@dataclass(frozen=True, slots=True)
class World:
    """What cases are judged on."""

    snapshot: Snapshot
    ceiling: Level
    rules: Mapping[str, UnitRules]
    paths: Mapping[str, frozenset[UUID]]
    declared: Declared
    detectors: frozenset[Kind]


def show(_arguments: argparse.Namespace) -> int:
    """Print the published rules as JSON, by unit code."""
    found = _reached(_published)
    print(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True))
    return 0


def test(arguments: argparse.Namespace) -> int:
    """Judge each case of a file; 1 when one is not as expected, 2 when the file is not understood."""
    try:
        written = tomllib.loads(Path(arguments.file).read_text("utf-8"))
        cases = _cases(written)
        world = _reached(lambda session, settings: _world(session, settings, written.get("rules")))
        judged = [(case, read := read_case(world, case), judge_case(world, case, read)) for case in cases]
    except (OSError, ValueError) as failure:
        print(f"chatelet policy: {failure}")
        return 2
    failed = 0
    for number, (case, read, verdict) in enumerate(judged, 1):
        right = is_expected(case, verdict, read.label.level)
        failed += not right
        told = "allowed" if verdict.allowed else f"refused by {verdict.rule} {verdict.unit}".rstrip()
        told += f", read as {read.label.level}" if case.get("text") else ""
        print(f"{'ok' if right else 'NOT AS EXPECTED'}  {case.get('name', f'case {number}')}: {told}")
    print(f"{len(cases) - failed} of {len(cases)} as expected")
    return 1 if failed or not cases else 0


def read_case(world: World, case: Mapping[str, Any]) -> Examination:
    """Read the text of a case as a question is, with the markings of the rules judged."""
    return examine(str(case.get("text", "")), world.detectors, world.declared)


def judge_case(world: World, case: Mapping[str, Any], read: Examination = NOTHING) -> Verdict:
    """Judge one case, whose text holds what was `read`. Raises `ValueError`."""
    unit = case.get("unit")
    if unit is not None and unit not in world.paths:
        raise ValueError(f"no unit has the code {unit!r}")
    if (model := case.get("model")) is not None and world.snapshot.find(model) is None:
        raise ValueError(f"no model is named {model!r}")
    units = world.paths[unit] if unit is not None else frozenset[UUID]()
    label = Label.of(case.get("level", "internal"), case.get("categories", [])).join(read.label)
    try:
        read.require_kept()
    except MarkingRefused as refusal:
        return Verdict(allowed=False, rule=refusal.code)
    return judge(world.snapshot, world.ceiling, holding(world.rules, units), Seen(label, model, units))


def is_expected(case: Mapping[str, Any], verdict: Verdict, read: Level = Level.PUBLIC) -> bool:
    """Tell whether a verdict is what the case says, and its text `read` at the level that it says."""
    if "reads" in case and read is not Level(case["reads"]):
        return False
    if verdict.allowed or case["expect"] == "allowed":
        return verdict.allowed == (case["expect"] == "allowed")
    return case.get("rule") in (None, verdict.rule)


def _cases(written: Mapping[str, Any]) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = written.get("case", [])
    for case in cases:
        if unknown := set(case) - _CASE:
            raise ValueError(f"unknown key of a case: {', '.join(sorted(unknown))}")
        if case.get("expect") not in ("allowed", "refused"):
            raise ValueError("each case says expect = 'allowed' or 'refused'")
        if "reads" in case and not case.get("text"):
            raise ValueError("reads is the level of a text")
    return cases


async def _world(session: AsyncSession, settings: Settings, rules: Mapping[str, Any] | None) -> World:
    """Return the published rules, or those given by unit code, with the models and the units of the installation."""
    units = list(await session.scalars(select(Unit)))
    if rules is None:
        row = await queries.published(session)
        written: Mapping[str, Any] = row.rules if row else {}
    else:
        identifiers = {unit.code: str(unit.id) for unit in units} | {INSTITUTION: INSTITUTION}
        if unknown := set(rules) - set(identifiers):
            raise ValueError(f"no unit has the code {', '.join(sorted(unknown))}")
        written = {identifiers[code]: one for code, one in rules.items()}
    rows = await inference.enabled_backends(session), await inference.enabled_models(session)
    read = await book.rules_of(session, written)
    return World(
        snapshot=compose(*rows, settings).offering(CHAT),
        ceiling=Level(settings.policy.highest_level),
        rules=read,
        paths={unit.code: frozenset(unit.path) for unit in units},
        declared=book.declared_in(read),
        detectors=frozenset(Kind(name) for name in settings.policy.detectors),
    )


async def _published(session: AsyncSession, _settings: Settings) -> dict[str, Any]:
    row = await queries.published(session)
    if row is None:
        return {"version": None, "rules": {}}
    found = await session.execute(select(Unit.id, Unit.code))
    codes = {str(one[0]): str(one[1]) for one in found}
    rules = {codes.get(unit, unit): one for unit, one in row.rules.items()}
    return {"version": row.number, "sha256": row.sha256, "rules": rules}


def _reached(verb: Callable[[AsyncSession, Settings], Awaitable[Result]]) -> Result:
    settings = load_settings()
    configure_logs(settings.log_format, "error")
    with database_reached(settings) as address:
        return asyncio.run(_with_session(settings, address, verb))


async def _with_session(
    settings: Settings, address: str, verb: Callable[[AsyncSession, Settings], Awaitable[Result]]
) -> Result:
    database = Database(address, pool_size=2, ca_file=settings.database.ca_file)
    try:
        async with database.transaction() as session:
            return await verb(session, settings)
    finally:
        await database.close()
