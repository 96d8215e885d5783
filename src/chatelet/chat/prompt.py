"""Prompts: files under review, one per purpose and language, read once. They hold no secret (TA-052).

The system prompt is constant but for the institution's name and the date, so that a model server keeps its prefix in
cache.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from chatelet.chat.language import Language
from chatelet.chat.offered import Offered
from chatelet.inference.exchange import Message
from chatelet.kernel import clock
from chatelet.kernel.tags import disarmed

OwnPurpose = Literal["title", "summary"]
Lacking = Literal["nothing", "nothing_web", "nothing_works"]
Purpose = Literal["system", "sources", "sources_small"] | Lacking | OwnPurpose
_TAGS: Final = ("passage", "sources")

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def system_message(language: Language, institution: str) -> Message:
    """Return the first message of every request."""
    words = read("system", language).replace("{name}", institution)
    return Message("system", f"{words}\n{_today(language)}")


def with_sources(
    question: str, sources: Sequence[Offered], language: Language, *, small: bool, lacking: Lacking = "nothing"
) -> str:
    """Return the question with its sources before it, each between tags that nothing in them can close (TA-040).

    They are data in the person's message, never in the system's: where each comes from is said by its tag. A `small`
    model is not asked for numbers, which it would write instead of sentences: the machine finds the passages itself.
    No address of the web is shown to it: it has none to write. `lacking`: where nothing was found.
    """
    if not sources:
        return f"{read(lacking, language)}\n\n{question}"
    told = "\n".join(told_as_data(one) for one in sources)
    return f"<sources>\n{told}\n</sources>\n\n{read('sources_small' if small else 'sources', language)}\n\n{question}"


def told_as_data(one: Offered) -> str:
    """Return a passage between tags that nothing in it can close, with where it is from."""
    page = f' page="{one.passage.page}"' if one.passage.page else ""
    text = disarmed(one.passage.text, *_TAGS)
    return f'<passage number="{one.passage.number}" {_provenance(one)}{page}>\n{text}\n</passage>'


def _provenance(one: Offered) -> str:
    if one.published is not None:
        told = f'publication="{_told(one.name)}" authors="{_told(one.published.authors)}"'
        told += f' status="{one.published.status}"'
        return f'{told} year="{one.published.year}"' if one.published.year else told
    if one.origin is None:
        return f'document="{_told(one.name)}"'
    told = f'web="{_told(one.origin.site)}" kind="{one.origin.tier}" title="{_told(one.name)}"'
    return f'{told} date="{one.origin.published}"' if one.origin.published else told


def _told(name: str) -> str:
    return disarmed(name, *_TAGS).replace('"', "'").replace("\n", " ")


@cache
def read(purpose: Purpose, language: Language) -> str:
    """Return a prompt file."""
    return (files("chatelet.chat") / "prompts" / f"{purpose}.{language}.md").read_text("utf-8").strip()


def _today(language: Language) -> str:
    today = clock.now()
    if language == "fr":
        return f"Nous sommes le {today.day} {_MONTHS[today.month - 1]} {today.year}."
    return f"Today is {today:%d %B %Y}."
