"""What an answer may use, and what it used, as quotas count it."""

from typing import Final

from chatelet.inference.registry import Model
from chatelet.inference.usage import Usage, energy_on_gpus
from chatelet.policy.quotas.amounts import Amounts, Estimate

_MILLION: Final = 1_000_000


def estimate_of(model: Model, prompt_tokens: int, longest: int, *, grams: float) -> Estimate:
    """Return the most that an answer of `model` may use; what it does not declare is not counted beforehand."""
    size = model.active_parameters_billions
    return Estimate(
        prompt_tokens=prompt_tokens,
        longest=longest,
        euros_read=(model.prices.input or 0.0) / _MILLION,
        euros_written=(model.prices.output or 0.0) / _MILLION,
        wh_written=energy_on_gpus(1, size) if size is not None and not model.backend.is_embedded else 0.0,
        grams_per_wh=grams,
    )


def amounts_of(usage: Usage | None, *, grams: float) -> Amounts:
    """Return what an answer used, as quotas count it."""
    if usage is None:
        return Amounts(requests=1)
    return Amounts(
        requests=1,
        tokens=usage.prompt_tokens + usage.completion_tokens,
        microeuros=round((usage.cost_euros or 0.0) * 1e6),
        mgco2e=round((usage.energy_wh or 0.0) * grams * 1e3),
    )
