"""A question and its answer."""

import pytest

from tests.browser.screen import Screen

pytestmark = pytest.mark.browser


async def test_ask(screen: Screen) -> None:
    await screen.ask("Dis bonjour [[say=Bonjour_le_**monde**_!]]")
    answer = await screen.read()
    print(await answer.inner_text())
    print(await screen.page.evaluate("() => document.title"))
    print(await screen.page.evaluate("1+1"))
