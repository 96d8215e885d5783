"""The model charter that ships with the product, in both languages: proposed, never published by itself (TA-131).

What it says of levels and delays comes from the settings and the retention matrix of this installation: it never says
otherwise than the code does.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from chatelet.adoption.charter.schemas import CharterTexts
from chatelet.identity.principal import Language
from chatelet.policy.retention import service as retention
from chatelet.policy.retention.kinds import BOUNDS, Kind
from chatelet.settings import Settings

_LEVELS: Final[dict[Language, dict[str, str]]] = {
    "fr": {
        "public": "Public",
        "internal": "Interne",
        "restricted": "Sensible",
        "diffusion_restreinte": "Diffusion restreinte",
    },
    "en": {
        "public": "Public",
        "internal": "Internal",
        "restricted": "Sensitive",
        "diffusion_restreinte": "Diffusion restreinte",
    },
}


Kept = Mapping[Kind, int | None]
_DEFAULTS: Final[Kept] = {kind: bounds.default for kind, bounds in BOUNDS.items()}
_KEPT: Final[dict[Language, tuple[str, str]]] = {
    "fr": (
        "{days} jours sans activité au plus, moins si votre unité ou vous-même en décidez, ou jusqu’à ce que vous les"
        " supprimiez",
        "jusqu’à ce que vous les supprimiez",
    ),
    "en": (
        "for {days} days without activity at most, less if your unit or you so decide, or until you delete them",
        "until you delete them",
    ),
}


async def kept_now(session: AsyncSession) -> Kept:
    """Return how many days each kind is kept, for the whole institution."""
    return {one.kind: one.days for one in (await retention.matrix(session)).items}


def model_texts(settings: Settings, kept: Kept) -> CharterTexts:
    """Return the model charter of this installation."""
    return CharterTexts(fr=model_text("fr", settings, kept), en=model_text("en", settings, kept))


def model_text(language: Language, settings: Settings, kept: Kept = _DEFAULTS) -> str:
    """Return the model charter in one language, with the institution's name and its own figures."""
    limited, unlimited = _KEPT[language]
    days = kept[Kind.CONVERSATIONS]
    told = {"kept": limited.format(days=days) if days else unlimited, "journal": str(kept[Kind.JOURNAL])}
    level = settings.policy.highest_level
    highest = settings.policy.called(level, language) or _LEVELS[language][level]
    written = _read(language).replace("{name}", settings.institution_name).replace("{highest}", highest)
    for name, value in {"undo": str(settings.chat.undo_seconds), **told}.items():
        written = written.replace("{" + name + "}", value)
    return written


@cache
def _read(language: Language) -> str:
    return (files("chatelet.adoption.charter") / "models" / f"charter.{language}.md").read_text("utf-8").strip()
