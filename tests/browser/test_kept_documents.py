"""A base on the screen over time: a mounted share followed, versions, what was read badly, what is never found, who reads."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import NewPerson, Person
from tests.browser.papers import scan
from tests.browser.screen import Screen
from tests.browser.test_accessibility import Inspect, inspect
from tests.browser.test_collections import row
from tests.journeys import files

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
LEAVE = "Les agents ont droit à vingt-cinq jours de congé annuel."


async def given(person: Person, base: str, name: str, data: bytes, **more: Any) -> dict[str, Any]:
    """Put a document in a base once it is read, or could not be."""
    file = await files.send(person.visitor, name, data)
    await files.until_read(person.visitor, file)
    body = {"items": [{"file_id": file, **more}]}
    [made] = (await person.visitor.call("POST", f"/api/collections/{base}/documents", body)).body["items"]
    return made  # type: ignore[no-any-return]


@pytest.fixture
async def of_unit(new_person: NewPerson, shares: Path) -> tuple[Person, str]:
    """Somebody who keeps the base of a unit; a share is mounted for it, with two notes and a file that says nothing."""
    boss = await new_person("Rosalind Franklin", administrator=True)
    code = uuid4().hex[:8]
    unit = (await boss.visitor.call("POST", "/api/admin/units", {"name": f"Archives {code}", "code": code})).body["id"]
    share = shares / code
    (share / "Notes").mkdir(parents=True)
    for name, words in (("congés.txt", LEAVE), ("cantine.txt", "La cantine ouvre à midi."), ("vide.txt", "")):
        (share / "Notes" / name).write_text(words, "utf-8")
    (share / ".monté").write_text("")
    declared = {"kind": "folder", "root": str(share), "witness": ".monté"}
    place = {"name": "Partage des archives", "unit_id": unit, "declared": declared}
    assert (await boss.visitor.call("POST", "/api/admin/places", place)).status == 201
    body = {"name": "Registres", "unit_id": unit}
    return boss, (await boss.visitor.call("POST", "/api/collections", body)).body["id"]


def card(screen: Screen) -> Locator:
    return screen.main.get_by_role("article")


async def test_a_mounted_share_is_followed(inspect: Inspect, of_unit: tuple[Person, str]) -> None:
    boss, base = of_unit
    inspection = await inspect(boss, f"/bases/{base}")
    screen = inspection.screen
    await screen.link("Sources suivies").click()
    await expect(screen.main).to_contain_text("Cette base ne suit encore aucun lieu.")
    await inspection.look("no source yet")
    await screen.button("Suivre un lieu").click()
    await screen.dialog.get_by_role("button", name="Essayer").click()
    await expect(screen.dialog).to_contain_text("Notes/congés.txt")
    await screen.dialog.get_by_label("Dossier de la base").fill("Partage")
    await screen.dialog.get_by_label("Fréquence").select_option("daily")
    await inspection.look("a place to follow, tried")
    await screen.dialog.get_by_role("button", name="Suivre", exact=True).click()
    await expect(card(screen)).to_contain_text("À jour")
    await expect(card(screen)).to_contain_text(re.compile(r"chaque jour à \d+ h"))
    await expect(card(screen)).to_contain_text("Prochaine")
    await expect(screen.main).to_contain_text("3 documents")
    await inspection.look("a source that was read")
    await screen.page.get_by_role("link", name="Documents", exact=True).click()
    await screen.button("Partage").click()
    await screen.button("Notes").click()
    await expect(row(screen, "congés.txt")).to_contain_text("Prêt")
    await expect(row(screen, "vide.txt")).to_contain_text("Pas lu")
    await inspection.look("documents of a source")


async def test_versions_what_was_read_and_what_serves(inspect: Inspect, ada: Person) -> None:
    body = {"name": "Congés", "description": "Ce que le service applique."}
    base: str = (await ada.visitor.call("POST", "/api/collections", body)).body["id"]
    note = await given(ada, base, "congés.txt", LEAVE.encode())
    await given(ada, base, "scan.pdf", scan())
    await given(ada, base, "abîmé.pdf", b"%PDF-1.4\nrien")
    await given(ada, base, "congés.txt", LEAVE.replace("vingt-cinq", "trente").encode())
    past = {"tags": ["RH", "congés"], "review_on": "2026-01-31"}
    assert (await ada.visitor.call("PATCH", f"/api/documents/{note['id']}", past)).status == 200
    conversation = await ada.visitor.conversation()
    for number in range(5):
        question = f"Combien de jours de congé, question {number} ?"
        await ada.visitor.ask(conversation, question, collections=[base])

    inspection = await inspect(ada, f"/bases/{base}")
    screen = inspection.screen
    await expect(row(screen, "congés.txt")).to_contain_text("version 2")
    await expect(row(screen, "congés.txt")).to_contain_text("Prêt")
    await expect(row(screen, "scan.pdf")).to_contain_text("Prêt")
    await expect(screen.main).to_contain_text("1 document est à relire")
    await inspection.look("a base that asks for care")

    await screen.button("Actions sur congés.txt").click()
    await screen.action("Versions").click()
    await expect(screen.dialog.get_by_role("row").filter(has_text="Remplacée")).to_have_count(1)
    await inspection.look("versions")
    await screen.dialog.get_by_role("button", name="Reprendre la version 1").click()
    told = screen.page.get_by_role("region", name="Notifications")
    await expect(told).to_contain_text("Les réponses s’appuient de nouveau sur la version 1.")
    await expect(screen.dialog.get_by_role("row").filter(has_text="Remplacée")).to_have_count(1)
    await screen.page.keyboard.press("Escape")
    await expect(screen.dialog).to_have_count(0)

    for name, words in (("scan.pdf", "Lues par reconnaissance (OCR)"), ("abîmé.pdf", "Ce fichier est abîmé")):
        await screen.button(f"Actions sur {name}").click()
        await screen.action("Rapport de lecture").click()
        await expect(screen.dialog).to_contain_text(words)
        await inspection.look_in_dialog(f"report of {name}")

    await screen.button("Ce qui ne sert pas").click()
    await expect(screen.dialog).to_contain_text("5 questions posées")
    await expect(screen.dialog).to_contain_text("Ce qui a été ajouté depuis n’est pas compté.")
    await inspection.look_in_dialog("what does not serve")
    await screen.button("Partager").click()
    await expect(screen.dialog).to_contain_text("Qui peut la lire, et pourquoi")
    await inspection.look_in_dialog("who reads it")
