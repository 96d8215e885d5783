"""Signing in at a real directory, in a real browser: declared by the form, tried, imported, used; axe on each state."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen
from tests.browser.screen import Screen
from tests.browser.test_accessibility import DESK, HAND, Inspection
from tests.fakes.ldap_server import BASE, SERVICE, SERVICE_PASSWORD, LdapServer, made_server
from tests.identity.directory_sign_in.tree import OBSERVATORY, PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.servers]
WITH_DIRECTORY = "Se connecter avec l’annuaire"


@pytest.fixture(scope="module")
async def ldap(unused_tcp_port_factory: Callable[[], int]) -> AsyncIterator[LdapServer]:
    with made_server((unused_tcp_port_factory(), unused_tcp_port_factory()), OBSERVATORY) as server:
        await server.start()
        yield server
        await server.stop()


async def declare(screen: Screen, ldap: LdapServer, seen: Inspection) -> None:
    await screen.button("Ajouter un annuaire (LDAP)").click()
    await seen.look_in_dialog("a new directory")
    await screen.button("Ajouter un annuaire (LDAP)").click()
    given = {
        "Code": "annuaire",
        "Nom du bouton en français": "l’annuaire",
        "Nom du bouton en anglais": "the directory",
        "Serveurs": f"{ldap.starttls}\n{ldap.ldaps}",
        "Autorité de certification privée": ldap.ca_certificate,
        "Compte de service": SERVICE,
        "Mot de passe du compte de service": SERVICE_PASSWORD,
        "Branche des personnes": BASE,
        "Branche des unités": f"ou=structures,{BASE}",
        "Filtre des unités": "(&(objectClass=organizationalUnit)(description=*))",
    }
    for name, value in given.items():
        await screen.page.get_by_label(name, exact=True).fill(value)
    await screen.button("Enregistrer").click()
    await expect(screen.dialog).to_have_count(0)


@pytest.mark.parametrize("viewport", [DESK, HAND], ids=["desk", "hand"])
async def test_from_the_declaration_of_a_directory_to_a_session(
    open_screen: OpenScreen, new_person: NewPerson, ldap: LdapServer, viewport: dict[str, int]
) -> None:
    chief = await new_person("Voltaire Arouet", administrator=True)
    found: list[str] = []
    still = {"axe": True, "viewport": viewport, "reduced_motion": "reduce"}
    screen = await open_screen(chief, "/administration/sign-in", **still)
    seen = Inspection(screen, found)
    await declare(screen, ldap, seen)

    await screen.page.get_by_label("Identifiant d’une personne").fill("ada")
    trial = screen.page.get_by_role("form", name="Essayer l’annuaire")
    await trial.get_by_role("button", name="Essayer").click()
    await expect(screen.page.get_by_text("Répond, compte de service accepté")).to_have_count(2)
    await expect(screen.page.get_by_text("ada@exemple.fr")).to_be_visible()
    await seen.look("a directory tried")

    await screen.button("Lire les unités").click()
    await expect(screen.button("Appliquer 3 changements")).to_be_visible()
    await seen.look("units read from a directory")
    await screen.button("Comparer maintenant").click()
    await expect(screen.page.get_by_text("Personne.", exact=True)).to_be_visible()

    entering = await open_screen(None, "/", **still)
    seen_there = Inspection(entering, found)
    await expect(entering.button(WITH_DIRECTORY)).to_be_visible()
    await seen_there.look("a directory among the ways in")
    form = entering.page.get_by_role("form", name=WITH_DIRECTORY)
    await form.get_by_label("Identifiant").fill("emilie")
    await form.get_by_label("Mot de passe", exact=True).fill("wrong")
    await form.get_by_role("button", name=WITH_DIRECTORY).click()
    await expect(form.get_by_role("alert")).to_contain_text("ne vont pas ensemble")
    await seen_there.look("refused by a directory")
    await form.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    await form.get_by_role("button", name=WITH_DIRECTORY).click()
    await expect(entering.heading("Bonjour Émilie")).to_be_visible()

    await screen.open_menu("Actions sur l’annuaire")
    await screen.action("Supprimer").click()
    await screen.button("Supprimer").click()
    await expect(screen.page.get_by_text("Aucun fournisseur n’est déclaré.")).to_be_visible()
    assert not found, "\n".join(found)
