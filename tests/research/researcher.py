"""A model that researches by rules: what it writes for each kind of prompt is chosen by the test."""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.model_server import ModelServer, Script

_PROMPTS = {
    "Prépare une recherche": "plan",
    "Prends des notes": "notes",
    "Compare ces passages": "conflicts",
    "Rédige un à trois": "section",
    "Résume en un paragraphe": "summary",
    "Voici ce qu'une recherche": "proposals",
}
_PASSAGE = re.compile(r'<passage number="(\d+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_SENTENCE = re.compile(r"[^.\n]*\b(?:délai|durée|période)\b[^.\n]*\.")


def kind_of(question: str) -> str:
    return next((kind for words, kind in _PROMPTS.items() if words in question), "other")


def passages_of(question: str) -> list[tuple[int, str]]:
    return [(int(number), text) for number, text in _PASSAGE.findall(question)]


def noted(question: str) -> str:
    """Copy the first sentence that speaks of a period, of each passage."""
    found = [sentence[0].strip() for _number, text in passages_of(question) if (sentence := _SENTENCE.search(text))]
    return json.dumps({"notes": [{"quote": one, "told": one} for one in found]}, ensure_ascii=False)


def reported(question: str) -> str:
    found = [(number, _SENTENCE.search(text)) for number, text in passages_of(question)]
    return " ".join(f"{sentence[0].strip()[:-1]} [{number}]." for number, sentence in found if sentence)


def planned(*items: tuple[str, list[tuple[str, str]]]) -> str:
    told = [
        {"question": question, "queries": [{"where": where, "words": words} for where, words in queries]}
        for question, queries in items
    ]
    return json.dumps({"items": told}, ensure_ascii=False)


PLAN = planned(
    ("Quel est le délai de conservation des factures ?", [("web", "conservation factures délai")]),
    ("Quel est le délai pour les bons de commande ?", [("web", "bons de commande délai")]),
)


@dataclass
class Researcher(ModelServer):
    """`writes` gives what is written for a kind of prompt: a text, or a function of the prompt."""

    writes: dict[str, str | Callable[[str], str]] = field(default_factory=dict)

    def reset(self) -> None:
        self.exchanges.clear()
        self.default = Script()
        self.writes = {
            "plan": PLAN,
            "notes": noted,
            "section": reported,
            "summary": reported,
            "conflicts": '{"pairs": []}',
            "proposals": '{"queries": []}',
        }

    def asked(self, kind: str) -> list[str]:
        """The prompts of a kind that were received."""
        said = [str(one.body["messages"][-1]["content"]) for one in self.exchanges if "messages" in one.body]
        return [one for one in said if kind_of(one) == kind]

    def script_for(self, body: dict[str, Any]) -> Script:
        question = str(body["messages"][-1]["content"])
        made = self.writes.get(kind_of(question))
        if made is None:
            return super().script_for(body)
        return replace(self.default, say=made if isinstance(made, str) else made(question))


@asynccontextmanager
async def running() -> AsyncIterator[Researcher]:
    server = Researcher()
    server.reset()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
