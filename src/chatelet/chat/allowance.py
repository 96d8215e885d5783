"""What an answer may use of its asker's quotas: held in transaction 1, settled in transaction 2."""

from dataclasses import dataclass, replace
from uuid import UUID

from chatelet.audit import events, journal
from chatelet.chat.events import NoticeEvent
from chatelet.chat.services import ChatServices
from chatelet.conversations.turns import OpenedTurn
from chatelet.identity.principal import Principal
from chatelet.inference.amounts import amounts_of, estimate_of
from chatelet.inference.gateway import Completion
from chatelet.inference.registry import Model
from chatelet.inference.usage import Usage, estimate_tokens
from chatelet.kernel.clock import now
from chatelet.kernel.database import Executor
from chatelet.policy.quotas import holding
from chatelet.policy.quotas.amounts import reopens, starts, zone
from chatelet.policy.quotas.errors import QuotaReached
from chatelet.policy.quotas.rules import Absent, Applied


@dataclass(frozen=True, slots=True)
class Allowance:
    """The longest answer that may be asked for, in tokens, and what the person is told of quotas nearly used."""

    longest: int
    notices: tuple[NoticeEvent, ...] = ()
    is_held: bool = False


def characters_of(opened: OpenedTurn) -> int:
    """Return how long the prompt of a turn may be, history included."""
    return len(opened.question) + sum(
        len(past.summary) if past.summary else len(past.question) + len(past.answer) for past in opened.history
    )


async def hold(
    executor: Executor,
    services: ChatServices,
    principal: Principal,
    model: Model | None,
    *,
    identifier: UUID,
    characters: int,
    longest: int,
) -> Allowance:
    """Reserve what the answer `identifier` may use at most. Raises `QuotaReached`."""
    key_id = principal.key.key_id if principal.key else None
    applied = services.quotas.rules.applying(principal, model.id, key_id) if model is not None else []
    if model is None or not applied:
        return Allowance(longest)
    prompt = min(estimate_tokens(characters), model.context_tokens)
    estimate = estimate_of(model, prompt, min(longest, model.max_output_tokens), grams=_grams(services))
    place = zone(services.quotas.time_zone)
    held = await holding.hold(executor, (identifier, principal.person_id), applied, estimate, place)
    return Allowance(held.longest, tuple(_notice(services, one) for one in held.warned), is_held=True)


async def settle(executor: Executor, services: ChatServices, identifier: UUID, usage: Usage | None) -> None:
    """Count what the answer used in place of what was held for it; an answer that never began is still a request."""
    await holding.settle(executor, identifier, amounts_of(usage, grams=_grams(services)))


async def is_spent(executor: Executor, services: ChatServices, asker: Absent, model_id: str | None) -> bool:
    """Tell whether the quotas of somebody leave nothing for what they did not ask for: a title, a summary."""
    applied = services.quotas.rules.applying(asker, model_id)
    return bool(applied) and await holding.is_spent(executor, applied, zone(services.quotas.time_zone))


async def count(executor: Executor, services: ChatServices, asker: Absent, completion: Completion) -> None:
    """Count in somebody's quotas what was used for them: all but a request, which they did not make."""
    applied = services.quotas.rules.applying(asker, completion.model_id)
    used = replace(amounts_of(completion.usage, grams=_grams(services)), requests=0)
    await holding.count(executor, applied, used, zone(services.quotas.time_zone))


async def tell_refused(services: ChatServices, principal: Principal, refused: QuotaReached, model: str | None) -> None:
    """Journal a refusal: the transaction that found it was rolled back."""
    told = refused.params
    event = events.QuotaRefused(
        person_id=principal.person_id,
        holder=str(told["holder"]),
        measure=str(told["measure"]),
        period=str(told["period"]),
        model=model,
    )
    async with services.database.transaction() as session:
        await journal.record(session, event, actor=principal.person_id)


def _grams(services: ChatServices) -> float:
    """Return grams of CO₂ equivalent a Wh."""
    return services.settings.usage.grid_grams_per_kwh / 1000


def _notice(services: ChatServices, one: Applied) -> NoticeEvent:
    rule, place = one.rule, zone(services.quotas.time_zone)
    again = reopens(rule.period, starts(rule.period, now(), place), place)
    params = {"measure": rule.measure.value, "period": rule.period.value, "reopens_at": again.isoformat()}
    return NoticeEvent(code="quota_near", params=dict(params))
