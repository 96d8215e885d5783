"""From rows and snapshots to what routes give."""

from collections.abc import Sequence
from typing import cast

from chatelet.inference import card
from chatelet.inference.condition import Condition
from chatelet.inference.health import Health
from chatelet.inference.registry import CHAT, Model
from chatelet.inference.schemas import BackendOut, ModelOut, ModelRefusal, Qualification, ZoneOut
from chatelet.inference.tables import BackendRow
from chatelet.policy.clearance import is_lower
from chatelet.policy.rules.value import UnitRules, model_objection
from chatelet.policy.sensitivity import Category, Label, Level
from chatelet.policy.zones import Zone


def model_out(model: Model, condition: Condition, rules: Sequence[UnitRules]) -> ModelOut:
    """Return a model as somebody under these rules sees it."""
    return ModelOut.model_validate(
        {
            "id": model.id,
            "display_name": model.display_name,
            "description": model.description,
            "zone": zone_out(model.zone),
            "highest_level": model.highest_level,
            "categories": model.accepts.names,
            "languages": list(model.languages),
            "abilities": list(model.abilities),
            "context_tokens": model.context_tokens,
            "no_training": model.no_training,
            "log_delay_days": model.log_delay_days,
            "price_input": model.prices.input,
            "price_output": model.prices.output,
            "renewal_date": model.renewal_date,
            "card_gaps": card.gaps(model),
            "refusals": _refusals(model, rules),
            "is_default": model.is_default,
            "demonstration": model.demonstration,
            "state": condition.state,
            "progress": condition.progress,
        }
    )


def _refusals(model: Model, rules: Sequence[UnitRules]) -> list[ModelRefusal]:
    """Return what the rules keep from a model: everything, or some categories."""
    answers, with_names = CHAT in model.abilities, is_lower(model.highest_level)

    def objection(*categories: Category) -> ModelRefusal | None:
        label = Label(Level.PUBLIC, frozenset(categories))
        found = model_objection(
            rules, label, model.id, model.zone.name, answers=answers, with_names=with_names and bool(categories)
        )
        return found and ModelRefusal(rule=found.kind, unit=found.name, category=categories[0] if categories else None)

    whole = objection()
    found = [whole] if whole else [objection(category) for category in Category]
    return [one for one in found if one is not None]


def zone_out(zone: Zone) -> ZoneOut:
    """Return a zone as people see it."""
    return ZoneOut.model_validate(zone)


def backend_out(row: BackendRow, health: Health) -> BackendOut:
    """Return a backend as administrators see it: whether it has a key, never the key."""
    condition = health.condition(row.name)
    return BackendOut.model_validate(
        {
            "name": row.name,
            "url": row.url,
            "has_api_key": row.key_origin is not None,
            "zone": ZoneOut(
                name=row.zone_name,
                country=row.zone_country,
                operator=row.zone_operator,
                legal_reach=row.zone_legal_reach,
                qualifications=cast("list[Qualification]", row.zone_qualifications),
            ),
            "connect_seconds": row.connect_seconds,
            "first_token_seconds": row.first_token_seconds,
            "between_tokens_seconds": row.between_tokens_seconds,
            "concurrent_answers": row.concurrent_answers,
            "prefix_cache": row.prefix_cache,
            "enabled": row.enabled,
            "source": row.source,
            "state": condition.state,
            "error_code": condition.error_code,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }
    )
