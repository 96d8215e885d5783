"""Other versions of a question or an answer, and taking an answer away: retry, edit, branches, copies."""

import asyncio
import json

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
TABLE = """## Bilan

| Année | Budget |
|-------|-------:|
| 2025  | 1 310  |
| 2026  | 1 405  |

Un **mot** fort et `x = 1`.

```python
def double(x):
    return 2 * x
```

Fin."""


async def test_another_answer_then_back(screen: Screen, narrator: Narrator) -> None:
    await screen.ask("Choisis un nombre [[say=Sept]]")
    await screen.read()
    narrator.texts["Choisis un nombre"] = "Huit"
    await screen.button("Demander une autre réponse").click()
    await screen.reading("Huit")
    await screen.read()
    await expect(screen.under()).to_contain_text("2 sur 2")
    await expect(screen.button("Réponse suivante")).to_be_disabled()
    async with screen.recording():
        await screen.button("Réponse précédente").click()
    await screen.reading("Sept")
    await expect(screen.under()).to_contain_text("1 sur 2")
    await screen.page.reload()
    await screen.reading("Sept")
    await screen.button("Réponse suivante").click()
    await screen.reading("Huit")


async def test_editing_the_last_question_with_the_up_arrow(screen: Screen) -> None:
    await screen.ask("Capitale de la France ? [[say=Paris]]")
    await screen.read()
    await screen.composer.press("ArrowUp")
    await expect(screen.editor).to_be_focused()
    await expect(screen.editor).to_have_value("Capitale de la France ? [[say=Paris]]")
    await screen.editor.press("Escape")
    await expect(screen.editor).to_have_count(0)
    await expect(screen.composer).to_be_focused()

    await screen.composer.press("ArrowUp")
    await screen.editor.fill("Capitale de l’Italie ? [[say=Rome]]")
    await screen.editor.press("Control+Enter")
    await screen.reading("Rome")
    await screen.read()
    await expect(screen.turn().get_by_text("2 sur 2")).to_be_attached()
    await screen.button("Version précédente de la question").click()
    await screen.reading("Paris")
    await expect(screen.turn()).to_contain_text("Capitale de la France")


async def test_a_branch_keeps_what_followed(ada: Person, open_screen: OpenScreen) -> None:
    """Editing the first of two questions leaves the second in its own branch."""
    conversation = await ada.conversation("Branches", "Un [[say=Première]]", "Deux [[say=Seconde]]")
    screen = await open_screen(ada, f"/c/{conversation}")
    await screen.reading("Seconde", 2)
    await screen.turn(1).get_by_role("button", name="Modifier la question").click()
    await screen.editor.fill("Un bis [[say=Autre]]")
    await screen.button("Envoyer cette version").click()
    await screen.reading("Autre", 1)
    await screen.read()
    await expect(screen.turn(2)).to_have_count(0)
    await screen.button("Version précédente de la question").click()
    await screen.reading("Première", 1)
    await screen.reading("Seconde", 2)


@pytest.fixture
async def bilan(ada: Person, narrator: Narrator, open_screen: OpenScreen) -> Screen:
    """An answer with all that is worth copying."""
    narrator.texts["Fais un bilan"] = TABLE
    conversation = await ada.conversation("Bilan", "Fais un bilan")
    screen = await open_screen(ada, f"/c/{conversation}", permissions=["clipboard-read", "clipboard-write"])
    await expect(screen.answer().get_by_role("table")).to_be_visible()
    return screen


async def copied(screen: Screen) -> dict[str, str]:
    """What another program would find in the clipboard."""
    told: str = await screen.page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          const parts = item.types.map(async type => [type, await (await item.getType(type)).text()]);
          return JSON.stringify(Object.fromEntries(await Promise.all(parts)));
        }"""
    )
    return {kind: text.replace("\r\n", "\n") for kind, text in json.loads(told).items()}


async def test_copy_with_formatting(bilan: Screen) -> None:
    await bilan.button("Copier avec la mise en forme").click()
    await expect(bilan.page.get_by_text("Copié.").first).to_be_visible()
    clipboard = await copied(bilan)
    html = clipboard["text/html"]
    for element in ("<table", "<th", ">1 405<", "<strong>mot</strong>", "<code>x = 1</code>", "<pre", "return 2 * x"):
        assert element in html.replace("\u202f", " ").replace("\u00a0", " "), element
    for ours in ("class=", "style=", "data-", "<button", "<script", "Copier"):
        assert ours not in html.partition("<body>")[2], ours
    assert clipboard["text/plain"].startswith("## Bilan")


async def test_copy_as_markdown(bilan: Screen, ada: Person) -> None:
    await bilan.button("Copier en Markdown").click()
    await expect(bilan.page.get_by_text("Copié.").first).to_be_visible()
    stored = await ada.visitor.get(f"/api/conversations/{bilan.conversation_id}")
    assert (await copied(bilan))["text/plain"] == stored["messages"][1]["text"]


async def test_copy_the_code_and_the_question(bilan: Screen) -> None:
    await bilan.button("Copier le code").click()
    await expect(bilan.button("Copier le code")).to_have_text("Copié")
    assert (await copied(bilan))["text/plain"].rstrip() == "def double(x):\n    return 2 * x"
    await bilan.turn().hover()
    await bilan.button("Copier la question").click()
    async with asyncio.timeout(30):
        while (await copied(bilan))["text/plain"] != "Fais un bilan":
            await asyncio.sleep(0.1)
