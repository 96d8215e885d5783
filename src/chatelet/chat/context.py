"""What the model reads: system prompt, as much of the branch as fits, the sources, the question.

budget = context of the model - room for the answer - system prompt - sources - pictures - question
sources take at most `_SOURCES` of what is left by the question: a conversation keeps its thread besides
turns are taken from the newest to the oldest while they fit; what is older is represented by its rolling summary
when one exists, and said to the person either way. A question alone too long is refused with its figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.chat import prompt
from chatelet.chat.errors import QuestionTooLong
from chatelet.chat.events import NoticeEvent
from chatelet.chat.language import Language
from chatelet.chat.offered import Offered
from chatelet.conversations.branches import PastTurn
from chatelet.inference.exchange import Message
from chatelet.inference.picture import Picture
from chatelet.kernel.tags import disarmed

CHARACTERS_PER_TOKEN: Final = (
    3.2  # French and code tokenise worse than English's usual 4; an estimate, on the safe side
)
_MESSAGE_TOKENS: Final = 6  # role markers
_SUMMARISE_ABOVE: Final = 0.6  # of the budget
_SOURCES: Final = 0.7  # of what the question and the answer leave
_AROUND_SOURCES: Final = 400  # tokens: system prompt, instructions on sources


@dataclass(frozen=True, slots=True)
class Context:
    """Messages for the model, room left for its answer (tokens), and what the person should know."""

    messages: tuple[Message, ...]
    answer_tokens: int
    notices: tuple[NoticeEvent, ...]
    wants_summary: bool


def build(
    history: tuple[PastTurn, ...],
    question: str,
    *,
    language: Language,
    institution: str,
    context_tokens: int,
    answer_tokens: int,
    sources: Sequence[Offered] = (),
    wants_sources: bool = False,
    lacking: prompt.Lacking = "nothing",
    small: bool = False,
    pictures: Sequence[Picture] = (),
) -> Context:
    """Fit the conversation in the model's context. Raises `QuestionTooLong`."""
    system = prompt.system_message(language, institution)
    room = min(answer_tokens, context_tokens // 3)
    asked = question
    if sources or wants_sources:
        asked = prompt.with_sources(question, sources, language, small=small, lacking=lacking)
    shown = sum(picture.tokens for picture in pictures)
    budget = context_tokens - room - tokens_of(system.content) - tokens_of(asked) - shown
    if budget < 0:
        raise QuestionTooLong(tokens=tokens_of(question), limit=context_tokens - room - tokens_of(system.content))
    past = [messages_of(turn, language) for turn in history]
    costs = [sum(tokens_of(message.content) for message in messages) for messages in past]
    kept, spent = 0, 0
    for cost in reversed(costs):
        if spent + cost > budget:
            break
        kept, spent = kept + 1, spent + cost
    left_out = len(past) - kept
    chosen = [message for messages in past[left_out:] for message in messages]
    return Context(
        messages=(system, *chosen, Message("user", asked, pictures=tuple(pictures))),
        answer_tokens=room,
        notices=_notices(history, left_out),
        wants_summary=sum(costs) > budget * _SUMMARISE_ABOVE and len(history) > 2,
    )


def room_for_sources(question: str, *, context_tokens: int, answer_tokens: int) -> int:
    """Return how many characters of sources may be given with a question."""
    left = context_tokens - min(answer_tokens, context_tokens // 3) - tokens_of(question) - _AROUND_SOURCES
    return max(0, int(left * _SOURCES * CHARACTERS_PER_TOKEN))


def tokens_of(text: str) -> int:
    """Estimate tokens; servers count differently, so this errs on the high side."""
    return int(len(text) / CHARACTERS_PER_TOKEN) + _MESSAGE_TOKENS


def messages_of(turn: PastTurn, language: Language) -> list[Message]:
    """Return a past turn as the model reads it: its texts, or its summary between tags that it cannot close."""
    if turn.summary is not None:
        before = "Résumé de ce qui précède" if language == "fr" else "Summary of what came before"
        told = disarmed(turn.summary, before)
        return [Message("user", f"<{before}>\n{told}\n</{before}>"), Message("assistant", "…")]
    return [Message("user", turn.question), Message("assistant", turn.answer or "…")]


def _notices(history: tuple[PastTurn, ...], left_out: int) -> tuple[NoticeEvent, ...]:
    if left_out:
        return (NoticeEvent(code="history_shortened", params={"turns": left_out}),)
    if history and history[0].summary is not None:
        return (NoticeEvent(code="history_summarised", params={}),)
    return ()
