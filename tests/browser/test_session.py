"""A session that ends, and words not yet sent: nothing that a person wrote is lost."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.screen import Screen
from tests.journeys.service import PASSWORD

pytestmark = pytest.mark.browser


async def sign_in_again(screen: Screen) -> None:
    await expect(screen.dialog).to_contain_text("Votre session a pris fin")
    await screen.dialog.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    await screen.dialog.get_by_role("button", name="Se connecter").click()
    await expect(screen.dialog).to_have_count(0)


async def test_a_session_that_ends_keeps_the_first_question(screen: Screen, ada: Person) -> None:
    await screen.at_rest()
    await ada.visitor.call("DELETE", "/api/sessions/current")
    await screen.ask("Une longue question [[say=Voilà]]")
    await sign_in_again(screen)
    await expect(screen.composer).to_have_value("Une longue question [[say=Voilà]]")
    await screen.composer.press("Enter")
    await screen.reading("Voilà")


async def test_a_session_that_ends_keeps_the_next_question(ada: Person, open_screen: OpenScreen) -> None:
    conversation = await ada.conversation("Suite", "Un [[say=Première]]")
    screen = await open_screen(ada, f"/c/{conversation}")
    await screen.reading("Première")
    await screen.at_rest()
    await ada.visitor.call("DELETE", "/api/sessions/current")
    await screen.ask("La suite [[say=Seconde]]")
    await sign_in_again(screen)
    await expect(screen.turn(2)).to_contain_text("La suite")
    await screen.button("Réessayer").click()
    await screen.reading("Seconde", 2)


async def test_a_draft_survives_the_end_of_the_session(screen: Screen, ada: Person) -> None:
    await screen.at_rest()
    await screen.composer.fill("Pas encore envoyé")
    await ada.visitor.call("DELETE", "/api/sessions/current")
    await screen.page.get_by_role("textbox", name="Rechercher dans mes conversations").fill("comptes")
    await sign_in_again(screen)
    await expect(screen.composer).to_have_value("Pas encore envoyé")
    await screen.page.reload()
    await expect(screen.composer).to_have_value("Pas encore envoyé")


async def test_each_conversation_keeps_its_draft(ada: Person, open_screen: OpenScreen) -> None:
    first = await ada.conversation("Première", "Un [[say=Un]]")
    await ada.conversation("Seconde", "Deux [[say=Deux]]")
    screen = await open_screen(ada, f"/c/{first}")
    await screen.composer.fill("Brouillon de la première\nsur deux lignes")
    await screen.conversations.get_by_role("link", name="Seconde").click()
    await expect(screen.heading("Seconde")).to_be_visible()
    await expect(screen.composer).to_have_value("")
    await screen.composer.fill("Brouillon de la seconde")
    await screen.new_conversation()
    await screen.composer.fill("Brouillon d’une nouvelle")
    await screen.page.reload()
    await expect(screen.composer).to_have_value("Brouillon d’une nouvelle")
    await screen.conversations.get_by_role("link", name="Première").click()
    await expect(screen.composer).to_have_value("Brouillon de la première\nsur deux lignes")
    await screen.page.reload()
    await expect(screen.composer).to_have_value("Brouillon de la première\nsur deux lignes")
    await screen.conversations.get_by_role("link", name="Seconde").click()
    await expect(screen.composer).to_have_value("Brouillon de la seconde")


async def test_what_is_sent_is_no_longer_a_draft(screen: Screen) -> None:
    await screen.ask("Envoyée [[say=Reçue]]")
    await screen.read()
    await expect(screen.composer).to_have_value("")
    await screen.page.reload()
    await screen.reading("Reçue")
    await expect(screen.composer).to_have_value("")
