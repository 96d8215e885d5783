"""The writing desk on the screen: a text side by side, what was doubtful, a file given back, at every width."""

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.test_accessibility import Inspect, inspect, show_list
from tests.writing.word_file import paragraphs_of, word_file

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
TEXT = "Le comité a examiné la demande des services.\n\nLes crédits sont de 250 euros pour chacun des agents.\n"
GOOD = "The committee has considered the request of the services."
WRONG = "The funds are 520 euros for each of the agents."


@pytest.fixture(autouse=True)
def translated(narrator: Narrator) -> Iterator[None]:
    narrator.answers["<s1>Le comité a examiné"] = f"<s1>{GOOD}</s1>\n<s2>{WRONG}</s2>"
    narrator.answers["<s1>Les crédits sont"] = f"<s1>{WRONG}</s1>"
    yield
    del narrator.answers["<s1>Le comité a examiné"]
    del narrator.answers["<s1>Les crédits sont"]


async def test_a_text_is_translated_and_a_wrong_figure_is_pointed_out(ada: Person, inspect: Inspect) -> None:
    seen = await inspect(ada)
    screen = seen.screen
    await show_list(screen)
    await screen.link("Bureau d’écriture").click()
    await expect(screen.main.get_by_role("heading", name="Traduire ou réécrire")).to_be_visible()
    await seen.look("the desk")
    await screen.main.get_by_label("Texte", exact=True).fill(TEXT)
    await screen.button("Traduire").click()
    await expect(screen.main).to_contain_text("Terminé")
    await expect(screen.main).to_contain_text(GOOD)
    await expect(screen.main).to_contain_text(re.compile("1 segment demande votre attention"))
    await expect(screen.main).to_contain_text("Un chiffre manquait ou avait changé.")
    await expect(screen.main.get_by_text("520")).to_have_count(0)
    await seen.look("a work")
    async with screen.page.expect_download() as taken:
        await screen.link("Télécharger").click()
    assert (await taken.value).suggested_filename == "texte.en.txt"


async def test_a_file_is_given_back_on_a_telephone(ada: Person, open_screen: OpenScreen) -> None:
    screen = await open_screen(ada, "/bureau", viewport={"width": 390, "height": 844})
    data = word_file(*TEXT.strip().split("\n\n"))
    chosen = {"name": "note.docx", "mimeType": "application/octet-stream", "buffer": data}
    await screen.main.locator("input[type=file]").first.set_input_files(chosen)  # type: ignore[arg-type]
    await expect(screen.main).to_contain_text("Prêt")
    await screen.button("Traduire").click()
    await expect(screen.main.get_by_role("heading", name="note.docx")).to_be_visible()
    await expect(screen.main).to_contain_text("Terminé")
    async with screen.page.expect_download() as taken:
        await screen.link("Télécharger").click()
    assert (await taken.value).suggested_filename == "note.en.docx"
    made = (await (await taken.value).path()).read_bytes()
    assert paragraphs_of(made)[:2] == [GOOD, TEXT.strip().split("\n\n")[1]], "what was wrong is as it was"
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
