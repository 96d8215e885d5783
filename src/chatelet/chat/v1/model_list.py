"""Models as the public API lists them: the usual fields, and what this installation knows of each."""

from collections.abc import Sequence
from typing import Any

from chatelet.inference.registry import Model


def listing(models: Sequence[Model]) -> dict[str, Any]:
    """Return the list."""
    return {"object": "list", "data": [described(model) for model in models]}


def described(model: Model) -> dict[str, Any]:
    """Return one model. `created` means nothing here and is asked for by clients."""
    zone = model.zone
    return {
        "id": model.id,
        "object": "model",
        "created": 0,
        "owned_by": zone.operator,
        "chatelet": {
            "display_name": model.display_name,
            "abilities": list(model.abilities),
            "context_tokens": model.context_tokens,
            "max_output_tokens": model.max_output_tokens,
            "highest_level": model.highest_level.value,
            "no_training": model.no_training,
            "zone": {"name": zone.name, "country": zone.country, "legal_reach": zone.legal_reach},
        },
    }
