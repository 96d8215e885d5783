"""Documents that tell of files that are there: no dead link, no room of the map that does not exist."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, WEB, name_of, repository_files

_DOCUMENTS = [path for path in repository_files() if path.suffix == ".md" and "/prompts/" not in name_of(path)]
_LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
_NAMED = re.compile(r"`((?:[a-z_]+/)+[A-Za-z_]+\.(?:py|tsx?))`")


@pytest.mark.parametrize("document", _DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    dead = [link for link in _LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()]
    assert not [link for link in dead if link != "NNNN-title.md"], dead


@pytest.mark.parametrize("document", _DOCUMENTS, ids=name_of)
def test_every_file_named_exists(document: Path) -> None:
    roots = (ROOT, ROOT / "src", PACKAGE, WEB, WEB / "src")
    named = set(_NAMED.findall(document.read_text("utf-8")))
    assert not [name for name in named if not any((root / name).is_file() for root in roots)]


def test_every_decision_is_dated_and_has_its_four_parts() -> None:
    for path in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        text = path.read_text("utf-8")
        assert text.startswith(f"# {path.name[:4]}. "), path.name
        for part in ("Date: ", "Status: ", "## Context", "## Decision", "## Consequences", "## Alternatives"):
            assert part in text, (path.name, part)
        assert text.count("\n") <= 60, path.name
