"""The file tells the running configuration, in both languages and formats, and what to assess again when it changes."""

import io
import re
import zipfile
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from chatelet.destinations import DECLARERS
from chatelet.documents.composing.blocks import Grid, Heading, Language, plain
from chatelet.documents.composing.writing import write
from chatelet.inference.seeds import follow_file
from chatelet.kernel.database import Database
from chatelet.model_sections import BackendEntry, ModelEntry, ZoneEntry
from chatelet.policy.retention.kinds import BOUNDS, Kind
from chatelet.privacy.governance import facts, service
from chatelet.privacy.governance.anssi import assessed
from chatelet.privacy.governance.errors import FileVersionNotFound
from chatelet.privacy.governance.writing import Version, document
from chatelet.settings import Settings

_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def _settings(settings: Settings, **zone: Any) -> Settings:
    there = {"name": "Nuage", "country": "FR", "operator": "Hébergeur", "legal_reach": "FR"} | zone
    backend = BackendEntry(name="nuage", url="https://ia.exemple.fr/v1", zone=ZoneEntry(**there))
    model = ModelEntry(name="grand", backend="nuage", highest_level="restricted", categories=("personal", "health"))
    return settings.model_copy(update={"backends": (backend,), "models": (model,)})


async def _version(database: Database, settings: Settings) -> Version:
    async with database.transaction() as session:
        await follow_file(session, settings)
        made = await service.generate(session, settings, DECLARERS, actor=None)
        return await service.version_of(session, made.id)


async def test_first_version_tells_everything(database: Database, settings: Settings) -> None:
    version = await _version(database, _settings(settings))
    assert (version.number, version.before) == (1, None)
    for language in _LANGUAGES:
        composed = document(version, language)
        titles = [plain(one.words) for one in composed.blocks if isinstance(one, Heading) and one.level == 1]
        assert len(titles) == 7
        words = _all_words(composed.blocks)
        assert "{{" not in words
        assert "[[" not in words
        for told in ("grand", "Hébergeur", "ia.exemple.fr:443", "Observatoire", version.sha256, "R35"):
            assert told in words, told


async def test_both_formats_open(database: Database, settings: Settings) -> None:
    version = await _version(database, _settings(settings))
    composed = document(version, "fr")
    with zipfile.ZipFile(io.BytesIO(write(composed, "odt"))) as archive:
        assert "Fiche de registre" in " ".join(ET.fromstring(archive.read("content.xml")).itertext())
    with pypdfium2.PdfDocument(write(composed, "pdf")) as read:
        assert len(read) >= 7


async def test_it_says_what_would_make_it_high_risk_and_what_the_law_then_asks(
    database: Database, settings: Settings
) -> None:
    """TA-145: recruitment, benefits, grading, law enforcement; articles 26 and 27."""
    version = await _version(database, _settings(settings))
    expected: dict[Language, tuple[str, tuple[str, ...]]] = {
        "fr": ("Usages à haut risque", ("recrutement", "prestations", "notation", "répression", "contrôle humain",
               "Informer les représentants du personnel", "droits fondamentaux", "notifié à l’autorité")),
        "en": ("High-risk uses", ("recruitment", "benefits", "grading", "law enforcement", "human oversight",
               "Inform workers’ representatives", "fundamental rights", "notified to the market surveillance")),
    }  # fmt: skip
    for language, (title, told) in expected.items():
        blocks = document(version, language).blocks
        words = _all_words(blocks)
        assert any(isinstance(one, Heading) and plain(one.words).startswith(title) for one in blocks)
        part = words[words.index(title) :]
        assert [one for one in told if one not in part] == []
        grid = next(one for one in blocks if isinstance(one, Grid) and plain(one.rows[0][0]).startswith("26, 1"))
        articles = [plain(row[0]).split(",")[0] for row in grid.rows]
        assert set(articles) == {"26", "27"}
        assert f"{BOUNDS[Kind.JOURNAL].default}" in plain(grid.rows[3][1])


