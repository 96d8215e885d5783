"""API keys on the screen: made, seen once, replaced, revoked; those of a unit's application beside persons and models."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import aiohttp
import pytest
from playwright.async_api import expect
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.screen import Screen
from tests.browser.test_accessibility import Inspect, inspect
from tests.journeys.service import Service

__all__ = ["inspect"]
pytestmark = pytest.mark.browser
_END = timedelta(days=60)


async def lists_models(http: aiohttp.ClientSession, service: Service, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    async with http.get(f"{service.address}/v1/models", headers=headers) as response:
        return response.status


async def make(screen: Screen, name: str) -> str:
    """Make a key by the screen; return its secret."""
    await screen.button("Créer une clé").click()
    await screen.field("Nom").last.fill(name)
    await screen.dialog.get_by_role("button", name="Créer une clé").click()
    secret = await screen.field("Clé secrète").input_value()
    await screen.dialog.get_by_role("button", name="Fermer").last.click()
    await expect(screen.dialog).to_have_count(0)
    return secret


async def test_a_key_is_made_replaced_and_revoked(
    open_screen: OpenScreen, ada: Person, http: aiohttp.ClientSession, service: Service
) -> None:
    screen = await open_screen(ada, "/settings")
    first = await make(screen, "Éditeur")
    assert await lists_models(http, service, first) == 200
    assert first not in await screen.page.content()
    await screen.open_menu("Actions sur la clé Éditeur")
    await screen.action("Remplacer").click()
    await screen.dialog.get_by_label("L’ancienne sert encore").select_option("1")
    await screen.dialog.get_by_role("button", name="Remplacer").click()
    second = await screen.field("Clé secrète").input_value()
    assert second != first
    assert [await lists_models(http, service, one) for one in (first, second)] == [200, 200]
    await screen.dialog.get_by_role("button", name="Fermer").last.click()
    await screen.page.get_by_role("button", name="Actions sur la clé Éditeur").first.click()
    await screen.action("Révoquer").click()
    await screen.dialog.get_by_role("button", name="Révoquer").click()
    await expect(screen.page.get_by_role("cell", name="Révoquée")).to_be_visible()
    assert await lists_models(http, service, second) == 401


async def test_a_narrow_key_says_how_narrow(open_screen: OpenScreen, ada: Person) -> None:
    screen = await open_screen(ada, "/settings")
    await screen.button("Créer une clé").click()
    await screen.field("Nom").last.fill("Relecture")
    await screen.field("Ceux-ci seulement").check()
    await screen.field("Modèle d’essai").check()
    await screen.field("Calculer des vecteurs (embeddings)").uncheck()
    await screen.page.get_by_text("D’où elle sert").click()
    await screen.page.get_by_label("Adresses du réseau").fill("partout")
    await screen.dialog.get_by_role("button", name="Créer une clé").click()
    await expect(screen.dialog.get_by_role("alert")).to_be_visible()
    await screen.page.get_by_label("Adresses du réseau").fill("10.0.0.0/8, 127.0.0.1")
    await screen.dialog.get_by_role("button", name="Créer une clé").click()
    await screen.dialog.get_by_role("button", name="Fermer").last.click()
    row = screen.page.get_by_role("row", name="Relecture")
    await expect(row).to_contain_text("1 modèle")
    await expect(row).to_contain_text("4 usages")


async def test_a_units_key_is_made_where_one_manages_keys(
    open_screen: OpenScreen, new_person: NewPerson, beside: Database, http: aiohttp.ClientSession, service: Service
) -> None:
    unit, code = uuid4(), f"labo-{uuid4().hex[:6]}"
    async with beside.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO units (id, path, code, name, sort_name, kind, created_at)"
                " VALUES (:id, ARRAY[CAST(:id AS uuid)], :code, 'Optique', 'optique', 'laboratory', now())"
            ),
            {"id": unit, "code": code},
        )
    screen = await open_screen(await new_person("Grace", administrator=True), "/administration/keys")
    await screen.button("Créer une clé").click()
    await screen.field("Nom").last.fill(f"Catalogue {code}")
    await screen.field("Chercher une unité").fill(code)
    await expect(screen.page.get_by_label("Unité", exact=True).locator("option")).to_have_text([f"Optique ({code})"])
    await screen.dialog.get_by_role("button", name="Créer une clé").click()
    secret = await screen.field("Clé secrète").input_value()
    await screen.dialog.get_by_role("button", name="Fermer").last.click()
    await expect(screen.page.get_by_role("row", name=f"Catalogue {code}")).to_contain_text("Optique")
    assert await lists_models(http, service, secret) == 200


async def test_keys_are_accessible(inspect: Inspect, new_person: NewPerson) -> None:
    grace = await new_person("Grace", administrator=True)
    body = {"name": "Éditeur", "expires_at": (datetime.now(UTC) + _END).isoformat()}
    assert (await grace.visitor.call("POST", "/api/keys", body)).status == 201
    on = await inspect(grace, "/settings")
    await expect(on.screen.page.get_by_role("row", name="Éditeur")).to_be_visible()
    await on.look("settings with keys")
    await on.screen.button("Créer une clé").click()
    await on.screen.field("Ceux-ci seulement").check()
    await on.look_in_dialog("making a key")
    await on.screen.open_menu("Actions sur la clé Éditeur")
    await on.screen.action("Remplacer").click()
    await on.look_in_dialog("replacing a key")
    await on.screen.button("Créer une clé").click()
    await on.screen.field("Nom").last.fill("Autre")
    await on.screen.dialog.get_by_role("button", name="Créer une clé").click()
    await expect(on.screen.field("Clé secrète")).to_be_focused()
    await on.look("a secret")
    await on.screen.open("/administration/keys")
    await expect(on.screen.heading("Clés d’API")).to_be_visible()
    await on.look("keys of units")
