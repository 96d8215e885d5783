"""The page's first load: how much script it takes, what it does with that alone, and what is told when the rest cannot come."""

import re

import pytest
from playwright.async_api import Response, Route, expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

MOST = 200_000  # bytes of compressed script: what people on a slow line wait for
FIRST = re.compile(r"/assets/(?:rolldown-runtime|start|first)-[^/]+\.js$")
LATER = re.compile(r"/assets/(?!rolldown-runtime-|start-|first-)[^/]+\.(?:js|css)$")


async def lost(route: Route) -> None:
    await route.abort()


class Counted:
    """The bytes of script that come."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self.plain = False  # one that matters was not compressed

    def __call__(self, response: Response) -> None:
        if response.url.endswith(".js"):
            self.sizes[response.url] = int(response.headers["content-length"])
            self.plain |= self.sizes[response.url] > 1_024 and response.headers.get("content-encoding") != "br"


async def alone(ada: Person, open_screen: OpenScreen, path: str, language: str = "fr") -> tuple[Screen, Counted]:
    """Open the page at `path` when nothing but its first files can come."""
    screen = await open_screen(ada)
    await expect(screen.composer).to_be_visible()
    counted = Counted()
    screen.page.on("response", counted)
    await screen.page.context.route(LATER, lost)
    await screen.open(path)
    return screen, counted


@pytest.mark.parametrize("where", ["new conversation", "conversation"])
async def test_first_files_are_light_and_enough_to_write_and_read(
    where: str, ada: Person, open_screen: OpenScreen
) -> None:
    made = await ada.conversation("Des comètes", "Une comète [[say=Elle_passe]]")
    screen, counted = await alone(ada, open_screen, f"/c/{made}" if where == "conversation" else "/")
    await screen.composer.fill("Et demain ?")
    await expect(screen.button("Envoyer")).to_be_enabled()
    await expect(screen.conversations).to_contain_text("Des comètes")
    if where == "conversation":
        await expect(screen.answer()).to_contain_text("Elle passe")
    assert len(counted.sizes) >= 3
    assert not counted.plain
    assert all(FIRST.search(address) for address in counted.sizes)
    assert sum(counted.sizes.values()) <= MOST, counted.sizes


async def test_what_cannot_be_fetched_is_told_and_comes_at_the_next_press(ada: Person, open_screen: OpenScreen) -> None:
    screen, _ = await alone(ada, open_screen, "/")
    await screen.composer.fill("Un brouillon à garder")
    person = screen.page.get_by_role("button", name=re.compile(ada.name))
    await person.click()
    told = screen.page.get_by_role("region", name="Notifications")
    await expect(told).to_contain_text("Cette partie de la page n’a pas pu être chargée")
    await expect(told.get_by_role("button", name="Recharger la page").first).to_be_visible()
    await screen.page.context.unroute(LATER, lost)
    await person.click()
    painted = "menu => getComputedStyle(menu.parentElement).backgroundColor"
    assert await screen.menu.evaluate(painted) != "rgba(0, 0, 0, 0)", "its style has come with it"
    await screen.page.get_by_role("menuitem", name="Bien utiliser l’IA").click()
    await expect(screen.page.get_by_role("dialog")).to_contain_text("Bien utiliser")
    await screen.page.keyboard.press("Escape")
    await told.get_by_role("button", name="Recharger la page").first.click()
    await expect(screen.composer).to_have_value("Un brouillon à garder")
