"""Glossaries on the screen, a sentence put otherwise, verbs on a selection and on a file, at every width."""

import asyncio
from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.test_accessibility import HAND, Inspect, inspect

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
SOURCE = "Le comité a examiné la demande des services."
GOOD = "The committee has considered the request of the services."
SUMMED = "Le comité a examiné la demande des services."
OTHER = "The committee looked at the request of the services."
SELECT = """words => {
  const found = document.evaluate(`//*[@data-passage]//text()[contains(., "${words}")]`, document, null, 9).singleNodeValue;
  const start = found.data.indexOf(words);
  getSelection().setBaseAndExtent(found, start, found, start + words.length);
}"""


@pytest.fixture(autouse=True)
def translated(narrator: Narrator) -> Iterator[None]:
    narrator.answers["<phrase>Le comité"] = f"<s1>{OTHER}</s1><s2>{GOOD}</s2><s3>{OTHER}</s3>"
    narrator.answers["<s1>Le comité a examiné"] = f"<s1>{GOOD}</s1>"
    narrator.texts["<passages>"] = f"- {SUMMED[:-1]} [1]."
    narrator.texts["Que dit la note ?"] = f"Voici ce qu’elle dit.\n\n{SOURCE}\n\n```\nrm -rf\n```\n"
    yield
    del narrator.answers["<phrase>Le comité"]
    del narrator.answers["<s1>Le comité a examiné"]
    del narrator.texts["Que dit la note ?"]


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def test_a_glossary_is_begun_and_edited(ada: Person, inspect: Inspect) -> None:
    seen = await inspect(ada, "/bureau")
    screen = seen.screen
    # What is above is whole: a button that moves under the pointer is not pressed.
    await expect(screen.main.get_by_role("button", name="Modèle :")).to_be_visible()
    await expect(screen.main.get_by_text("Aucun texte traduit ou réécrit")).to_be_visible()
    await screen.button("Créer un glossaire vide").click()
    await expect(screen.dialog).to_be_visible()
    await seen.look("a new glossary")
    await screen.dialog.get_by_label("Nom").fill("Termes des services")
    await screen.dialog.get_by_role("button", name="Créer", exact=True).click()
    await expect(screen.heading("Termes des services")).to_be_visible()
    await screen.button("Ajouter une ligne").click()
    await screen.dialog.get_by_label("Terme").fill("comité")
    await screen.dialog.get_by_label("Traduction imposée").fill("board")
    await screen.dialog.get_by_label("Formes interdites").fill("committee, panel")
    await screen.dialog.get_by_label("Note").fill("Charte 2026")
    await screen.dialog.get_by_role("button", name="Enregistrer").click()
    await expect(screen.dialog).to_have_count(0)
    row = screen.main.get_by_role("row", name="comité")
    await expect(row).to_contain_text("committee, panel")
    await screen.main.get_by_label("S’applique par défaut à mes travaux").click()
    await expect(screen.main.get_by_label("S’applique par défaut à mes travaux")).to_be_checked()
    await seen.look("a glossary")
    await screen.button("Modifier comité").click()
    await screen.dialog.get_by_label("Note").fill("")
    await screen.dialog.get_by_role("button", name="Enregistrer").click()
    await expect(screen.main.get_by_role("cell", name="Charte 2026")).to_have_count(0)
    await screen.page.set_viewport_size(HAND)  # type: ignore[arg-type]
    assert await fits(screen.page)
    await screen.open("/bureau")
    await expect(screen.main.get_by_label("Avec ce qui s’applique par défaut")).to_be_checked()
    await screen.main.get_by_label("Texte", exact=True).fill(SOURCE)
    await screen.button("Traduire").click()
    await expect(screen.main).to_contain_text("The board has considered the request of the services.")
    await expect(screen.main).to_contain_text("Termes appliqués")


