"""How an answer is told to a client: the contract between what reads the model and the two public formats."""

from typing import Any, Protocol

import msgspec

from chatelet.chat.v1.exchange import Exchange
from chatelet.inference.exchange import Batch, Finish
from chatelet.kernel.errors import AppError
from chatelet.kernel.public_errors import public_error

encode = msgspec.json.Encoder().encode


class Form(Protocol):
    """Of one exchange. In a stream: `opening`, each `piece`, then `closing` or `failure`; else all, then `whole`."""

    def opening(self, exchange: Exchange) -> bytes:
        """Return what is said before the first words; the model is known."""
        ...

    def piece(self, batch: Batch) -> bytes:
        """Return what a batch adds; on the per-token path."""
        ...

    def closing(self, exchange: Exchange, finish: Finish) -> bytes:
        """Return the end; the figures are known."""
        ...

    def failure(self, exchange: Exchange, error: AppError) -> bytes:
        """Return how a stream that had begun ends badly."""
        ...

    def whole(self, exchange: Exchange, batches: list[Batch], finish: Finish) -> dict[str, Any]:
        """Return the whole answer."""
        ...


def told_of(exchange: Exchange) -> dict[str, Any]:
    """Return what we say beside the public format: that a machine wrote this (TA-141), where, at which cost."""
    model, usage = exchange.model, exchange.usage
    told: dict[str, Any] = {"ai_generated": True, "level": exchange.label.level.value}
    if model is not None:
        zone = model.zone
        told["zone"] = {"name": zone.name, "country": zone.country, "operator": zone.operator}
    told |= exchange.told
    if usage is not None:
        told |= {"energy_wh": usage.energy_wh, "cost_euros": usage.cost_euros, "estimated": usage.estimated}
    return told


def event(data: bytes) -> bytes:
    """Return one event of a stream without a name."""
    return b"data: %b\n\n" % data


def error_event(error: AppError) -> bytes:
    """Return an error in a stream, as clients of chat completions read it."""
    return event(encode(public_error(error)))
