"""The short path on using a model well: axe finds nothing at its ends, and it is counted where waves are led."""

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from chatelet.kernel.database import Database
from tests.browser.conftest import NewPerson
from tests.browser.test_accessibility import Inspect, inspect  # noqa: F401 (its fixture)
from tests.browser.test_adoption import unit_of

pytestmark = pytest.mark.browser
TITLE = "Bien utiliser l’IA"
_BEFORE = "INSERT INTO literacy_months VALUES (:unit, date_trunc('month', now())::date, 11)"
_COUNTED = "SELECT completions FROM literacy_months WHERE unit_id = :unit"


async def test_the_path_is_walked_and_its_counts_are_read(
    inspect: Inspect,  # noqa: F811
    new_person: NewPerson,
    beside: Database,
) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    unit = await unit_of(beside, boss)
    async with beside.transaction() as session:
        await session.execute(text(_BEFORE), {"unit": unit})
    inspection = await inspect(boss)
    screen = inspection.screen
    await expect(screen.picker("Modèle")).to_be_visible()
    opener = screen.button("Ouvrir la liste des conversations")
    if await opener.count():
        await opener.click()
    await screen.page.get_by_role("button", name="Grâce Hopper").click()
    await screen.page.get_by_role("menuitem", name=TITLE).click()
    # On a phone the sheet that held the menu is a dialog too.
    path = screen.page.get_by_role("dialog", name=TITLE)
    await expect(path).to_be_visible()
    await inspection.look("first step")
    for _ in range(5):
        await path.get_by_role("button", name="Étape suivante").press("Enter")
    await inspection.look("last step")
    await path.get_by_role("button", name="J’ai terminé").press("Enter")
    await expect(path).to_have_count(0)
    async with beside.transaction() as session:
        assert await session.scalar(text(_COUNTED), {"unit": unit}) == 12
    await screen.open("/administration/waves")
    table = screen.page.get_by_role("table", name=f"Parcours « {TITLE} »")
    await expect(table.get_by_role("rowheader", name="Urgences").first).to_be_visible()
    await inspection.look("figures")
