"""The summary desk on the screen: a file sent, each statement opening its page, at every width and by the keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.test_accessibility import Inspect, inspect
from tests.writing.summarising import PAGES, pdf

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
HELD = "Le budget de 250 000 euros a été adopté à l’unanimité [1]."
INVENTED = "Le ministre a promis 900 000 euros de plus [1]."
FILE = {"name": "séance.pdf", "mimeType": "application/pdf", "buffer": pdf(*PAGES)}


@pytest.fixture(autouse=True)
def noted(narrator: Narrator) -> Iterator[None]:
    narrator.texts["<passages>"] = f"## Constats\n\n- {HELD}\n- {INVENTED}"
    yield
    del narrator.texts["<passages>"]


async def test_documents_are_summarised_and_a_statement_opens_its_page(ada: Person, inspect: Inspect) -> None:
    seen = await inspect(ada, "/bureau?view=summary")
    screen = seen.screen
    await expect(screen.main.get_by_role("heading", name="Résumer des documents")).to_be_visible()
    await seen.look("the desk of summaries")
    await screen.main.locator("input[type=file]").set_input_files(FILE)  # type: ignore[arg-type]
    await expect(screen.main).to_contain_text("Prêt")
    await screen.main.get_by_role("radio", name=re.compile("Points clés")).press("ArrowDown")
    await expect(screen.main.get_by_role("radio", name=re.compile("Trois lignes"))).to_be_checked()
    await screen.button("Résumer").click()
    await expect(screen.main.get_by_role("heading", name="séance.pdf · Trois lignes")).to_be_visible()
    await expect(screen.main).to_contain_text("1 affirmation sur 2 est tenue par un passage")
    await expect(screen.main).to_contain_text("un chiffre, une date ou une référence de la phrase n’est pas")
    await seen.look("a summary")
    await screen.main.get_by_role("button", name=re.compile("^Citation 1, vérifi")).first.click()
    await expect(screen.page.get_by_role("img", name=re.compile("age 1"))).to_be_visible()
    await screen.page.keyboard.press("Escape")
    async with screen.page.expect_download() as taken:
        await screen.link("DOCX").click()
    assert (await taken.value).suggested_filename == "séance.three-lines.docx"


async def test_a_summary_fits_a_telephone(ada: Person, open_screen: OpenScreen) -> None:
    screen = await open_screen(ada, "/bureau?view=summary", viewport={"width": 390, "height": 844}, color_scheme="dark")
    await screen.main.get_by_label("Ou un texte").fill("\n\n".join(PAGES))
    await screen.button("Résumer").click()
    await expect(screen.main).to_contain_text("Ce qui a été lu")
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
    await screen.main.get_by_role("button", name=re.compile("^Citation 1, vérifi")).first.click()
    await expect(screen.page.get_by_role("dialog")).to_contain_text("250 000 euros")
