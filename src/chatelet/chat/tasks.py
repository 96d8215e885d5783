"""Jobs after a turn, off its path: a title proposed by the model, a rolling summary of a long branch.

Both ask the model with the conversation's own clearance and continue the same prompt, so that a model server finds
its prefix in cache. Both are optional: what fails leaves the provisional title, or a shortened history. Neither is
a request of the person's, but what it uses is counted in their quotas, and nothing is asked once these are used up.
"""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.chat import allowance, context, prompt
from chatelet.chat.language import language_of
from chatelet.chat.pseudonyms import aside
from chatelet.chat.services import ChatServices
from chatelet.conversations import branches, titles, turns
from chatelet.conversations.branches import Branch, PastTurn
from chatelet.identity.units.queries import units_above
from chatelet.inference import usage as inference_usage
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.kernel.errors import AppError
from chatelet.kernel.jobs import Payload
from chatelet.kernel.logs import get_logger
from chatelet.policy.clearance import clear, clear_replaced
from chatelet.policy.guardrails.pseudonyms.rules import rule_of
from chatelet.policy.guardrails.pseudonyms.swapping import Swap
from chatelet.policy.quotas.rules import Absent
from chatelet.policy.sensitivity import Level

TITLE: Final = "conversation_title"
SUMMARY: Final = "conversation_summary"
_TITLE_TOKENS: Final = 24
_SUMMARY_TOKENS: Final = 400
_KEPT_WHOLE: Final = 2  # the last turns are never summarised
log = get_logger(__name__)


async def title(services: ChatServices, payload: Payload) -> None:
    """Propose a title for a conversation that has none of its person's."""
    async with services.database.transaction() as session:
        branch = await _branch(session, services, payload)
    if branch is None or not branch.turns:
        return
    answer = await _ask(services, branch, payload, "title", branch.turns[:1], _TITLE_TOKENS)
    if answer:
        async with services.database.transaction() as session:
            await titles.give_proposed(session, branch.conversation_id, branch.key, answer)


async def summarise(services: ChatServices, payload: Payload) -> None:
    """Summarise a branch up to the turns kept whole, and store the summary on the last turn it covers."""
    async with services.database.transaction() as session:
        branch = await _branch(session, services, payload)
    if branch is None or len(branch.turns) <= _KEPT_WHOLE:
        return
    covered = branch.turns[:-_KEPT_WHOLE]
    answer = await _ask(services, branch, payload, "summary", covered, _SUMMARY_TOKENS)
    if answer:
        async with services.database.transaction() as session:
            await turns.store_summary(session, branch.key, covered[-1].turn_id, answer)


async def _branch(session: AsyncSession, services: ChatServices, payload: Payload) -> Branch | None:
    """Read the branch that ends at the payload's turn; None when it is gone."""
    person_id, conversation_id, turn_id = (UUID(payload[name]) for name in ("person", "conversation", "turn"))
    return await branches.read_branch(session, services.keyring, person_id, conversation_id, turn_id)


async def _ask(
    services: ChatServices,
    branch: Branch,
    payload: Payload,
    purpose: prompt.OwnPurpose,
    covered: tuple[PastTurn, ...],
    tokens: int,
) -> str:
    """Ask the model that answered, about `covered`; an empty text when it cannot."""
    person_id = UUID(payload["person"])
    language = language_of(covered[-1].question, default="fr")
    system = prompt.system_message(language, services.settings.institution_name)
    words = [message for turn in covered for message in context.messages_of(turn, language)]
    messages = (system, *words, Message("user", prompt.read(purpose, language)))
    policy = services.settings.policy
    back: Swap | None = None
    try:
        async with services.database.transaction() as session:
            asker = Absent(person_id, await units_above(session, person_id))
            if await allowance.is_spent(session, services, asker, branch.model_id):
                return ""
        rules = services.policies.of(asker.units)
        clearance = clear(person_id, branch.label, ceiling=Level(policy.highest_level), rules=rules)
        if "pseudonymise" in payload:
            least = clear_replaced(clearance, branch.kept, rule_of(policy))
            messages, clearance, back = await aside.leave(services, branch, messages, least)
        request = ChatRequest(messages, max_output_tokens=tokens, temperature=0.2)
        completion = await services.gateway.complete(clearance, request, wanted=branch.model_id)
    except AppError as error:
        log.warning("side_answer_failed", purpose=purpose, code=error.code)
        return ""
    async with services.database.transaction() as session:
        await allowance.count(session, services, asker, completion)
        await inference_usage.record(
            session,
            person_id=person_id,
            model_id=completion.model_id,
            purpose=purpose,
            usage=completion.usage,
        )
    return (completion.text if back is None else back.whole(completion.text)).strip()
