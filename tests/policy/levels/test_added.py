"""An institution adds levels at places whose rank is known: nothing stored changes its meaning, none in use is lost."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from pydantic import BaseModel, ValidationError
from sqlalchemy import text

from chatelet.audit.vocabulary import Level as LevelCode
from chatelet.kernel.database import Database
from chatelet.policy.clearance import Replacement, clear, clear_replaced
from chatelet.policy.levels import service
from chatelet.policy.levels.declared import DeclaredLevel
from chatelet.policy.levels.errors import LevelInUse
from chatelet.policy.sensitivity import SHIPPED, Label, Level
from chatelet.sections import LevelName
from chatelet.settings import PolicySettings, Settings

NAMED = {"restricted_2": {"fr": "Renforcé", "en": "Reinforced"}}
MODEL = {"name": "m", "backend": "b", "highest_level": "restricted_2"}
BACKEND = {
    "name": "b",
    "url": "http://127.0.0.1:1/v1",
    "zone": {"name": "Z", "country": "FR", "operator": "O", "legal_reach": "FR"},
}


def settings(folder: Path, **written: Any) -> Settings:
    return Settings.model_validate({"data_dir": folder, **written})


def test_the_order_is_that_of_the_settings_and_of_the_journal() -> None:
    assert list(Level) == list(LevelName.__args__)
    assert [level.rank for level in Level] == sorted(level.rank for level in Level)
    for level in Level:
        msgspec.convert(level.value, LevelCode)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("restricted_4", LevelCode)


def test_a_place_is_between_its_neighbours() -> None:
    assert Level.RESTRICTED_2.covers(Level.RESTRICTED)
    assert not Level.RESTRICTED_2.covers(Level.RESTRICTED_3)
    assert Level.DIFFUSION_RESTREINTE.covers(Level.RESTRICTED_3)
    assert Level.DIFFUSION_RESTREINTE_1.covers(Level.DIFFUSION_RESTREINTE)
    joined = Label(Level.RESTRICTED_2).join(Label(Level.RESTRICTED))
    assert joined.level is Level.RESTRICTED_2


def test_a_level_above_diffusion_restreinte_is_not_lowered_by_replacing_names() -> None:
    held = Label(Level.DIFFUSION_RESTREINTE_1)
    clearance = clear(uuid4(), held, ceiling=Level.DIFFUSION_RESTREINTE_1)
    left = clear_replaced(clearance, Label(Level.INTERNAL), Replacement(Level.INTERNAL, frozenset()))
    assert left.label.level is Level.DIFFUSION_RESTREINTE_1


def test_a_name_adds_the_level(tmp_path: Path) -> None:
    policy = {"level_names": NAMED, "highest_level": "restricted_2", "default_level": "restricted_2"}
    found = settings(tmp_path, policy=policy, backends=[BACKEND], models=[MODEL])
    assert found.policy.levels == ("public", "internal", "restricted", "restricted_2", "diffusion_restreinte")
    assert found.policy.called("restricted_2", "en") == "Reinforced"
    assert PolicySettings().levels == tuple(level.value for level in Level if level in SHIPPED)


@pytest.mark.parametrize(
    "written",
    [
        {"policy": {"highest_level": "restricted_2"}},
        {"policy": {"default_level": "internal_1"}},
        {"policy": {"pseudonyms": {"lowest_level": "public_3"}}},
        {"search": {"highest_level": "internal_1"}},
        {"backends": [BACKEND], "models": [MODEL]},
        {"policy": {"level_names": NAMED, "highest_level": "restricted", "default_level": "restricted_2"}},
    ],
)
def test_settings_that_name_an_empty_place_are_refused(tmp_path: Path, written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"level_names|above"):
        settings(tmp_path, **written)


def test_a_body_names_declared_levels_only() -> None:
    class Body(BaseModel):
        level: DeclaredLevel

    assert Body(level=Level.RESTRICTED).level is Level.RESTRICTED
    with pytest.raises(ValidationError, match="one of public, internal, restricted, diffusion_restreinte"):
        Body(level=Level.RESTRICTED_2)


async def keep(database: Database, *added: str) -> None:
    async with database.transaction() as session:
        await service.keep(session, (*SHIPPED, *added))


async def told(database: Database) -> list[tuple[str, str]]:
    async with database.transaction() as session:
        found = text("SELECT name, object_id FROM journal_events WHERE name LIKE 'level.%ed' ORDER BY id")
        return [(name, level) for name, level in await session.execute(found) if "_" in level]


async def test_what_is_added_is_remembered_and_taken_away_only_when_free(
    database: Database, owner_database: Database
) -> None:
    await keep(database, "restricted_2", "public_1")
    await keep(database, "restricted_2", "public_1")
    assert sorted(await told(database)) == [("level.added", "public_1"), ("level.added", "restricted_2")]
    rules = '{"*": {"highest_level": "restricted_2"}}'
    version = uuid4()
    async with owner_database.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO policy_versions (id, number, state, rules, sha256, written_at)"
                " VALUES (:id, 999, 'draft', CAST(:rules AS jsonb), 'x', now())"
            ),
            {"id": version, "rules": rules},
        )
    with pytest.raises(LevelInUse) as refused:
        await keep(database, "public_1")
    assert refused.value.params == {"level": "restricted_2", "tables": "policy_versions"}
    async with owner_database.transaction() as session:
        await session.execute(text("DELETE FROM policy_versions WHERE id = :id"), {"id": version})
    await keep(database)
    assert sorted(await told(database))[2:] == [("level.removed", "public_1"), ("level.removed", "restricted_2")]
