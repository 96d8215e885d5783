"""An institution calls its levels as it likes: what is stored, compared and refused stays the same."""

from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import ValidationError

from chatelet.adoption.charter.model import model_text
from chatelet.identity.api import _session_out
from chatelet.identity.principal import Principal
from chatelet.identity.rights import Rights
from chatelet.kernel import clock
from chatelet.privacy.governance.facts import _settings
from chatelet.settings import PolicySettings, Settings

RENAMED = {"restricted": {"fr": "C2 – Confidentiel", "en": "C2 – Confidential", "about_fr": "Dossiers en cours."}}


def settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, policy=PolicySettings.model_validate({"level_names": RENAMED}))


def test_the_page_is_told_the_names(tmp_path: Path) -> None:
    rights = Rights(frozenset(), {})
    principal = Principal(uuid4(), uuid4(), rights, frozenset(), "fr", "Ada", "ada@exemple.fr", clock.now())
    told = _session_out(principal, settings(tmp_path)).level_names
    assert told["restricted"].name == {"fr": "C2 – Confidentiel", "en": "C2 – Confidential"}
    assert told["restricted"].about == {"fr": "Dossiers en cours.", "en": None}
    assert set(told) == {"restricted"}


def test_the_charter_and_the_file_say_them(tmp_path: Path) -> None:
    assert "C2 – Confidentiel" in model_text("fr", settings(tmp_path))
    assert "C2 – Confidential" in model_text("en", settings(tmp_path))
    assert "Sensible" in model_text("fr", Settings(data_dir=tmp_path))
    assert _settings(settings(tmp_path))["level_names"]["restricted"]["en"] == "C2 – Confidential"
    assert "level_names" not in _settings(Settings(data_dir=tmp_path))


@pytest.mark.parametrize(
    "written",
    [
        {"secret": {"fr": "Secret", "en": "Secret"}},
        {"public": {"fr": "Ouvert", "en": "Open"}, "internal": {"fr": "ouvert", "en": "Inside"}},
        {"public": {"fr": "{level}", "en": "Open"}},
        {"public": {"fr": "", "en": "Open"}},
    ],
)
def test_what_could_not_be_told_apart_is_refused(written: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValidationError):
        PolicySettings.model_validate({"level_names": written})
