"""From rows and snapshots to what routes give."""

from typing import cast

from chatelet.inference import card
from chatelet.inference.condition import Condition
from chatelet.inference.health import Health
from chatelet.inference.registry import Model
from chatelet.inference.schemas import BackendOut, ModelOut, Qualification, ZoneOut
from chatelet.inference.tables import BackendRow
from chatelet.policy.zones import Zone


def model_out(model: Model, condition: Condition) -> ModelOut:
    """Return a model as people see it."""
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
            "is_default": model.is_default,
            "demonstration": model.demonstration,
            "state": condition.state,
            "progress": condition.progress,
        }
    )


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
            "enabled": row.enabled,
            "source": row.source,
            "state": condition.state,
            "error_code": condition.error_code,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }
    )
