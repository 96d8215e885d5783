"""Which model answers what is given, and that model as a person sees it: its name and where it runs."""

import contextlib
from collections.abc import Sequence

from chatelet.conversations.parts import AttachmentPart, Given
from chatelet.conversations.schemas import TurnModel, ZoneOut
from chatelet.inference.gateway import Gateway
from chatelet.inference.registry import VISION, Model
from chatelet.inference.routing import Choice
from chatelet.kernel.errors import AppError
from chatelet.policy.clearance import Clearance


def choose(gateway: Gateway, clearance: Clearance, wanted: str | None, given: Sequence[Given]) -> Choice:
    """Choose who answers; with images and no model named, one that sees, where one is cleared.

    Raises as `Gateway.choose`.
    """
    if wanted is None and any(isinstance(one, AttachmentPart) and one.looks_like_image for one in given):
        with contextlib.suppress(AppError):
            return gateway.choose(clearance, None, ability=VISION)
    return gateway.choose(clearance, wanted)


def offered(model: Model) -> TurnModel:
    """Return a model as a person sees it beside an answer."""
    zone = model.zone
    shown = ZoneOut(name=zone.name, country=zone.country, operator=zone.operator, legal_reach=zone.legal_reach)
    return TurnModel(id=model.id, display_name=model.display_name, zone=shown)
