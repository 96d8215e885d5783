"""Ways in and out: the one-time link, an invitation, a password, the way out."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenScreen, Person
from tests.browser.installation import Narrator
from tests.browser.screen import Screen
from tests.journeys.service import PASSWORD, installation

pytestmark = pytest.mark.browser


async def fill_in(screen: Screen, **fields: str) -> None:
    names = {"name": "Nom affiché", "email": "Adresse électronique", "password": "Mot de passe"}
    for field, value in fields.items():
        await screen.field(names[field]).fill(value)


async def history(screen: Screen) -> list[str]:
    """Addresses that the browser remembers for this tab."""
    session = await screen.page.context.new_cdp_session(screen.page)
    told = await session.send("Page.getNavigationHistory")
    await session.detach()
    return [entry["url"] for entry in told["entries"]]


async def stored(screen: Screen) -> str:
    text: str = await screen.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    return text


async def test_from_the_one_time_link_to_a_second_person(
    open_screen: OpenScreen, narrator: Narrator, unused_tcp_port: int
) -> None:
    with installation(narrator.url, CHATELET_PORT=str(unused_tcp_port), plain=True) as service:
        await service.start()
        secret = service.secret
        assert secret
        first = await open_screen(address=service.address)
        await expect(first.heading("Cette installation attend son premier administrateur")).to_be_visible()

        await first.open(f"/#/install?secret={secret}")
        await expect(first.heading("Premier administrateur")).to_be_visible()
        assert first.page.url == f"{service.address}/"
        assert secret not in str(await history(first))
        await fill_in(first, name="Grâce Hopper", email="grace@exemple.fr", password="court")
        await first.button("Créer le compte").click()
        await expect(first.page.get_by_role("alert")).to_contain_text("trop court")
        await fill_in(first, password=PASSWORD)
        await first.button("Créer le compte").click()
        await expect(first.heading("Bonjour Grâce")).to_be_visible()
        assert secret not in await stored(first)
        assert not any(secret in url.partition("#")[0] for url in first.witness.requests)

        await first.person_menu("Administration")
        await first.button("Inviter une personne").click()
        await first.dialog.get_by_label("Nom affiché").fill("Alan Turing")
        await first.dialog.get_by_label("Adresse électronique").fill("alan@exemple.fr")
        await first.button("Créer le lien").click()
        link = await first.dialog.get_by_label("Lien d’invitation").input_value()
        assert link.startswith(f"{service.address}/#/invitation?token=")
        await first.dialog.get_by_role("button", name="Fermer").last.click()
        await expect(first.page.get_by_role("table", name="Invitations en attente")).to_contain_text("Alan Turing")

        path = link.removeprefix(service.address)
        second = await open_screen(address=service.address, path=path)
        await expect(second.heading("Votre invitation")).to_be_visible()
        assert second.page.url == f"{service.address}/"
        await fill_in(second, name="Alan Turing", password=PASSWORD)
        await second.button("Ouvrir mon compte").click()
        await expect(second.heading("Bonjour Alan")).to_be_visible()

        third = await open_screen(address=service.address, path=path)
        await fill_in(third, name="Mallory", password=PASSWORD)
        await third.button("Ouvrir mon compte").click()
        await expect(third.page.get_by_role("alert")).to_contain_text("Ce lien a déjà servi ou a expiré.")


async def test_sign_out_then_in_again(open_screen: OpenScreen, ada: Person, screen: Screen) -> None:
    await screen.composer.fill("Un brouillon de mon poste")
    await screen.person_menu("Se déconnecter")
    await expect(screen.heading("Connexion")).to_be_visible()
    assert "brouillon" not in await stored(screen)
    assert (await ada.visitor.call("GET", "/api/sessions/current")).status == 401

    await fill_in(screen, email=ada.email, password="Ce n’est pas le bon")
    await screen.button("Se connecter").click()
    await expect(screen.page.get_by_role("alert")).to_contain_text(
        "L’identifiant et le mot de passe ne vont pas ensemble. Vérifiez-les, puis recommencez."
    )
    await fill_in(screen, password=PASSWORD)
    await screen.button("Afficher le mot de passe").click()
    await expect(screen.field("Mot de passe")).to_have_attribute("type", "text")
    await screen.field("Mot de passe").press("Enter")
    await expect(screen.heading("Bonjour Ada")).to_be_visible()
    await expect(screen.composer).to_have_value("")


async def test_the_address_asked_for_is_reached_after_signing_in(open_screen: OpenScreen, ada: Person) -> None:
    conversation = await ada.conversation("Comptes de mai", "Bonjour [[say=Bonjour]]")
    screen = await open_screen(path=f"/c/{conversation}")
    await fill_in(screen, email=ada.email, password=PASSWORD)
    await screen.button("Se connecter").click()
    await expect(screen.heading("Comptes de mai")).to_be_visible()
    await screen.reading("Bonjour")
