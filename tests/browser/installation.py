"""The installation that screens are shown from: three models in three places, one model server that tells what it is told."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.fakes.model_server import ModelServer, Script
from tests.journeys.service import Service, installation

MODEL = "Modèle d’essai"
FAR_MODEL = "Modèle lointain"
ABSENT_MODEL = "Modèle absent"
TITLE = "Conversation d’essai"

_CONFIG = """
[[backends]]
name = "scripted"
url = "{url}"
connect_seconds = 2
first_token_seconds = 30
between_tokens_seconds = 3
zone = {{ name = "Salle des machines", country = "FR", operator = "Institution", legal_reach = "FR" }}

[[backends]]
name = "far"
url = "{url}"
zone = {{ name = "Nuage", country = "US", operator = "Nuage & Cie", legal_reach = "US" }}

[[backends]]
name = "absent"
url = "http://127.0.0.1:{absent}/v1"
connect_seconds = 1
zone = {{ name = "Cave", country = "DE", operator = "Institut", legal_reach = "EU" }}

[[models]]
name = "scripted"
backend = "scripted"
display_name = "Modèle d’essai"
description_fr = "Pour le travail courant."
description_en = "For everyday work."
context_tokens = 8192
highest_level = "restricted"
categories = ["personal", "health"]
no_training = true
log_delay_days = 0
price_input = 50.0
price_output = 90.0
active_parameters_billions = 24
default = true

[[models]]
name = "far"
backend = "far"
upstream = "scripted"
display_name = "Modèle lointain"
context_tokens = 8192
highest_level = "internal"

[[models]]
name = "absent"
backend = "absent"
display_name = "Modèle absent"
context_tokens = 8192
highest_level = "restricted"
"""


@dataclass
class Narrator(ModelServer):
    """Also tells a text named in the question, at the pace that the question's directive asks for."""

    texts: dict[str, str] = field(default_factory=dict)

    def script_for(self, body: dict[str, Any]) -> Script:
        script = super().script_for(body)
        question = next((str(m["content"]) for m in reversed(body["messages"]) if m["role"] == "user"), "")
        return next((replace(script, say=text) for name, text in self.texts.items() if name in question), script)


@asynccontextmanager
async def running_narrator() -> AsyncIterator[Narrator]:
    narrator = Narrator(answers={"Donne un titre": TITLE, "Give this conversation a title": TITLE})
    await narrator.start()
    try:
        yield narrator
    finally:
        await narrator.stop()


@contextmanager
def furnished(narrator: Narrator, absent_port: int, **environment: str) -> Iterator[Service]:
    """Give an installation, not yet started, that offers the three models; nobody listens at `absent_port`."""
    with installation(narrator.url, **environment) as service:
        config = Path(service.environment["CHATELET_CONFIG"])
        config.write_text(_CONFIG.format(url=narrator.url, absent=absent_port))
        yield service
