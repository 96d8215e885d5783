"""Real kinds of documents are dropped, asked, and their citations followed to the right words, by what the screen shows."""

import base64
import re
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import aiohttp
import pytest
from playwright.async_api import Locator, ViewportSize, expect

from chatelet.kernel.database import Database
from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.papers import ASKED, found_again, mail, rotated, scan, sheet, two_columns
from tests.browser.screen import Screen
from tests.journeys import files
from tests.journeys.service import PASSWORD, Service
from tests.journeys.visitor import Visitor
from tests.persons import create_person

pytestmark = pytest.mark.browser
DESK, HAND = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)
PAGES = {
    "scan.pdf": scan,
    "page tournée.pdf": rotated,
    "scan de travers.pdf": partial(scan, -2.5),
    "article.pdf": two_columns,
}
HEATING = "Le chauffage a coûté 12400 euros en 2024"
LIFTS = "Le contrat d'entretien des ascenseurs court jusqu'au 30 juin 2027"
_DROP = """(target, files) => {
  const dataTransfer = new DataTransfer();
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name));
  }
  for (const type of ["dragenter", "dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""


@dataclass(frozen=True)
class Answered:
    """Somebody whose answer cites each page."""

    person: Person
    conversation: str


@pytest.fixture(scope="module")
async def answered(service: Service, beside: Database, http: aiohttp.ClientSession, narrator: Narrator) -> Answered:
    """Have the pages read once for all tests."""
    email = f"{uuid4()}@exemple.fr"
    async with beside.transaction() as session:
        await create_person(session, email=email, name="Rose Dieng", password=PASSWORD, is_administrator=False)
    visitor = Visitor(http, service.address)
    await visitor.sign_in(email)
    given = [await files.send(visitor, name, drawn()) for name, drawn in PAGES.items()]
    question = "Qui la préfète a-t-elle reçu ce jour-là ?"
    narrator.texts[question] = " ".join(f"{ASKED[:-1]} [{number}]." for number in range(1, len(PAGES) + 1))
    for file in given:
        read = await files.until_read(visitor, file)
        assert read["state"] == "read", read
    conversation = await visitor.conversation()
    await visitor.ask(conversation, question, attachments=given)
    return Answered(Person(email, "Rose Dieng", visitor), conversation)


def source(screen: Screen) -> Locator:
    """The panel of a source: beside the conversation, or the whole screen of a phone."""
    return screen.page.get_by_role("complementary").or_(screen.dialog)


def citation(screen: Screen, name: str) -> Locator:
    verified = re.compile(f"^Citation \\d+, vérifiée : {re.escape(name)}")
    return screen.answer().get_by_role("button", name=verified)


async def shown(screen: Screen, name: str) -> Locator:
    """Return the picture of the page in the panel, once it is there with its light."""
    page = source(screen).get_by_role("region", name=f"Page 1 de {name}, image")
    await page.get_by_role("img").evaluate("image => image.decode()")
    return page


async def drop(screen: Screen, **given: bytes) -> None:
    sent = [[name, base64.b64encode(data).decode()] for name, data in given.items()]
    await screen.heading("Bonjour Ada").evaluate(_DROP, sent)


async def test_dropped_asked_and_followed_by_keyboard(screen: Screen, narrator: Narrator) -> None:
    """A scan with accents, a two-column article, a spreadsheet, a mail with an attachment."""
    question = "Que disent ces quatre fichiers ?"
    narrator.texts[question] = f"{ASKED[:-1]} [1]. {ASKED[:-1]} [2]. {HEATING} [3]. {LIFTS} [4]."
    await drop(
        screen,
        **{
            "scan.pdf": scan(),
            "article.pdf": two_columns(),
            "budget.xlsx": sheet(("Poste", "Année", "Montant"), ("Chauffage", "2024", "12400 euros")),
            "courriel.eml": mail("Bonjour, voici le contrat.", f"{LIFTS}, sauf reconduction."),
        },
    )
    chips = screen.page.get_by_role("list", name="Fichiers joints à la question").get_by_role("listitem")
    await expect(chips.filter(has_text=re.compile("· lu"))).to_have_count(4)
    await screen.ask(question)
    await screen.read()
    press = screen.page.keyboard.press

    await citation(screen, "scan.pdf").focus()
    await press("Enter")
    lit, asked = found_again(await (await shown(screen, "scan.pdf")).screenshot())
    assert min(lit, asked) >= 0.8, (lit, asked)
    onward = source(screen).get_by_role("button", name="Citation suivante")
    await onward.focus()
    await press("Enter")
    lit, asked = found_again(await (await shown(screen, "article.pdf")).screenshot())
    assert min(lit, asked) >= 0.8, (lit, asked)
    await press("Enter")
    await expect(source(screen).get_by_role("heading", name="budget.xlsx")).to_be_visible()
    await expect(source(screen).locator("mark")).to_contain_text("Chauffage | 2024 | 12400 euros")
    await press("Enter")
    await expect(source(screen).get_by_role("heading", name="courriel.eml")).to_be_visible()
    await expect(source(screen).locator("mark")).to_contain_text(LIFTS)
    await expect(source(screen)).to_contain_text("contrat d’entretien.docx")
    # The last one: there is nothing after it, and the focus has not been lost.
    await press("Enter")
    await expect(source(screen)).to_contain_text("Citation 4 sur 4")
    await expect(onward).to_be_focused()
    await press("Escape")
    await expect(source(screen)).to_have_count(0)
    await expect(citation(screen, "scan.pdf")).to_be_focused()


@pytest.mark.parametrize("viewport", [DESK, HAND], ids=["desk", "hand"])
@pytest.mark.parametrize("name", list(PAGES))
async def test_the_light_is_on_the_words(
    answered: Answered, open_screen: OpenScreen, name: str, viewport: ViewportSize
) -> None:
    path = f"/c/{answered.conversation}"
    screen = await open_screen(answered.person, path, viewport=viewport, reduced_motion="reduce")
    await citation(screen, name).click()
    page = await shown(screen, name)
    for theme in ("light", "dark"):
        await screen.set_theme(theme)
        lit, asked = found_again(await page.screenshot())
        assert lit >= 0.8, f"{theme}: {lit:.0%} of the words asked for are lit"
        assert asked >= 0.8, f"{theme}: {asked:.0%} of what is lit was asked for"


async def test_a_light_on_other_words_is_seen(answered: Answered, open_screen: OpenScreen) -> None:
    """The measure of the test above is not blind."""
    screen = await open_screen(answered.person, f"/c/{answered.conversation}", reduced_motion="reduce")
    await citation(screen, "article.pdf").click()
    page = await shown(screen, "article.pdf")
    await page.get_by_role("img").evaluate("image => { image.nextElementSibling.style.translate = '0 3.5rem'; }")
    lit, asked = found_again(await page.screenshot())
    assert max(lit, asked) < 0.5, (lit, asked)
