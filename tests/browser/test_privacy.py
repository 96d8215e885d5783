"""Forgetting on the screen: the clock, one's own data and erasure, the desk of whoever manages data protection."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.test_accessibility import Inspect, inspect
from tests.journeys.service import PASSWORD

pytestmark = pytest.mark.browser
__all__ = ["inspect"]


async def test_the_clock_is_beside_the_title_and_a_temporary_conversation_says_so(
    ada: Person, open_screen: OpenScreen
) -> None:
    conversation = await ada.conversation("Budget")
    screen = await open_screen(ada, f"/c/{conversation}")
    await expect(screen.main).to_contain_text(re.compile(r"Supprimée le \d+ \w+ \d{4}"))
    await screen.open("/")
    await screen.field("Conversation temporaire").check()
    await screen.ask("Un [[say=Un]]")
    await screen.read()
    await expect(screen.main).to_contain_text(re.compile(r"Temporaire.: supprimée le"))


async def test_one_shortens_takes_ones_data_and_erases_oneself(ada: Person, open_screen: OpenScreen) -> None:
    await ada.conversation("À emporter", "Un [[say=Un]]")
    screen = await open_screen(ada, "/settings")
    await screen.button("Raccourcir\u202f: Conversations").click()
    await screen.field("Durée (jours)").fill("30")
    await screen.button("Enregistrer").last.click()
    await expect(screen.main.get_by_role("row", name=re.compile("^Conversations"))).to_contain_text("30 jours")
    await screen.button("Demander l’archive").click()
    await expect(screen.link("Télécharger l’archive")).to_be_visible()
    async with screen.page.expect_download() as waiting:
        await screen.link("Télécharger l’archive").click()
    assert (await waiting.value).suggested_filename.endswith(".zip")
    await screen.button("Effacer mon compte").click()
    await screen.dialog.get_by_label("Mot de passe actuel").fill(PASSWORD)
    await screen.button("Tout effacer").click()
    await expect(screen.heading("Votre compte est fermé")).to_be_visible()
    await expect(screen.link("Télécharger l’attestation signée")).to_be_visible()
    await screen.button("Terminer").click()
    await expect(screen.button("Se connecter")).to_be_visible()


async def test_the_screens_are_accessible(inspect: Inspect, new_person: NewPerson) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    body = {"kind": "objection", "words": "Je m’oppose au résumé automatique de mes conversations."}
    assert (await boss.visitor.call("POST", "/api/privacy/requests", body)).status == 201
    await boss.visitor.call("POST", "/api/admin/retention", {"kind": "documents", "days": 900})
    inspection = await inspect(boss, "/administration/privacy")
    screen = inspection.screen
    await expect(screen.heading("Durées de conservation")).to_be_visible()
    await inspection.look("durations and desk")
    await screen.page.get_by_role("button", name=re.compile("^Actions.: Conversations")).first.click()
    await screen.page.get_by_role("menuitem", name="Changer la durée").click()
    await inspection.look("a duration")
    await screen.page.keyboard.press("Escape")
    await screen.open("/settings")
    await expect(screen.heading("Effacer votre compte")).to_be_visible()
    await inspection.look("one's own data")
    await screen.button("Effacer mon compte").click()
    await inspection.look("erase oneself")
