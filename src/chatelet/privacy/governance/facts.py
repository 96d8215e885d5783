"""What the installation knows of itself, as plain values without language: what the file tells, hashes and compares.

No secret, no path, nobody: identifiers, figures and what administrators declared.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet import __version__
from chatelet.inference import queries as inference
from chatelet.inference.registry import Model, compose
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.destinations import Declares
from chatelet.policy.retention import service as retention
from chatelet.policy.rules import queries as policies
from chatelet.settings import Settings

Facts = dict[str, Any]
# Which parts of the file are to be read again when a section of the facts changes.
REASSESS: Final[dict[str, tuple[str, ...]]] = {
    "models": ("register", "dpia", "ai_act", "flows", "anssi"),
    "flows": ("register", "flows", "security"),
    "retention": ("register", "dpia"),
    "settings": ("dpia", "anssi", "security"),
    "policy": ("dpia", "security"),
}


async def collect(session: AsyncSession, settings: Settings, declarers: Sequence[Declares]) -> Facts:
    """Return the facts of now."""
    rows = await inference.enabled_backends(session), await inference.enabled_models(session)
    snapshot = compose(*rows, settings)
    published = await policies.published(session)
    return {
        "settings": _settings(settings),
        "models": {model.id: _model(model) for model in snapshot.models},
        "flows": await _flows(session, settings, declarers),
        "retention": {
            one.kind.value: {
                "days": one.days,
                "units": {str(rule.unit_name): rule.days for rule in one.rules if rule.unit_id},
            }
            for one in (await retention.matrix(session)).items
        },
        "policy": {"number": published.number, "sha256": published.sha256} if published else {},
    }


def canonical(facts: Facts) -> bytes:
    """Return the facts as they are hashed."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def fingerprint(facts: Facts) -> str:
    """Return the SHA-256 of the facts."""
    return hashlib.sha256(canonical(facts)).hexdigest()


def changes(before: Facts, after: Facts) -> list[tuple[str, str, str]]:
    """Return (what, before, after) for each value that differs, in order."""
    old, new = dict(_flat(before)), dict(_flat(after))
    names = sorted(old.keys() | new.keys())
    return [(name, old.get(name, "—"), new.get(name, "—")) for name in names if old.get(name) != new.get(name)]


def to_reassess(found: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return the parts of the file that these changes concern, in order."""
    parts = {part for name, _, _ in found for part in REASSESS.get(name.split(" / ")[0], ())}
    order = ("register", "dpia", "ai_act", "flows", "anssi", "security")
    return [part for part in order if part in parts]


def _flat(value: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        items: Mapping[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
        return [line for key in items for line in _flat(items[key], f"{name} / {key}" if name else key)]
    if isinstance(value, list):
        return [(name, ", ".join(str(one) for one in value))]  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    return [(name, str(value))]


def _settings(settings: Settings) -> Facts:
    renamed = {level: {"fr": one.fr, "en": one.en} for level, one in settings.policy.level_names.items()}
    return ({"level_names": renamed} if renamed else {}) | {
        "version": __version__,
        "institution": settings.institution_name,
        "address": settings.address,
        "officer": settings.privacy.officer_contact,
        "highest_level": settings.policy.highest_level,
        "default_level": settings.policy.default_level,
        "detectors": sorted(settings.policy.detectors),
        "egress": settings.egress.mode,
        "registration": settings.adoption.registration,
        "database": "external" if settings.database.url else "embedded",
        "storage": "folder" if settings.storage.bucket is None else "s3",
        "search": settings.search.engine,
        "local_sign_in": settings.security.local_sign_in,
        "own_key_file": settings.security.key_file is not None,
        "own_seal_key": settings.security.seal_key_file is not None,
        "own_certificate_key": settings.privacy.certificate_key_file is not None,
        "antivirus": settings.documents.antivirus is not None,
        "mail": settings.mail.host is not None,
        "session_hours": settings.security.session_hours,
        "session_idle": settings.security.session_idle_minutes,
        "backup_days": settings.privacy.backup_days,
        "reading_days": settings.privacy.reading_days,
    }


def _model(model: Model) -> Facts:
    return {
        "name": model.display_name,
        "operator": model.zone.operator,
        "country": model.zone.country,
        "legal_reach": model.zone.legal_reach,
        "qualifications": list(model.zone.qualifications),
        "level": model.highest_level.value,
        "categories": model.accepts.names,
        "no_training": model.no_training,
        "log_delay_days": model.log_delay_days,
        "embedded": model.backend.is_embedded,
        "abilities": sorted(model.abilities),
        "demonstration": model.demonstration,
    }


async def _flows(session: AsyncSession, settings: Settings, declarers: Sequence[Declares]) -> Facts:
    posture = gate.current().posture
    found = [one for declares in declarers for one in await declares(session, settings)]
    return {
        f"{one.purpose.value} {one.host}:{one.port or ''} {one.label}".strip(): {
            "purpose": one.purpose.value,
            "host": one.host if one.port is None else f"{one.host}:{one.port}",
            "label": one.label,
            "declared_by": one.declared_by,
            "zone": one.zone,
            "country": one.country,
            "inside": one.is_inside(posture),
            "open": one.may_be_contacted(posture),
        }
        for one in found
    }
