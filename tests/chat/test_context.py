"""What the model reads: everything while it fits, the newest first, never a dead end."""

from uuid import uuid4

import pytest

from chatelet.chat import context
from chatelet.chat.errors import QuestionTooLong
from chatelet.chat.language import language_of
from chatelet.conversations.branches import PastTurn


def past(number: int, characters: int = 400, summary: str | None = None) -> PastTurn:
    question, answer = f"question {number} " + "q" * characters, f"answer {number} " + "a" * characters
    return PastTurn(uuid4(), uuid4(), question, answer, summary)


def build(history: tuple[PastTurn, ...], question: str = "Et alors ?", window: int = 4_096) -> context.Context:
    return context.build(
        history, question, language="fr", institution="Châtelet", context_tokens=window, answer_tokens=1_024
    )


def test_a_short_conversation_is_read_whole() -> None:
    built = build((past(1), past(2)))
    assert [message.role for message in built.messages] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert built.notices == ()


def test_a_long_one_keeps_the_newest_and_says_so() -> None:
    built = build(tuple(past(number) for number in range(40)))
    assert "question 39" in built.messages[-3].content
    assert built.notices[0].code == "history_shortened"
    assert built.wants_summary
    estimated = sum(context.tokens_of(message.content) for message in built.messages)
    assert estimated + built.answer_tokens <= 4_096


def test_a_summary_stands_for_what_it_covers() -> None:
    built = build((past(1, summary="On a parlé de retraites."), past(2)))
    assert "retraites" in built.messages[1].content
    assert "question 1" not in "".join(message.content for message in built.messages)
    assert built.notices[0].code == "history_summarised"


def test_a_question_alone_too_long_is_refused_with_figures() -> None:
    with pytest.raises(QuestionTooLong) as raised:
        build((), question="mot " * 10_000)
    assert raised.value.params["limit"] < 4_096 < raised.value.params["tokens"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Quelle est la durée de conservation des archives ?", "fr"),
        ("What is the retention period of these records?", "en"),
        ("résume ce texte", "fr"),
        ("translate this into French", "en"),
        ("1 + 1", "fr"),
        ("L’arrêté du 3 mars", "fr"),
    ],
)
def test_language(question: str, expected: str) -> None:
    assert language_of(question, default="fr") == expected
