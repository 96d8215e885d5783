"""The page of the network's exits: every machine with its reason, its declaration and its contacts; by keyboard too."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.test_accessibility import Inspect, inspect

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
PAGE = "/administration/egress"


async def test_machines_are_told_with_their_contacts(
    new_person: NewPerson, ada: Person, open_screen: OpenScreen
) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    await ada.conversation("Question", "Bonjour [[say=Bonjour]]")
    screen = await open_screen(boss, PAGE)
    await expect(screen.main).to_contain_text("Seuls sont joints les serveurs déclarés ci-dessous.")
    rules = screen.main.get_by_role("region", name="Ce que chaque usage peut joindre")
    await expect(rules.locator("div").filter(has_text="Modèles de cette machine")).to_contain_text(
        "Cette machine seule"
    )
    row = screen.main.get_by_role("row").filter(has_text="chatelet.toml (scripted)")
    await expect(row).to_contain_text("127.0.0.1")
    await expect(row).to_contain_text("Modèles")
    await expect(row).to_contain_text("Ouverte")
    await expect(row).to_contain_text("réponse")


async def test_the_period_and_the_file_are_reached_by_keyboard(new_person: NewPerson, open_screen: OpenScreen) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    screen = await open_screen(boss, PAGE)
    link = screen.main.get_by_role("link", name="Télécharger (CSV)")
    await expect(screen.main.get_by_role("table")).to_be_visible()
    await link.focus()
    await screen.page.keyboard.press("Tab")
    period = screen.main.get_by_label("Période")
    await expect(period).to_be_focused()
    await screen.page.keyboard.press("End")
    await expect(period).to_have_value("365")
    await expect(link).to_have_attribute("href", "/api/admin/egress/export?days=365")
    await expect(screen.main.get_by_role("table")).to_be_visible()
    await screen.page.keyboard.press("Tab")
    await expect(screen.main.get_by_role("group", name="Sorties du réseau")).to_be_focused()


async def test_only_who_answers_for_security_sees_it(ada: Person, open_screen: OpenScreen) -> None:
    screen = await open_screen(ada, PAGE)
    await expect(screen.main.get_by_role("table")).to_have_count(0)
    assert (await ada.visitor.call("GET", "/api/admin/egress")).status == 403


async def test_axe_finds_nothing(new_person: NewPerson, inspect: Inspect) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    inspection = await inspect(boss, PAGE)
    await expect(inspection.screen.main.get_by_role("table")).to_be_visible()
    await inspection.look("exits")
