"""What is asked and given trains no model, and no option says otherwise (TA-132)."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from chatelet.migrations.tables import METADATA
from chatelet.settings import Settings
from tests.architecture.sources import PACKAGE, ROOT, imports_of, python_files

_TRAINS = re.compile(r"(?i)train|fine.?tun|finetun|rlhf|lora\b|distil(?!led)|reward.?model|learn_from|improve_model")
_PROMISE = {"no_training"}  # what the operator of a model commits to; nothing that this product does
_TRAINERS = {"transformers", "torch", "trl", "peft", "tensorflow", "keras", "accelerate", "deepspeed", "unsloth"}


def _named(kind: Any, seen: set[type]) -> Iterator[str]:
    for name, field in kind.model_fields.items():
        yield name
        for inside in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(inside, type) and issubclass(inside, BaseModel) and inside not in seen:
                seen.add(inside)
                yield from _named(inside, seen)


def test_no_setting_route_field_or_column_trains() -> None:
    written = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text("utf-8"))
    fields = {name for one in written["components"]["schemas"].values() for name in one.get("properties", {})}
    columns = {f"{table}.{column.name}" for table, held in METADATA.tables.items() for column in held.columns}
    named = {*written["paths"], *fields, *columns, *_named(Settings, set())}
    assert len(named) > 1_000
    assert {one.rpartition(".")[2] for one in named if _TRAINS.search(one)} == _PROMISE


def test_no_command_trains() -> None:
    told = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert [line for line in told.splitlines() if _TRAINS.search(line)] == []


def test_nothing_that_trains_is_a_dependency_of_the_service() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.split(r"[\[<>=~ ;]", one, maxsplit=1)[0].lower() for one in needed} & _TRAINERS == set()
    imported = {name.split(".")[0] for path in python_files("src") for name, _line in imports_of(path)}
    assert imported & _TRAINERS == set()


def test_the_file_of_officers_says_so() -> None:
    texts = PACKAGE / "privacy" / "governance" / "texts"
    assert "n’entraîne ni ne réentraîne aucun modèle" in (texts / "fr.md").read_text("utf-8")
    assert "the installation trains no model" in (texts / "en.md").read_text("utf-8")
