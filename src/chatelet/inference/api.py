"""Routes of inference for every signed-in person: the models offered, from memory (no query of its own)."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request

from chatelet.identity.current import CurrentPrincipal
from chatelet.inference import views
from chatelet.inference.registry import CHAT
from chatelet.inference.schemas import ModelList
from chatelet.inference.service import Inference
from chatelet.kernel.http import ErrorOut
from chatelet.policy.rules.book import Policies

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api", tags=["models"])


async def open_inference(request: Request) -> Inference:
    """Return the process's inference (`app.state.inference`, set by the composition root)."""
    inference: Inference = request.app.state.inference
    return inference


OpenInference = Annotated[Inference, Depends(open_inference)]


async def open_policies(request: Request) -> Policies:
    """Return the rules of units, as this process holds them."""
    policies: Policies = request.app.state.policies
    return policies


OpenPolicies = Annotated[Policies, Depends(open_policies)]


@router.get("/models", responses={401: _CODED})
async def list_models(
    principal: CurrentPrincipal, inference: OpenInference, policies: OpenPolicies, *, every: bool = False
) -> ModelList:
    """List the models that answer questions (`every`: those that do not, too), where each one is, and how it is now."""
    health = inference.health
    models = inference.registry.snapshot.offering(None if every else CHAT).models
    rules = policies.of(principal.units)
    return ModelList(items=[views.model_out(model, health.condition(model.backend.name), rules) for model in models])
