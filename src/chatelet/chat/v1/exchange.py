"""One exchange, step by step: what a turn is to the page, without anything kept.

examine   chat.examination     what the words hold joins the level the caller names, or the installation's own
clear     policy.clearance
choose    inference.routing    among the models that the key allows, fail-over included
hold      gates, chat.allowance   the charter, the opening, quotas: one short transaction
ask       inference.gateway    no transaction
tell      chat_form, responses_form
close     one transaction: journal line and usage, whatever happened
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat import allowance, examination
from chatelet.chat.events import FinalState
from chatelet.chat.services import ChatServices
from chatelet.identity.keys.scope import KeyScope
from chatelet.identity.principal import Principal
from chatelet.inference import usage as inference_usage
from chatelet.inference.registry import CHAT, Model
from chatelet.inference.routing import Choice
from chatelet.inference.usage import Usage
from chatelet.kernel.errors import AppError
from chatelet.kernel.identifiers import uuid7
from chatelet.kernel.logs import get_logger
from chatelet.kernel.metrics import API_CALLS_CLOSED
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.policy.sensitivity import Label, Level

Route = Literal["chat", "responses", "embeddings", "rerank"]
log = get_logger(__name__)


@dataclass(slots=True)
class Exchange:
    """What is known of an exchange as it goes on; belongs to its own task."""

    route: Route
    principal: Principal
    scope: KeyScope
    wanted: str
    label: Label
    id: UUID = field(default_factory=uuid7)
    started: float = field(default_factory=time.perf_counter)
    made_at: int = field(default_factory=lambda: int(time.time()))
    model: Model | None = None
    usage: Usage | None = None
    first_token_ms: int | None = None
    state: FinalState = "failed"
    error: AppError | None = None
    is_held: bool = False
    pseudonymise: bool = False
    kept: Label = field(default_factory=Label)  # what of `label` no replacement of names lowers
    told: dict[str, object] = field(default_factory=dict[str, object])  # beside the answer: what was masked, replaced

    def end(self, state: FinalState, error: AppError | None = None) -> None:
        """Say how it ended."""
        self.state, self.error = state, error

    def note_first(self) -> None:
        """Note the instant of the first words."""
        self.first_token_ms = round((time.perf_counter() - self.started) * 1000)


async def examine(services: ChatServices, exchange: Exchange, texts: Sequence[str]) -> None:
    """Read what the exchange sends; its label covers what is found. Raises `MarkingRefused`, `DetectionFailed`."""
    found = await services.exchanges.examined.examine(services.settings.policy, texts)
    await examination.require_kept(services.database, exchange.principal, found, where="api")
    exchange.kept = exchange.label.join(found.marked)
    exchange.label = exchange.label.join(found.label)


def cleared(services: ChatServices, exchange: Exchange) -> Clearance:
    """Return the clearance of the exchange's words. Raises a `Refusal`."""
    ceiling = Level(services.settings.policy.highest_level)
    rules = services.policies.of(exchange.principal.units)
    return clear(exchange.principal.person_id, exchange.label, ceiling=ceiling, rules=rules)


def choose_for(services: ChatServices, exchange: Exchange, clearance: Clearance, ability: str = CHAT) -> Choice:
    """Choose who answers what a clearance covers. Raises a `Refusal`, `ModelNotFound`, `NoModelAvailable`."""
    choice = services.gateway.choose(clearance, exchange.wanted, ability=ability, among=exchange.scope.models)
    exchange.model = choice.first
    return choice


async def hold(services: ChatServices, exchange: Exchange, *, characters: int, longest: int) -> int:
    """Pass the gates, and reserve what the exchange may use of its asker's quotas; return the longest answer.

    Raises the errors of the gates, `QuotaReached`.
    """
    model, principal = exchange.model, exchange.principal
    try:
        async with services.database.driver_transaction() as connection:
            await services.pass_gates(connection, principal)
            held = await allowance.hold(
                connection,
                services,
                principal,
                model,
                identifier=exchange.id,
                characters=characters,
                longest=longest,
            )
    except QuotaReached as refused:
        await allowance.tell_refused(services, principal, refused, model.id if model else None)
        raise
    exchange.is_held = held.is_held
    return held.longest


async def close(services: ChatServices, exchange: Exchange) -> None:
    """Journal the exchange and count it; never raises: the answer was given."""
    API_CALLS_CLOSED.labels(exchange.route, exchange.state).inc()
    try:
        async with services.database.driver_transaction() as connection:
            await journal.record(connection, _event(exchange), actor=exchange.principal.person_id)
            if exchange.is_held:
                await allowance.settle(connection, services, exchange.id, exchange.usage)
            if exchange.usage is not None and exchange.model is not None:
                await inference_usage.record(
                    connection,
                    person_id=exchange.principal.person_id,
                    model_id=exchange.model.id,
                    purpose="api",
                    usage=exchange.usage,
                )
    except Exception:
        log.exception("exchange_not_closed", exchange=str(exchange.id), state=exchange.state)


def _event(exchange: Exchange) -> journal_events.ApiExchange:
    usage = exchange.usage
    return journal_events.ApiExchange(
        key_id=exchange.scope.key_id,
        exchange_id=exchange.id,
        route=exchange.route,
        level=exchange.label.level.value,
        state=exchange.state,
        model=exchange.model.id if exchange.model else None,
        backend=exchange.model.backend.name if exchange.model else None,
        error=exchange.error.code if exchange.error else None,
        prompt_tokens=usage.prompt_tokens if usage else None,
        completion_tokens=usage.completion_tokens if usage else None,
        energy_wh=usage.energy_wh if usage else None,
        cost_euros=usage.cost_euros if usage else None,
        first_token_ms=exchange.first_token_ms,
        duration_ms=round((time.perf_counter() - exchange.started) * 1000),
    )
