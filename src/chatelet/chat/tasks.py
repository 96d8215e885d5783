"""Jobs after a turn, off its path: a title proposed by the model, a rolling summary of a long branch.

Both ask the model with the conversation's own clearance and continue the same prompt, so that a model server finds
its prefix in cache. Both are optional: what fails leaves the provisional title, or a shortened history.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.chat import context, prompt
from chatelet.chat.language import Language, language_of
from chatelet.chat.services import ChatServices
from chatelet.conversations import content, queries, titles, turns
from chatelet.conversations.content import ConversationKey
from chatelet.conversations.tables import Turn
from chatelet.conversations.turns import PastTurn
from chatelet.inference import usage as inference_usage
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.kernel.errors import AppError
from chatelet.kernel.jobs import Payload
from chatelet.kernel.logs import get_logger
from chatelet.policy.clearance import Clearance, clear
from chatelet.policy.sensitivity import Label, Level

TITLE: Final = "conversation_title"
SUMMARY: Final = "conversation_summary"
_TITLE_TOKENS: Final = 24
_SUMMARY_TOKENS: Final = 400
_KEPT_WHOLE: Final = 2  # the last turns are never summarised
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Subject:
    conversation_id: UUID
    key: ConversationKey
    clearance: Clearance
    model_id: str | None
    history: tuple[PastTurn, ...]
    language: Language


async def title(services: ChatServices, payload: Payload) -> None:
    """Propose a title for a conversation that has none of its person's."""
    async with services.database.transaction() as session:
        subject = await _subject(session, services, payload)
    if subject is None or not subject.history:
        return
    answer = await _ask(services, subject, payload, "title", subject.history[:1], _TITLE_TOKENS)
    if answer:
        async with services.database.transaction() as session:
            await titles.give_proposed(session, subject.conversation_id, subject.key, answer)


async def summarise(services: ChatServices, payload: Payload) -> None:
    """Summarise a branch up to the turns kept whole, and store the summary on the last turn it covers."""
    async with services.database.transaction() as session:
        subject = await _subject(session, services, payload)
    if subject is None or len(subject.history) <= _KEPT_WHOLE:
        return
    covered = subject.history[:-_KEPT_WHOLE]
    answer = await _ask(services, subject, payload, "summary", covered, _SUMMARY_TOKENS)
    if answer:
        async with services.database.transaction() as session:
            await turns.store_summary(session, subject.key, covered[-1].turn_id, answer)


async def _subject(session: AsyncSession, services: ChatServices, payload: Payload) -> _Subject | None:
    """Read the branch that ends at the payload's turn; None when it is gone, deleted, or titled by its person."""
    person_id, conversation_id = UUID(payload["person"]), UUID(payload["conversation"])
    conversation = await queries.one(session, person_id, conversation_id)
    if conversation is None:
        return None
    key = content.key_of(services.keyring, conversation)
    rows = {turn.id: turn for turn in await queries.turns_of(session, conversation_id)}
    history = await turns.history(session, key, conversation_id, rows, UUID(payload["turn"]))
    last: Turn | None = rows.get(UUID(payload["turn"]))
    ceiling = Level(services.settings.policy.highest_level)
    return _Subject(
        conversation_id=conversation_id,
        key=key,
        clearance=clear(person_id, Label(Level(conversation.level)), ceiling=ceiling),
        model_id=last.model_id if last else None,
        history=history,
        language=language_of(history[-1].question if history else "", default="fr"),
    )


async def _ask(
    services: ChatServices,
    subject: _Subject,
    payload: Payload,
    purpose: prompt.OwnPurpose,
    covered: tuple[PastTurn, ...],
    tokens: int,
) -> str:
    """Ask the model that answered, about `covered`; an empty text when it cannot."""
    system = prompt.system_message(subject.language, services.settings.institution_name)
    words = [message for turn in covered for message in context.messages_of(turn, subject.language)]
    request = ChatRequest(
        (system, *words, Message("user", prompt.read(purpose, subject.language))),
        max_output_tokens=tokens,
        temperature=0.2,
    )
    try:
        completion = await services.gateway.complete(subject.clearance, request, wanted=subject.model_id)
    except AppError as error:
        log.warning("side_answer_failed", purpose=purpose, code=error.code)
        return ""
    async with services.database.transaction() as session:
        await inference_usage.record(
            session,
            person_id=UUID(payload["person"]),
            model_id=completion.model_id,
            purpose=purpose,
            usage=completion.usage,
        )
    return completion.text.strip()
