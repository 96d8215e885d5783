"""Document bases on the screen: made, filled with a folder, a failure mended, put in order, shared and taken back."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import NewPerson, OpenScreen, Person
from tests.browser.screen import Screen
from tests.browser.test_accessibility import Inspect, inspect
from tests.journeys import files

pytestmark = pytest.mark.browser
__all__ = ["inspect"]


async def base(person: Person, name: str, *names: str) -> str:
    """Make a base with documents, over HTTP."""
    made: str = (await person.visitor.call("POST", "/api/collections", {"name": name})).body["id"]
    for one in names:
        file = await files.send(person.visitor, one.split("/")[-1], b"Une note de service.")
        item = {"file_id": file, "folder": "/".join(one.split("/")[:-1])}
        added = await person.visitor.call("POST", f"/api/collections/{made}/documents", {"items": [item]})
        assert added.status == 201, added.body
    return made


def row(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("row").filter(has_text=name)


async def test_from_an_example_to_a_base_filled_with_a_folder(inspect: Inspect, ada: Person, tmp_path: Path) -> None:
    folder = tmp_path / "Notes de service" / "2026"
    folder.mkdir(parents=True)
    for name in ("juin.txt", "juillet.txt"):
        (folder / name).write_text("Une note.", "utf-8")
    inspection = await inspect(ada, "/bases")
    screen = inspection.screen
    await expect(screen.heading("Vous n’avez pas encore de base documentaire")).to_be_visible()
    await inspection.look("no base yet")
    await screen.page.get_by_role("button", name=re.compile("^Textes de référence")).click()
    await inspection.look("a base to make")
    await screen.button("Créer").click()
    await expect(screen.heading("Textes de référence").first).to_be_visible()
    await screen.page.locator("input[type=file]").nth(1).set_input_files(folder.parent)
    await expect(screen.main).to_contain_text("2 sur 2 versés")
    await screen.button("Notes de service").click()
    await screen.button("2026").click()
    await expect(row(screen, "juin.txt")).to_be_visible()
    await inspection.look("a folder of a base")
    assert "folder=" in screen.page.url


async def test_a_failure_is_its_file_s_and_is_mended(open_screen: OpenScreen, ada: Person) -> None:
    await base(ada, "Notes")
    screen = await open_screen(ada)
    await screen.link("Bases").click()
    await screen.link("Notes").click()
    refused: list[str] = []

    async def refuse_once(route: Route) -> None:
        if refused:
            await route.continue_()
            return
        refused.append(route.request.url)
        body = '{"code": "storage_unavailable", "message": "", "params": {}, "request_id": "1"}'
        await route.fulfill(status=409, body=body, content_type="application/json")

    await screen.page.route("**/api/files/*/parts/*", refuse_once)
    given = [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": b"Une note."} for name in ("a", "b")]
    await screen.page.locator("input[type=file]").first.set_input_files(given)  # type: ignore[arg-type]
    await expect(screen.main).to_contain_text("1 sur 2 versés, 1 échec")
    await expect(screen.main).to_contain_text("Le stockage des fichiers ne répond pas")
    await screen.page.get_by_role("button", name=re.compile("^Réessayer d’envoyer")).click()
    await expect(screen.main).to_contain_text("2 sur 2 versés")
    await expect(row(screen, "a.txt")).to_be_visible()
    await expect(row(screen, "b.txt")).to_be_visible()


async def test_documents_chosen_are_put_in_order(inspect: Inspect, ada: Person) -> None:
    made = await base(ada, "Notes", "un.txt", "deux.txt", "trois.txt", "Ici/trois.txt")
    inspection = await inspect(ada, f"/bases/{made}")
    screen = inspection.screen
    await screen.page.get_by_role("checkbox", name="Choisir tous les documents affichés").check()
    await screen.button("Ranger dans…").click()
    await screen.dialog.get_by_label("Dossier").fill("Ici")
    await expect(screen.dialog).to_contain_text("2 documents iront dans")
    await expect(screen.dialog).to_contain_text("Reste en place, car ce nom y est déjà")
    await inspection.look("documents to move")
    await screen.button("Ranger").click()
    await expect(screen.dialog).to_have_count(0)
    await expect(row(screen, "un.txt")).to_have_count(0)
    await screen.button("Actions sur trois.txt").click()
    await screen.action("Supprimer").click()
    await expect(screen.dialog).to_contain_text("Cela ne peut pas être annulé.")
    await inspection.look("a document to delete")
    await screen.dialog.get_by_role("button", name="Supprimer").click()
    await expect(screen.main).to_contain_text("Aucun document dans ce dossier.")


async def test_shared_then_taken_back(
    inspect: Inspect, open_screen: OpenScreen, ada: Person, new_person: NewPerson
) -> None:
    bob = await new_person("Bob Noyce")
    made = await base(ada, "Circulaires", "note.txt")
    inspection = await inspect(ada, f"/bases/{made}")
    screen = inspection.screen
    await screen.button("Partager").click()
    await screen.dialog.get_by_label("Adresse électronique exacte").fill(bob.email)
    await screen.dialog.get_by_role("button", name="Partager", exact=True).click()
    await expect(screen.dialog.get_by_role("row").filter(has_text="Bob Noyce")).to_contain_text("Lecteur")
    await inspection.look("sharing")
    theirs = await open_screen(bob, f"/bases/{made}")
    await expect(theirs.main).to_contain_text("Vous la voyez parce que Ada Lovelace l’a partagée")
    await expect(theirs.button("Choisir des fichiers")).to_have_count(0)
    await expect(theirs.button("Partager")).to_have_count(0)
    await screen.dialog.get_by_role("button", name="Retirer le partage avec Bob Noyce").click()
    await expect(screen.dialog).to_contain_text("Avec personne pour le moment.")
    assert (await bob.visitor.call("GET", f"/api/collections/{made}")).status == 404


async def test_a_curator_sees_what_a_question_finds(inspect: Inspect, ada: Person) -> None:
    made = await base(ada, "Notes")
    file = await files.send(ada.visitor, "cantine.txt", "La cantine ouvre à midi, sauf le mardi.".encode())
    body = {"items": [{"file_id": file}]}
    assert (await ada.visitor.call("POST", f"/api/collections/{made}/documents", body)).status == 201
    inspection = await inspect(ada, f"/bases/{made}")
    screen = inspection.screen
    await expect(row(screen, "cantine.txt")).to_contain_text("Prêt", timeout=30_000)
    await screen.button("Essayer une question").click()
    await screen.field("Question").fill("Quand ouvre la cantine ?")
    await screen.field("Question").press("Enter")
    dialog = screen.page.get_by_role("dialog")
    await expect(dialog).to_contain_text("La cantine ouvre à midi")
    await expect(dialog).to_contain_text("Une réponse s’appuierait sur les premiers de ces passages.")
    await inspection.look("what a question finds")


async def test_a_base_is_made_for_a_unit(open_screen: OpenScreen, new_person: NewPerson) -> None:
    boss = await new_person("Rosalind Franklin", administrator=True)
    unit = f"Archives {uuid4().hex[:6]}"
    assert (await boss.visitor.call("POST", "/api/admin/units", {"name": unit, "code": unit[-6:]})).status == 201
    screen = await open_screen(boss, "/bases")
    for name, of_unit in (("Mes notes", False), ("Registres", True)):
        await screen.button("Créer une base").first.click()
        await screen.dialog.get_by_label("Nom de la base").fill(name)
        if of_unit:
            await screen.dialog.get_by_role("radio", name=re.compile("^À une unité")).check()
            await screen.dialog.get_by_role("combobox", name="Unité").fill(unit)
            await screen.page.get_by_role("option", name=re.compile(unit)).click()
        await screen.dialog.get_by_role("button", name="Créer", exact=True).click()
        await expect(screen.heading(name).first).to_be_visible()
        await screen.link("Toutes les bases").first.click()
    await expect(row(screen, "Registres")).to_contain_text(unit)
    await expect(row(screen, "Mes notes")).to_contain_text("Vous")


async def test_a_base_closed_to_a_named_team_is_chosen_alone(inspect: Inspect, ada: Person) -> None:
    other, name = f"Usages {uuid4().hex[:8]}", f"Soins {uuid4().hex[:8]}"
    await base(ada, other)
    made = await base(ada, name)
    inspection = await inspect(ada, f"/bases/{made}")
    screen = inspection.screen
    await screen.button("Réglages").click()
    closed = screen.dialog.get_by_role("checkbox", name="Fermée à une équipe nommée")
    await expect(closed).not_to_be_checked()
    await closed.check()
    await inspection.look("a base about to be closed")
    await screen.dialog.get_by_role("button", name="Enregistrer").click()
    await expect(screen.main).to_contain_text("Fermée à une équipe nommée")
    await screen.button("Partager").click()
    await expect(screen.dialog.get_by_role("radio")).to_have_count(0)
    await screen.page.keyboard.press("Escape")
    await screen.open("/")
    await screen.button("Ajouter des fichiers ou des bases").click()
    await screen.action("Chercher dans des bases").click()
    await screen.dialog.get_by_role("checkbox", name=other).check()
    await screen.dialog.get_by_role("checkbox", name=name).check()
    await expect(screen.dialog.get_by_role("checkbox", name=other)).not_to_be_checked()
    await inspection.look("a closed base is chosen alone")
    await screen.dialog.get_by_role("checkbox", name=other).check()
    await expect(screen.dialog.get_by_role("checkbox", name=name)).not_to_be_checked()
