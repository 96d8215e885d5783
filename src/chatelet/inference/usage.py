"""What an answer cost: tokens, money, energy. Figures and their uncertainty; no content.

Energy of a model on a GPU server follows EcoLogits' methodology (Rincé and Banse, "EcoLogits: Evaluating the
Environmental Impacts of Generative AI", JOSS 2025; https://ecologits.ai/latest/methodology/llm_inference/), requests
served in batches of B = 64 on H100 80 GB:

    per token written, one GPU    e(P) = 1.1665e-6 · exp(-0.011206 · B) · P + 4.0529e-5   Wh (P: active parameters, 10⁹)
    per token written, time       t(P) = 6.7851e-4 · P + 3.1193e-4 · B + 1.9474e-2        s
    GPUs                          G(P) = power of two ≥ 1.2 · 2 · P / 80 (16-bit weights, 20 % more than the weights)
    request                       E = PUE · T · (G · e + t / 3600 · 1200 W · G / 8 / B),  PUE = 1.2, T = tokens written

Only active parameters are declared, so a mixture of experts is counted as if the rest needed no memory (too low by up
to the number of GPUs). Reading the prompt is not counted. Real deployments differ by a factor of about 3 either way:
an order of magnitude.

The embedded model is estimated by the processor's time: 10 W per busy core (a server core with its share of memory and
board; laptops 4 W, old servers 15 W), PUE not applied: right within a factor of 2.5.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from chatelet.inference.exchange import ChatRequest, Message, TokenCount
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor, execute
from chatelet.kernel.identifiers import uuid7

Purpose = Literal["turn", "title", "summary", "api", "writing", "research"]
_INSERT: Final = (
    "INSERT INTO model_usage (id, person_id, model_id, backend, purpose, prompt_tokens, completion_tokens, estimated,"
    " energy_wh, cost_euros, created_at, unit_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
    " (SELECT unit_id FROM memberships WHERE person_id = $2 AND is_main))"
)

_BATCH: Final = 64
_GPU_MEMORY_GB: Final = 80
_GPUS_IN_SERVER: Final = 8
_SERVER_WATTS: Final = 1_200
_PUE: Final = 1.2
_CORE_WATTS: Final = 10.0
_CHARACTERS_PER_TOKEN: Final = 3.4
_TOKENS_PER_MESSAGE: Final = 5
_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """Euros per million tokens; None when not declared."""

    input: float | None
    output: float | None


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer cost.

    `energy_wh` and `cost_euros` are None when the model declares nothing to compute them from.
    """

    backend: str
    prompt_tokens: int
    completion_tokens: int
    estimated: bool
    energy_wh: float | None
    cost_euros: float | None


async def record(executor: Executor, *, person_id: UUID, model_id: str, purpose: Purpose, usage: Usage) -> None:
    """Keep the figures of one answer."""
    await execute(
        executor,
        _INSERT,
        uuid7(),
        person_id,
        model_id,
        usage.backend,
        purpose,
        usage.prompt_tokens,
        usage.completion_tokens,
        usage.estimated,
        usage.energy_wh,
        usage.cost_euros,
        now(),
    )


def estimate_tokens(characters: int) -> int:
    """Estimate tokens from a length, on the safe side for French and English prose."""
    return math.ceil(characters / _CHARACTERS_PER_TOKEN)


def estimate_prompt(messages: tuple[Message, ...]) -> int:
    """Estimate the tokens of a whole prompt, with the marks a chat template adds around each message."""
    words = sum(estimate_tokens(len(message.content)) + _TOKENS_PER_MESSAGE for message in messages)
    return words + sum(picture.tokens for message in messages for picture in message.pictures)


def estimate_request(request: ChatRequest) -> int:
    """Estimate the tokens of all that a request has a model read, calls and tools included."""
    beside = request.characters - sum(len(message.content) for message in request.messages)
    return estimate_prompt(request.messages) + estimate_tokens(beside)


def cost_of(count: TokenCount, prices: Prices) -> float | None:
    """Return euros; None when neither price is declared."""
    if prices.input is None and prices.output is None:
        return None
    read = count.prompt_tokens * (prices.input or 0.0)
    written = count.completion_tokens * (prices.output or 0.0)
    return (read + written) / _MILLION


def energy_on_gpus(completion_tokens: int, active_parameters_billions: float) -> float:
    """Return Wh for an answer of a model served on GPUs (see the module's docstring for method and uncertainty)."""
    size = active_parameters_billions
    gpu_wh = 1.1665273e-6 * math.exp(-0.0112059 * _BATCH) * size + 4.0529281e-5
    seconds = 6.785088e-4 * size + 3.119310e-4 * _BATCH + 1.9473718e-2
    gpus = 2 ** max(0, math.ceil(math.log2(1.2 * 2 * size / _GPU_MEMORY_GB)))
    server_wh = seconds / 3600 * _SERVER_WATTS * gpus / _GPUS_IN_SERVER / _BATCH
    return _PUE * completion_tokens * (gpus * gpu_wh + server_wh)


def energy_on_processor(busy_seconds: float, threads: int) -> float:
    """Return Wh for an answer of the embedded model that kept `threads` cores busy."""
    return busy_seconds * threads * _CORE_WATTS / 3600
