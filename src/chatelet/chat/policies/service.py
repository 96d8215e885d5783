"""The verbs on policies: write the draft, try a version, publish. Units only tighten: nothing else can be written."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.audit import events, journal
from chatelet.chat.drafts.service import Look
from chatelet.chat.policies import trying
from chatelet.chat.policies.errors import NoDraft, PolicyInvalid, PolicyVersionNotFound
from chatelet.chat.policies.schemas import (
    DraftBody,
    OwnPolicy,
    PoliciesOut,
    PolicyChange,
    PolicyState,
    PolicyVersionOut,
    RulesBody,
    Tried,
    UnitRulesOut,
)
from chatelet.identity.principal import Principal
from chatelet.inference.registry import CHAT, Snapshot
from chatelet.kernel import clock
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.notifications import notify
from chatelet.policy.guardrails.examination import examine
from chatelet.policy.guardrails.findings import Kind
from chatelet.policy.guardrails.pseudonyms.rules import mode_of
from chatelet.policy.rules import book, queries
from chatelet.policy.rules.book import POLICIES_CHANNEL
from chatelet.policy.rules.tables import PolicyVersion
from chatelet.policy.rules.value import INSTITUTION, UnitRules, default_level, model_objection
from chatelet.policy.sensitivity import Label, Level
from chatelet.settings import Settings

DAYS: Final = 7
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtext('policy_versions'))"


async def listed(session: AsyncSession, snapshot: Snapshot) -> PoliciesOut:
    """Return the versions, and what the draft would change."""
    rows = await queries.versions(session)
    names = await _names(session, rows)
    draft = next((row for row in rows if row.state == "draft"), None)
    held = next((row for row in rows if row.state == "published"), None)
    return PoliciesOut(
        items=[_shown(row, names) for row in rows],
        changes=_changes(held.rules if held else {}, draft.rules, names) if draft else [],
        models=[model.id for model in snapshot.models],
        zones=sorted({model.zone.name for model in snapshot.models}),
    )


async def write_draft(
    session: AsyncSession, settings: Settings, snapshot: Snapshot, principal: Principal, body: DraftBody
) -> PoliciesOut:
    """Write the draft, in place of the one before. Raises `PolicyInvalid`."""
    await session.execute(text(_ALONE))
    rules = {str(unit): _written(one) for unit, one in body.rules.items()}
    rules = {unit: one for unit, one in rules.items() if one}
    await _check(session, settings, snapshot, rules)
    row = await queries.draft(session)
    if row is None:
        row = PolicyVersion(id=uuid7(), number=await queries.next_number(session), state="draft")
        session.add(row)
    row.rules, row.sha256 = rules, fingerprint(rules)
    row.written_by, row.written_at = principal.person_id, clock.now()
    await session.flush()
    drafted = events.PolicyDrafted(version_id=row.id, number=row.number, rules=len(rules))
    await journal.record(session, drafted, actor=principal.person_id)
    return await listed(session, snapshot)


async def publish(session: AsyncSession, settings: Settings, snapshot: Snapshot, principal: Principal) -> PoliciesOut:
    """Make the draft hold, everywhere and at once. Raises `NoDraft`, `PolicyInvalid`."""
    await session.execute(text(_ALONE))
    row, held = await queries.draft(session), await queries.published(session)
    if row is None:
        raise NoDraft
    await _check(session, settings, snapshot, row.rules)
    if held is not None:
        held.state = "replaced"
        await session.flush()
    row.state, row.published_by, row.published_at = "published", principal.person_id, clock.now()
    await session.flush()
    published = events.PolicyPublished(
        version_id=row.id,
        number=row.number,
        replaces=held.number if held else None,
        rules=len(row.rules),
        sha256=row.sha256,
    )
    await journal.record(session, published, actor=principal.person_id)
    await notify(session, POLICIES_CHANNEL, "")
    return await listed(session, snapshot)


async def try_version(
    session: AsyncSession, settings: Settings, snapshot: Snapshot, principal: Principal, version_id: UUID
) -> Tried:
    """Tell what a version would have refused last week. Raises `PolicyVersionNotFound`."""
    row = await session.get(PolicyVersion, version_id)
    if row is None:
        raise PolicyVersionNotFound
    rules = await book.rules_of(session, row.rules)
    ceiling = Level(settings.policy.highest_level)
    found = trying.tried(snapshot.offering(CHAT), ceiling, rules, await trying.seen(session, DAYS), DAYS)
    event = events.PolicyTried(version_id=row.id, turns=found.turns, refused=found.refused)
    await journal.record(session, event, actor=principal.person_id)
    return found


async def try_text(session: AsyncSession, settings: Settings, version_id: UUID, words: str) -> Look:
    """Tell what a version's markings make of a text. Raises `PolicyVersionNotFound`, `DetectionFailed`."""
    row = await session.get(PolicyVersion, version_id)
    if row is None:
        raise PolicyVersionNotFound
    declared = book.declared_in(await book.rules_of(session, row.rules))
    kinds = [Kind(name) for name in settings.policy.detectors]
    return Look.of(await asyncio.to_thread(examine, words, kinds, declared))


