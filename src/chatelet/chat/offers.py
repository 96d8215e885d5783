"""A model as a person sees it beside an answer: its name and where it runs."""

from chatelet.conversations.schemas import TurnModel, ZoneOut
from chatelet.inference.registry import Model


def offered(model: Model) -> TurnModel:
    """Return a model as a person sees it beside an answer."""
    zone = model.zone
    shown = ZoneOut(name=zone.name, country=zone.country, operator=zone.operator, legal_reach=zone.legal_reach)
    return TurnModel(id=model.id, display_name=model.display_name, zone=shown)
