"""A summary of hundreds of pages: notes of every part, notes of notes while they are too long, then the form asked for.

    passages -> groups -> notes of each group, checked ─> too long? notes of notes ─> the form, checked ─> Markdown

Every sentence that is kept is held by a passage of the documents; what none holds is left out and counted. Nothing
comes from outside.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from chatelet.evidence.passage import Passage
from chatelet.inference.exchange import ChatRequest, Message
from chatelet.writing import typography
from chatelet.writing.checks import clean
from chatelet.writing.errors import NothingToWrite
from chatelet.writing.prompt import PromptLanguage
from chatelet.writing.summary.checking import Checked, check
from chatelet.writing.summary.sources import Source, groups
from chatelet.writing.trying import Ask

_NOTE_TOKENS: Final = 700
_FORM_TOKENS: Final = 1_800
_MOST_ROUNDS: Final = 4
OnGroup = Callable[[int, int], Awaitable[None]]  # groups done, groups in all


class Form(StrEnum):
    """What a summary looks like."""

    THREE_LINES = "three-lines"
    PAGE = "page"
    NOTE = "note"
    KEY_POINTS = "key-points"
    DECISIONS = "decisions"
    CHRONOLOGY = "chronology"
    COMPARISON = "comparison"


class Coverage(msgspec.Struct, frozen=True):
    """How much of a document a summary rests on; `read` passages were all given to the model."""

    name: str
    passages: int
    read: int
    cited: int
    pages: int
    cited_pages: tuple[int, ...]


class Summary(msgspec.Struct, frozen=True):
    """The text in Markdown, and what it rests on. `dropped` sentences had no passage to hold them."""

    text: str
    statements: int
    dropped: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    calls: int


@dataclass(frozen=True, slots=True)
class Summariser:
    """What is asked of a model: `characters` of passages at once, `parallel` groups at a time."""

    ask: Ask
    form: Form
    language: PromptLanguage
    characters: int = 6_000
    parallel: int = 4


async def summarise(one: Summariser, sources: Sequence[Source], on_group: OnGroup) -> Summary:
    """Return the summary of documents. Raises `NothingToWrite`, and what `ask` raises."""
    passages = [passage for source in sources for passage in source.passages]
    if not passages:
        raise NothingToWrite
    todo = list(groups(passages, one.characters))
    notes = await _noted(one, todo, on_group)
    calls = len(todo)
    for _ in range(_MOST_ROUNDS):
        if len(notes) <= one.characters:
            break
        parts = _halves(notes, one.characters)
        shorter = await asyncio.gather(*(_ask(one, "summary_notes", part, _NOTE_TOKENS) for part in parts))
        notes = "\n".join(check(text, passages).text for text in shorter)
        calls += len(parts)
    answer = await _ask(one, f"summary_{one.form.replace('-', '_')}", notes, _FORM_TOKENS)
    checked = check(answer, passages)
    if not checked.held and notes.strip():
        checked = check(notes, passages)  # the form said nothing that holds: the notes themselves, which do
    text = _linked(typography.polish(checked.text, one.language), sources, one.language)
    return Summary(text, checked.held, checked.dropped, _coverage(sources, checked), calls + 1)


async def _noted(one: Summariser, todo: Sequence[Sequence[Passage]], on_group: OnGroup) -> str:
    """Return the notes of every group, in order, each checked against its own passages."""
    notes: list[str] = [""] * len(todo)
    places = iter(range(len(todo)))
    done = 0

    async def work() -> None:
        nonlocal done
        for place in places:
            told = "\n".join(f"[{passage.number}] {' '.join(passage.text.split())}" for passage in todo[place])
            checked = check(await _ask(one, "summary_notes", told, _NOTE_TOKENS), todo[place])
            notes[place] = checked.text
            done += 1
            await on_group(done, len(todo))

    async with asyncio.TaskGroup() as group:
        for _ in range(min(one.parallel, len(todo))):
            group.create_task(work())
    return "\n".join(note for note in notes if note)


async def _ask(one: Summariser, purpose: str, told: str, tokens: int) -> str:
    asked = (Message("system", read(purpose, one.language)), Message("user", f"<passages>\n{told}\n</passages>"))
    completion = await one.ask(ChatRequest(asked, max_output_tokens=tokens, temperature=0.1))
    return clean(told, completion.text)


def _halves(notes: str, characters: int) -> list[str]:
    parts: list[str] = [""]
    for line in notes.split("\n"):
        if len(parts[-1]) + len(line) > characters and parts[-1]:
            parts.append("")
        parts[-1] += line + "\n"
    return parts


def _linked(text: str, sources: Sequence[Source], language: PromptLanguage) -> str:
    """Put the page, and the document when there are several, in the place of each number."""
    page_word = "p. "
    for source in sources:
        for passage in source.passages:
            where = (
                f"{page_word}{passage.page}" if passage.page else f"§ {passage.number - source.passages[0].number + 1}"
            )
            told = f"({source.name}, {where})" if len(sources) > 1 else f"({where})"
            text = text.replace(f"[{passage.number}]", told)
    return text + ("\n" if language else "")


def _coverage(sources: Sequence[Source], checked: Checked) -> tuple[Coverage, ...]:
    found: list[Coverage] = []
    for source in sources:
        cited = [passage for passage in source.passages if passage.number in checked.used]
        pages = tuple(sorted({passage.page for passage in cited if passage.page}))
        found.append(Coverage(source.name, len(source.passages), len(source.passages), len(cited), source.pages, pages))
    return tuple(found)


@cache
def read(purpose: str, language: PromptLanguage) -> str:
    """Return a prompt file, with the rules that every one of them shares."""
    folder = files("chatelet.writing") / "prompts"
    rules = (folder / f"summary_rules.{language}.md").read_text("utf-8").strip()
    return f"{(folder / f'{purpose}.{language}.md').read_text('utf-8').strip()}\n{rules}"
