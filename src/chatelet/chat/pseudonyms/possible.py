"""What a refusal says would be possible: the same words, to the same model, with their names replaced."""

from chatelet.chat import offers
from chatelet.chat.opening import AskedTurn
from chatelet.chat.services import ChatServices
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import clear, clear_replaced
from chatelet.policy.errors import Refusal
from chatelet.policy.guardrails.pseudonyms.rules import rule_of
from chatelet.policy.sensitivity import Level


def told(services: ChatServices, asked: AskedTurn, refusal: Refusal) -> Refusal:
    """Return the refusal, with `pseudonymise` where a model could then receive the words."""
    policy = services.settings.policy
    if not policy.pseudonyms.enabled or asked.pseudonymise:
        return refusal
    try:
        held = clear(asked.principal.person_id, asked.opened.label, ceiling=Level(policy.highest_level))
        least = clear_replaced(held, asked.opened.kept, rule_of(policy))
        model = offers.choose(services.gateway, least, asked.model, asked.opened.given).first
    except AppError:
        return refusal
    refusal.params["pseudonymise"] = model.display_name
    return refusal
