"""The charter and the waves on screen: axe finds nothing, the keyboard is enough, reading never waits."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.async_api import expect
from sqlalchemy import text

from chatelet.identity.units.tables import Membership, Unit
from chatelet.kernel.clock import now
from chatelet.kernel.database import Database
from chatelet.kernel.identifiers import uuid7
from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.test_accessibility import Inspect, inspect  # noqa: F401 (its fixture)

pytestmark = pytest.mark.browser
CHARTER = "# Charte des urgences\n\n## Permis\n\n- Résumer\n\n## Interdit\n\n- Décider\n\n" + "Relisez tout.\n\n" * 60
TEXTS = {"fr": CHARTER, "en": "# Charter of the ward\n\nAlways check."}


async def unit_of(beside: Database, *members: Person) -> UUID:
    """Make a unit of their own: other tests of this installation are asked nothing."""
    unit = uuid7()
    async with beside.transaction() as session:
        made = {"id": unit, "parent_id": None, "path": [unit], "code": str(unit), "name": "Urgences"}
        kind = {"sort_name": "urgences", "kind": "ward", "closed_at": None, "merged_into": None}
        session.add(Unit(**made, **kind, created_at=now()))
        await session.flush()
        for member in members:
            person = UUID((await member.visitor.get("/api/sessions/current"))["person"]["id"])
            session.add(Membership(person_id=person, unit_id=unit, is_main=True, source="page", created_at=now()))
    return unit


async def publish(boss: Person, unit: UUID) -> None:
    body = {"unit_id": str(unit), "after": 0, "texts": TEXTS}
    answer = await boss.visitor.call("POST", "/api/admin/charters", body)
    assert answer.status == 201, answer.body


async def wave(boss: Person, unit: UUID, people: int = 7) -> dict[str, Any]:
    """A wave half full, and people who wait."""
    email = uuid4().hex[:6]
    listed = [
        {"name": f"Volontaire {n}", "email": f"v{n}.{email}@exemple.fr", "unit": str(unit)} for n in range(people)
    ]
    await boss.visitor.call("POST", "/api/admin/volunteers", {"volunteers": listed})
    days = {"opens_on": now().date().isoformat(), "closes_on": (now().date() + timedelta(days=20)).isoformat()}
    body = {"name": f"Pilote {email}", "unit_id": str(unit), "capacity": 20, **days}
    made: dict[str, Any] = (await boss.visitor.call("POST", "/api/admin/cohorts", body)).body
    choice = {"rule": "first_come", "count": people - 2}
    await boss.visitor.call("POST", f"/api/admin/cohorts/{made['id']}/members", choice)
    await boss.visitor.call("PATCH", f"/api/admin/cohorts/{made['id']}", {"state": "open"})
    return made


async def test_the_charter_comes_before_the_first_question(
    open_screen: OpenScreen, new_person: NewPerson, beside: Database, ada: Person
) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    conversation = await ada.conversation("Avant", "Bonjour [[say=Bonsoir]]")
    await publish(boss, await unit_of(beside, ada))
    screen = await open_screen(ada, f"/c/{conversation}")
    await expect(screen.dialog).to_contain_text("Charte des urgences")
    await screen.page.keyboard.press("Escape")
    await expect(screen.dialog).to_have_count(0)
    await expect(screen.answer()).to_contain_text("Bonsoir")
    await expect(screen.composer).to_have_count(0)
    await screen.button("Lire la charte").press("Enter")
    await screen.button("Read in English").press("Enter")
    await expect(screen.dialog).to_contain_text("Always check")
    await screen.button("J’ai lu la charte et je l’accepte").press("Enter")
    await expect(screen.dialog).to_have_count(0)
    await screen.ask("Et maintenant ? [[say=Voilà]]")
    await expect(await screen.read(2)).to_contain_text("Voilà")
    await screen.person_menu("Charte d’usage")
    await expect(screen.dialog).to_contain_text("Acceptée le")


async def test_a_charter_published_meanwhile_is_shown_at_the_next_question(
    open_screen: OpenScreen, new_person: NewPerson, beside: Database, ada: Person
) -> None:
    boss = await new_person("Grâce Hopper", administrator=True)
    unit = await unit_of(beside, ada)
    conversation = await ada.conversation("Avant", "Bonjour [[say=Bonsoir]]")
    screen = await open_screen(ada, f"/c/{conversation}")
    await expect(screen.composer).to_be_visible()
    await publish(boss, unit)
    await ada.visitor.call("GET", "/api/charter")
    await screen.ask("Pendant")
    await expect(screen.dialog).to_contain_text("Charte des urgences")


async def test_reading_the_charter(inspect: Inspect, new_person: NewPerson, beside: Database, ada: Person) -> None:  # noqa: F811
    boss = await new_person("Grâce Hopper", administrator=True)
    await publish(boss, await unit_of(beside, ada))
    inspection = await inspect(ada)
    await inspection.look_in_dialog("charter to accept")
    await expect(inspection.screen.button("Lire la charte")).to_be_visible()
    await inspection.look("question waits for the charter")


async def test_administration_of_the_charter(inspect: Inspect, new_person: NewPerson, beside: Database) -> None:  # noqa: F811
    boss = await new_person("Grâce Hopper", administrator=True)
    unit = await unit_of(beside)
    await publish(boss, unit)
    inspection = await inspect(boss, "/administration/charter")
    screen = inspection.screen
    await expect(screen.page.get_by_role("table", name="Chartes en vigueur")).to_be_visible()
    await inspection.look("charters")
    await screen.button("Relire et publier le modèle").click()
    await expect(screen.field("Texte (Markdown)")).to_be_visible()
    await expect(screen.page.get_by_role("group", name="Aperçu")).to_contain_text("Vous parlez à une machine")
    await inspection.look("writing the model")
    await screen.button("Publier…").click()
    await inspection.look_in_dialog("publishing")
    await screen.button("Revenir aux chartes").click()
    await screen.button("Actions sur la charte : Urgences").first.click()
    await inspection.look_in_menu("actions on a charter")
    await screen.button("Actions sur la charte : Urgences").first.click()
    await screen.action("Modifier").click()
    await screen.field("Texte (Markdown)").fill("# Charte des urgences\n\nRelisez.")
    await screen.button("Comparer avec la version publiée").click()
    await inspection.look("comparing")


async def test_administration_of_waves(inspect: Inspect, new_person: NewPerson, beside: Database) -> None:  # noqa: F811
    boss = await new_person("Grâce Hopper", administrator=True)
    made = await wave(boss, await unit_of(beside))
    inspection = await inspect(boss, "/administration/waves")
    screen = inspection.screen
    await expect(screen.page.get_by_role("table", name="Vagues")).to_be_visible()
    await expect(screen.page.get_by_role("table", name="Liste d’attente")).to_be_visible()
    waves = screen.page.get_by_role("table", name="Vagues")
    by_state = waves.get_by_role("columnheader", name="État")
    for way in ("ascending", "descending"):
        await by_state.get_by_role("button").press("Enter")
        await expect(by_state).to_have_attribute("aria-sort", way)
    await inspection.look("waves")
    await screen.button("Préparer une vague").click()
    await inspection.look_in_dialog("preparing a wave")
    await screen.button("Ajouter des personnes").click()
    await inspection.look_in_dialog("adding people")
    await screen.page.get_by_role("checkbox").first.check()
    await screen.button("Faire entrer dans une vague").click()
    await screen.button("Voir qui entrerait").click()
    await expect(screen.dialog.get_by_role("status")).to_be_visible()
    await inspection.look_in_dialog("letting people in")
    await screen.button("Ouvrir une unité").click()
    await inspection.look_in_dialog("opening a unit")
    await screen.page.get_by_role("button", name="Modifier le message").first.click()
    await inspection.look_in_dialog("words of a message")

    await screen.open(f"/administration/waves/{made['id']}")
    await expect(screen.page.get_by_role("table", name="Membres")).to_be_visible()
    await expect(screen.page.get_by_role("table", name="Progression")).to_be_visible()
    await screen.button("Voir qui entrerait").click()
    await expect(screen.page.get_by_role("status")).to_be_visible()
    progress = screen.page.get_by_role("table", name="Progression")
    await progress.get_by_role("button", name="Comptes ouverts").click()
    ordered = progress.get_by_role("columnheader", name="Comptes ouverts")
    await expect(ordered).to_have_attribute("aria-sort", "ascending")
    await inspection.look("one wave")
    await screen.button("Codes d’activation").click()
    await screen.button("Fabriquer les codes").click()
    await expect(screen.button("Imprimer")).to_be_visible()
    await inspection.look_in_dialog("codes")
    await screen.button("Envoyer les invitations").click()
    await expect(screen.dialog.get_by_role("alert")).to_be_visible()
    await inspection.look_in_dialog("no mail server")


_OPENED = """
WITH made AS (INSERT INTO units (id, path, code, name, sort_name, kind, created_at)
 SELECT id, ARRAY[id], id, 'Annexe ' || :mark || 'n' || n || 'z', 'annexe ' || :mark || 'n' || n || 'z', '', now()
 FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(1, 60) AS n) AS opened RETURNING id)
