"""A question and its answer: streamed, stopped, followed after a reload, from another tab, from another conversation."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import MODEL
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser
SLOW = "[[tokens=90 rate=15]]"
LONG = "[[tokens=900 rate=15]]"


async def stored_answer(person: Person, conversation: str, number: int = 1) -> str:
    told = await person.visitor.get(f"/api/conversations/{conversation}")
    return [message["text"] for message in told["messages"] if message["role"] == "assistant"][number - 1]


def words(text: str) -> str:
    return " ".join(text.split())


async def assert_whole(screen: Screen, person: Person) -> None:
    """The answer on screen is, to the character, the one stored."""
    await screen.read()
    whole = words(await stored_answer(person, screen.conversation_id))
    assert len(whole.split()) >= 90
    await expect(screen.answer().get_by_role("paragraph").first).to_have_text(whole)


async def test_ask_read_and_see_what_it_cost(screen: Screen, ada: Person) -> None:
    notice = screen.main.get_by_role("paragraph").filter(has_text="Une IA répond et peut se tromper")
    for told in (MODEL, "Institution", "France", "Sensible"):
        await expect(notice).to_contain_text(told, ignore_case=True)
    await screen.ask("Comment se propage la lumière ? [[tokens=60 rate=20]]")
    await screen.reading("La lumière se propage")
    await expect(screen.button("Arrêter la réponse")).to_be_visible()
    await expect(screen.turn().get_by_text("Comment se propage la lumière ?")).to_be_visible()
    await screen.read()
    await expect(screen.button("Envoyer")).to_be_visible()
    under = screen.under()
    await expect(under).to_contain_text(f"{MODEL}, Institution, France")
    await expect(under).to_contain_text(re.compile(r"\d+ jetons"))
    await expect(under).to_contain_text(re.compile(r"\d[\d,]* Wh"))
    await expect(under).to_contain_text(re.compile(r"0,\d+\s€"))
    await expect(screen.conversations.get_by_role("listitem")).to_have_count(1)
    await screen.ask("Et encore ? [[say=Encore_!]]")
    await screen.read(2)
    await screen.reading("Encore !", 2)


async def test_shift_enter_goes_to_the_next_line(screen: Screen) -> None:
    await screen.composer.press_sequentially("Première ligne")
    await screen.composer.press("Shift+Enter")
    await screen.composer.press_sequentially("Seconde [[say=Bien]]")
    await expect(screen.composer).to_have_value("Première ligne\nSeconde [[say=Bien]]")
    await screen.composer.press("Enter")
    await screen.read()


async def test_stop_by_escape_and_by_the_button(screen: Screen, ada: Person) -> None:
    await screen.ask(f"À arrêter {LONG}")
    await screen.reading("La lumière se propage")
    await screen.page.keyboard.press("Escape")
    await screen.read()
    await expect(screen.answer()).to_contain_text("Vous avez arrêté cette réponse.")
    await screen.ask(f"À arrêter aussi {LONG}")
    await screen.reading("La lumière se propage", 2)
    await screen.button("Arrêter la réponse").click()
    await screen.read(2)
    await expect(screen.answer(2)).to_contain_text("Vous avez arrêté cette réponse.")
    kept = words(await stored_answer(ada, screen.conversation_id, 2))
    await expect(screen.answer(2).get_by_role("paragraph").first).to_have_text(kept)
    await expect(screen.composer).to_be_enabled()


async def test_reload_while_it_streams(screen: Screen, ada: Person) -> None:
    await screen.ask(f"Question {SLOW}")
    await screen.reading("La lumière se propage")
    await screen.page.reload()
    await screen.reading("La lumière se propage")
    await expect(screen.button("Arrêter la réponse")).to_be_visible()
    await assert_whole(screen, ada)


async def test_a_second_tab_sees_the_same(screen: Screen, ada: Person, open_screen: OpenScreen) -> None:
    await screen.ask(f"Question {SLOW}")
    await screen.reading("La lumière se propage")
    other = await open_screen(besides=screen, path=f"/c/{screen.conversation_id}")
    await other.reading("La lumière se propage")
    await expect(other.button("Arrêter la réponse")).to_be_visible()
    await assert_whole(other, ada)
    await assert_whole(screen, ada)


async def test_changing_conversation_while_it_streams_breaks_nothing(screen: Screen, ada: Person) -> None:
    await ada.conversation("L’autre", "Bonjour [[say=Une_autre_réponse]]")
    await screen.ask(f"Question {SLOW}")
    await screen.reading("La lumière se propage")
    asked = screen.conversation_id
    await screen.conversations.get_by_role("link", name="L’autre").click()
    await screen.reading("Une autre réponse")
    await expect(screen.button("Envoyer")).to_be_visible()
    await expect(screen.conversations.get_by_role("link", name=re.compile("réponse en cours"))).to_be_visible()
    await screen.conversations.get_by_role("link", name=re.compile("réponse en cours")).click()
    await expect(screen.page).to_have_url(re.compile(asked))
    await assert_whole(screen, ada)


async def test_two_answers_at_once(screen: Screen, ada: Person) -> None:
    """A second question is asked elsewhere while the first is being answered."""
    await screen.ask(f"Première {SLOW}")
    await screen.reading("La lumière se propage")
    first = screen.conversation_id
    await screen.new_conversation()
    await screen.ask(f"Seconde {SLOW}")
    await screen.reading("La lumière se propage")
    assert screen.conversation_id != first
    await assert_whole(screen, ada)
    await screen.page.go_back()
    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    await screen.page.go_back()
    await expect(screen.page).to_have_url(re.compile(first))
    await assert_whole(screen, ada)
