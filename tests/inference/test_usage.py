"""Figures: estimates, money, energy by the published method."""

import pytest

from chatelet.inference.exchange import Message, TokenCount
from chatelet.inference.usage import (
    Prices,
    cost_of,
    energy_on_gpus,
    energy_on_processor,
    estimate_prompt,
    estimate_tokens,
)


def test_energy_follows_the_published_figure() -> None:
    # A worked example published with the method: 132 active billions, 10,000 tokens, 1.1569 Wh for one GPU. We count
    # four GPUs, since only the active parameters are known.
    seconds = 6.785088e-4 * 132 + 3.119310e-4 * 64 + 1.9473718e-2
    expected = 1.2 * (4 * 1.1569191 + 10_000 * seconds / 3600 * 1200 * 4 / 8 / 64)
    assert energy_on_gpus(10_000, 132) == pytest.approx(expected, rel=1e-3)


def test_energy_grows_with_size_and_length() -> None:
    assert 0.005 < energy_on_gpus(200, 7) < 0.05
    assert energy_on_gpus(200, 70) > energy_on_gpus(200, 7)
    assert energy_on_gpus(0, 7) == 0
    assert energy_on_processor(36, 2) == pytest.approx(0.2)


def test_cost() -> None:
    count = TokenCount(1_000_000, 500_000, estimated=False)
    assert cost_of(count, Prices(0.4, 2.0)) == pytest.approx(1.4)
    assert cost_of(count, Prices(None, 2.0)) == pytest.approx(1.0)
    assert cost_of(count, Prices(None, None)) is None


def test_estimates_err_on_the_high_side() -> None:
    french = "Émilie du Châtelet a traduit les Principia de Newton, et sa traduction reste la référence en français."
    assert 26 <= estimate_tokens(len(french)) <= 36  # Qwen2.5 counts 27
    assert estimate_prompt((Message("user", french),)) > estimate_tokens(len(french))
