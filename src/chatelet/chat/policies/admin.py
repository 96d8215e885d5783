"""Routes of the policies of units, for whoever answers for security; and what holds for each person."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from chatelet.chat.drafts.service import Look
from chatelet.chat.policies import service
from chatelet.chat.policies.schemas import DraftBody, OwnPolicy, PoliciesOut, TextToTry, Tried
from chatelet.identity.current import CurrentPrincipal, CurrentSettings, holding
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Right
from chatelet.inference.service import Inference
from chatelet.kernel.http import ErrorOut, Transaction
from chatelet.policy.rules.book import Policies

_CODED: Final[dict[str, Any]] = {"model": ErrorOut}
router = APIRouter(prefix="/api", tags=["administration"], responses={401: _CODED})


async def open_inference(request: Request) -> Inference:
    """Return the process's models."""
    inference: Inference = request.app.state.inference
    return inference


async def policies_of(request: Request) -> Policies:
    """Return the rules of units, as this process holds them."""
    policies: Policies = request.app.state.policies
    return policies


OpenInference = Annotated[Inference, Depends(open_inference)]
CurrentPolicies = Annotated[Policies, Depends(policies_of)]
_Officer = Annotated[Principal, Depends(holding(Right.SECURITY_MANAGE))]


@router.get("/policies/current")
async def read_own_policy(
    principal: CurrentPrincipal, settings: CurrentSettings, inference: OpenInference, policies: CurrentPolicies
) -> OwnPolicy:
    """Tell what the institution's rules and those of one's units make of one's own choices."""
    return service.own(settings, inference.registry.snapshot, policies.of(principal.units))


@router.get("/admin/policies", responses={403: _CODED})
async def list_policies(session: Transaction, _officer: _Officer, inference: OpenInference) -> PoliciesOut:
    """List the versions of the policies, and what the draft would change."""
    return await service.listed(session, inference.registry.snapshot)


@router.post("/admin/policies/draft", responses={403: _CODED, 422: _CODED})
async def write_draft(
    body: DraftBody, session: Transaction, officer: _Officer, settings: CurrentSettings, inference: OpenInference
) -> PoliciesOut:
    """Write the draft: the rules of every unit that has some."""
    return await service.write_draft(session, settings, inference.registry.snapshot, officer, body)


@router.post("/admin/policies/draft/publish", responses={403: _CODED, 409: _CODED, 422: _CODED})
async def publish_draft(
    session: Transaction, officer: _Officer, settings: CurrentSettings, inference: OpenInference
) -> PoliciesOut:
    """Make the draft hold, everywhere and at once."""
    return await service.publish(session, settings, inference.registry.snapshot, officer)


@router.post("/admin/policies/{policy_id}/trial", responses={403: _CODED, 404: _CODED, 422: _CODED})
async def try_version(
    policy_id: UUID, session: Transaction, officer: _Officer, settings: CurrentSettings, inference: OpenInference
) -> Tried:
    """Tell what a version would have refused last week, by label, model and unit: no content is read."""
    return await service.try_version(session, settings, inference.registry.snapshot, officer, policy_id)


@router.post("/admin/policies/{policy_id}/reading", responses={403: _CODED, 404: _CODED, 503: _CODED})
async def try_text(
    policy_id: UUID, body: TextToTry, session: Transaction, _officer: _Officer, settings: CurrentSettings
) -> Look:
    """Tell what a version's markings would make of a text that the officer gives. Nothing of it is kept."""
    return await service.try_text(session, settings, policy_id, body.text)
