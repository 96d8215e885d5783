"""A file is given, a question is asked of it, its citation is followed to the right words (TA-073, TA-074)."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
NOTE = """# Conservation des dossiers

Les dossiers médicaux sont conservés pendant vingt ans à compter du 18 juin 2023, selon la note du service. 👩‍⚕️

Le budget annuel alloué à la conservation s'élève à 208 000 € hors taxes pour l'ensemble du service.
"""
ANSWER = """**Le budget annuel de la conservation est de 208 000 € hors taxes [1].**

Le budget annuel de la conservation est de 500 000 € hors taxes [1]. Le code `x[1]` n'est pas une citation.
"""
QUESTION = "Quel est le budget ?"


def file(name: str, text: str = NOTE) -> dict[str, object]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


_TRANSFER = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "text/plain" }));
  return transfer;
}"""

_PASTE = """(field, clipboardData) =>
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))"""


async def give(screen: Screen, *files: dict[str, object]) -> None:
    await screen.page.locator("input[data-adds=files]").set_input_files(list(files))  # type: ignore[arg-type]


def chips(screen: Screen) -> Locator:
    return screen.page.get_by_role("list", name="Fichiers joints à la question").get_by_role("listitem")


def panel(screen: Screen) -> Locator:
    return screen.page.get_by_role("complementary", name="note de service.txt")


async def asked(screen: Screen, narrator: Narrator) -> None:
    narrator.texts[QUESTION] = ANSWER
    await give(screen, file("note de service.txt"))
    await expect(chips(screen)).to_contain_text(["note de service.txt"])
    await screen.ask(QUESTION)
    await screen.read()


async def test_ask_a_file_and_follow_its_citations(screen: Screen, narrator: Narrator) -> None:
    await asked(screen, narrator)
    await expect(chips(screen)).to_have_count(0)
    await expect(screen.turn().get_by_role("button", name=re.compile("^Ouvrir note de service.txt"))).to_be_visible()
    answer = screen.answer()
    verified = answer.get_by_role("button", name=re.compile("^Citation 1, vérifiée : note de service.txt"))
    await expect(verified).to_have_count(1)
    await expect(answer).to_contain_text("Le code x[1] n'est pas une citation.")
    await verified.focus()
    await screen.page.keyboard.press("Enter")
    await expect(panel(screen)).to_contain_text("Vérifiée.")
    await expect(panel(screen).get_by_role("heading", name="note de service.txt")).to_be_focused()
    await expect(panel(screen).locator("mark")).to_contain_text("208 000 € hors taxes")
    await expect(panel(screen)).to_contain_text("Vous seul.")
    await panel(screen).get_by_role("button", name="Citation suivante").click()
    await expect(panel(screen)).to_contain_text("Sans appui. Un chiffre, une date ou une référence")
    await expect(screen.composer).to_be_in_viewport()
    await screen.page.keyboard.press("Escape")
    await expect(panel(screen)).to_have_count(0)
    assert (await screen.focused()).startswith("Citation 1, vérifiée")
    sources = answer.get_by_role("region", name="Sources")
    await expect(sources).to_contain_text("1 phrase vérifiée")
    await expect(sources).to_contain_text("lu en entier pour cette réponse")


async def test_nothing_that_axe_finds_wrong(open_screen: OpenScreen, ada: Person, narrator: Narrator) -> None:
    screen = await open_screen(ada, axe=True, reduced_motion="reduce")
    await give(screen, file("note de service.txt"), file("vide.txt", ""))
    await expect(chips(screen).filter(has_text="Ce fichier ne contient aucun texte lisible.")).to_be_visible()
    assert await violations(screen.page) == []
    narrator.texts[QUESTION] = ANSWER
    await screen.ask(QUESTION)
    await screen.read()
    await screen.answer().get_by_role("button", name=re.compile("^Citation 1, sans appui")).click()
    await expect(panel(screen).locator("mark")).to_be_visible()
    for theme in ("light", "dark"):
        await screen.set_theme(theme)
        assert await violations(screen.page) == []


