"""Small windows, large letters, still pages: every screen stays whole and usable (TA-183)."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
WIDE = """Un texte.

| Une première colonne | Une deuxième colonne | Une troisième colonne | Une quatrième colonne | Une cinquième |
|---|---|---|---|---|
| insécablissimement | insécablissimement | insécablissimement | insécablissimement | insécablissimement |

```python
une_ligne_de_code_qui_ne_peut_pas_etre_coupee = "et qui va beaucoup plus loin que le bord de la fenêtre, à droite"
```

$$a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 + a_{10} + a_{11} + a_{12} + a_{13} + a_{14} = \\frac{1}{2}$$

https://exemple.fr/une/adresse/tres/longue/sans/aucune/coupure/possible/avant/la/fin/de/la/ligne/0123456789012345
"""
# What goes out of the window on the side: the page itself, or something to press or fill that no box scrolls to.
# Where it stands once it no longer moves: a wheel goes on for some frames.
_AT_REST = """async region => {
  let before;
  do {
    before = region.scrollTop;
    await new Promise(resolve => setTimeout(resolve, 100));
  } while (region.scrollTop !== before);
  return before;
}"""
_OUTSIDE = """() => {
  const outside = [];
  if (document.scrollingElement.scrollWidth > innerWidth + 1) outside.push(`page ${document.scrollingElement.scrollWidth}`);
  const scrolls = element => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      const { overflowX, position } = getComputedStyle(box);
      if (["auto", "scroll"].includes(overflowX) && box.scrollWidth > box.clientWidth) return true;
      if (position === "fixed") return false;
    }
    return false;
  };
  for (const element of document.querySelectorAll("button, a[href], input:not([type=file]), textarea, select, h1, h2, p")) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width <= 1 || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest(".visuallyHidden") || scrolls(element)) continue;
    if (right > innerWidth + 1 || left < -1) {
      outside.push(`${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent} ${left}–${right}`);
    }
  }
  return outside;
}"""
SIZES = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "390 px in a hand": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "zoom 200 %": {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2},
    "zoom 400 %": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


async def assert_whole(screen: Screen, state: str) -> None:
    assert await screen.page.evaluate(_OUTSIDE) == [], state


ADMINISTRATION = tuple(f"/administration/{section}" for section in ("persons", "units", "roles", "models"))


async def see_every_screen(open_screen: OpenScreen, person: Person, conversation: str, **settings: object) -> None:
    outside = await open_screen(**settings)
    await expect(outside.button("Se connecter")).to_be_visible()
    await assert_whole(outside, "sign-in")
    screen = await open_screen(person, f"/c/{conversation}", **settings)
    await expect(screen.answer().get_by_role("table")).to_be_visible()
    await expect(screen.answer().locator("math").first).to_be_attached()
    await assert_whole(screen, "conversation")
    await expect(screen.composer).to_be_visible()
    await screen.picker("Modèle").click()
    await expect(screen.menu).to_be_visible()
    await assert_whole(screen, "model picker")
    await screen.page.keyboard.press("Escape")
    opener = screen.button("Ouvrir la liste des conversations")
    if await opener.count():
        await opener.click()
        await expect(screen.conversations).to_be_visible()
        await assert_whole(screen, "list")
        await screen.conversations.get_by_role("button", name="Fermer").click()
        await expect(opener).to_be_visible()
    for path, known in (
        ("/", "Bonjour Ada"),
        ("/settings", "Vos données"),
        ("/administration/persons", "Invitations en attente"),
        ("/administration/models", "Serveurs de modèles"),
        ("/administration/units", "Unités"),
        ("/administration/roles", "Responsable de la sécurité"),
        ("/nulle-part", "Cette page n’existe pas"),
    ):
        await screen.open(path)
        await expect(screen.heading(known).first).to_be_visible()
        await assert_whole(screen, path)


@pytest.fixture
async def conversation(boss: Person, narrator: Narrator) -> str:
    narrator.texts["Un texte large"] = WIDE
    return await boss.conversation("Un titre assez long pour ne pas tenir dans une petite fenêtre", "Un texte large")


@pytest.fixture
async def boss(new_person: NewPerson) -> Person:
    return await new_person("Ada-Augusta de Lovelace-Montmorency", administrator=True)


@pytest.mark.parametrize("size", SIZES)
async def test_small_windows(open_screen: OpenScreen, boss: Person, conversation: str, size: str) -> None:
    await see_every_screen(open_screen, boss, conversation, **SIZES[size])


async def test_letters_twice_as_large(open_screen: OpenScreen, boss: Person, conversation: str) -> None:
    """The text alone is enlarged, by the browser's own setting, in the window of an ordinary desk."""
    screen = await open_screen(boss, viewport={"width": 1280, "height": 800})
    session = await screen.page.context.new_cdp_session(screen.page)
    await session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for path in (f"/c/{conversation}", "/", "/settings", *ADMINISTRATION):
        await screen.open(path)
        assert await screen.page.evaluate("() => getComputedStyle(document.body).fontSize") == "32px"
        await expect(screen.main.get_by_role("heading").first).to_be_attached()
        await screen.page.wait_for_load_state("networkidle")
        await assert_whole(screen, path)


