"""Everything by keyboard alone, the focus always seen and given back; what a screen reader is told, and when (TA-181)."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import FAR_MODEL
from tests.browser.screen import Screen
from tests.journeys.service import PASSWORD

pytestmark = pytest.mark.browser
# What has the focus: its name, and whether anything on the screen shows it (its own outline, or its frame's).
_FOCUS = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return null;
  const shows = element => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  };
  const box = on.getBoundingClientRect();
  const label = on.getAttribute("aria-label") ?? on.labels?.[0]?.textContent ?? on.textContent;
  const frame = on.closest("form, label, li") ?? on;
  return {
    name: label.trim().slice(0, 60) || on.tagName,
    shown: shows(on) || shows(frame) || [...(on.labels ?? [])].some(shows),
    inside: box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


async def walk(screen: Screen, most: int = 80) -> list[str]:
    """Go through the screen with Tab; return the names met. Each stop must be seen."""
    names: list[str] = []
    hidden: list[str] = []
    await screen.start_of_page()
    for _ in range(most):
        await screen.page.keyboard.press("Tab")
        focus = await screen.page.evaluate(_FOCUS)
        if focus is None:
            break
        names.append(focus["name"])
        if not (focus["shown"] and focus["inside"]):
            hidden.append(focus["name"])
    assert not hidden, f"the focus is not seen on: {hidden}"
    return names


async def tab_to(screen: Screen, name: str, *, back: bool = False) -> None:
    """Press Tab until something of that name has the focus."""
    met = []
    for _ in range(60):
        await screen.page.keyboard.press("Shift+Tab" if back else "Tab")
        focus = await screen.page.evaluate(_FOCUS)
        if focus and focus["name"].startswith(name):
            assert focus["shown"], f"the focus is not seen on {name}"
            return
        met.append(focus and focus["name"])
    raise AssertionError(f"{name} was not met: {met}")


async def test_a_whole_day_without_a_mouse(open_screen: OpenScreen, ada: Person) -> None:
    screen = await open_screen()
    keys = screen.page.keyboard
    await expect(screen.field("Adresse électronique")).to_be_focused()
    await keys.type(ada.email)
    await tab_to(screen, "Mot de passe")
    await keys.type(PASSWORD)
    await tab_to(screen, "Se connecter")
    await keys.press("Enter")

    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    await expect(screen.picker("Modèle")).to_be_visible()
    await screen.start_of_page()
    await keys.press("/")
    await expect(screen.composer).to_be_focused()
    await keys.type("Une longue question [[tokens=900 rate=20]]")
    await keys.press("Enter")
    await screen.reading("La lumière se propage")
    await expect(screen.composer).to_be_focused()
    await keys.press("Escape")
    await expect(screen.answer()).to_contain_text("Vous avez arrêté cette réponse.")
    await expect(screen.composer).to_be_focused()

    await tab_to(screen, "Actions de", back=True)
    await keys.press("Enter")
    await expect(screen.action("Renommer")).to_be_focused()
    await keys.press("Enter")
    await expect(screen.dialog.get_by_label("Titre")).to_be_focused()
    await keys.type("Optique")
    await keys.press("Enter")
    await expect(screen.page.get_by_role("heading", level=1)).to_have_text("Optique")
    await expect(screen.page.get_by_role("button", name=re.compile("^Actions de « Optique"))).not_to_have_count(0)
    await expect(screen.main.get_by_role("button", name=re.compile("^Actions de « Optique"))).to_be_focused()

    await keys.press("Control+k")
    await expect(screen.page.get_by_role("combobox")).to_be_focused()
    await keys.type("nouv")
    await keys.press("Enter")
    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    await keys.press("Control+k")
    await expect(screen.page.get_by_role("combobox")).to_be_focused()
    await keys.type("optique")
    await expect(screen.page.get_by_role("option", name=re.compile("Optique"))).to_be_visible()
    await keys.press("ArrowDown")
    await keys.press("ArrowUp")
    await keys.press("Enter")
    await expect(screen.page.get_by_role("heading", level=1)).to_have_text("Optique")
    await expect(screen.composer).to_be_focused()
    await keys.press("ArrowUp")
    await expect(screen.editor).to_be_focused()
    await keys.press("Escape")
    await expect(screen.composer).to_be_focused()

    await keys.press("Control+k")
    await expect(screen.page.get_by_role("combobox")).to_be_focused()
    await keys.type("deconnecter")
    await keys.press("Enter")
    await expect(screen.heading("Connexion")).to_be_visible()


async def test_focus_returns_where_it_came_from(screen: Screen) -> None:
    keys = screen.page.keyboard
    await expect(screen.picker("Modèle")).to_be_visible()
    await screen.composer.focus()
    await tab_to(screen, "Modèle")
    await keys.press("Enter")
    await expect(screen.menu).to_be_visible()
    await keys.press("ArrowDown")
    await expect(screen.choice(FAR_MODEL)).to_be_focused()
    await keys.press("Escape")
    await expect(screen.picker("Modèle")).to_be_focused()
    await keys.press("?")
    await expect(screen.dialog).to_contain_text("Raccourcis clavier")
    await keys.press("Escape")
    await expect(screen.picker("Modèle")).to_be_focused()
    await keys.press("Control+k")
    await expect(screen.page.get_by_role("combobox")).to_be_focused()
    await keys.press("Escape")
    await expect(screen.picker("Modèle")).to_be_focused()
    await tab_to(screen, "Nouveau dossier", back=True)
    await keys.press("Enter")
    await expect(screen.dialog.get_by_label("Nom du dossier")).to_be_focused()
    for _ in range(8):  # the focus stays in the dialog
        await keys.press("Tab")
        assert await screen.page.evaluate("() => Boolean(document.activeElement.closest('[role=dialog]'))")
    await keys.press("Escape")
    await expect(screen.button("Nouveau dossier")).to_be_focused()


async def test_the_focus_is_seen_all_along(new_person: NewPerson, open_screen: OpenScreen) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    conversation = await boss.conversation("Optique", "Un [[say=Voyez_[la_notice](https://exemple.fr)_et_`code`.]]")
    screen = await open_screen(boss, f"/c/{conversation}")
    await expect(screen.link("la notice")).to_be_visible()
    names = await walk(screen)
    assert names[0] == "Aller au contenu"
    for name in ("Nouvelle conversation", "Optique", "la notice", "Copier en Markdown", "Votre question"):
        assert name in names
    await screen.open("/settings")
    await expect(screen.page.get_by_role("heading", name="Vos données", exact=True)).to_be_visible()
    assert "Choisir un fichier" in await walk(screen)
    for path in ("/administration/persons", "/administration/models", "/administration/roles"):
        await screen.open(path)
        await expect(screen.main.get_by_role("row").or_(screen.main.get_by_role("listitem")).first).to_be_visible()
        await walk(screen)


async def test_the_way_past_the_list(screen: Screen) -> None:
    await expect(screen.picker("Modèle")).to_be_visible()
    await screen.start_of_page()
    await screen.page.keyboard.press("Tab")
    assert await screen.focused() == "Aller au contenu"
    await screen.page.keyboard.press("Enter")
    assert await screen.page.evaluate("() => document.activeElement.id") == "content"


async def test_a_screen_reader_hears_the_start_and_the_end_only(screen: Screen) -> None:
    await screen.listen()
    await screen.ask("Question [[tokens=60 rate=30]]")
    await screen.read()
    await expect(screen.page.locator("[aria-live=polite]")).to_have_text("Réponse terminée.")
    assert await screen.heard() == ["La réponse s’écrit.", "Réponse terminée."]
    spoken = screen.page.locator("[aria-live]:not([aria-live=off]), [role=status], [role=log], [role=alert]")
    for text in await spoken.all_text_contents():
        assert "lumière" not in text


async def test_a_screen_reader_hears_what_stopped_or_failed(screen: Screen) -> None:
    await screen.listen()
    await screen.ask("Question [[fault=500]]")
    await screen.read()
    region = screen.page.locator("[aria-live=polite]")
    await expect(region).to_contain_text("Le serveur du modèle ne répond pas.")
    await screen.ask("Question [[tokens=600 rate=20]]")
    await expect(screen.button("Arrêter la réponse")).to_be_visible()
    await screen.page.keyboard.press("Escape")
    await expect(region).to_have_text("Réponse arrêtée.")
    ends = [one for one in await screen.heard() if one != "La réponse s’écrit."]
    assert len(ends) == 2, ends  # one that fails at once may never have been seen to start


async def test_an_answer_is_a_region_with_headings(ada: Person, open_screen: OpenScreen) -> None:
    conversation = await ada.conversation("Plan", "Un [[say=Bien]]", "Deux [[say=Mieux]]")
    screen = await open_screen(ada, f"/c/{conversation}")
    await screen.reading("Mieux", 2)
    headings = await screen.main.get_by_role("heading").all_text_contents()
    assert headings == ["Plan", "Question 1", "Réponse 1", "Question 2", "Réponse 2"]
    await expect(screen.page.get_by_role("main")).to_have_count(1)
    await expect(screen.page).to_have_title("Plan · Châtelet")


async def test_keys_that_were_turned_off_stay_off(screen: Screen) -> None:
    await screen.open("/settings")
    await screen.page.get_by_label("Raccourcis à une touche").uncheck()
    await screen.page.get_by_label("Entrée envoie la question").uncheck()
    await screen.open("/")
    await expect(screen.picker("Modèle")).to_be_visible()
    await screen.main.focus()
    await screen.page.keyboard.press("?")
    await screen.composer.fill("Une ligne [[say=Bien]]")
    await screen.composer.press("Enter")
    await expect(screen.composer).to_have_value("Une ligne [[say=Bien]]\n")
    await expect(screen.dialog).to_have_count(0)
    await screen.composer.press("Control+Enter")
    await screen.reading("Bien")
