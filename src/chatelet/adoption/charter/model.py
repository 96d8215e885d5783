"""The model charter that ships with the product, in both languages: proposed, never published by itself (TA-131).

What it says of levels and delays comes from the settings of this installation, so that it never says otherwise than
the code does.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from chatelet.adoption.charter.schemas import CharterTexts
from chatelet.identity.principal import Language
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


def model_texts(settings: Settings) -> CharterTexts:
    """Return the model charter of this installation."""
    return CharterTexts(fr=model_text("fr", settings), en=model_text("en", settings))


def model_text(language: Language, settings: Settings) -> str:
    """Return the model charter in one language, with the institution's name and its own figures."""
    level = settings.policy.highest_level
    highest = settings.policy.called(level, language) or _LEVELS[language][level]
    written = _read(language).replace("{name}", settings.institution_name).replace("{highest}", highest)
    return written.replace("{undo}", str(settings.chat.undo_seconds))


@cache
def _read(language: Language) -> str:
    return (files("chatelet.adoption.charter") / "models" / f"charter.{language}.md").read_text("utf-8").strip()
