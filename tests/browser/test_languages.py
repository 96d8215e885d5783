"""French first; English whole: no word of the other language left, no missing word."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import ABSENT_MODEL, FAR_MODEL, MODEL
from tests.browser.screen import Screen
from tests.journeys.service import PASSWORD

pytestmark = pytest.mark.browser
_WORDS = Path(__file__).parent.parent.parent / "web" / "src" / "i18n"
# All that is read or heard: texts, names, hints.
_TEXTS = """() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.data);
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["aria-label", "placeholder", "title", "alt", "aria-description"]) {
      texts.push(element.getAttribute(name) ?? "");
    }
  }
  return texts.filter(text => text.trim() !== "");
}"""


def plain(text: str) -> str:
    return " ".join(text.split())


def sentences(language: str) -> set[str]:
    """What is said in this language and not in the other: sentences and words, cut at their parameters."""
    own, other = (
        "\n".join(path.read_text() for path in sorted((_WORDS / name).glob("*.ts")))
        for name in (language, "en" if language == "fr" else "fr")
    )
    found = {
        plain(piece)
        for text in re.findall(r'"((?:[^"\\]|\\.)*)"', own)
        for piece in re.split(r"[{}#]|\b(?:plural|select|one|other|number)\b|=0", text)
    }
    theirs = plain(other)
    return {piece for piece in found if len(piece) >= 6 and re.search(r"[a-zéèà]{3}", piece) and piece not in theirs}


FRENCH, ENGLISH = sentences("fr"), sentences("en")
# Given by the institution, in its language.
_OWN_NAMES = re.compile("|".join((MODEL, FAR_MODEL, ABSENT_MODEL, "Nuage & Cie", "Institution")))
_KEY = re.compile(
    r"\b(?:administration|answer|chat|conversations|errors|identity|models|persons|rights|roles|settings|shell|units)\.[a-z]\w+(?:\.\w+)*"
)


async def assert_only(screen: Screen, foreign: set[str], state: str) -> None:
    texts = [_OWN_NAMES.sub("", plain(text)) for text in await screen.page.evaluate(_TEXTS)]
    said = "\n".join(texts)
    there = {piece for piece in foreign if piece in said}  # most are not: whole words are looked for among the others
    found = sorted(piece for piece in there if re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", said))
    assert not found, f"{state}: {found}"
    missing = [text for text in texts if _KEY.search(text)]
    assert not missing, f"{state}: {missing}"


async def see_every_screen(screen: Screen, failed: str, foreign: set[str], names: dict[str, str]) -> None:
    async def at(path: str, heading: str) -> None:
        await screen.open(path)
        await expect(screen.heading(names[heading]).first).to_be_visible()
        await screen.page.wait_for_load_state("networkidle")
        await assert_only(screen, foreign, path)

    await at("/", "hello")
    for prefix in (names["model"], names["level"]):
        await screen.picker(prefix).click()
        await expect(screen.menu).to_be_visible()
        await assert_only(screen, foreign, prefix)
        await screen.page.keyboard.press("Escape")
    await screen.page.keyboard.press("Control+k")
    await expect(screen.page.get_by_role("option").first).to_be_visible()
    await assert_only(screen, foreign, "palette")
    await screen.page.keyboard.press("Escape")
    await screen.main.focus()
    await screen.page.keyboard.press("?")
    await expect(screen.dialog).to_be_visible()
    await assert_only(screen, foreign, "help")
    await screen.page.keyboard.press("Escape")
    await screen.open(f"/c/{failed}")
    await expect(screen.page.get_by_text(names["unreachable"]).first).to_be_visible()
    await assert_only(screen, foreign, "failed")
    await screen.main.get_by_role("button", name=names["actions"]).first.click()
    await expect(screen.menu).to_be_visible()
    await assert_only(screen, foreign, "conversation menu")
    await screen.page.keyboard.press("Escape")
    await at("/settings", "data")
    await at("/administration/persons", "invitations")
    await at("/administration/models", "servers")
    await at("/administration/units", "units")
    await at("/administration/roles", "roles")
    await at("/nulle-part", "not found")


@pytest.fixture
async def boss(new_person: NewPerson) -> Person:
    return await new_person("Kim Lee", administrator=True)


@pytest.fixture
async def failed(boss: Person) -> str:
    return await boss.conversation("Kim", "1 + 1 [[say=2]]", "2 + 2 [[fault=500]]")


def test_the_words_are_found() -> None:
    assert len(FRENCH) > 200
    assert len(ENGLISH) > 200


async def test_french_is_whole(open_screen: OpenScreen, boss: Person, failed: str) -> None:
    screen = await open_screen(boss)
    await expect(screen.page.locator("html")).to_have_attribute("lang", "fr")
    names = {
        "hello": "Bonjour Kim",
        "model": "Modèle",
        "level": "Niveau de sensibilité",
        "unreachable": "Le serveur du modèle ne répond pas.",
        "actions": "Actions de",
        "data": "Vos données",
        "invitations": "Invitations en attente",
        "servers": "Serveurs de modèles",
        "units": "Unités",
        "roles": "Rôles",
        "not found": "Cette page n’existe pas",
    }
    await see_every_screen(screen, failed, ENGLISH, names)


async def test_english_is_whole(open_screen: OpenScreen, boss: Person, failed: str) -> None:
    screen = await open_screen(boss)
    await screen.page.get_by_role("button", name="Menu de Kim Lee").click()
    await screen.action("Langue").press("ArrowRight")
    await screen.choice("English").click()
    await expect(screen.heading("Hello Kim")).to_be_visible()
    await expect(screen.page.locator("html")).to_have_attribute("lang", "en")
    names = {
        "hello": "Hello Kim",
        "model": "Model",
        "level": "Level of sensitivity",
        "unreachable": "The model’s server does not answer.",
        "actions": "Actions of",
        "data": "Your data",
        "invitations": "Pending invitations",
        "servers": "Model servers",
        "units": "Units",
        "roles": "Roles",
        "not found": "This page does not exist",
    }
    await see_every_screen(screen, failed, FRENCH, names)


@pytest.mark.parametrize(("locale", "title"), [("fr-FR", "Connexion"), ("de-DE", "Connexion"), ("en-GB", "Sign in")])
async def test_before_signing_in_the_browser_says_which(open_screen: OpenScreen, locale: str, title: str) -> None:
    screen = await open_screen(locale=locale)
    await expect(screen.page.get_by_role("heading", name=title)).to_be_visible()
    await assert_only(screen, FRENCH if locale == "en-GB" else ENGLISH, "sign-in")


async def test_the_choice_made_before_signing_in_stays(open_screen: OpenScreen) -> None:
    screen = await open_screen()
    await screen.button("English").click()
    await expect(screen.heading("Sign in")).to_be_visible()
    await screen.page.get_by_label("E-mail address").fill("nobody@example.org")
    await screen.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await screen.button("Sign in").click()
    await expect(screen.page.get_by_role("alert")).to_be_visible()
    await assert_only(screen, FRENCH, "sign-in refused")
    await screen.page.reload()
    await expect(screen.heading("Sign in")).to_be_visible()
