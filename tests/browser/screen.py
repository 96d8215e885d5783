"""The page as people find their way in it: by the names they read or hear, in French unless told."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from playwright.async_api import Locator, Page, Response, expect

from tests.browser.witness import Witness

Theme = Literal["system", "light", "dark", "contrast"]
_SET_THEME = """theme => {
  const key = "chatelet:preferences";
  const now = JSON.parse(localStorage.getItem(key) ?? "{}");
  localStorage.setItem(key, JSON.stringify({ ...now, theme }));
  window.dispatchEvent(new StorageEvent("storage", { key }));
}"""
_LISTEN = """() => {
  window.heard = [];
  const region = document.querySelector("[aria-live=polite]");
  new MutationObserver(() => window.heard.push(region.textContent)).observe(
    region, { childList: true, characterData: true, subtree: true });
}"""


@dataclass
class Screen:
    """One tab."""

    page: Page
    witness: Witness

    @property
    def address(self) -> str:
        return self.witness.address

    @property
    def conversation_id(self) -> str:
        found = re.search(r"/c/([\w-]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    async def open(self, path: str = "/") -> "Screen":
        await self.page.goto(self.address + path)
        return self

    async def at_rest(self) -> None:
        """Wait until a composer that is there has read all it needs: what comes next meets nothing under way."""
        await expect(self.picker("Modèle")).to_be_visible()
        async with asyncio.timeout(30):
            while self.witness.under_way:
                await asyncio.sleep(0.02)

    # What is on it

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def undo(self) -> Locator:
        """What takes back the last act: never the button of the same name in a dialog that is closing."""
        return self.page.get_by_role("region", name="Notifications").get_by_role("button", name="Annuler")

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    def field(self, name: str) -> Locator:
        return self.page.get_by_label(name, exact=True)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("form", name="Votre question").get_by_role("textbox")

    @property
    def editor(self) -> Locator:
        """Where a question already asked is written again."""
        return self.page.get_by_role("form", name="Modifier la question").get_by_role("textbox")

    @property
    def conversations(self) -> Locator:
        return self.page.get_by_role("navigation", name="Conversations")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def menu(self) -> Locator:
        return self.page.get_by_role("menu")

    @property
    def banner(self) -> Locator:
        """Says that the service, or the network, is away."""
        return self.page.get_by_role("region", name="Liaison avec le serveur")

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    # Menus

    def action(self, name: str) -> Locator:
        return self.page.get_by_role("menuitem", name=name, exact=True)

    def choice(self, name: str) -> Locator:
        """An entry of a menu that chooses one value; its name begins with `name`, and goes on with words about it."""
        return self.page.get_by_role("menuitemradio", name=re.compile(f"^{re.escape(name)}"))

    def picker(self, prefix: str) -> Locator:
        """The button under the composer that begins with "Modèle" or "Niveau de sensibilité"."""
        return self.page.get_by_role("button", name=re.compile(f"^{prefix}"))

    async def open_menu(self, of: str) -> None:
        await self.button(of).click()
        await expect(self.menu.first).to_be_visible()

    async def person_menu(self, action: str) -> None:
        await self.page.get_by_role("button", name=re.compile("^Menu de")).click()
        await self.action(action).click()

    @asynccontextmanager
    async def recording(self, method: str = "PATCH", path: str = "/api/conversations/") -> AsyncIterator[None]:
        """Do what shows at once, before the server has it; leave once it is recorded, so that a reload finds it."""

        def is_it(response: Response) -> bool:
            return response.request.method == method and path in response.url

        async with self.page.expect_response(is_it) as answer:
            yield
        assert (await answer.value).ok

    async def new_conversation(self) -> None:
        """Leave for a new one; what is written before it has come would go to the one that is left."""
        await self.button("Nouvelle conversation").click()
        await expect(self.heading("Bonjour Ada")).to_be_visible()

    # Turns

    def turn(self, number: int = 1) -> Locator:
        return self.page.get_by_role("article", name=f"Question {number}", exact=True)

    def answer(self, number: int = 1) -> Locator:
        return self.page.get_by_role("region", name=f"Réponse {number}", exact=True)

    def under(self, number: int = 1) -> Locator:
        """Below an answer that is over: what may be done with it, and what it cost."""
        return self.answer(number).locator("footer")

    async def ask(self, question: str) -> None:
        await self.composer.fill(question)
        await expect(self.button("Envoyer")).to_be_enabled()
        await self.composer.press("Enter")

    async def read(self, number: int = 1) -> Locator:
        """Wait for the end of an answer, whatever the end, and for its final form."""
        await expect(self.under(number)).to_be_visible(timeout=60_000)
        return self.answer(number)

    async def reading(self, words: str, number: int = 1) -> None:
        """Wait until the answer being written has reached `words`."""
        await expect(self.answer(number)).to_contain_text(words)

    # The reader

    async def set_theme(self, theme: Theme) -> None:
        """Choose colours as another tab would: nothing on this one closes."""
        await self.page.evaluate(_SET_THEME, theme)

    async def listen(self) -> None:
        """Begin to note what a screen reader is told."""
        await self.page.locator("[aria-live=polite]").wait_for(state="attached")
        await self.page.evaluate(_LISTEN)

    async def heard(self) -> list[str]:
        told: list[str] = await self.page.evaluate("() => window.heard")
        return told

    async def start_of_page(self) -> None:
        """Put the focus where it is when a page has just come: before everything."""
        await self.page.evaluate(
            "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
        )

    async def focused(self) -> str:
        """Name of what has the focus."""
        name: str = await self.page.evaluate(
            """() => {
              const on = document.activeElement;
              return on?.getAttribute("aria-label") ?? (on?.labels?.[0] ?? on)?.textContent?.trim() ?? "";
            }"""
        )
        return name