async def test_a_sentence_is_put_otherwise(ada: Person, inspect: Inspect) -> None:
    seen = await inspect(ada, "/bureau")
    screen = seen.screen
    await screen.main.get_by_label("Texte", exact=True).fill(SOURCE)
    await screen.button("Traduire").click()
    sentence = screen.button(GOOD)
    await sentence.focus()
    await screen.page.keyboard.press("Enter")
    await expect(screen.dialog.get_by_role("button", name=OTHER)).to_be_visible()
    await seen.look("other words")
    await screen.dialog.get_by_role("button", name=OTHER).click()
    await expect(screen.dialog).to_have_count(0)
    await expect(screen.button(OTHER)).to_be_visible()
    await expect(screen.button(GOOD)).to_have_count(0)


async def test_verbs_on_a_selection_and_on_a_whole_answer(ada: Person, inspect: Inspect) -> None:
    conversation = await ada.conversation("Note", "Que dit la note ?")
    seen = await inspect(ada, f"/c/{conversation}")
    screen, page = seen.screen, seen.screen.page
    await expect(page.locator("[data-passage=answer] pre")).to_contain_text("rm -rf")  # once it is set
    await page.evaluate(SELECT, "rm -rf")
    await page.wait_for_timeout(600)
    await expect(page.get_by_role("toolbar", name="Que faire de ce passage")).to_have_count(0)
    await page.evaluate(SELECT, SOURCE)
    bar = page.get_by_role("toolbar", name="Que faire de ce passage")
    await expect(bar).to_be_visible()
    await seen.look("the bar of verbs")
    await bar.get_by_role("button", name="Traduire").click()
    await expect(screen.dialog).to_contain_text(GOOD)
    await seen.look("a passage translated")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await screen.dialog.get_by_role("button", name="Copier").click()
    assert await page.evaluate("navigator.clipboard.readText()") == GOOD
    await page.keyboard.press("Escape")
    await expect(screen.dialog).to_have_count(0)
    async with asyncio.timeout(10):  # nothing is left of what was only looked at
        while (await ada.visitor.get("/api/writing/works"))["items"]:
            await asyncio.sleep(0.1)
    await page.set_viewport_size(HAND)  # type: ignore[arg-type]
    await page.evaluate(SELECT, SOURCE)
    await bar.get_by_role("button", name="Résumer").click()
    await expect(screen.dialog.get_by_label("Forme")).to_have_value("three-lines")
    await expect(screen.dialog).to_contain_text(SUMMED)
    await expect(screen.dialog).to_contain_text("1 affirmation sur 1 est tenue par le passage.")
    assert await fits(page)
    await page.keyboard.press("Escape")
    await expect(screen.dialog).to_have_count(0)
    menu = screen.button("Traduire, résumer, reformuler…").last
    await page.evaluate("getSelection().removeAllRanges()")
    await menu.focus()
    await page.keyboard.press("Enter")
    await screen.menu.get_by_role("menuitem", name="Traduire").press("Enter")
    await expect(screen.dialog.get_by_label("Vers")).to_be_visible()
    await expect(screen.dialog).to_contain_text(GOOD)
    assert await fits(page)
    await screen.dialog.get_by_role("link", name="Ouvrir au bureau d’écriture").click()
    await expect(screen.main.get_by_role("heading", name="Phrase par phrase")).to_be_visible()


async def test_a_file_of_a_conversation_is_taken_to_the_desk(ada: Person, open_screen: OpenScreen) -> None:
    screen = await open_screen(ada, "/")
    chosen = {"name": "note.txt", "mimeType": "text/plain", "buffer": SOURCE.encode()}
    await screen.page.locator("input[data-adds=files]").set_input_files(chosen)  # type: ignore[arg-type]
    await screen.composer.fill("Que dit la note ?")
    await screen.page.keyboard.press("Enter")
    await expect(screen.main).to_contain_text("Voici ce qu’elle dit.")
    await screen.button("Autres actions sur note.txt").click()
    await screen.menu.get_by_role("menuitem", name="Traduire ou réécrire note.txt").click()
    await expect(screen.main).to_contain_text("Prêt")
    await screen.button("Traduire").click()
    await expect(screen.main.get_by_role("heading", name="note.txt")).to_be_visible()
    await expect(screen.main).to_contain_text("Terminé")
    await expect(screen.main).to_contain_text(GOOD)
