"""Where replacing names would let words leave: done where a unit requires it, said in the refusal elsewhere."""

from dataclasses import replace

from chatelet.chat import offers
from chatelet.chat.opening import AskedTurn
from chatelet.chat.services import ChatServices
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import Clearance, clear, clear_replaced
from chatelet.policy.errors import Refusal
from chatelet.policy.guardrails.pseudonyms.rules import mode_of, rule_of
from chatelet.policy.sensitivity import Level


def required(services: ChatServices, asked: AskedTurn, clearance: Clearance) -> AskedTurn:
    """Return the turn with its names replaced, where a unit requires it and the words may not leave as they are."""
    if asked.pseudonymise or mode_of(services.settings.policy, clearance.rules) != "required":
        return asked
    try:
        offers.choose(services.gateway, clearance, asked.model, asked.opened.given)
    except Refusal:
        return replace(asked, pseudonymise=True)
    except AppError:
        return asked  # told by the step that chooses
    return asked


def told(services: ChatServices, asked: AskedTurn, refusal: Refusal) -> Refusal:
    """Return the refusal, with `pseudonymise` where a model could then receive the words."""
    policy = services.settings.policy
    try:
        rules = services.policies.of(asked.principal.units)
        if asked.pseudonymise or mode_of(policy, rules) == "off":
            return refusal
        held = clear(asked.principal.person_id, asked.opened.label, ceiling=Level(policy.highest_level), rules=rules)
        least = clear_replaced(held, asked.opened.kept, rule_of(policy))
        model = offers.choose(services.gateway, least, asked.model, asked.opened.given).first
    except AppError:
        return refusal
    refusal.params["pseudonymise"] = model.display_name
    return refusal
