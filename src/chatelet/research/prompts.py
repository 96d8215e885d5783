"""The prompts of research: files under review. What was read is told as data, between tags that nothing can close."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from chatelet.chat.language import Language
from chatelet.chat.offered import Offered, Origin
from chatelet.chat.prompt import told_as_data
from chatelet.evidence.passage import Passage
from chatelet.research.sealed import Note, Source

Purpose = Literal["plan", "notes", "conflicts", "section", "overview", "proposals"]
_AROUND: Final = 350  # characters of the source on each side of a note's words
_ASKED: Final = {"fr": "Question", "en": "Question"}


@cache
def read(purpose: Purpose, language: Language) -> str:
    """Return a prompt file."""
    return (files("chatelet.research") / "prompts" / f"{purpose}.{language}.md").read_text("utf-8").strip()


def asked(purpose: Purpose, language: Language, question: str, *told: str) -> str:
    """Return a prompt: what it is asked from, as data, the instructions, then the question."""
    data = "\n".join(told)
    sources = f"<sources>\n{data}\n</sources>\n\n" if data else ""
    return f"{sources}{read(purpose, language)}\n\n{_ASKED[language]}: {question}"


def offered(source: Source, passage: Passage) -> Offered:
    """Return a passage with where it is from; its address is never shown to a model."""
    page = source.page
    origin = Origin(page.site, page.tier, page.published) if source.where != "bases" else None
    return Offered(passage, page.title or page.site, origin)


def as_data(told: Sequence[Offered]) -> list[str]:
    """Return passages between their tags."""
    return [told_as_data(one) for one in told]


def passage_of(source: Source, note: Note, number: int) -> Passage:
    """Return the words of a note with what stands around them, cut at spaces, as a passage to cite."""
    text = source.page.text
    start, end = max(0, note.start - _AROUND), min(len(text), note.end + _AROUND)
    while start > 0 and not text[start - 1].isspace() and start < note.start:
        start += 1
    while end < len(text) and not text[end].isspace() and end > note.end:
        end -= 1
    return Passage(text[start:end], snapshot_id=source.id, number=number, offset=start)
