"""What research may ask in this installation, and what it may use: told before anything is asked."""

from chatelet.chat.web.schemas import EngineOut
from chatelet.connectors.scholarly.schemas import DeskOut
from chatelet.policy.sensitivity import Level
from chatelet.research.schemas import ResearchBudget, ResearchOffer
from chatelet.research.services import ResearchServices


def offer_of(services: ResearchServices) -> ResearchOffer:
    """Return the sources that are open here."""
    web, desk, bounds = services.chat.web, DeskOut.of(services.desk), services.bounds
    return ResearchOffer(
        engines=[
            EngineOut(name=one.card.name, operator=one.card.operator, country=one.card.country) for one in web.engines
        ],
        web_highest=Level(web.settings.highest_level) if web.engines else None,
        scholarly=desk.sources,
        scholarly_highest=desk.highest_level if desk.open else None,
        default_level=Level(services.settings.policy.default_level),
        proposed=ResearchBudget(steps=bounds.steps, seconds=bounds.minutes * 60, tokens=bounds.tokens),
        most=ResearchBudget(steps=bounds.most_steps, seconds=bounds.most_minutes * 60, tokens=bounds.most_tokens),
    )
