"""Deep research on the screen: a plan read and confirmed, searches that tick, a report whose sources open, axe at zero."""

import json
import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.test_accessibility import Inspect, inspect, show_list
from tests.journeys import files
from tests.journeys.test_collections import until_indexed

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
TEN = "Le délai de conservation des factures est de dix ans à compter de la clôture de l'exercice."
SIX = "Le délai de conservation des factures est de six ans à compter de la clôture de l'exercice."
QUESTION = "Combien de temps conserver les factures ?"
PLAN = {
    "items": [
        {
            "question": "Quel est le délai de conservation des factures ?",
            "queries": [{"where": "bases", "words": "délai de conservation des factures"}],
        }
    ]
}


@pytest.fixture
async def base(ada: Person, narrator: Narrator) -> AsyncIterator[str]:
    told = [(1, TEN), (2, SIX)]
    narrator.answers["Prépare une recherche"] = json.dumps(PLAN, ensure_ascii=False)
    narrator.answers["Prends des notes"] = json.dumps(
        {"notes": [{"quote": words, "told": words} for _number, words in told]}, ensure_ascii=False
    )
    narrator.answers["Rédige un à trois"] = " ".join(f"{words} [{number}]" for number, words in told)
    made = (await ada.visitor.call("POST", "/api/collections", {"name": "Archives"})).body["id"]
    items = [{"file_id": await files.send(ada.visitor, f"{number}.txt", words.encode())} for number, words in told]
    for one in items:
        await files.until_read(ada.visitor, one["file_id"])
    await ada.visitor.call("POST", f"/api/collections/{made}/documents", {"items": items})
    await until_indexed(ada.visitor, made)
    yield made
    for words in ("Prépare une recherche", "Prends des notes", "Rédige un à trois"):
        del narrator.answers[words]


async def test_a_plan_is_confirmed_and_a_report_read(ada: Person, base: str, inspect: Inspect) -> None:
    seen = await inspect(ada)
    screen = seen.screen
    await show_list(screen)
    await screen.link("Recherche approfondie").click()
    await expect(screen.main.get_by_role("heading", name="Étudier une question")).to_be_visible()
    await expect(screen.main).to_contain_text("Cette source n’est pas ouverte ici.")
    await seen.look("the form")
    await screen.main.get_by_label("Question", exact=True).fill(QUESTION)
    await screen.main.get_by_label("Vos bases documentaires").check()
    await screen.main.get_by_label("Archives").first.check()
    await screen.button("Proposer un plan").click()
    await expect(screen.main.get_by_role("heading", name="Plan à relire")).to_be_visible()
    await expect(screen.main).to_contain_text("Aucune recherche ne sort de l’institution.")
    await expect(screen.main.get_by_label("Recherche 1, mots")).to_have_value("délai de conservation des factures")
    await seen.look("the plan")
    await screen.button("Confirmer et chercher").click()
    await expect(screen.main.get_by_role("heading", name="Rapport")).to_be_visible()
    await expect(screen.main).to_contain_text("Terminée")
    await expect(screen.main).to_contain_text("Ces sources donnent des chiffres différents.")
    await seen.look("the report")
    await screen.button("Pour publication…").click()
    await expect(screen.page.get_by_role("dialog").get_by_label("Mention proposée")).to_have_value(re.compile("généré"))
    await seen.look("the report to publish")
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.get_by_role("dialog")).to_have_count(0)
    await screen.main.get_by_role("button", name="Ouvrir la source 1").first.click()
    await expect(screen.page.get_by_role("dialog").locator("mark")).to_contain_text("délai de conservation")
    await seen.look("a source")
    await screen.page.keyboard.press("Escape")
    async with screen.page.expect_download() as taken:
        await screen.link("OpenDocument (ODT)").click()
    assert (await taken.value).suggested_filename == "recherche.odt"


async def test_it_holds_on_a_telephone(ada: Person, base: str, open_screen: OpenScreen) -> None:
    body = {"question": QUESTION, "where": ["bases"], "collections": [base]}
    made = (await ada.visitor.call("POST", "/api/research", body)).body["id"]
    screen = await open_screen(ada, f"/recherche-approfondie/{made}", viewport={"width": 390, "height": 844})
    await screen.button("Ajouter une recherche").click()
    await expect(screen.main.get_by_label("Recherche 2, mots")).to_be_visible()
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
    await screen.button("Confirmer et chercher").click()
    await expect(screen.main.get_by_role("heading", name="Rapport")).to_be_visible()
    assert await screen.page.evaluate("document.documentElement.scrollWidth") <= 390
