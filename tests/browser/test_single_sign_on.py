"""Signing in through a real provider, in a real browser: declared, tried, used, refused, left; axe on each state."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen
from tests.browser.screen import Screen
from tests.browser.test_accessibility import DESK, HAND, Inspection
from tests.fakes.oidc_provider import SECRET, OidcProvider, client, running_provider
from tests.journeys.service import Service

pytestmark = pytest.mark.browser
WITH_AGORA = "Se connecter avec Agora"


@pytest.fixture(scope="module")
async def agora(service: Service, unused_tcp_port_factory: Callable[[], int]) -> AsyncIterator[OidcProvider]:
    async with running_provider(unused_tcp_port_factory(), [client("agora", service.address, "agora")]) as provider:
        yield provider


def at_provider(screen: Screen, provider: OidcProvider) -> None:
    """Going to the provider is what the person asked for: no complaint about that."""
    screen.witness.requests = [url for url in screen.witness.requests if not url.startswith(provider.issuer)]


async def sign_in(screen: Screen, provider: OidcProvider, account: str) -> None:
    await screen.button(WITH_AGORA).click()
    await screen.page.get_by_label("Identifiant").fill(account)
    await screen.button("Entrer").click()
    await screen.page.wait_for_url(f"{screen.address}/**")
    at_provider(screen, provider)


async def declare(screen: Screen, provider: OidcProvider) -> None:
    """As an administrator does, by the form."""
    await screen.button("Ajouter un fournisseur").click()
    given = {
        "Code": "agora",
        "Émetteur": provider.issuer,
        "Nom du bouton en français": "Agora",
        "Nom du bouton en anglais": "Agora",
        "Identifiant de client": "agora",
        "Secret de client": SECRET,
    }
    for name, value in given.items():
        await screen.field(name).fill(value)
    await screen.button("Enregistrer").click()
    await expect(screen.dialog).to_have_count(0)


async def forget(screen: Screen) -> None:
    await screen.open("/administration/sign-in")
    await screen.open_menu("Actions sur Agora")
    await screen.action("Supprimer").click()
    await screen.button("Supprimer").click()
    await expect(screen.page.get_by_text("Aucun fournisseur n’est déclaré.")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESK, HAND], ids=["desk", "hand"])
async def test_from_the_declaration_of_a_provider_to_the_inspector(
    open_screen: OpenScreen, new_person: NewPerson, agora: OidcProvider, http: object, viewport: dict[str, int]
) -> None:
    await agora.accounts(http, ada={"name": "Ada Lovelace", "email": "ada@example.org", "department": "LAB1"})  # type: ignore[arg-type]
    chief = await new_person("Voltaire Arouet", administrator=True)
    found: list[str] = []
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(chief, "/administration/sign-in", **still)
    seen = Inspection(screen, found)
    await expect(screen.button("Ajouter un fournisseur")).to_be_visible()
    await seen.look("no provider")
    await screen.button("Ajouter un fournisseur").click()
    await seen.look_in_dialog("a new provider")
    await declare(screen, agora)
    await screen.open_menu("Actions sur Agora")
    await screen.action("Essayer maintenant").click()
    await expect(screen.page.get_by_text("Agora répond").first).to_be_visible()

    await screen.button("Ajouter une règle").click()
    await screen.field("Attribut").fill("department")
    await screen.field("Valeurs").fill("LAB1")
    await screen.field("Rôle").fill("auditor")
    await seen.look("a rule")
    await screen.button("Enregistrer").click()
    await screen.button(
        "Essayer",
    ).click()
    await expect(screen.page.get_by_text("Ada Lovelace (sans adresse) recevrait")).to_be_visible()
    await expect(screen.page.get_by_text("auditor partout").first).to_be_visible()
    await seen.look("rules and a dry run")
    await screen.button("Enregistrer les règles").click()
    await expect(screen.page.get_by_text("Règles enregistrées").first).to_be_visible()

    visitor = await open_screen(None, "/settings", **still)
    await expect(visitor.button(WITH_AGORA)).to_be_visible()
    entrance = Inspection(visitor, found)
    await entrance.look("the entrance")
    await visitor.button(WITH_AGORA).click()
    await visitor.button("Refuser").click()
    await expect(visitor.page.get_by_role("alert")).to_contain_text("n’a pas accordé la connexion")
    await entrance.look("refused at the provider")
    assert visitor.page.url == f"{visitor.address}/settings"
    await sign_in(visitor, agora, "ada")
    await expect(visitor.page.get_by_role("heading", name="Réglages").first).to_be_visible()
    assert "#" not in visitor.page.url

    await screen.open("/administration/sign-in")
    await screen.open_menu("Actions sur Agora")
    await screen.action("Règles et connexions").click()
    await expect(screen.page.get_by_role("rowheader").first).to_be_visible()
    await screen.button("Voir ce qui a été reçu").first.click()
    await expect(screen.dialog).to_contain_text("LAB1")
    await seen.look_in_dialog("what was received")
    await seen.look("the inspector")
    await forget(screen)
    assert not found, "\n".join(found)


async def test_signing_out_passes_by_the_provider_and_comes_back(
    open_screen: OpenScreen, new_person: NewPerson, agora: OidcProvider, http: object
) -> None:
    await agora.accounts(http, ada={"name": "Ada Lovelace", "email": "ada@example.org"})  # type: ignore[arg-type]
    chief = await open_screen(await new_person("Voltaire", administrator=True), "/administration/sign-in")
    await declare(chief, agora)
    screen = await open_screen()
    await sign_in(screen, agora, "ada")
    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    await screen.person_menu("Se déconnecter")
    await screen.button("Leave").click()
    await expect(screen.button(WITH_AGORA)).to_be_visible()
    at_provider(screen, agora)
    await screen.button(WITH_AGORA).click()
    await expect(screen.page.get_by_label("Identifiant")).to_be_visible()
    at_provider(screen, agora)
    await forget(chief)