def own(settings: Settings, snapshot: Snapshot, rules: Sequence[UnitRules]) -> OwnPolicy:
    """Return what holds for somebody under these rules."""
    default = default_level(rules, Level(settings.policy.default_level))
    levels = [Level(settings.policy.highest_level), *(one.highest_level for one in rules if one.highest_level)]
    public = Label(Level.PUBLIC)
    refused = [one.id for one in snapshot.models if model_objection(rules, public, one.id, one.zone.name)]
    return OwnPolicy(
        default_level=default,
        highest_level=min(levels, key=lambda level: level.rank),
        names=mode_of(settings.policy, rules),
        refused_models=refused,
    )


def fingerprint(rules: Mapping[str, Any]) -> str:
    """Return the SHA-256 of rules, in canonical JSON."""
    return hashlib.sha256(json.dumps(rules, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


async def _check(session: AsyncSession, settings: Settings, snapshot: Snapshot, rules: Mapping[str, Any]) -> None:
    try:
        if any(one.get("markings") for unit, one in rules.items() if unit != INSTITUTION):
            raise PolicyInvalid(reason="markings_of_unit")
        read = await book.rules_of(session, rules)
    except ValueError:
        raise PolicyInvalid(reason="unreadable") from None
    ceiling = Level(settings.policy.highest_level)
    zones = {model.zone.name for model in snapshot.models}
    models = {model.id for model in snapshot.models}
    for unit, one in read.items():
        if unit != INSTITUTION and not one.name:
            raise PolicyInvalid(reason="unit")
        if one.highest_level and not ceiling.covers(one.highest_level):
            raise PolicyInvalid(reason="loosens", unit=one.name)
        if one.names in {"required", "offered"} and not settings.policy.pseudonyms.enabled:
            raise PolicyInvalid(reason="names", unit=one.name)
        highest = one.highest_level or ceiling
        if one.default_level and not highest.covers(one.default_level):
            raise PolicyInvalid(reason="default", unit=one.name)
        if ((one.models_only or frozenset()) | one.models_never) - models:
            raise PolicyInvalid(reason="model", unit=one.name)
        if any(kept - zones for _, kept in one.kept_in):
            raise PolicyInvalid(reason="zone", unit=one.name)


async def _names(session: AsyncSession, rows: Sequence[PolicyVersion]) -> dict[str, str]:
    read = [await book.rules_of(session, row.rules) for row in rows]
    return {unit: one.name for rules in read for unit, one in rules.items()}


def _written(body: RulesBody) -> dict[str, Any]:
    values = body.model_dump(mode="json", exclude_none=True)
    return {name: value for name, value in values.items() if value or name == "models_only"}


def _shown(row: PolicyVersion, names: Mapping[str, str]) -> PolicyVersionOut:
    return PolicyVersionOut(
        id=row.id,
        number=row.number,
        state=cast("PolicyState", row.state),
        sha256=row.sha256,
        written_at=row.written_at,
        published_at=row.published_at,
        units=[
            UnitRulesOut(
                unit_id=None if unit == INSTITUTION else UUID(unit),
                name=names.get(unit, ""),
                rules=RulesBody.model_validate(rules),
            )
            for unit, rules in sorted(row.rules.items(), key=lambda pair: names.get(pair[0], ""))
        ],
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]) -> list[PolicyChange]:
    found: list[PolicyChange] = []
    for unit in sorted(before.keys() | after.keys(), key=lambda one: names.get(one, "")):
        old, new = before.get(unit, {}), after.get(unit, {})
        for rule in sorted(old.keys() | new.keys()):
            if old.get(rule) != new.get(rule):
                shown = [json.dumps(one[rule], ensure_ascii=False) if rule in one else "—" for one in (old, new)]
                found.append(PolicyChange(unit=names.get(unit, ""), rule=rule, before=shown[0], after=shown[1]))
    return found
