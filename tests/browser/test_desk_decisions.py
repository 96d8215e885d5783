"""What a person decides at the desk: changes of a rewriting one by one, a draft and its checks, the rule of a unit."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NewPerson, Person
from tests.browser.installation import Narrator
from tests.browser.institution import done, place
from tests.browser.test_accessibility import Inspect, inspect

pytestmark = pytest.mark.browser
__all__ = ["inspect"]
TEXT = "Les enfant mange dans la cour de l’école avec leurs amis."
GOOD = "Les enfants mangent dans la cour de l’école avec leurs amis."
LETTER = "Votre demande sera payée avant le 12 mai 2025, pour 1 250 euros, selon l’article L. 123-4 du code."


@pytest.fixture(autouse=True)
def written(narrator: Narrator) -> Iterator[None]:
    narrator.answers["<s1>Les enfant mange"] = f"<s1>{GOOD}</s1>"
    narrator.texts["demande de subvention cadastrale"] = LETTER
    yield
    del narrator.answers["<s1>Les enfant mange"]
    del narrator.texts["demande de subvention cadastrale"]


async def test_changes_are_accepted_and_rejected_one_by_one(ada: Person, inspect: Inspect) -> None:
    seen = await inspect(ada, "/bureau")
    screen = seen.screen
    await screen.main.get_by_label("Travail").select_option("rewrite")
    await screen.main.get_by_label("Style").select_option("correct")
    await screen.main.get_by_label("Texte", exact=True).fill(TEXT)
    await screen.button("Réécrire").click()
    changes = screen.main.get_by_role("list", name="Modifications de la phrase")
    await expect(changes.get_by_role("listitem")).to_have_count(2)
    await expect(changes).to_contain_text("accord ou conjugaison")
    await seen.look("a rewriting")
    await screen.button("Rejeter\u202f: mange → mangent").click()
    await expect(changes).to_contain_text("Rejetée")
    await screen.button("Accepter\u202f: enfant → enfants").click()
    await expect(changes).to_contain_text("Acceptée")
    await expect(screen.main.get_by_text("Les enfants mange dans la cour")).to_be_visible()
    await seen.look("a rewriting decided")
    await screen.page.reload()
    await expect(changes.get_by_role("listitem").filter(has_text="enfant → enfants")).to_contain_text("Acceptée")
    await expect(changes.get_by_role("listitem").filter(has_text="mange → mangent")).to_contain_text("Rejetée")
    await screen.button("Revenir sur la décision\u202f: mange → mangent").click()
    await screen.button("Tout accepter dans le texte").click()
    await expect(changes.get_by_text("Acceptée")).to_have_count(2)
    await expect(screen.main.get_by_text(GOOD)).to_be_visible()
    await expect(screen.button("Tout accepter dans le texte")).to_have_count(0)
    assert await screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_draft_is_asked_for_by_its_form_checked_and_taken(ada: Person, inspect: Inspect) -> None:
    seen = await inspect(ada, "/bureau/rediger")
    screen = seen.screen
    picker = screen.main.get_by_label("Modèle", exact=True)
    await picker.select_option(label="Lettre (fourni)")
    await screen.main.get_by_label("Lieu").fill("Lyon")
    await expect(screen.button("Rédiger")).to_have_accessible_description(re.compile("Remplissez d’abord.*Date"))
    await screen.main.get_by_label(re.compile("^Date")).fill("2025-03-01")
    await screen.main.get_by_label("Destinataire").fill("Paul Durand, maire")
    await screen.main.get_by_label("Objet").fill("Votre demande de subvention cadastrale")
    await screen.main.get_by_label("Ce que la lettre doit dire").fill("accord pour le paiement")
    await screen.main.get_by_label("Signataire").fill("Ada Lovelace, cheffe de bureau")
    await seen.look("the form of a draft")
    await screen.button("Rédiger").click()
    await expect(screen.main).to_contain_text("Votre demande sera payée avant le 12 mai 2025")
    checks = screen.main.get_by_role("region", name="À vérifier avant d’envoyer")
    await expect(checks).to_contain_text("1 250 euros")
    await expect(checks).to_contain_text("L. 123-4")
    await seen.look("a draft")
    await checks.get_by_role("button", name=re.compile("1.250.euros$")).click()
    area = screen.main.get_by_role("textbox", name="Texte du brouillon")
    await expect(area).to_be_focused()
    await area.press_sequentially("2 000 euros")
    await screen.button("Enregistrer").click()
    await expect(screen.button("Enregistrer")).to_have_count(0)
    async with screen.page.expect_download() as taken:
        await screen.link("DOCX").click()
    assert (await taken.value).suggested_filename.endswith(".docx")
    await screen.button("Pour publication…").click()
    reviewed = screen.dialog.get_by_role("checkbox", name=re.compile("J’ai relu"))
    label = screen.dialog.get_by_role("textbox", name=re.compile("Mention"))
    await expect(label).to_have_value("Texte généré ou modifié par une intelligence artificielle.")
    await reviewed.check()
    await expect(label).to_have_value(re.compile(f"relu par {ada.name}, qui en assume"))
    await seen.look("a draft to publish")
    await screen.dialog.get_by_role("combobox").select_option("md")
    async with screen.page.expect_download() as published:
        await screen.dialog.get_by_role("button", name="Télécharger").click()
    written = (await (await published.value).path()).read_text()
    assert f"<!-- human_reviewer: {ada.name} -->" in written
    assert "2 000 euros" in written
    await expect(screen.dialog).to_have_count(0)
    assert await screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_rule_of_a_unit_is_set_and_offered_to_its_persons(
    ada: Person, new_person: NewPerson, inspect: Inspect
) -> None:
    boss = await new_person("Cheffe", administrator=True)
    code = uuid4().hex[:8]
    unit = (await done(boss.visitor, "POST", "/api/admin/units", {"code": code, "name": f"Unité {code}"}))["id"]
    await place(boss, ada, unit)
    seen = await inspect(boss, f"/administration/units/{unit}")
    rule = seen.screen.main.get_by_label("Règle de l’unité, pour les textes en français")
    await rule.select_option("doublets")
    await expect(seen.screen.page.get_by_text("Règle enregistrée.").first).to_be_visible()
    await seen.look("the rule of a unit")
    hers = await inspect(ada, "/bureau")
    await hers.screen.main.get_by_label("Travail").select_option("rewrite")
    style = hers.screen.main.get_by_label("Style")
    await expect(hers.screen.main).to_contain_text("féminin et masculin en toutes lettres")
    await style.select_option("inclusive")
    assert await hers.screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await hers.look("a rewriting by the rule")
