"""The page as people find their way in it: by the names they read or hear, in French."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.browser.witness import Witness


@dataclass
class Screen:
    """One tab."""

    page: Page
    witness: Witness

    @property
    def address(self) -> str:
        return self.witness.address

    async def open(self, path: str = "/") -> "Screen":
        await self.page.goto(self.address + path)
        return self

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def item(self, name: str) -> Locator:
        """An entry of an open menu: it acts, or chooses a value."""
        return self.page.get_by_role(re.compile("menuitem").pattern, name=name)  # type: ignore[arg-type]

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("form", name="Votre question").get_by_role("textbox")

    @property
    def editor(self) -> Locator:
        """Where a question already asked is written again."""
        return self.page.get_by_role("form", name="Modifier la question").get_by_role("textbox")

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("navigation", name="Conversations")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def turn(self, number: int = 1) -> Locator:
        return self.page.get_by_role("article", name=f"Question {number}", exact=True)

    def answer(self, number: int = 1) -> Locator:
        return self.page.get_by_role("region", name=f"Réponse {number}", exact=True)

    def footer(self, number: int = 1) -> Locator:
        """Under an answer that is over: what may be done with it, and what it cost."""
        return self.answer(number).get_by_role("contentinfo").or_(self.answer(number).locator("footer"))

    async def ask(self, question: str) -> None:
        await self.composer.fill(question)
        await self.composer.press("Enter")

    async def read(self, number: int = 1) -> Locator:
        """Wait for the end of an answer, whatever the end."""
        await expect(self.answer(number).locator("footer")).to_be_visible(timeout=60_000)
        return self.answer(number)