async def test_its_figures_are_those_of_a_new_installation(database: Database, settings: Settings) -> None:
    """TA-131: the register and the impact assessment say the delays and levels of the code's defaults."""
    version = await _version(database, settings)
    for language in _LANGUAGES:
        blocks = document(version, language).blocks
        words = _all_words(blocks)
        kept = {one.default for one in BOUNDS.values() if one.default}
        lasting = next(one for one in blocks if isinstance(one, Grid) and len(one.rows) == len(Kind))
        told = {int(found) for row in lasting.rows for found in re.findall(r"\d+", plain(row[1]))}
        assert told == kept
        backups, reading = settings.privacy.backup_days, settings.privacy.reading_days
        hours, idle = settings.security.session_hours, settings.security.session_idle_minutes
        forms = {"fr": ("en {} jours au plus", "date de fin ({} jours au plus)", "{} heures, {} minutes"),
                 "en": ("within {} days", "end date ({} days at most)", "{} hours, {} minutes")}[language]  # fmt: skip
        for form, figures in zip(forms, ((backups,), (reading,), (hours, idle)), strict=True):
            assert form.format(*figures) in words, form


async def test_nothing_changed_makes_no_version(database: Database, settings: Settings) -> None:
    first = await _version(database, _settings(settings))
    again = await _version(database, _settings(settings))
    assert (again.number, again.sha256) == (first.number, first.sha256)


async def test_a_change_says_what_to_assess_again(database: Database, settings: Settings) -> None:
    await _version(database, _settings(settings))
    changed = _settings(settings, legal_reach="US")
    async with database.transaction() as session:
        await follow_file(session, changed)
        pending = await service.versions(session, changed, DECLARERS)
    assert [(one.what, one.before, one.after) for one in pending.pending] == [
        ("models / grand / legal_reach", "FR", "US")
    ]
    assert pending.pending_parts == ["register", "dpia", "ai_act", "flows", "anssi"]
    version = await _version(database, changed)
    words = _all_words(document(version, "fr").blocks)
    assert "hors de l’Union européenne pour\u202f: grand" in words
    assert "models / grand / legal_reach" in words


@pytest.mark.parametrize(("qualifications", "status"), [((), "uncovered"), (("secnumcloud",), "covered")])
async def test_recommendations_follow_the_configuration(
    database: Database, settings: Settings, qualifications: tuple[str, ...], status: str
) -> None:
    version = await _version(database, _settings(settings, qualifications=qualifications))
    for language in _LANGUAGES:
        found = {one.number: one for one in assessed(version.facts, language)}
        assert list(found) == [f"R{number}" for number in range(1, 36)]
        assert (found["R14"].status, found["R34"].status) == (status, status)
        assert ("grand" in found["R14"].proof) is (status == "uncovered")


async def test_a_detector_switched_off_is_told(database: Database, settings: Settings) -> None:
    policy = settings.policy.model_copy(update={"detectors": ("pii",)})
    version = await _version(database, _settings(settings).model_copy(update={"policy": policy}))
    told = {one.number: one for one in assessed(version.facts, "en")}["R25"]
    assert told.status == "uncovered"
    assert "markings" in told.proof


async def test_facts_hold_no_path_nor_secret(database: Database, settings: Settings) -> None:
    version = await _version(database, _settings(settings))
    assert str(settings.data_dir) not in facts.canonical(version.facts).decode()


async def test_an_unknown_version_is_not_found(database: Database) -> None:

    async with database.transaction() as session:
        with pytest.raises(FileVersionNotFound):
            await service.version_of(session, uuid4())


def _all_words(blocks: Any) -> str:
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            told += [plain(cell) for row in (block.header, *block.rows) for cell in row]
        elif hasattr(block, "words"):
            told.append(plain(block.words))
        elif hasattr(block, "items"):
            told += [plain(one) for one in block.items]
    return "\n".join(told)
