"""docs/reference/ is what the code says today: `make reference` writes it again."""

import pytest

from chatelet.reference.pages import all_pages
from tests.architecture.sources import ROOT

_FOLDER = ROOT / "docs" / "reference"
_PAGES = all_pages()


@pytest.mark.parametrize("name", sorted(_PAGES))
def test_the_page_is_in_step(name: str) -> None:
    written = (_FOLDER / name).read_text("utf-8")
    assert written == _PAGES[name], f"docs/reference/{name} is out of step: run `make reference`"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in _FOLDER.iterdir()} == set(_PAGES)
