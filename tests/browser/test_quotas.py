"""Quotas on the screen: what is left, the refusal before a question leaves, the smaller model; and their administration."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.installation import FAR_MODEL, MODEL
from tests.browser.screen import Screen
from tests.browser.test_accessibility import Inspect, inspect

pytestmark = pytest.mark.browser
__all__ = ["inspect"]


async def limit(boss: Person, person: Person, **quota: Any) -> None:
    me = (await person.visitor.get("/api/sessions/current"))["person"]["id"]
    body = {"holder": "each_person", "person_id": me, "measure": "requests", "period": "day", **quota}
    made = await boss.visitor.call("POST", "/api/admin/quotas", body)
    assert made.status == 201, made.body
    async with asyncio.timeout(10):  # rules are told by a notification: they count once it has come
        while not (await person.visitor.get("/api/quotas/current"))["items"]:
            await asyncio.sleep(0.05)


def notice(screen: Screen) -> Any:
    return screen.main.get_by_role("paragraph").filter(has_text="Une IA répond")


async def test_what_is_left_is_told_then_the_smaller_model_takes_over(
    new_person: NewPerson, ada: Person, open_screen: OpenScreen
) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    await limit(boss, ada, amount=2, mode="degrade", smaller_model="far")
    screen = await open_screen(ada)
    await expect(notice(screen)).to_contain_text("il reste 2 questions aujourd’hui")
    await screen.ask("Un [[say=Un]]")
    await screen.read()
    await expect(notice(screen)).to_contain_text("il reste 1 question aujourd’hui")
    await screen.ask("Deux [[say=Deux]]")
    await screen.read(2)
    await expect(screen.main).to_contain_text("Votre quota de questions d’aujourd’hui est utilisé.")
    await screen.composer.fill("Trois [[say=Trois]]")
    await expect(screen.button("Envoyer")).to_be_disabled()
    await screen.button(f"Continuer avec {FAR_MODEL}").click()
    await expect(screen.composer).to_be_focused()
    await screen.composer.press("Enter")
    await screen.read(3)
    await expect(screen.under(3)).to_contain_text(FAR_MODEL)


async def test_a_refusal_that_comes_after_keeps_the_question(
    new_person: NewPerson, ada: Person, open_screen: OpenScreen
) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    conversation = await ada.conversation("Budget")
    screen = await open_screen(ada, f"/c/{conversation}")
    await expect(notice(screen)).to_contain_text(MODEL)
    await limit(boss, ada, amount=1)
    await ada.visitor.ask(await ada.visitor.conversation(), "Ailleurs [[say=Oui]]")
    await screen.ask("Une de trop")
    await expect(screen.turn()).to_contain_text("Une de trop")
    await expect(screen.main).to_contain_text("Votre quota est atteint")
    await expect(screen.main).to_contain_text("Votre quota de questions d’aujourd’hui est utilisé. Il reprend")


async def test_quotas_and_costs(inspect: Inspect, new_person: NewPerson) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    await boss.visitor.ask(await boss.visitor.conversation(), "Un [[say=Un]]")
    inspection = await inspect(boss, "/administration/quotas")
    screen = inspection.screen
    await expect(screen.heading("Coûts par unité")).to_be_visible()
    await screen.button("Fixer un quota").click()
    await screen.dialog.get_by_label("Quantité").fill("40000")
    await screen.dialog.get_by_label("À la fin").select_option("Proposer un modèle plus petit")
    await screen.dialog.get_by_label("Modèle plus petit").select_option(FAR_MODEL)
    await inspection.look("a quota to set")
    await screen.dialog.get_by_label("À la fin").select_option("Prévenir seulement")
    await screen.button("Enregistrer").click()
    await expect(screen.dialog).to_have_count(0)
    row = screen.page.get_by_role("row").filter(has_text=re.compile("40.000 questions par jour"))
    await expect(row).to_contain_text("Chaque personne")
    await inspection.look("quotas and costs")
    await row.get_by_role("button").click()
    await screen.action("Lever").click()
    await inspection.look("lifting")
    await screen.dialog.get_by_role("button", name="Supprimer").click()
    await expect(row).to_have_count(0)


async def test_ones_own_usage(inspect: Inspect, ada: Person) -> None:
    await ada.visitor.ask(await ada.visitor.conversation(), "Un [[say=Un]]")
    inspection = await inspect(ada, "/settings")
    screen = inspection.screen
    await expect(screen.page.get_by_role("img", name=re.compile("^Les 31 derniers jours, Questions"))).to_be_visible()
    for summary in await screen.page.locator("summary").all():
        await summary.click()
    table = screen.page.get_by_role("table", name="Par modèle, sur 12 mois")
    await expect(table.get_by_role("row").nth(1)).to_contain_text(MODEL)
    await inspection.look("own usage")
