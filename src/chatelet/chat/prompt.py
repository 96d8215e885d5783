"""Prompts: files under review, one per purpose and language, read once. They hold no secret (TA-052).

The system prompt is constant but for the institution's name and the date, so that a model server keeps its prefix in
cache.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

from chatelet.chat.language import Language
from chatelet.inference.exchange import Message
from chatelet.kernel import clock

OwnPurpose = Literal["title", "summary"]
Purpose = Literal["system"] | OwnPurpose

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def system_message(language: Language, institution: str) -> Message:
    """Return the first message of every request."""
    words = read("system", language).replace("{name}", institution)
    return Message("system", f"{words}\n{_today(language)}")


@cache
def read(purpose: Purpose, language: Language) -> str:
    """Return a prompt file."""
    return (files("chatelet.chat") / "prompts" / f"{purpose}.{language}.md").read_text("utf-8").strip()


def _today(language: Language) -> str:
    today = clock.now()
    if language == "fr":
        return f"Nous sommes le {today.day} {_MONTHS[today.month - 1]} {today.year}."
    return f"Today is {today:%d %B %Y}."
