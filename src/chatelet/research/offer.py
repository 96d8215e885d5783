"""Which sources a label permits, and the clearance of what leaves: of the question alone, never of what was read.

question, declared level, detectors ─▶ label of the question ─▶ web, scholarly services
the same, with the bases chosen     ─▶ label of the research ─▶ models, bases, searches added after reading
"""

from collections.abc import Collection

from chatelet.connectors.web.contract import WebNotCleared, require_cleared
from chatelet.identity.principal import Principal
from chatelet.inference.routing import Choice
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level
from chatelet.research.errors import SourceNotOffered
from chatelet.research.plan import Where
from chatelet.research.services import ResearchServices


def cleared(services: ResearchServices, principal: Principal, label: Label) -> Clearance:
    """Apply the rules of the installation and of the person's units. Raises a `Refusal`."""
    ceiling = Level(services.settings.policy.highest_level)
    rules = services.chat.policies.of(principal.units)
    return clear(principal.person_id, label, ceiling=ceiling, rules=rules)


def choose(services: ResearchServices, clearance: Clearance, model: str | None) -> Choice:
    """Return who writes. Raises `ModelNotFound`, `NoModelAvailable`, a `Refusal`."""
    return services.chat.gateway.choose(clearance, model)


def offers(services: ResearchServices, clearance: Clearance, where: Where) -> bool:
    """Tell whether a source is open here, and may receive what this clearance covers."""
    if where == "bases":
        return True
    if where == "scholarly":
        return services.desk.is_open and clearance.permits(services.desk.sources.accepts)
    web = services.chat.web
    try:
        require_cleared(clearance, Level(web.settings.highest_level))
    except WebNotCleared:
        return False
    return bool(web.engines)


def require(services: ResearchServices, clearance: Clearance, wanted: Collection[Where]) -> None:
    """Raise `SourceNotOffered` for the first that is not."""
    for one in wanted:
        if not offers(services, clearance, one):
            raise SourceNotOffered(source=one, level=clearance.label.level.value)


def asked_of(services: ResearchServices, where: Where) -> tuple[str, ...]:
    """Return who receives a query."""
    if where == "web":
        return tuple(engine.card.name for engine in services.chat.web.engines)
    return tuple(services.desk.sources.names) if where == "scholarly" else ()
