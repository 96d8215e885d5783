"""An officer declares the institution's own markings, tries them on a text, and reads the change before publishing it."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import NewPerson, OpenScreen

pytestmark = pytest.mark.browser


async def test_markings_are_written_read_back_and_tried(new_person: NewPerson, open_screen: OpenScreen) -> None:
    boss = await new_person(administrator=True)
    try:
        screen = await open_screen(boss, "/administration/policies", axe=True)
        await screen.button("Ajouter des règles").click()
        await screen.dialog.get_by_label("Toute l’institution").check()
        markings = screen.dialog.get_by_role("group", name="Mentions de l’institution")
        await markings.get_by_label("Sensible").fill("Diffusion maîtrisée")
        assert await violations(screen.page) == []
        await screen.dialog.get_by_role("button", name="Enregistrer").click()
        changes = screen.main.get_by_role("table", name="Ce que le brouillon change")
        await expect(changes).to_contain_text("Mentions qui donnent le niveau Sensible")
        await expect(changes).to_contain_text("Diffusion maîtrisée")
        await screen.field("Texte à lire").fill("DIFFUSION MAÎTRISÉE\n\nLa relève a lieu à six heures.")
        await screen.page.get_by_role("button", name="Quel niveau aurait-il").click()
        await expect(screen.main).to_contain_text("une mention de votre institution (Sensible)")
        assert await violations(screen.page) == []
    finally:
        await boss.visitor.call("POST", "/api/admin/policies/draft", {"rules": {}})
