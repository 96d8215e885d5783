"""The shape of files: one idea each, said in the first line; folders named after nouns of the product."""

import ast
from pathlib import Path

from tests.architecture.sources import PACKAGE, WEB, name_of, python_files, repository_files, tree_of

_LIMITS = {"src/chatelet/chat/turn.py": 150}
_CALLED_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"}


def _limit(path: Path) -> int | None:
    name = name_of(path)
    if "/generated/" in name:
        return None
    if path.suffix == ".py":
        return _LIMITS.get(name, 600 if name.startswith("tests/") else 400)
    if path.suffix == ".tsx":
        return 600 if ".test." in name else 250
    return 400 if path.suffix in {".ts", ".css"} else None


def test_files_are_short() -> None:
    lengths = {path: path.read_text("utf-8").count("\n") for path in repository_files() if _limit(path)}
    too_long = [f"{name_of(path)}: {length}" for path, length in lengths.items() if length > (_limit(path) or 0)]
    assert not too_long, too_long


def test_every_module_says_why_it_exists() -> None:
    silent = [name_of(path) for path in python_files("src", "scripts", "bench") if not ast.get_docstring(tree_of(path))]
    assert not silent, silent


def test_packages_hold_no_code_of_their_own() -> None:
    """`__init__.py` tells what the package owns; the root holds the version too."""
    for path in PACKAGE.rglob("__init__.py"):
        if path.parent != PACKAGE:
            assert len(tree_of(path).body) == 1, name_of(path)
            assert path.read_text("utf-8").count("\n") <= 30, name_of(path)


def test_no_folder_is_named_after_nothing() -> None:
    named = [
        name_of(path) for path in repository_files() if _CALLED_NOTHING & set(name_of(path).lower().split("/")[:-1])
    ]
    named += [name_of(path) for path in python_files("src") if path.stem in _CALLED_NOTHING]
    assert not named, named


def test_the_page_imports_downwards() -> None:
    """`routes → features → api, ui, i18n`: the lower ones know nothing of the higher."""
    found = []
    for folder, higher in {
        "api": ("features", "routes"),
        "ui": ("features", "routes", "api"),
        "features": ("routes",),
    }.items():
        for path in (WEB / "src" / folder).rglob("*.ts*"):
            if ".test." not in path.name:
                text = path.read_text("utf-8")
                found += [f"{name_of(path)} imports {other}" for other in higher if f'"#/{other}' in text]
    assert not found, found
