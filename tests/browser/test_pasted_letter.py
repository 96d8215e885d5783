"""A medical letter is pasted: said before it leaves, refused to the model that may not have it, answered by the other."""

import json
from uuid import uuid4

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import FAR_MODEL, MODEL, Narrator
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
_LETTER = (
    "Compte rendu {mark} : patiente atteinte d’un diabète de type 2, numéro de sécurité sociale 1 85 05 78 006 084 91."
)
_CLIPBOARD = ["clipboard-read", "clipboard-write"]


async def _choose_far(screen: Screen) -> None:
    await screen.picker("Modèle").click()
    await screen.choice(FAR_MODEL).click()
    await expect(screen.picker("Modèle")).to_contain_text(FAR_MODEL)


async def _paste(screen: Screen, words: str) -> None:
    page: Page = screen.page
    await page.evaluate("words => navigator.clipboard.writeText(words)", words)
    await screen.composer.focus()
    await page.keyboard.press("ControlOrMeta+v")
    await expect(screen.composer).to_have_value(words)


def _received(narrator: Narrator, mark: str) -> int:
    """Count what the model server was sent of the letter, by whatever model."""
    return sum(mark in json.dumps(exchange.body, ensure_ascii=False) for exchange in narrator.exchanges)


async def test_the_composer_says_the_label_why_and_where_the_words_go(
    ada: Person, open_screen: OpenScreen, narrator: Narrator
) -> None:
    screen = await open_screen(ada, permissions=_CLIPBOARD, axe=True)
    await _choose_far(screen)
    mark = uuid4().hex
    await _paste(screen, _LETTER.format(mark=mark))
    warning = screen.main.get_by_role("paragraph").filter(has_text="Repéré dans votre message")
    await expect(warning).to_contain_text("un numéro de sécurité sociale")
    await expect(warning).to_contain_text("une information de santé")
    await expect(warning).to_contain_text(f"{FAR_MODEL} n’est pas habilité à le recevoir : {MODEL} répondra.")
    await expect(warning.get_by_role("button", name="Contester")).to_be_visible()
    level = screen.picker("Niveau de sensibilité")
    for words in ("Sensible", "données personnelles", "santé"):
        await expect(level).to_contain_text(words)
    for words in (MODEL, "Institution, France"):
        await expect(screen.picker("Modèle")).to_contain_text(words)
    assert await violations(screen.page) == []
    assert _received(narrator, mark) == 0
    await screen.picker("Modèle").click()
    await expect(screen.choice(FAR_MODEL)).to_be_disabled()
    await expect(screen.choice(FAR_MODEL)).to_contain_text("N’est pas habilité au-delà du niveau Interne.")
    await screen.page.keyboard.press("Escape")
    await screen.composer.press("Enter")
    await screen.read()
    await expect(screen.under()).to_contain_text(f"{MODEL}, Institution, France")
    assert _received(narrator, mark) >= 1


async def test_a_letter_that_left_unseen_is_refused_and_the_cleared_model_answers(
    ada: Person, open_screen: OpenScreen, narrator: Narrator
) -> None:
    """The composer could not look at it: the service does, and no model is asked."""
    screen = await open_screen(ada, permissions=_CLIPBOARD, axe=True)

    async def away(route: Route) -> None:
        await route.abort()

    await screen.page.route("**/api/sensitivity/look", away)
    await _choose_far(screen)
    mark = uuid4().hex
    await _paste(screen, _LETTER.format(mark=mark))
    await expect(screen.button("Envoyer")).to_be_enabled()
    await screen.composer.press("Enter")
    answer = await screen.read()
    await expect(answer).to_contain_text("Refus. Ce modèle n’est pas habilité pour ce niveau de sensibilité.")
    await expect(answer).to_contain_text("Votre question n’a été envoyée nulle part ; choisissez un autre modèle.")
    await expect(answer.get_by_role("button", name="Contester")).to_be_visible()
    await expect(screen.picker("Niveau de sensibilité")).to_contain_text("Sensible")
    await expect(screen.picker("Modèle")).to_contain_text(MODEL)
    assert await violations(screen.page) == []
    assert _received(narrator, mark) == 0
    await answer.get_by_role("button", name="Demander une autre réponse").click()
    await expect(screen.under()).to_contain_text(f"{MODEL}, Institution, France")
    assert _received(narrator, mark) >= 1
