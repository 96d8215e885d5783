"""What breaks: a sentence says what happened, what is safe and what to do next; and the next step works."""

import asyncio
from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator, furnished
from tests.browser.screen import Screen
from tests.journeys.service import PASSWORD

pytestmark = pytest.mark.browser


async def stored(screen: Screen) -> str:
    """What the service keeps of the answer being written."""
    text: str = await screen.page.evaluate(
        """async id => {
          const { messages } = await (await fetch(`/api/conversations/${id}`)).json();
          return messages.filter(({ role }) => role === "assistant").map(({ text }) => text).join();
        }""",
        screen.conversation_id,
    )
    return text


async def test_a_model_that_stops_in_the_middle(screen: Screen, narrator: Narrator) -> None:
    await screen.ask("Une panne au milieu [[fault=hang_between after=5]]")
    answer = await screen.read()
    await expect(answer).to_contain_text("Le modèle s’est arrêté au milieu de sa réponse.")
    await expect(answer).to_contain_text("Ce qui était écrit est gardé ; réessayez.")
    await expect(answer).to_contain_text("La lumière se propage")
    await screen.page.reload()
    await expect(answer).to_contain_text("Le modèle s’est arrêté au milieu de sa réponse.")
    narrator.answers["Une panne au milieu"] = "Cette fois, tout va bien."
    await answer.get_by_role("button", name="Réessayer").click()
    await screen.reading("Cette fois, tout va bien.")


async def test_a_model_out_of_reach(screen: Screen) -> None:
    await screen.ask("Personne [[fault=500]]")
    answer = await screen.read()
    await expect(answer).to_contain_text(
        "Le serveur du modèle ne répond pas. Votre question est gardée ; réessayez, ou choisissez un autre modèle."
    )
    await expect(answer.get_by_role("button", name="Réessayer")).to_be_enabled()
    await screen.composer.press("ArrowUp")
    await screen.editor.fill("Quelqu’un [[say=Me_voici]]")
    await screen.button("Envoyer cette version").click()
    await screen.reading("Me voici")


async def test_a_question_too_long(screen: Screen) -> None:
    await screen.ask("mot " * 15_000)
    answer = await screen.read()
    await expect(answer).to_contain_text(
        "La question à elle seule dépasse ce que le modèle peut lire. Raccourcissez-la, ou choisissez un modèle à plus grande mémoire."
    )
    await expect(screen.button("Afficher toute la question")).to_be_visible()
    await screen.ask("Plus court [[say=Bien]]")
    await expect(screen.main).to_contain_text("Bien")


async def test_an_empty_answer(screen: Screen) -> None:
    await screen.ask("Rien [[fault=empty]]")
    await screen.read()
    await expect(screen.answer().get_by_role("button", name="Réessayer").first).to_be_visible()


async def test_a_refusal_is_explained(ada: Person, open_screen: OpenScreen) -> None:
    conversation = await ada.visitor.conversation(level="restricted")
    await ada.visitor.ask(conversation, "Secret [[say=Non]]", model="far")
    screen = await open_screen(ada, f"/c/{conversation}")
    await expect(screen.answer()).to_contain_text("Refus.")
    await expect(screen.answer()).to_contain_text("Ce modèle n’est pas habilité pour ce niveau de sensibilité.")
    await expect(screen.answer()).to_contain_text("Votre question n’a été envoyée nulle part")


async def test_the_service_stops_in_the_middle_and_comes_back(
    open_screen: OpenScreen, narrator: Narrator, unused_tcp_port_factory: Callable[[], int]
) -> None:
    port, absent = unused_tcp_port_factory(), unused_tcp_port_factory()
    with furnished(narrator, absent, CHATELET_PORT=str(port), CHATELET_DATABASE__EMBEDDED_DURABLE="true") as service:
        await service.start()
        await service.create_person("ada@exemple.fr", administrator=True)
        screen = await open_screen(address=service.address)
        await screen.field("Adresse électronique").fill("ada@exemple.fr")
        await screen.field("Mot de passe").fill(PASSWORD)
        await screen.button("Se connecter").click()
        await screen.ask("Une coupure [[tokens=600 rate=20]]")
        await screen.reading("réfractée")
        async with asyncio.timeout(30):
            while "réfractée" not in await stored(screen):
                await asyncio.sleep(0.1)
        await service.kill()
        await expect(screen.page.get_by_text("Liaison coupée, reprise de la réponse…")).to_be_visible()
        await expect(screen.banner).to_contain_text("Le serveur ne répond pas. Vos brouillons sont gardés")
        await screen.composer.fill("Pendant la coupure")

        await service.start()
        await expect(screen.banner).to_be_hidden()
        answer = await screen.read()
        await expect(answer).to_contain_text("Le serveur s’est arrêté pendant cette réponse.")
        await expect(answer).to_contain_text("réfractée")
        await expect(screen.composer).to_have_value("Pendant la coupure")
        narrator.texts["Une coupure"] = "Sans coupure, cette fois."
        await answer.get_by_role("button", name="Réessayer").click()
        await screen.reading("Sans coupure, cette fois.")


async def test_the_page_waits_for_a_service_that_is_away(screen: Screen) -> None:
    """A page opened, or brought back, while the service is down tries again by itself."""
    await screen.page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    await screen.page.reload()
    await expect(screen.heading("Châtelet ne répond pas encore")).to_be_visible()
    await screen.page.unroute_all()
    await expect(screen.heading("Bonjour Ada")).to_be_visible()


async def test_off_line(screen: Screen) -> None:
    await expect(screen.picker("Modèle")).to_be_visible()
    await screen.page.context.set_offline(offline=True)
    await expect(screen.banner).to_contain_text("Vous êtes hors ligne.")
    await screen.composer.fill("En chemin de fer")
    await screen.page.context.set_offline(offline=False)
    await expect(screen.banner).to_be_hidden()
    await expect(screen.composer).to_have_value("En chemin de fer")
