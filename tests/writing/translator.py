"""A model that translates by a rule, so that tests know what is right: each word gets the mark of the target language.

It answers over real HTTP as the scripted server does; `faults` maps a fragment of a segment to how it goes wrong there,
for as many answers as told.
"""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.model_server import ModelServer, Script

SEGMENT = re.compile(r"<s(\d+)>(.*?)</s\1>", re.DOTALL)
FRENCH = (
    "Le comité a donc examiné avec attention la demande qui lui avait été présentée par les services de la direction"
)
ENGLISH = "The committee has therefore carefully considered the request that was made to it by the services"
Fault = Callable[[str, str], str]


def english(text: str) -> str:
    """Write English of the same length: the words of our own, with the tokens, figures and marks where they were."""
    pool = ENGLISH.split()
    negated = re.search(r"\b(?:ne|n['’])\s?\w+ (?:pas|jamais|plus)\b|\bsans\b", text) is not None
    count = 0

    def word(match: re.Match[str]) -> str:
        nonlocal count
        found = match[0]
        count += 1
        if negated and count == 2:
            return "not"
        if found in {"euros", "km", "kg"}:
            return found
        chosen = pool[(count - 1) % len(pool)]
        return chosen.capitalize() if found[:1].isupper() else chosen.lower()

    written = re.sub(r"(?<![⟦/\d])\b[^\W\d_][\w’'-]*", word, text)
    return re.sub(r"(\d),(\d)", r"\1.\2", written).replace("\u202f", " ")


@dataclass
class Translator(ModelServer):
    """Answers each request segment by segment."""

    faults: dict[str, list[Fault]] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"

    def script_for(self, body: dict[str, Any]) -> Script:
        asked = str(body["messages"][-1]["content"])
        segments = SEGMENT.findall(asked)
        if not segments:
            return super().script_for(body)
        said = [self._one(number, text) for number, text in segments]
        return replace(self.default, say="\n".join(said))

    def _one(self, number: str, text: str) -> str:
        written = next((said for fragment, said in self.says.items() if fragment in text), None)
        answer = f"<s{number}>{english(text) if written is None else written}</s{number}>"
        for fragment, faults in self.faults.items():
            if fragment in text and faults:
                return faults.pop(0)(answer, text)
        return answer

    def asked(self, fragment: str) -> list[str]:
        """Return the requests whose segments held `fragment`."""
        bodies = [str(one.body["messages"][-1]["content"]) for one in self.exchanges]
        return [body for body in bodies if fragment in body]


@asynccontextmanager
async def running(**given: Any) -> AsyncIterator[Translator]:
    server = Translator(**given)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
