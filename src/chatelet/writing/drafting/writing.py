"""The parts that a model writes, one after the other: each reads what was given and the document as it stands.

part -> asked -> cleaned, judged ─> good: set as its language sets it, kept
                      └> wrong: asked again with the reason ─> still wrong: left unwritten, marked, told
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chatelet.documents.rebuilding.contract import Piece
from chatelet.inference.exchange import ChatRequest, Finish, Message
from chatelet.kernel.text import fold
from chatelet.writing import checks, prompt, typography
from chatelet.writing.drafting import filling
from chatelet.writing.drafting.filling import Part, ToWrite
from chatelet.writing.drafting.template import Language, Template
from chatelet.writing.task import Outcome, Reason
from chatelet.writing.trying import Ask

OnPart = Callable[[ToWrite, Outcome], Awaitable[None]]
_TOKENS: Final = 1_200
_TOKENS_A_WORD: Final = 2.2
_SLACK: Final = 120
_TAGS: Final = re.compile(r"<\s*(?:/\s*)?(?:donné|document|consigne|given|instruction)\b[^<>]*>", re.IGNORECASE)
_MARKS: Final = re.compile(_TAGS.pattern + r"|⟦…⟧|[⟦⟧]", re.IGNORECASE)
_TAG_NAMES: Final[dict[Language, tuple[str, str]]] = {"fr": ("donné", "consigne"), "en": ("given", "instruction")}
_LENGTH: Final[dict[Language, str]] = {"fr": "En {} mots au plus.", "en": "In at most {} words."}


@dataclass(frozen=True, slots=True)
class Drafter:
    """What is asked, of which model: the template, its parts with what was given in them, what was given."""

    template: Template
    parts: Sequence[Part]
    facts: Sequence[tuple[str, str]]
    ask: Ask
    attempts: int = 3
    characters: int = 16_000


async def write(one: Drafter, done: Mapping[int, Outcome], on_part: OnPart) -> dict[int, Outcome]:
    """Write every part that is not `done`; each goes to `on_part` once. Raises what `ask` raises."""
    outcomes = dict(done)
    for part in one.parts:
        if isinstance(part, ToWrite) and part.number not in outcomes:
            outcome = await _part(one, part, written(outcomes))
            outcomes[part.number] = outcome
            await on_part(part, outcome)
    return outcomes


def written(outcomes: Mapping[int, Outcome]) -> dict[int, str]:
    """Return the words of the parts that were written."""
    return {number: one.text for number, one in outcomes.items() if one.state == "written"}


async def _part(one: Drafter, part: ToWrite, before: Mapping[int, str]) -> Outcome:
    language = one.template.language
    document = filling.joined(one.parts, before, language, here=part.number)
    given = "\n".join(f"{label} : {words}" for label, words in one.facts)
    reasons: tuple[Reason, ...] = ()
    attempt = 0
    for attempt in range(1, one.attempts + 1):
        completion = await one.ask(_request(one, part, document, given, reasons))
        text = without_echo(_MARKS.sub("", checks.clean("", completion.text)).strip(), document)
        reasons = tuple(checks.judge_new(text, language, cut=completion.finish is Finish.LENGTH))
        if not reasons:
            text = typography.polish(text, language)
            return Outcome(part.number, "written", (Piece("text", text),), attempts=attempt)
    return Outcome(part.number, "kept", reasons=reasons, attempts=attempt)


def without_echo(text: str, document: str) -> str:
    """Return what was written without the paragraphs that the document has already: small models say it all again."""
    known = {words for one in document.split("\n\n") if (words := _words(one))}
    return "\n\n".join(one for one in text.split("\n\n") if _words(one) not in known).strip()


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _request(one: Drafter, part: ToWrite, document: str, given: str, refused: Sequence[Reason]) -> ChatRequest:
    language = one.template.language
    given_tag, asked_tag = _TAG_NAMES[language]
    instruction = part.instruction
    if part.words:
        instruction += "\n" + _LENGTH[language].format(part.words)
    if refused:
        instruction += "\n" + prompt.again(refused, language)
    asked = "\n".join(
        (
            f"<{given_tag}>\n{_MARKS.sub('', given)}\n</{given_tag}>",
            f"<document>\n{_around(_TAGS.sub('', document), one.characters)}\n</document>",
            f"<{asked_tag}>\n{instruction}\n</{asked_tag}>",
        )
    )
    tokens = round(part.words * _TOKENS_A_WORD) + _SLACK if part.words else _TOKENS
    return ChatRequest(
        (Message("system", prompt.read("draft", language)), Message("user", asked)),
        max_output_tokens=tokens,
        temperature=0.4 if refused else 0.2,
    )


def _around(document: str, characters: int) -> str:
    """Return the document, or what stands around the part when it is long."""
    if len(document) <= characters:
        return document
    place = document.find("⟦…⟧")
    start = max(0, place - characters * 3 // 4)
    return document[start : start + characters]