async def test_a_whole_journey_in_a_hand(open_screen: OpenScreen, ada: Person) -> None:
    await ada.conversation("Budget", "Combien ? [[say=Mille_euros.]]")
    screen = await open_screen(ada, **SIZES["390 px in a hand"])
    await screen.button("Ouvrir la liste des conversations").tap()
    await screen.conversations.get_by_role("link", name="Budget").tap()
    await screen.reading("Mille euros.")
    await expect(screen.conversations).to_have_count(0)
    await screen.composer.fill("Et après ? [[say=Rien.]]")
    await screen.button("Envoyer").tap()
    await screen.reading("Rien.", 2)
    await screen.read(2)
    await screen.button("Ouvrir la liste des conversations").tap()
    await screen.conversations.get_by_role("button", name="Actions de « Budget »").tap()
    await screen.action("Épingler").tap()
    await expect(screen.conversations.get_by_role("region", name="Épinglées")).to_be_visible()
    await screen.button("Nouvelle conversation").tap()
    await expect(screen.heading("Bonjour Ada")).to_be_visible()


async def test_nothing_moves_for_those_who_asked(open_screen: OpenScreen, ada: Person) -> None:
    moving = """() => document.getAnimations().filter(one =>
      one.playState === "running" && Number(one.effect.getComputedTiming().endTime) > 20).length"""
    screen = await open_screen(ada, reduced_motion="reduce")
    await screen.ask("Longtemps [[tokens=900 rate=15]]")
    await screen.reading("La lumière se propage")
    assert await screen.page.evaluate(moving) == 0
    await screen.main.get_by_role("button", name="Actions de").first.click()
    await expect(screen.menu).to_be_visible()
    assert await screen.page.evaluate(moving) == 0
    await screen.page.keyboard.press("Escape")
    await screen.page.keyboard.press("Control+k")
    await expect(screen.dialog).to_be_visible()
    assert await screen.page.evaluate(moving) == 0
    await screen.page.keyboard.press("Escape")
    await screen.button("Arrêter la réponse").click()
    await screen.read()


async def test_what_is_read_does_not_move(open_screen: OpenScreen, ada: Person) -> None:
    """While an answer grows, a reader who went up stays where they are."""
    conversation = await ada.conversation("Longue", *(f"Question {n} [[tokens=300]]" for n in range(3)))
    screen = await open_screen(ada, f"/c/{conversation}")
    await screen.reading("La lumière", 3)
    await screen.ask("Encore [[tokens=400 rate=60]]")
    await screen.reading("La lumière se propage", 4)
    scroller = screen.page.get_by_role("region", name="Échanges")
    await scroller.hover()
    await screen.page.mouse.wheel(0, -600)
    await expect(screen.button("Aller à la fin")).to_be_visible()
    before: float = await scroller.evaluate(_AT_REST)
    await screen.read(4)
    assert abs(await scroller.evaluate("region => region.scrollTop") - before) <= 1
    await screen.button("Aller à la fin").click()
    await expect(screen.button("Aller à la fin")).to_have_count(0)
