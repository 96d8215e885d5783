"""docs/reference/ is what the code says today: `make reference` writes it again."""

import pytest

from tests.architecture.sources import ROOT

_FOLDER = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    from chatelet.reference.pages import all_pages  # late: it imports the whole house

    return all_pages()


@pytest.mark.parametrize("name", sorted(path.name for path in _FOLDER.iterdir()))
def test_the_page_is_in_step(pages: dict[str, str], name: str) -> None:
    written = (_FOLDER / name).read_text("utf-8")
    assert written == pages.get(name), f"docs/reference/{name} is out of step: run `make reference`"


def test_every_page_is_there(pages: dict[str, str]) -> None:
    assert {path.name for path in _FOLDER.iterdir()} == set(pages)