INSERT INTO unit_openings (unit_id, opens_on, created_at) SELECT id, '2020-01-01', now() FROM made
"""


async def test_a_long_list_is_searched_by_the_server(
    open_screen: OpenScreen, new_person: NewPerson, beside: Database
) -> None:
    """Sixty units opened: fifty shown, one found by its words, nothing found said as such, the rest on request."""
    boss, mark = await new_person("Grâce Hopper", administrator=True), uuid4().hex[:6]
    async with beside.transaction() as session:
        await session.execute(text(_OPENED), {"mark": mark})
    screen = await open_screen(boss, "/administration/waves")
    section = screen.page.get_by_role("region", name="Unités ouvertes en entier")
    rows = section.get_by_role("row")
    await expect(rows).to_have_count(51)
    await section.get_by_role("button", name="Afficher la suite").click()
    await expect(rows.nth(60)).to_be_visible()
    words = section.get_by_role("textbox", name="Rechercher une unité")
    await words.fill(f"annexe {mark}n37z")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1)).to_contain_text(f"Annexe {mark}n37z")
    await words.fill(f"{mark}n61z")
    await expect(section).to_contain_text("Aucun résultat pour ces mots.")


async def test_ways_in_of_waves(inspect: Inspect) -> None:  # noqa: F811
    inspection = await inspect()
    screen = inspection.screen
    await screen.page.route("**/api/registration", lambda route: route.fulfill(json={"open": True, "mail": True}))
    await screen.page.reload()
    await expect(screen.button("Se connecter")).to_be_visible()
    await screen.open("/#/activation")
    await expect(screen.field("Code d’activation")).to_be_visible()
    await expect(screen.button("Recevoir un lien")).to_be_visible()
    await inspection.look("activation")
    await screen.button("Aller à la connexion").click()
    await screen.button("S’inscrire comme volontaire").click()
    await expect(screen.field("À quoi vous servira l’assistant ?")).to_be_visible()
    await inspection.look("registration")