async def test_files_of_a_draft_survive_a_reload(screen: Screen) -> None:
    await give(screen, file("note de service.txt"))
    await expect(chips(screen)).to_contain_text(["lu"])
    await screen.page.reload()
    await expect(chips(screen)).to_contain_text(["note de service.txt"])
    await screen.button("Retirer note de service.txt").click()
    await expect(chips(screen)).to_have_count(0)
    screen.witness.requests.clear()
    await screen.page.reload()
    await expect(screen.picker("Modèle")).to_be_visible()
    await expect(chips(screen)).to_have_count(0)
    assert not any("/api/files?" in url for url in screen.witness.requests), "the draft still holds the file"


async def test_drop_on_the_conversation_paste_in_the_question(screen: Screen) -> None:
    dropped = await screen.page.evaluate_handle(_TRANSFER, ["déposé.txt", NOTE])
    for event in ("dragenter", "dragover"):
        await screen.heading("Bonjour Ada").dispatch_event(event, {"dataTransfer": dropped})
    await expect(screen.main.get_by_text("Déposez vos fichiers ici.")).to_be_visible()
    await screen.heading("Bonjour Ada").dispatch_event("drop", {"dataTransfer": dropped})
    await expect(screen.main.get_by_text("Déposez vos fichiers ici.")).to_have_count(0)
    await expect(chips(screen)).to_contain_text(["déposé.txt"])
    pasted = await screen.page.evaluate_handle(_TRANSFER, ["collé.txt", NOTE])
    await screen.composer.evaluate(_PASTE, pasted)
    await expect(chips(screen)).to_contain_text(["déposé.txt", "collé.txt"])


async def test_a_question_waits_for_files_that_are_leaving(screen: Screen, narrator: Narrator) -> None:
    narrator.texts[QUESTION] = ANSWER
    let_go = asyncio.Event()

    async def hold(route: Route) -> None:
        await let_go.wait()
        await route.continue_()

    await screen.page.route(re.compile("/parts/0$"), hold)
    await give(screen, file("note de service.txt"))
    await expect(chips(screen)).to_contain_text(["envoi, 0"])
    await screen.composer.fill(QUESTION)
    await screen.composer.press("Enter")
    await expect(screen.main.get_by_text("Votre question les suivra")).to_be_visible()
    await expect(screen.button("Ne pas envoyer")).to_be_visible()
    let_go.set()
    await screen.read()
    await expect(screen.answer().get_by_role("region", name="Sources")).to_contain_text("note de service.txt")


async def test_a_question_does_not_leave_without_a_file_that_failed(screen: Screen) -> None:
    await expect(screen.main.get_by_text("Résumer une note")).to_be_visible()
    let_go = asyncio.Event()

    async def refuse(route: Route) -> None:
        await let_go.wait()
        body = '{"code": "file_too_large", "message": "", "params": {"limit": 1500000}, "request_id": "1"}'
        await route.fulfill(status=413, body=body, content_type="application/json")

    await screen.page.route(re.compile("/parts/0$"), refuse)
    pasted = await screen.page.evaluate_handle(_TRANSFER, ["image.png", NOTE])
    await screen.composer.evaluate(_PASTE, pasted)
    await expect(chips(screen)).to_contain_text(["Image collée 1.png"])
    await expect(screen.main.get_by_text("Résumer ces fichiers")).to_be_visible()
    await screen.composer.fill(QUESTION)
    await screen.composer.press("Enter")
    await expect(screen.button("Ne pas envoyer")).to_be_visible()
    let_go.set()
    await expect(screen.page.locator("[aria-live=polite]")).to_contain_text("votre question n’est pas partie")
    await expect(chips(screen)).to_contain_text(["la limite est de 1,5 Mo"])
    await expect(screen.button("Envoyer")).to_be_enabled()
    await expect(screen.composer).to_have_value(QUESTION)
