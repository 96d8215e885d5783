"""From a clearance to an answer: choose a model, fit the context, read the answer batch by batch.

No database here, but for a fail-over: that the words went elsewhere than announced is journalled at once.

The loop is flat: one batch per network read, through `outlet` to whoever follows. When the model finds the
conversation too long after all, it is asked once more with half of the history.
"""

from typing import Final

from chatelet.audit import events as journal_events
from chatelet.audit import journal
from chatelet.chat import context, looking, offers, screening, sources
from chatelet.chat.citing import Citer
from chatelet.chat.context import Context
from chatelet.chat.events import NoticeEvent, Status
from chatelet.chat.live import LiveTurn
from chatelet.chat.looking import Looked
from chatelet.chat.offers import offered
from chatelet.chat.opening import AskedTurn
from chatelet.chat.outlet import Outlet
from chatelet.chat.progress import Progress
from chatelet.chat.pseudonyms import sending
from chatelet.chat.pseudonyms.sending import Outgoing
from chatelet.chat.screening import Screen
from chatelet.chat.services import ChatServices
from chatelet.chat.sources import Sources
from chatelet.conversations import turns
from chatelet.inference.errors import ModelContextExceeded
from chatelet.inference.exchange import ChatRequest, Finish
from chatelet.inference.gateway import Answer, Step
from chatelet.inference.registry import Model
from chatelet.inference.routing import Choice
from chatelet.kernel.tracing.spans import span
from chatelet.policy.clearance import Clearance
from chatelet.policy.decisions import subject_of

_READ_BY_THE_SMALL: Final = 3_000  # characters


async def generate(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, progress: Progress
) -> None:
    """Write the answer into `live`. Raises `Refusal`, `ModelError`, `QuestionTooLong`."""
    choosing = await sending.least(services, asked, live, clearance)
    choice = offers.choose(services.gateway, choosing, asked.model, asked.opened.given)
    _announce(live, progress, choice)
    window = choice.first.context_tokens
    with span("retrieve"):
        looking_for = sending.inside(asked, clearance)
        found = await sources.gather(services, asked, live, looking_for, characters=_room(asked, choice.first))
    progress.use = found.use
    looked = await looking.look(services, asked, choice.first, clearance.label) if not asked.pseudonymise else Looked()
    if (subject := subject_of(asked.opened.question)) is not None:
        live.tell(NoticeEvent(code="person_decision", params={"subject": subject}))
    for told in looking.told(found.notices, looked, choice.first, looking.images_of(asked)):
        live.tell(told)
    choice = choice.seeing() if looked.pictures else choice
    for context_tokens in (window, window // 2):
        with span("context"):
            built = _build(services, asked, choice.first, context_tokens, found, looked)
        outgoing = await sending.leave(services, asked, live, built, choosing, choice)
        _announce(live, progress, outgoing.choice)
        citer = Citer(found.passages, asked.opened.question)
        try:
            await _answer(services, asked, live, outgoing, progress, citer)
            with span("cite"):
                await citer.end(asked, live)
            return
        except ModelContextExceeded:
            if live.length or context_tokens != window or not asked.opened.history:
                raise


def _announce(live: LiveTurn, progress: Progress, choice: Choice) -> None:
    if progress.model is None or progress.model.id != choice.first.id:
        progress.model = offered(choice.first)
        live.tell(live.opened_event.model_copy(update={"model": progress.model}))


async def _answer(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, outgoing: Outgoing, progress: Progress, citer: Citer
) -> None:
    built, clearance = outgoing.context, outgoing.clearance
    request = ChatRequest(built.messages, max_output_tokens=built.answer_tokens)
    progress.wants_summary = built.wants_summary
    screen = Screen(services.settings.policy)
    outlet = Outlet(asked, live, progress, citer, screen, outgoing.back)
    stream = services.gateway.stream(clearance, request, outgoing.choice, listener=lambda step: _tell(live, step))
    async with stream as answer:
        for told in (*built.notices, *asked.allowance.notices):
            live.tell(told)
        if answer.replaced is not None:
            await _tell_replaced(services, asked, live, clearance, answer, progress)
        live.tell(Status(step="writing"))
        try:
            async for batch in answer:
                if batch.text:
                    await outlet.feed(batch.text)
                    await live.pace()
        finally:
            progress.usage = answer.usage
            await outlet.flush()
            progress.written = screen.label, screen.marked
        await screening.tell(services, asked, live, screen)
        if answer.finish is Finish.LENGTH:
            live.tell(NoticeEvent(code="answer_cut", params={"tokens": built.answer_tokens}))


def _room(asked: AskedTurn, model: Model) -> int:
    """Return how many characters of sources to give: few to the demonstration model, which reads 30 tokens a second."""
    longest = min(asked.allowance.longest, model.max_output_tokens)
    window = model.context_tokens - looking.reserved(asked, model)
    room = context.room_for_sources(asked.opened.question, context_tokens=window, answer_tokens=longest)
    return min(room, _READ_BY_THE_SMALL) if model.backend.is_embedded else room


def _build(
    services: ChatServices, asked: AskedTurn, model: Model, context_tokens: int, found: Sources, looked: Looked
) -> Context:
    return context.build(
        asked.opened.history,
        asked.opened.question,
        language=asked.language,
        institution=services.settings.institution_name,
        context_tokens=context_tokens,
        answer_tokens=min(asked.allowance.longest, model.max_output_tokens),
        sources=found.offered,
        wants_sources=found.wanted and not looked.pictures,
        lacking=found.lacking,
        pictures=looked.pictures,
        small=model.backend.is_embedded,
    )


def _tell(live: LiveTurn, step: Step) -> None:
    live.tell(Status(step=step.name, position_in_queue=step.position))


async def _tell_replaced(
    services: ChatServices, asked: AskedTurn, live: LiveTurn, clearance: Clearance, answer: Answer, progress: Progress
) -> None:
    """Say that the words went to another model than announced: to the person, in the turn's row, in the journal."""
    replaced = answer.replaced
    assert replaced is not None
    progress.model = offered(replaced.used)
    params = {"wanted": replaced.wanted.display_name, "used": replaced.used.display_name, "reason": replaced.reason}
    live.tell(live.opened_event.model_copy(update={"model": progress.model}))
    live.tell(NoticeEvent(code="model_replaced", params=dict(params)))
    event = journal_events.TurnRouted(
        turn_id=asked.opened.turn_id,
        conversation_id=asked.opened.conversation_id,
        model=replaced.used.id,
        backend=replaced.used.backend.name,
        level=clearance.label.level.value,
        reason="failed_over",
    )
    async with services.database.transaction() as session:
        await turns.change_model(session, asked.opened.turn_id, progress.model)
        await journal.record(session, event, actor=asked.principal.person_id)
