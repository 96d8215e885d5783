"""axe finds nothing on any screen, in any state, in any colours, on a desk or in a hand (TA-180)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from playwright.async_api import Route, expect

from tests.browser.axe import COLOUR_RULES, violations
from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import MODEL, Narrator
from tests.browser.screen import Screen, Theme

pytestmark = pytest.mark.browser
_COLOURS: tuple[tuple[Theme, Literal["light", "dark"]], ...] = (
    ("light", "light"),
    ("dark", "light"),
    ("contrast", "light"),
    ("contrast", "dark"),
)
DESK, HAND = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
RICH = """## Un titre

Un paragraphe, **gras**, *italique*, `code`, [un lien](https://exemple.fr/page), une note[^1] et $E = mc^2$.

| Année | Budget | |
|-------|-------:|-|
| 2025  | 1 310  | a |
| 2026  | 1 405  | b |

$$\\int_0^1 x\\,dx = \\frac12$$

```python
def double(x):
    return 2 * x  # commentaire
```

#### Un titre plus bas

> Une citation
>
> 1. une liste
> 2. ordonnée

- [x] fait
- [ ] à faire

---

![une image](https://exemple.fr/image.png)

[^1]: La note.
"""


@dataclass
class Inspection:
    """One screen, inspected state by state; everything found is told at the end, not only the first."""

    screen: Screen
    found: list[str]

    async def look(self, state: str) -> None:
        """Look at the screen as it is, in each set of colours."""
        for theme, system in _COLOURS:
            await self.screen.page.emulate_media(color_scheme=system)
            await self.screen.set_theme(theme)
            rules = None if theme == "light" else COLOUR_RULES
            self.found += [f"{state}, {theme}: {one}" for one in await violations(self.screen.page, rules)]
        await self.screen.page.emulate_media(color_scheme="light")

    async def look_in_dialog(self, state: str) -> None:
        await expect(self.screen.dialog).to_be_visible()
        await self.look(state)
        await self.screen.page.keyboard.press("Escape")
        await expect(self.screen.dialog).to_have_count(0)

    async def look_in_menu(self, state: str) -> None:
        await expect(self.screen.menu.first).to_be_visible()
        await self.look(state)
        while await self.screen.menu.count():
            await self.screen.page.keyboard.press("Escape")


Inspect = Callable[..., Awaitable[Inspection]]


@pytest.fixture(params=[DESK, HAND], ids=["desk", "hand"])
async def inspect(request: pytest.FixtureRequest, open_screen: OpenScreen) -> AsyncIterator[Inspect]:
    found: list[str] = []

    async def make(person: Person | None = None, path: str = "/") -> Inspection:
        # Still, so that nothing is judged half-way through a change of colour.
        screen = await open_screen(person, path, axe=True, viewport=request.param, reduced_motion="reduce")
        return Inspection(screen, found)

    yield make
    assert not found, "\n".join(found)


async def show_list(screen: Screen) -> None:
    """On a phone the list is a sheet."""
    await expect(screen.main.get_by_role("heading").first).to_be_visible()
    opener = screen.button("Ouvrir la liste des conversations")
    if await opener.count():
        await opener.click()
    await expect(screen.conversations).to_be_visible()


async def test_axe_is_awake(open_screen: OpenScreen, ada: Person) -> None:
    screen = await open_screen(ada, axe=True)
    await expect(screen.picker("Modèle")).to_be_visible()
    await screen.page.evaluate("() => { document.querySelector('label[for=composer]').style.display = 'none'; }")
    await screen.page.evaluate("() => { document.querySelector('#composer').removeAttribute('placeholder'); }")
    await screen.page.evaluate("() => { document.querySelector('h1').style.color = '#ccc'; }")
    found = " ".join(await violations(screen.page))
    assert "label:" in found
    assert "color-contrast:" in found


async def test_ways_in(inspect: Inspect) -> None:
    inspection = await inspect()
    screen = inspection.screen
    await expect(screen.button("Se connecter")).to_be_visible()
    await inspection.look("sign-in")
    await screen.field("Adresse électronique").fill("ada@exemple.fr")
    await screen.field("Mot de passe").fill("faux")
    await screen.button("Se connecter").click()
    await expect(screen.page.get_by_role("alert")).to_be_visible()
    await inspection.look("sign-in refused")
    await screen.open("/#/install?secret=rien")
    await expect(screen.button("Créer le compte")).to_be_visible()
    await inspection.look("first administrator")
    await screen.open("/#/invitation?token=rien")
    await expect(screen.button("Ouvrir mon compte")).to_be_visible()
    await inspection.look("invitation")


async def test_before_the_first_question(inspect: Inspect, ada: Person) -> None:
    inspection = await inspect(ada)
    screen = inspection.screen
    await expect(screen.picker("Modèle")).to_be_visible()
    await inspection.look("home")
    await screen.picker("Modèle").click()
    await inspection.look_in_menu("model picker")
    await screen.picker("Niveau").click()
    await inspection.look_in_menu("level picker")
    await screen.page.keyboard.press("Control+k")
    await inspection.look_in_dialog("palette")
    await screen.main.click(position={"x": 5, "y": 200})
    await screen.page.keyboard.press("?")
    await inspection.look_in_dialog("help")
    await screen.open("/nulle-part")
    await expect(screen.heading("Cette page n’existe pas")).to_be_visible()
    await inspection.look("not found")


async def test_before_the_models_are_known(inspect: Inspect, ada: Person) -> None:
    inspection = await inspect(ada)
    screen = inspection.screen
    known = asyncio.Event()
    answers: list[dict[str, Any]] = [
        {"status": 500, "json": {"code": "internal", "message": "", "params": {}, "request_id": "essai"}},
        {"status": 200, "json": {"items": []}},
    ]

    async def hold(route: Route) -> None:
        await known.wait()
        await route.fulfill(**answers[0])

    await screen.page.route("**/api/models", hold)
    await screen.open("/")
    await screen.composer.fill("Une question qui attend")
    await screen.composer.press("Enter")
    await expect(screen.button("Ne pas envoyer")).to_be_visible()
    await inspection.look("waiting for the models")
    await screen.button("Ne pas envoyer").click()
    known.set()
    await expect(screen.button("Réessayer")).to_be_visible()
    await inspection.look("models unknown")
    del answers[0]
    await screen.button("Réessayer").click()
    await expect(screen.main).to_contain_text("Aucun modèle")
    await inspection.look("no model")


async def test_the_list(inspect: Inspect, ada: Person) -> None:
    folder = (await ada.visitor.call("POST", "/api/folders", {"name": "Finances"})).body["id"]
    await ada.conversation("Budget", "Combien ? [[say=Mille_euros.]]", folder_id=folder)
    await ada.conversation("Congés", "Quand ? [[say=En_août.]]")
    inspection = await inspect(ada)
    screen = inspection.screen
    await show_list(screen)
    await expect(screen.conversations.get_by_role("link", name="Budget")).to_be_visible()
    await inspection.look("list")
    await screen.conversations.get_by_role("button", name="Actions de « Budget »").click()
    await inspection.look_in_menu("conversation menu")
    await screen.conversations.get_by_role("button", name="Actions de « Budget »").click()
    await screen.action("Déplacer vers").press("ArrowRight")
    await expect(screen.menu).to_have_count(2)
    await inspection.look_in_menu("submenu")
    await screen.button("Actions du dossier Finances").click()
    await inspection.look_in_menu("folder menu")
    await screen.page.get_by_role("button", name="Menu de Ada Lovelace").click()
    await inspection.look_in_menu("person menu")
    await screen.page.get_by_role("textbox", name="Rechercher dans mes conversations").fill("euros")
    await expect(screen.conversations.locator("mark")).to_be_visible()
    await inspection.look("search results")
    await screen.page.get_by_role("textbox", name="Rechercher dans mes conversations").fill("introuvable")
    await expect(screen.conversations).to_contain_text("Aucune conversation ne contient")
    await inspection.look("nothing found")


async def test_a_conversation(inspect: Inspect, ada: Person, narrator: Narrator) -> None:
    narrator.texts["Tout ce qui se lit"] = RICH
    conversation = await ada.conversation("Tout", "Tout ce qui se lit")
    inspection = await inspect(ada, f"/c/{conversation}")
    screen = inspection.screen
    await expect(screen.answer().locator("math").first).to_be_attached()
    await expect(screen.answer().get_by_role("table")).to_be_visible()
    await inspection.look("answered")
    await screen.link("un lien").click()
    await inspection.look_in_dialog("leaving")
    await screen.main.get_by_role("button", name="Actions de « Tout »").click()
    await screen.action("Renommer").click()
    await inspection.look_in_dialog("renaming")
    await screen.composer.press("ArrowUp")
    await expect(screen.editor).to_be_visible()
    await inspection.look("editing")
    await screen.editor.press("Escape")
    await screen.button("Demander une autre réponse").click()
    await expect(screen.under()).to_contain_text("2 sur 2")
    await inspection.look("two versions")
    await screen.ask("Longtemps [[tokens=2000 rate=10]]")
    await screen.reading("La lumière se propage", 2)
    await inspection.look("streaming")
    await screen.button("Arrêter la réponse").click()
    await screen.read(2)
    await inspection.look("stopped")
    await screen.main.get_by_role("button", name="Actions de « Tout »").click()
    await screen.action("Supprimer").click()
    await expect(screen.button("Annuler")).to_be_visible()
    await inspection.look("deleted, with its undo")


async def test_what_went_wrong(inspect: Inspect, ada: Person) -> None:
    conversation = await ada.visitor.conversation(level="restricted")
    await ada.visitor.ask(conversation, "Secret [[say=Non]]", model="far")
    await ada.visitor.ask(conversation, "Personne [[fault=500]]")
    await ada.visitor.ask(conversation, "Rien [[fault=empty]]")
    inspection = await inspect(ada, f"/c/{conversation}")
    screen = inspection.screen
    await expect(screen.answer(1)).to_contain_text("Refus")
    await inspection.look("refused, failed and empty")
    await screen.page.context.set_offline(offline=True)
    await expect(screen.banner).to_be_visible()
    await inspection.look("off line")
    await screen.page.context.set_offline(offline=False)
    await expect(screen.banner).to_be_hidden()
    await screen.composer.fill("Encore")
    await ada.visitor.call("DELETE", "/api/sessions/current")
    await screen.composer.press("Enter")
    await expect(screen.dialog).to_contain_text("Votre session a pris fin")
    await inspection.look("session ended")


async def test_settings(inspect: Inspect, ada: Person) -> None:
    inspection = await inspect(ada, "/settings")
    screen = inspection.screen
    await expect(screen.page.get_by_role("heading", name="Vos données", exact=True)).to_be_visible()
    await inspection.look("settings")
    await screen.field("Mot de passe actuel").fill("faux")
    await screen.field("Nouveau mot de passe").fill("court")
    await screen.button("Changer le mot de passe").click()
    await expect(screen.page.get_by_role("alert")).to_be_visible()
    await inspection.look("settings refused")


async def test_administration(inspect: Inspect, new_person: NewPerson) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    invited = {"email": "alan@exemple.fr", "name": "Alan", "is_administrator": False}
    await boss.visitor.call("POST", "/api/admin/invitations", invited)
    inspection = await inspect(boss, "/administration/persons")
    screen = inspection.screen
    await expect(screen.page.get_by_role("table", name="Invitations en attente")).to_be_visible()
    await expect(screen.page.get_by_role("table", name="Personnes")).to_be_visible()
    await inspection.look("persons")
    await screen.page.get_by_role("table", name="Personnes").get_by_role("button", name="Actions sur").first.click()
    await inspection.look_in_menu("actions on a person")
    await screen.button("Inviter une personne").click()
    await inspection.look_in_dialog("inviting")
    await screen.button("Inviter une personne").click()
    await screen.dialog.get_by_label("Nom affiché").fill("Alan Turing")
    await screen.dialog.get_by_label("Adresse électronique").fill("alan@exemple.fr")
    await screen.button("Créer le lien").click()
    await expect(screen.dialog.get_by_label("Lien d’invitation")).to_be_visible()
    await inspection.look_in_dialog("invitation link")

    await screen.open("/administration/models")
    await expect(screen.page.get_by_role("table", name="Serveurs de modèles")).to_be_visible()
    await expect(screen.page.get_by_role("table", name="Modèles", exact=True)).to_be_visible()
    await inspection.look("servers and models")
    await screen.button("Ajouter un serveur").click()
    await inspection.look_in_dialog("adding a server")
    await screen.button("Ajouter un modèle").click()
    await inspection.look_in_dialog("adding a model")
    await screen.button(f"Actions sur {MODEL}").click()
    await inspection.look_in_menu("actions on a model")
    await screen.button(f"Actions sur {MODEL}").click()
    await screen.action("Modifier").click()
    await inspection.look_in_dialog("a model of the file")
    await screen.button("Actions sur scripted").click()
    await screen.action("Supprimer").click()
    await inspection.look_in_dialog("deleting a server")
