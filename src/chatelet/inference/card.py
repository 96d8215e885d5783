"""What the contract card of a model lacks: what an institution should obtain before it gives it more."""

from chatelet.inference.registry import Model
from chatelet.inference.schemas import CardGap
from chatelet.policy.sensitivity import Category


def gaps(model: Model) -> list[CardGap]:
    """Return what is not told or not promised. What runs on this machine has no contract, and lacks nothing."""
    if model.backend.is_embedded:
        return []
    qualifications = model.zone.qualifications
    lacking: dict[CardGap, bool] = {
        "qualification": not qualifications,
        "hds": Category.HEALTH in model.categories and "hds" not in qualifications,
        "training": not model.no_training,
        "log_delay": model.log_delay_days is None,
        "energy": model.active_parameters_billions is None,
    }
    return [gap for gap, lacks in lacking.items() if lacks]
