"""The model charter says what the code does (TA-131): levels, delays, who may read, in both languages."""

import re
from pathlib import Path

import pytest

from chatelet.adoption.charter.model import model_text
from chatelet.identity.principal import Language
from chatelet.policy.retention.kinds import BOUNDS, Kind
from chatelet.settings import ChatSettings, PolicySettings, Settings

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


@pytest.mark.parametrize("language", _LANGUAGES)
def test_its_figures_are_those_of_a_new_installation(language: Language, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    told = model_text(language, settings)
    kept = told[told.index({"fr": "## Ce qui est conservé", "en": "## What is kept"}[language]) :]
    figures = {int(found) for found in re.findall(r"\d+", kept)}
    assert figures == {
        BOUNDS[Kind.CONVERSATIONS].default, BOUNDS[Kind.JOURNAL].default, settings.chat.undo_seconds,
    }  # fmt: skip
    assert "{" not in told


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_the_institution_changes_changes_it(language: Language, tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        institution_name="Observatoire",
        chat=ChatSettings(undo_seconds=41),
        policy=PolicySettings(highest_level="internal"),
    )
    kept = {**{kind: bounds.default for kind, bounds in BOUNDS.items()}, Kind.CONVERSATIONS: 97, Kind.JOURNAL: 203}
    told = model_text(language, settings, kept)
    for said in ("Observatoire", "41", "97", "203", {"fr": "« Interne »", "en": "Internal"}[language]):
        assert said in told.replace("\u202f", " ").replace("\u00a0", " "), said
    free = model_text(language, settings, kept | {Kind.CONVERSATIONS: None})
    assert {"fr": "gardées jusqu’à ce que vous", "en": "kept until you delete"}[language] in free


@pytest.mark.parametrize("language", _LANGUAGES)
def test_it_allows_forbids_and_tells_who_may_read(language: Language, tmp_path: Path) -> None:
    told = model_text(language, Settings(data_dir=tmp_path))
    for title, least in zip(
        {"fr": ("Ce que vous pouvez faire", "Ce qui est interdit"), "en": ("What you may do", "What is forbidden")}[
            language
        ],
        (5, 6),
        strict=True,
    ):
        part = told.split(f"## {title}\n")[1].split("\n## ")[0]
        assert part.count("\n- ") >= least, title
    assert {"fr": "deux personnes, un motif", "en": "two persons, a reason"}[language] in told
